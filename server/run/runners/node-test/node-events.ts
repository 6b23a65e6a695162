import path from 'node:path';
import type { TestResult } from '../../../protocol/evidence.ts';
import type { WatchRow } from '../limit-tests.ts';
import { unfinished } from '../rounds.ts';
import { framesOf, relative } from '../stack-frames.ts';

/** One line of the reporter's file. */
export interface NodeEvent {
  key?: string;
  event: 'enqueue' | 'dequeue' | 'start' | 'complete' | 'pass' | 'fail' | 'end';
  name: string;
  nesting: number;
  /** Absolute: the file that was run. */
  file?: string;
  /** Absolute: the file that defines the test. */
  definedIn?: string;
  /** 1-based. */
  line?: number;
  /** From Node 24 on; unique in a file. */
  testId?: number;
  parentId?: number;
  suite: boolean;
  skipped: boolean;
  ms?: number;
  error?: { kind?: string; message: string; stack?: string; expected?: string; actual?: string };
}

export interface ReadOptions {
  root: string;
  cwd: string;
  timedOut: boolean;
  /** Whether a file must have tests: it would be an error when it ends well without any. */
  mustHaveTests(file: string): boolean;
}

interface Entry {
  event: NodeEvent;
  id: string;
  started: boolean;
}

/** What is known of one test file while its events are read. */
interface FileState {
  entries: Map<string, Entry>;
  results: Map<string, TestResult>;
  /** Names by nesting, in the order of execution and of reporting. */
  running: string[];
  reported: string[];
  ids: Map<number, string>;
  parents: Set<string>;
  end?: NodeEvent;
}

/** Results of the tests, in the order of their ends. Suites are no tests; a file that broke is an `error`. */
export function readEvents(events: readonly NodeEvent[], options: ReadOptions): TestResult[] {
  const files = new Map<string, FileState>();
  for (const event of events) {
    if (event.file === undefined || event.event === 'end') continue;
    const state = files.get(event.file) ?? newState();
    files.set(event.file, state);
    if (isFileItself(event, options.cwd)) {
      if (event.event === 'complete') state.end = event;
    } else {
      readEvent(event, state, options);
    }
  }
  return [...files].flatMap(([file, state]) => resultsOf(file, state, options));
}

/**
 * Adds what the processes of the tests wrote at once to what they said through node, which loses what was not yet
 * sent when a process ends. A test that ended there and is not told by node did not run: its result is unknown.
 */
export function withWatched(
  told: readonly TestResult[],
  rows: readonly WatchRow[],
  options: {
    /** Tests whose process was ended from outside. */
    overLimit: ReadonlySet<string>;
    /** What it means that a test has no end; undefined when the run was stopped by intention. */
    why: 'ended' | 'runTimedOut' | undefined;
  },
): TestResult[] {
  const results = new Map(told.map((test) => [test.id, test]));
  const overLimit = new Set([...options.overLimit, ...rows.flatMap((row) => row.timedOut ?? [])]);
  const finished = new Set(rows.flatMap((row) => row.finished ?? []));
  const started = rows.flatMap((row) => row.started ?? []);
  const open = started.filter((id) => !finished.has(id));
  const set = (id: string, how: Pick<TestResult, 'status' | 'message'>) => {
    const file = id.split(' > ', 1)[0] ?? '';
    const { line } = results.get(id) ?? {};
    const at = { id, name: id.slice(file.length + 3), file, ...(line === undefined ? {} : { line }) };
    results.set(id, { ...at, seconds: 0, ...how });
    return file;
  };
  for (const id of started) {
    const isParent = started.some((other) => other.startsWith(`${id} > `) && !finished.has(other));
    if (overLimit.has(id) && !isParent) results.delete(set(id, unfinished('overLimit')));
    else if (!finished.has(id) && !isParent && options.why) results.delete(set(id, unfinished(options.why)));
    else if (!finished.has(id) && !isParent) set(id, { status: 'didNotRun' });
  }
  for (const id of finished)
    if (!results.has(id) || (open.length > 0 && results.get(id)?.status === 'error'))
      set(id, { status: 'didNotRun' });
  return [...results.values()];
}

function newState(): FileState {
  return {
    entries: new Map(),
    results: new Map(),
    running: [],
    reported: [],
    ids: new Map(),
    parents: new Set(),
  };
}

