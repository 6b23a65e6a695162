import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import type { TestResult } from '../../../protocol/evidence.ts';
import { assetPath } from '../../../settings/assets.ts';
import { makeTemporaryFolder } from '../../../workspace/temporary-folder.ts';
import { cleanEnvironment, runChild, type ChildOutcome } from '../../child-process.ts';
import type { RunOptions, RunOutcome, TestCommand } from '../../types.ts';

/** One line of the plugin's file: what was collected, a test that began, or a test's result. */
interface Row {
  /** Known to the plugin only: a line without it was written by a test. */
  key?: string;
  finished?: boolean;
  collected?: string[];
  started?: string;
  id?: string;
  note?: string;
  status: TestResult['status'];
  seconds: number;
  message?: string;
  lines?: Record<string, number[]>;
}

/** Runs pytest with Weft's plugin, which reports through a file of its own: what a test prints can't forge a result. */
export async function runPytest(command: TestCommand, options: RunOptions): Promise<RunOutcome> {
  const folder = await makeTemporaryFolder('pytest');
  const results = path.join(folder, 'results.jsonl');
  const key = randomUUID();
  const plugins = path.dirname(assetPath('runners/weft_pytest.py'));
  const inherited = cleanEnvironment(process.env);
  try {
    const argv = pytestArgv(command, options);
    const child = await runChild(argv, {
      ...options,
      cwd: command.cwd,
      env: {
        ...inherited,
        PYTHONPATH: [plugins, inherited.PYTHONPATH].filter(Boolean).join(path.delimiter),
        WEFT_RESULTS: results,
        WEFT_RESULTS_KEY: key,
        WEFT_ROOT: options.root,
        WEFT_COVERAGE: options.coverage ? '1' : '0',
        WEFT_END_AT_TIMEOUT: options.failFast === 'timeout' ? '1' : '0',
        WEFT_TEST_SECONDS: String((options.testTimeoutMs ?? 0) / 1000),
      },
    });
    const text = await fs.readFile(results, 'utf8').catch(() => '');
    return pytestOutcome(command, child, text, key, options);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** The command with Weft's plugin and what the options ask for. */
export function pytestArgv(command: TestCommand, options: Pick<RunOptions, 'select' | 'failFast'>): string[] {
  return [
    ...(options.select ? withoutPaths(command) : command.argv),
    ...['-p', 'weft_pytest', '-p', 'no:cacheprovider'],
    ...(options.failFast === true ? ['-x'] : []),
    ...(options.select ?? []),
  ];
}

/** What the plugin's rows say of a run that ended as `child` tells. */
export function pytestOutcome(
  command: TestCommand,
  child: ChildOutcome,
  text: string,
  key: string,
  options: Pick<RunOptions, 'coverage' | 'onTest'>,
): RunOutcome {
  const said = parseRows(text, key);
  const rows = said.filter((row): row is Row & { id: string } => row.id !== undefined);
  const cutShort = child.status === 'completed' && said.length > 0 && !said.some((row) => row.finished);
  const status = cutShort ? 'crashed' : child.status;
  const tests = [
    ...rows.map(({ id, status, seconds, message }) => toResult(id, status, seconds, message)),
    ...unfinished(said, child.status),
  ];
  for (const test of tests) options.onTest?.(test);
  const outcome: RunOutcome = { ...child, status, command: command.command, runner: 'pytest', tests };
  if (!options.coverage) return outcome;
  const byTest = new Map(rows.map((row) => [row.id, toLines(row.lines ?? {})]));
  const executedFiles = new Set([...byTest.values()].flatMap((files) => [...files.keys()]));
  return { ...outcome, coverage: { byTest }, executedFiles };
}

/** The command without the files, folders and ids it names: a selection takes their place. */
function withoutPaths({ argv, cwd }: TestCommand): string[] {
  const pytest = argv.findLastIndex((arg) => /^(.*[\\/])?py\.?test(-3)?$/.test(arg));
  return argv.filter((arg, i) => i <= pytest || !existsSync(path.resolve(cwd, arg.split('::', 1)[0] ?? '')));
}

function toLines(lines: Record<string, number[]>): Map<string, Set<number>> {
  return new Map(Object.entries(lines).map(([file, numbers]) => [file, new Set(numbers)]));
}

function toResult(id: string, status: TestResult['status'], seconds: number, message?: string): TestResult {
  const [file = '', ...names] = id.split('::');
  return { id, name: names.join('::') || id, file, status, seconds, ...(message ? { message } : {}) };
}

/** Tests that were collected and have no result: one may have been running when the process ended. */
function unfinished(said: readonly Row[], status: RunOutcome['status']): TestResult[] {
  const finished = new Set(said.map((row) => row.id));
  const lastStarted = said.findLast((row) => row.started !== undefined)?.started;
  const missing = said.flatMap((row) => row.collected ?? []).filter((id) => !finished.has(id));
  return missing.map((id) => {
    if (id !== lastStarted) return toResult(id, 'didNotRun', 0);
    if (status === 'timedOut') return toResult(id, 'timedOut', 0, 'still running at the time limit');
    return toResult(id, 'error', 0, 'the process ended in the middle of this test');
  });
}

/** Skips half a line at the end of a killed run, and whatever a test wrote into the file. */
function parseRows(text: string, key: string): Row[] {
  return text.split('\n').flatMap((line) => {
    try {
      const row = JSON.parse(line) as Row | null;
      return row?.key === key ? [row] : [];
    } catch {
      return [];
    }
  });
}
