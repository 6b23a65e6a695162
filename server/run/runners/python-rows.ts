import path from 'node:path';
import type { TestResult } from '../../protocol/evidence.ts';
import { assetPath } from '../../settings/assets.ts';
import { cleanEnvironment, type ChildOutcome } from '../child-process.ts';
import type { RunnerName, RunOptions, RunOutcome, TestCommand } from '../types.ts';
import { unfinished } from './rounds.ts';
import { parseRows } from './rows.ts';
import { toCoverage } from './line-coverage.ts';

/** Where a test is: known when it is collected. */
interface Collected {
  id: string;
  file?: string;
  /** 0-based. */
  line?: number;
}

/** One line of the results file: what was collected, a test that began, or a test's result. */
export interface PythonRow {
  /** Known to the plugin only: a line without it was written by a test. */
  key?: string;
  finished?: boolean;
  collected?: Collected[];
  started?: string;
  /** unittest's name of a class or module whose own code failed: `setUpClass (m.TestA)`. */
  broken?: string;
  id?: string;
  note?: string;
  status: TestResult['status'];
  seconds: number;
  message?: string;
  lines?: Record<string, number[]>;
}

/** The environment in which Weft's programs inside a Python test run find what they need. */
export function pythonEnvironment(results: string, key: string, options: RunOptions): NodeJS.ProcessEnv {
  const inherited = cleanEnvironment(process.env);
  const programs = path.dirname(assetPath('runners/weft_recorder.py'));
  return {
    ...inherited,
    PYTHONPATH: [programs, inherited.PYTHONPATH].filter(Boolean).join(path.delimiter),
    WEFT_RESULTS: results,
    WEFT_RESULTS_KEY: key,
    WEFT_ROOT: options.root,
    WEFT_COVERAGE: options.coverage ? '1' : '0',
    WEFT_END_AT_TIMEOUT: options.failFast === 'timeout' ? '1' : '0',
    WEFT_TEST_SECONDS: String((options.testTimeoutMs ?? 0) / 1000),
  };
}

export interface ReadPython {
  runner: RunnerName;
  /** Name and file as the id tells them. */
  place(id: string): Pick<TestResult, 'name' | 'file'>;
  /** Whether what broke, by unittest's name for it, is a class or module of the test. */
  holds?(broken: string, id: string): boolean;
}

/** What the rows say of a run that ended as `child` tells. */
export function pythonOutcome(
  command: TestCommand,
  child: ChildOutcome,
  text: string,
  key: string,
  options: Pick<RunOptions, 'coverage' | 'onTest'>,
  how: ReadPython,
): RunOutcome {
  const said = parseRows<PythonRow>(text, key);
  const rows = said.filter((row): row is PythonRow & { id: string } => row.id !== undefined);
  const cutShort = child.status === 'completed' && said.length > 0 && !said.some((row) => row.finished);
  const status = cutShort ? 'crashed' : child.status;
  const places = new Map(said.flatMap((row) => row.collected ?? []).map((test) => [test.id, test]));
  const result = (id: string, rest: Omit<TestResult, 'id' | 'name'>): TestResult => {
    const { file, line } = places.get(id) ?? {};
    return {
      id,
      ...how.place(id),
      ...(file ? { file } : {}),
      ...(line === undefined ? {} : { line }),
      ...rest,
    };
  };
  const tests = rows.map(({ id, status, seconds, message }) =>
    result(id, { status, seconds, ...(message ? { message } : {}) }),
  );
  const finished = new Set(rows.map((row) => row.id));
  const lastStarted = said.findLast((row) => row.started !== undefined)?.started;
  const broken = said.filter((row) => row.broken !== undefined);
  for (const id of places.keys()) {
    if (finished.has(id)) continue;
    const cause = broken.find((row) => how.holds?.(row.broken ?? '', id));
    if (id === lastStarted)
      tests.push(
        result(id, { seconds: 0, ...unfinished(child.status === 'timedOut' ? 'runTimedOut' : 'ended') }),
      );
    else if (cause)
      tests.push(result(id, { seconds: 0, status: cause.status, message: cause.message ?? '' }));
    else tests.push(result(id, { seconds: 0, status: 'didNotRun' }));
  }
  // What broke after its tests had ended well is told by itself.
  for (const { broken: id = '', status, message = '' } of broken)
    if (status === 'error' && !tests.some((test) => test.status === 'error' && how.holds?.(id, test.id)))
      tests.push({ id, name: id, seconds: 0, status, message });
  for (const test of tests) options.onTest?.(test);
  const outcome: RunOutcome = { ...child, status, command: command.command, runner: how.runner, tests };
  return options.coverage ? { ...outcome, ...toCoverage(rows, () => true) } : outcome;
}