function isFileItself({ name, nesting, file }: NodeEvent, cwd: string): boolean {
  return nesting === 0 && file !== undefined && path.resolve(cwd, name) === file;
}

function readEvent(event: NodeEvent, state: FileState, options: ReadOptions): void {
  const numbered = event.testId !== undefined && event.parentId !== undefined;
  const fileId = relative(options.root, event.file ?? '');
  const under = (names: readonly string[]) =>
    [fileId, ...names.slice(0, event.nesting), event.name].join(' > ');
  const parent = numbered ? (state.ids.get(event.parentId ?? 0) ?? fileId) : undefined;
  const idIn = (names: readonly string[]) =>
    parent === undefined ? under(names) : `${parent} > ${event.name}`;
  if (event.event === 'enqueue') {
    const id = idIn(state.running);
    if (event.testId !== undefined) state.ids.set(event.testId, id);
    if (event.nesting > 0) state.parents.add(id.slice(0, id.length - event.name.length - 3));
    state.entries.set(id, { event, id, started: false });
  } else if (event.event === 'dequeue') {
    state.running[event.nesting] = event.name;
    const entry = state.entries.get(idIn(state.running));
    if (entry) entry.started = true;
  } else if (event.event === 'start') {
    state.reported[event.nesting] = event.name;
  } else if (numbered ? event.event === 'complete' : event.event === 'pass' || event.event === 'fail') {
    const id = idIn(state.reported);
    state.entries.delete(id);
    if (event.suite && event.error?.kind !== 'hookFailed') {
      if (!event.error || event.error.kind === 'subtestsFailed' || state.parents.has(id)) return;
    }
    const result = toResult(id, event, options.root);
    const earlier = state.results.get(id);
    // Two tests of one name: it passes when both do.
    if (!earlier || isGood(earlier)) state.results.set(id, result);
  }
}

function resultsOf(file: string, state: FileState, options: ReadOptions): TestResult[] {
  const tests = [...state.results.values()];
  const ended = state.end !== undefined;
  for (const { id, event, started } of state.entries.values()) {
    if (state.parents.has(id) || event.suite) continue;
    const why = ended ? 'ended' : options.timedOut ? 'runTimedOut' : undefined;
    const how = started && why ? unfinished(why) : ({ status: 'didNotRun' } as const);
    tests.push({ ...place(id, event, options.root), seconds: 0, ...how });
  }
  const fileId = relative(options.root, file);
  const own = { id: fileId, name: fileId, file: fileId };
  const seconds = (state.end?.ms ?? 0) / 1000;
  if (!ended) {
    if (tests.length > 0) return tests;
    return [{ ...own, seconds, status: options.timedOut ? 'timedOut' : 'didNotRun' }];
  }
  if (state.end?.error && tests.every(isGood))
    return [...tests, { ...own, seconds, status: 'error', message: state.end.error.message }];
  if (tests.length > 0 || state.end?.skipped) return tests;
  if (options.mustHaveTests(file))
    return [{ ...own, seconds, status: 'error', message: 'the file ended without running a test' }];
  return [{ ...own, seconds, status: 'passed' }];
}

function isGood({ status }: TestResult): boolean {
  return status === 'passed' || status === 'skipped';
}

function place(
  id: string,
  event: NodeEvent,
  root: string,
): Pick<TestResult, 'id' | 'name' | 'file' | 'line'> {
  const file = relative(root, event.definedIn ?? event.file ?? '');
  const line = event.line === undefined ? {} : { line: event.line - 1 };
  return { id, name: id.slice(id.indexOf(' > ') + 3), file, ...line };
}

function toResult(id: string, event: NodeEvent, root: string): TestResult {
  const { error } = event;
  const base = { ...place(id, event, root), seconds: (event.ms ?? 0) / 1000 };
  if (event.skipped) return { ...base, status: 'skipped' };
  if (!error) return { ...base, status: 'passed' };
  const status =
    error.kind === 'testTimeoutFailure'
      ? 'timedOut'
      : error.kind === 'cancelledByParent'
        ? 'didNotRun'
        : 'failed';
  const stack = framesOf(error.stack ?? '', root);
  return {
    ...base,
    status,
    message: error.message,
    ...(error.expected === undefined ? {} : { expected: error.expected }),
    ...(error.actual === undefined ? {} : { actual: error.actual }),
    ...(stack.length > 0 ? { stack } : {}),
  };
}
