import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestResult } from '../../../protocol/evidence.ts';
import { assetPath } from '../../../settings/assets.ts';
import { makeTemporaryFolder } from '../../../workspace/temporary-folder.ts';
import { cleanEnvironment, runChild } from '../../child-process.ts';
import type { RunOptions, RunOutcome, TestCommand } from '../../types.ts';
import { TestLimit } from '../limit-tests.ts';
import { toCoverage } from '../line-coverage.ts';
import { inRounds } from '../rounds.ts';
import { followRows, readRows } from '../rows.ts';
import { vitestArgv } from './vitest-argv.ts';
import { readVitest, TIMED_OUT, type VitestRow } from './vitest-events.ts';

/**
 * Runs the project's own vitest (1 to 5) with its own configuration, and a reporter of Weft's that also makes the
 * workers tell which test runs: what a test prints can't forge a result. Ids are `file > suite > name`, with the
 * project's name before them where there are several. What a test that ends its process, or is ended at its limit,
 * keeps from running is run again without it. Coverage is per test, V8's, through source maps; tests that run at the
 * same time in one file (`test.concurrent`) share theirs. Tests in a browser have results, but no lines.
 */
export async function runVitest(command: TestCommand, options: RunOptions): Promise<RunOutcome> {
  const outcome = await inRounds(options, async (limits, { tests }) => {
    const lost = tests.filter(({ status }) => status === 'didNotRun').map(({ id }) => id);
    if (tests.length === 0) return runOnce(command, limits);
    return lost.length > 0 ? runOnce(command, { ...limits, select: lost }) : undefined;
  });
  for (const test of outcome.tests) options.onTest?.(test);
  return outcome;
}

async function runOnce(command: TestCommand, options: RunOptions): Promise<RunOutcome> {
  const folder = await makeTemporaryFolder('vitest');
  const rowsFile = path.join(folder, 'rows.jsonl');
  const key = randomUUID();
  const limitMs = options.testTimeoutMs ?? 0;
  const root = await fs.realpath(options.root);
  const stop = new AbortController();
  const limit = new TestLimit(limitMs && limitMs + 1_000, options.coverage);
  const unfollow = followRows<VitestRow>(rowsFile, key, (row) => {
    limit.hear(row);
    if (options.failFast === 'timeout' && endsAtLimit(row)) stop.abort();
  });
  try {
    const settings = {
      ...{ rows: rowsFile, key, root, folder, limitMs, coverage: options.coverage === true },
      ...(options.select ? { select: options.select } : {}),
    };
    const reporter = path.join(folder, 'reporter.mjs');
    const from = pathToFileURL(assetPath('runners/weft-vitest-reporter.mjs')).href;
    await fs.writeFile(
      reporter,
      `import { WeftReporter } from ${JSON.stringify(from)};\nexport default class extends WeftReporter {\n  constructor() {\n    super(${JSON.stringify(settings)});\n  }\n}\n`,
    );
    const extra = [
      ...[`--reporter=${reporter}`, '--reporter=default', '--coverage.enabled=false'],
      // Its default on a build machine, which this looks like, refuses `test.only`.
      '--allowOnly',
      ...(options.failFast === true ? ['--bail=1'] : []),
    ];
    const signals = [stop.signal, ...(options.signal ? [options.signal] : [])];
    const child = await runChild(vitestArgv(command.argv, extra), {
      ...{ cwd: command.cwd, timeoutMs: options.timeoutMs, signal: AbortSignal.any(signals) },
      ...(options.shadow ? { shadow: options.shadow } : {}),
      env: {
        ...cleanEnvironment(process.env),
        // vitest 5 keeps what it transformed in node_modules.
        VITEST_FS_MODULE_CACHE: 'false',
        VITEST_FS_MODULE_CACHE_PATH: path.join(folder, 'modules'),
      },
      onStart: (pid) => (limit.group = pid),
    });
    limit.stop();
    const rows = await readRows<VitestRow>(rowsFile, key);
    const status = stop.signal.aborted ? 'completed' : child.status;
    const found = readVitest(rows, { root, status, timedOut: limit.timedOut });
    const cutShort = status === 'completed' && !stop.signal.aborted && !rows.some(({ end }) => end);
    const outcome: RunOutcome = {
      ...child,
      status: cutShort && rows.length > 0 ? 'crashed' : status,
      command: command.command,
      runner: 'vitest',
      tests: options.select ? onlySelected(found, options.select) : found,
    };
    if (!options.coverage) return outcome;
    const told = new Set(outcome.tests.map(({ id }) => id));
    return { ...outcome, ...toCoverage(rows, (id) => told.has(id)) };
  } finally {
    unfollow();
    limit.stop();
    await fs.rm(folder, { recursive: true, force: true });
  }
}

function endsAtLimit({ timedOut, ended }: VitestRow): boolean {
  return timedOut !== undefined || TIMED_OUT.test(ended?.error?.message ?? '');
}

/** Results of the selected tests, and of what broke around them; what has no result did not run. */
function onlySelected(found: readonly TestResult[], select: readonly string[]): TestResult[] {
  const wanted = new Set(select);
  const isWanted = ({ id, status }: TestResult) =>
    wanted.has(id) ||
    wanted.has(id.split(' > ', 1)[0] ?? '') ||
    (status === 'error' && (id === 'vitest' || select.some((test) => test.startsWith(`${id} > `))));
  const kept = found.filter(isWanted);
  const absent = select.filter(
    (id) => !kept.some((test) => test.id === id || test.id.startsWith(`${id} > `)),
  );
  return [
    ...kept,
    ...absent.map((id): TestResult => {
      const [file = '', ...names] = id.split(' > ');
      return { id, name: names.join(' > ') || id, file, status: 'didNotRun', seconds: 0 };
    }),
  ];
}
