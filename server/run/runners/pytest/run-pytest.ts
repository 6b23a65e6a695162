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
  /** 0-based. */
  line?: number | null;
  /** File and 0-based line of each frame in the root, innermost first. */
  stack?: [string, number][];
  /** First line and number of lines, in turn, of each run of neighbours. */
  lines?: Record<string, number[]>;
  /** As `lines`: what ran before any test or while a test imported. */
  imported?: Record<string, number[]>;
}

/** Runs pytest with Weft's plugin, which reports through a file of its own: what a test prints can't forge a result. */
export async function runPytest(command: TestCommand, options: RunOptions): Promise<RunOutcome> {
  const folder = await makeTemporaryFolder('pytest');
  const results = path.join(folder, 'results.jsonl');
  const key = randomUUID();
  const inherited = cleanEnvironment(process.env);
  try {
    const child = await runChild(pytestArgv(command, [], options.select), {
      ...options,
      cwd: command.cwd,
      env: {
        ...inherited,
        PYTHONPATH: pythonPath(inherited.PYTHONPATH),
        ...pytestEnvironment(options, results, key),
      },
    });
    const text = await fs.readFile(results, 'utf8').catch(() => '');
    return pytestOutcome(command, child, text, key, options);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** Puts the folders of Weft's plugins at the beginning of a `PYTHONPATH=…`. */
function withPlugins(assignment: string): string {
  return `PYTHONPATH=${pythonPath(assignment.slice(assignment.indexOf('=') + 1))}`;
}

/** The value of PYTHONPATH with the folders of Weft's plugins before those it has. */
export function pythonPath(own: string | undefined): string {
  const folders = ['weft_pytest.py', 'weft_serve.py'] as const;
  const plugins = folders.map((file) => path.dirname(assetPath(`runners/${file}`)));
  return [...new Set(plugins), own].filter(Boolean).join(path.delimiter);
}

/** What the plugin is told: where and how to report, and what to hold each test to. */
export function pytestEnvironment(
  options: Pick<RunOptions, 'root' | 'coverage' | 'failFast' | 'testTimeoutMs' | 'testCpuMs'>,
  results: string,
  key: string,
): Record<string, string> {
  return {
    WEFT_RESULTS: results,
    WEFT_RESULTS_KEY: key,
    WEFT_ROOT: options.root,
    WEFT_COVERAGE: options.coverage ? '1' : '0',
    WEFT_END_AT: options.failFast === 'timeout' ? 'timeout' : options.failFast ? 'failure' : '',
    WEFT_TEST_SECONDS: String((options.testTimeoutMs ?? 0) / 1000),
    WEFT_TEST_CPU_SECONDS: String((options.testCpuMs ?? 0) / 1000),
  };
}

/** The command with Weft's plugins, for all its tests or for a selection of them. */
export function pytestArgv(
  command: TestCommand,
  plugins: readonly string[],
  select?: readonly string[],
): string[] {
  return [
    ...(select ? withoutPaths(command) : command.argv).map((arg, i, { 0: program }) =>
      // `env PYTHONPATH=src pytest` must not hide the plugins.
      i > 0 && program === 'env' && arg.startsWith('PYTHONPATH=') ? withPlugins(arg) : arg,
    ),
    ...['weft_pytest', ...plugins].flatMap((plugin) => ['-p', plugin]),
    ...['-p', 'no:cacheprovider'],
    ...(select ?? []),
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
  const tests = [...rows.map(fromRow), ...unfinished(said, child.status)];
  for (const test of tests) options.onTest?.(test);
  const outcome: RunOutcome = { ...child, status, command: command.command, runner: 'pytest', tests };
  if (!options.coverage) return outcome;
  const known = new Map<string, Set<number>>();
  const byTest = new Map(rows.map((row) => [row.id, toLines(row.lines ?? {}, known)]));
  const imported = new Map<string, Set<number>>();
  for (const row of said)
    for (const [file, lines] of toLines(row.imported ?? {}, known))
      imported.set(file, new Set([...(imported.get(file) ?? []), ...lines]));
  const executedFiles = new Set([...byTest.values(), imported].flatMap((files) => [...files.keys()]));
  return { ...outcome, coverage: { byTest, imported }, executedFiles };
}

/** The command without the files, folders and ids it names: a selection takes their place. */
function withoutPaths({ argv, cwd }: TestCommand): string[] {
  const pytest = argv.findLastIndex((arg) => /^(.*[\\/])?py\.?test(-3)?$/.test(arg));
  return argv.filter((arg, i) => i <= pytest || !existsSync(path.resolve(cwd, arg.split('::', 1)[0] ?? '')));
}

/** `known`: many tests run the same lines of a file, and share them. */
function toLines(
  runs: Record<string, number[]>,
  known: Map<string, Set<number>>,
): Map<string, ReadonlySet<number>> {
  const files = new Map<string, ReadonlySet<number>>();
  for (const [file, numbers] of Object.entries(runs)) {
    const key = numbers.join();
    let lines = known.get(key);
    if (!lines) {
      known.set(key, (lines = new Set()));
      for (let i = 0; i < numbers.length; i += 2)
        for (let n = 0; n < (numbers[i + 1] ?? 0); n++) lines.add((numbers[i] ?? 0) + n);
    }
    files.set(file, lines);
  }
  return files;
}

function fromRow({ id, status, seconds, message, line, stack }: Row & { id: string }): TestResult {
  return {
    ...toResult(id, status, seconds, message),
    ...(typeof line === 'number' ? { line } : {}),
    ...(stack ? { stack: stack.map(([file, line]) => ({ file, line })) } : {}),
  };
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
