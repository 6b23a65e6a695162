import type { TestResult, TestStatus } from '../../../protocol/evidence.ts';
import type { RunOutcome } from '../../types.ts';
import type { WatchRow } from '../limit-tests.ts';
import { endedProcess, unfinished } from '../rounds.ts';
import { framesOf } from '../stack-frames.ts';

interface VitestError {
  message: string;
  stack?: string;
  expected?: string;
  actual?: string;
}

interface VitestTest {
  /** vitest's own id of the task. */
  task: string;
  id: string;
  file: string;
  /** 1-based. */
  line?: number;
  state?: string;
  seconds: number;
  error?: VitestError;
}

/** One line of the file that the reporter and the runners in the workers write. */
export interface VitestRow extends WatchRow {
  /** Ids of the files that will be run. */
  files?: string[];
  collected?: (VitestTest & { runs: boolean })[];
  /** From the worker, and once more from the reporter when the run ends. */
  ended?: VitestTest;
  /** A suite, or a file, whose own code failed. */
  broken?: { id: string; file: string; error: VitestError };
  unhandled?: { id: string; error: VitestError };
  end?: boolean;
}

/** How vitest says that a test ran into its own limit. */
export const TIMED_OUT = /^(\w+: )?(Test|Hook) timed out in /;

export interface ReadOptions {
  root: string;
  status: RunOutcome['status'];
  /** Tests whose process was ended from outside. */
  timedOut: ReadonlySet<string>;
}

/** What the rows say of each test, in the order in which the tests were found. */
export function readVitest(rows: readonly VitestRow[], options: ReadOptions): TestResult[] {
  const timedOut = new Set([...options.timedOut, ...rows.flatMap((row) => row.timedOut ?? [])]);
  const started = new Set(rows.flatMap((row) => row.started ?? []));
  const skipped = new Set<string>();
  const tests = new Map<string, VitestTest>();
  for (const { collected, ended } of rows) {
    for (const test of collected ?? []) {
      tests.set(test.task, test);
      if (!test.runs) skipped.add(test.task);
    }
    // A worker's last word is lost when vitest has ended it: then what the worker wrote counts.
    if (ended && (ended.state !== undefined || !tests.has(ended.task))) {
      const line = ended.line ?? tests.get(ended.task)?.line;
      tests.set(ended.task, { ...ended, ...(line === undefined ? {} : { line }) });
    }
  }
  const broken = new Map(rows.flatMap(({ broken: suite }) => (suite ? [[suite.id, suite] as const] : [])));
  const results = new Map<string, TestResult>();
  const add = (result: TestResult) => {
    const earlier = results.get(result.id);
    // Two tests of one name: it passes when both do.
    if (!earlier || isGood(earlier)) results.set(result.id, result);
  };
  for (const test of tests.values()) {
    const suite = [...broken.values()].find(({ id }) => test.id.startsWith(`${id} > `));
    const wasStarted = started.has(test.id);
    if (timedOut.has(test.id)) add({ ...place(test), ...unfinished('overLimit') });
    else if (test.state === 'pass' || test.state === 'fail') add(toResult(test, options.root));
    else if (skipped.has(test.task)) add({ ...place(test), status: 'skipped' });
    else if (wasStarted && (test.state === 'skip' || test.state === 'todo'))
      add({ ...place(test), status: 'skipped' });
    else if (wasStarted)
      add({ ...place(test), ...unfinished(options.status === 'timedOut' ? 'runTimedOut' : 'ended') });
    else if (suite) add({ ...place(test), status: 'error', message: suite.error.message });
    else add({ ...place(test), status: 'didNotRun' });
  }
  // A suite that broke is told by its tests, unless they had all ended well before.
  for (const { id, file, error } of broken.values())
    if (![...results.values()].some((test) => test.id.startsWith(`${id} > `) && !isGood(test)))
      add({ id, name: nameOf(id), file, seconds: 0, status: 'error', message: error.message });
  for (const row of rows) if (row.unhandled) addUnhandled(row.unhandled, results, timedOut);
  for (const id of new Set(rows.flatMap((row) => row.files ?? [])))
    if (!results.has(id) && ![...results.keys()].some((test) => test.startsWith(`${id} > `)))
      results.set(id, { id, name: id, file: id.replace(/^\|[^|]*\| /, ''), seconds: 0, status: 'didNotRun' });
  return [...results.values()];
}

/** An error that no test caught fails the run; that of a worker that was ended tells nothing new. */
function addUnhandled(
  { id, error }: { id: string; error: VitestError },
  results: Map<string, TestResult>,
  timedOut: ReadonlySet<string>,
): void {
  if (results.has(id) || (id === 'vitest' && (timedOut.size > 0 || [...results.values()].some(endedProcess))))
    return;
  results.set(id, { id, name: id, file: id, seconds: 0, status: 'error', message: error.message });
}

function isGood({ status }: TestResult): boolean {
  return status === 'passed' || status === 'skipped';
}

function place({ id, file, line, seconds }: VitestTest): Omit<TestResult, 'status'> {
  return { id, name: nameOf(id), file, ...(line === undefined ? {} : { line: line - 1 }), seconds };
}

function nameOf(id: string): string {
  return id.slice(id.indexOf(' > ') + 3) || id;
}

function toResult(test: VitestTest, root: string): TestResult {
  const { error, state } = test;
  if (state === 'pass') return { ...place(test), status: 'passed' };
  const status: TestStatus = TIMED_OUT.test(error?.message ?? '') ? 'timedOut' : 'failed';
  const stack = framesOf(error?.stack ?? '', root);
  return {
    ...place(test),
    status,
    ...(error ? { message: error.message } : {}),
    ...(error?.expected === undefined ? {} : { expected: error.expected }),
    ...(error?.actual === undefined ? {} : { actual: error.actual }),
    ...(stack.length > 0 ? { stack } : {}),
  };
}
