import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestResult } from '../../../protocol/evidence.ts';
import { assetPath } from '../../../settings/assets.ts';
import { makeTemporaryFolder } from '../../../workspace/temporary-folder.ts';
import { cleanEnvironment, runChild } from '../../child-process.ts';
import { firstLineOf } from '../../probe.ts';
import type { RunOptions, RunOutcome, TestCommand } from '../../types.ts';
import { TestLimit, type WatchRow } from '../limit-tests.ts';
import { toCoverage } from '../line-coverage.ts';
import { endedProcess, inRounds } from '../rounds.ts';
import { followRows, readRows } from '../rows.ts';
import { nodeArgv, nodeAt } from './node-argv.ts';
import { readEvents, withWatched, type NodeEvent } from './node-events.ts';

const FILTER = /^--test-(only|name-pattern|skip-pattern|shard)/;
/** More names than this are no quicker to pick out than to run. */
const MOST_PATTERNS = 50;
/** From here on a name pattern is matched against the names of the suites and the test, joined by a space. */
const FULL_NAMES_SINCE = 22;

/**
 * Runs `node --test` with Weft's reporter, which reports through a file of its own: what a test prints can't forge a
 * result. Ids are `file > suite > name`; two tests of one id count as one, which passes when both do. A selection
 * runs its tests alone where node can pick them by name, else the whole of their files, and reports only those. What
 * a test that ends its process, or is ended at its limit, keeps from running is run again without it, where node can
 * skip it by name. Coverage is per test; tests that run at the same time in one file share theirs.
 */
export async function runNodeTest(command: TestCommand, options: RunOptions): Promise<RunOutcome> {
  const outcome = await inRounds(options, async (limits, { tests }, last) => {
    if (tests.length === 0) return runSelection(command, limits);
    if (!(await matchesFullNames(command))) return undefined;
    const files = new Set(last.tests.filter(endedProcess).map(({ id }) => fileOfId(id)));
    const ended = tests.filter((test) => endedProcess(test) && files.has(fileOfId(test.id)));
    const select = options.select?.filter((id) => files.has(fileOfId(id)));
    const next = await runOnce(command, limits, {
      files: [...files],
      patterns: ended.map(({ id }) => `--test-skip-pattern=${patternOf(id)}`),
      ...(select ? { report: select } : {}),
    });
    // A file whose only test is skipped is none that passes.
    return { ...next, tests: next.tests.filter(({ id, status }) => !files.has(id) || status === 'error') };
  });
  const ended = outcome.tests.filter(endedProcess);
  // Alone, the parent of such a test may pass; as a whole it does not.
  const tests = outcome.tests.map((test): TestResult => {
    const isWhole = test.status !== 'passed' || !ended.some(({ id }) => id.startsWith(`${test.id} > `));
    return isWhole ? test : { ...test, status: 'failed', message: 'one of its subtests ended the process' };
  });
  for (const test of tests) options.onTest?.(test);
  return { ...outcome, tests };
}

async function runSelection(command: TestCommand, options: RunOptions): Promise<RunOutcome> {
  const started = performance.now();
  const select = options.select;
  if (!select) return runOnce(command, options, { patterns: [] });
  const files = [...new Set(select.map(fileOfId))];
  const patterns = await namePatterns(command, select);
  const outcome = await runOnce(command, options, { files, patterns, report: select });
  // A subtest that its parent makes as it runs can't be picked by name.
  const missed = outcome.tests.some(({ status }) => status === 'didNotRun' || status === 'error');
  if (patterns.length === 0 || !missed || outcome.status !== 'completed' || outcome.tests.some(endedProcess))
    return outcome;
  const timeoutMs = Math.max(1, options.timeoutMs - (performance.now() - started));
  return runOnce(command, { ...options, timeoutMs }, { files, patterns: [], report: select });
}

async function namePatterns(command: TestCommand, select: readonly string[]): Promise<string[]> {
  if (select.length === 0 || select.length > MOST_PATTERNS || select.some((id) => !id.includes(' > ')))
    return [];
  if (isFiltered(command) || !(await matchesFullNames(command))) return [];
  return select.map((id) => `--test-name-pattern=${patternOf(id)}`);
}

function patternOf(id: string): string {
  const name = id.split(' > ').slice(1).join(' ');
  return `^${name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}$`;
}

function isFiltered({ argv }: TestCommand): boolean {
  return argv.some((word) => FILTER.test(word));
}

async function matchesFullNames(command: TestCommand): Promise<boolean> {
  const node = command.argv[nodeAt(command.argv)] ?? 'node';
  const env = cleanEnvironment(process.env);
  const version = await firstLineOf(node, ['--version'], { cwd: command.cwd, env });
  return Number(/^v(\d+)\./.exec(version ?? '')?.[1] ?? 0) >= FULL_NAMES_SINCE;
}

interface Picked {
  /** Run alone, instead of what the command names. */
  files?: readonly string[];
  /** Options that pick tests by name. */
  patterns: readonly string[];
  /** The ids that are reported; all if absent. */
  report?: readonly string[];
}

async function runOnce(
  command: TestCommand,
  options: RunOptions,
  { files, patterns, report }: Picked,
): Promise<RunOutcome> {
  const folder = await makeTemporaryFolder('node-test');
  const results = path.join(folder, 'results.jsonl');
  const rowsFile = path.join(folder, 'rows.jsonl');
  const key = randomUUID();
  const rowsKey = randomUUID();
  const stop = new AbortController();
  const limit = new TestLimit(options.testTimeoutMs ?? 0, options.coverage);
  const unfollow = [
    followRows<WatchRow>(rowsFile, rowsKey, (row) => {
      limit.hear(row);
      if (options.failFast === 'timeout' && row.timedOut !== undefined) stop.abort();
    }),
    followRows<NodeEvent>(results, key, (event) => {
      if (options.failFast === true && event.event === 'fail' && !event.skipped) stop.abort();
    }),
  ];
  try {
    const preload = pathToFileURL(assetPath('runners/weft-node-preload.mjs')).href;
    const extra = [
      ...patterns,
      `--test-reporter=${assetPath('runners/weft-node-reporter.mjs')}`,
      `--test-reporter-destination=${results}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      ...['--import', options.coverage ? `${preload}?coverage` : preload],
    ];
    const paths = files?.map((file) => path.relative(command.cwd, path.resolve(options.root, file)));
    const child = await runChild(nodeArgv(command.argv, extra, paths), {
      cwd: command.cwd,
      timeoutMs: options.timeoutMs,
      signal: AbortSignal.any([stop.signal, ...(options.signal ? [options.signal] : [])]),
      ...(options.shadow ? { shadow: options.shadow } : {}),
      env: {
        ...cleanEnvironment(process.env),
        WEFT_RESULTS_KEY: key,
        WEFT_ROWS: rowsFile,
        WEFT_ROWS_KEY: rowsKey,
        WEFT_ROOT: options.root,
        WEFT_LIMIT_MS: String(options.testTimeoutMs ?? 0),
      },
      onStart: (pid) => (limit.group = pid),
    });
    const events = await readRows<NodeEvent>(results, key);
    const rows = await readRows<WatchRow>(rowsFile, rowsKey);
    const status = stop.signal.aborted ? 'completed' : child.status;
    const told = readEvents(events, {
      root: options.root,
      cwd: command.cwd,
      timedOut: status === 'timedOut',
      mustHaveTests: (file) => !isFiltered(command) && patterns.length === 0 && importsNodeTest(file),
    });
    const found = withWatched(told, rows, {
      overLimit: limit.timedOut,
      why: stop.signal.aborted ? undefined : status === 'timedOut' ? 'runTimedOut' : 'ended',
    });
    const tests = report ? onlySelected(found, report) : found;
    const cutShort =
      child.status === 'completed' && events.length > 0 && !events.some(({ event }) => event === 'end');
    const outcome: RunOutcome = {
      ...child,
      status: cutShort ? 'crashed' : status,
      command: command.command,
      runner: 'node:test',
      tests,
    };
    if (!options.coverage) return outcome;
    const selected = report && new Set(report);
    return { ...outcome, ...toCoverage(rows, (id) => !selected || selected.has(id)) };
  } finally {
    for (const end of unfollow) end();
    limit.stop();
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** Results of the selected tests, and of their files where one broke; what has no result did not run. */
function onlySelected(found: readonly TestResult[], select: readonly string[]): TestResult[] {
  const missing = new Set(select);
  const files = new Set(select.map(fileOfId));
  const kept = found.filter(
    ({ id, status }) =>
      missing.delete(id) || (files.has(id) && (status === 'error' || status === 'timedOut')),
  );
  const absent = [...missing].map((id): TestResult => {
    const file = fileOfId(id);
    return { id, name: id.slice(file.length + 3) || id, file, status: 'didNotRun', seconds: 0 };
  });
  return [...kept, ...absent];
}

function fileOfId(id: string): string {
  return id.split(' > ', 1)[0] ?? '';
}

function importsNodeTest(file: string): boolean {
  try {
    return /['"]node:test['"]/.test(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}
