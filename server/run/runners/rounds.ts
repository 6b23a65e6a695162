import type { TestResult } from '../../protocol/evidence.ts';
import type { Coverage, RunOptions, RunOutcome } from '../types.ts';

/** Tests of one run that end their process before what is left is given up. */
const MOST_ROUNDS = 8;

const UNFINISHED = 'the process ended in the middle of this test';
const OVER_LIMIT = 'still running at its time limit';

/** How a test ended whose process ended before it did. */
export function unfinished(
  why: 'ended' | 'overLimit' | 'runTimedOut',
): Pick<TestResult, 'status' | 'message'> {
  if (why === 'ended') return { status: 'error', message: UNFINISHED };
  return {
    status: 'timedOut',
    message: why === 'overLimit' ? OVER_LIMIT : 'still running at the time limit',
  };
}

/** Whether a test took its process with it, and with it tests of the same file. */
export function endedProcess({ message }: TestResult): boolean {
  return message === UNFINISHED || message === OVER_LIMIT;
}

/**
 * Runs tests, and again what did not run because a test had ended its process. `runOnce` is given the limits of its
 * round, what the rounds before it found (no tests in the first) and what the last of them did, and gives undefined when it can't do more.
 */
export async function inRounds(
  options: RunOptions,
  runOnce: (limits: RunOptions, before: RunOutcome, last: RunOutcome) => Promise<RunOutcome | undefined>,
): Promise<RunOutcome> {
  const started = performance.now();
  const left = () => options.timeoutMs - (performance.now() - started);
  const limits = { ...options };
  delete limits.onTest;
  let outcome: RunOutcome | undefined;
  let last = NOTHING;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = outcome ?? NOTHING;
    const next = await runOnce({ ...limits, timeoutMs: Math.max(1, left()) }, before, last);
    if (!next) break;
    last = next;
    const news = next.tests.some(({ status }) => status !== 'didNotRun');
    outcome = outcome ? merge(outcome, next) : next;
    const over = next.status === 'timedOut' || left() <= 0 || options.signal?.aborted === true;
    if (over || options.failFast || !news || !next.tests.some(endedProcess)) break;
  }
  return { ...(outcome ?? NOTHING), seconds: (performance.now() - started) / 1000 };
}

const NOTHING: RunOutcome = {
  ...{ command: '', runner: 'command', tests: [], exitCode: null, status: 'completed', seconds: 0 },
  output: { head: '', tail: '', bytes: 0 },
};

/** Both rounds' results; the later round's word counts where a test did not run in the earlier. */
function merge(before: RunOutcome, next: RunOutcome): RunOutcome {
  const ran = new Map(next.tests.map((test) => [test.id, test]));
  const tests = before.tests.map((test) => {
    const again = test.status === 'didNotRun' ? ran.get(test.id) : undefined;
    return again ?? test;
  });
  const known = new Set(before.tests.map(({ id }) => id));
  tests.push(...next.tests.filter(({ id }) => !known.has(id)));
  // A whole file that did not run gives way to its tests.
  const isPlaceholder = ({ id, status }: TestResult) =>
    status === 'didNotRun' && next.tests.some((test) => test.id.startsWith(`${id} > `));
  const executedFiles = new Set([...(before.executedFiles ?? []), ...(next.executedFiles ?? [])]);
  const coverage: Coverage = {
    byTest: new Map([...(next.coverage?.byTest ?? []), ...(before.coverage?.byTest ?? [])]),
  };
  return {
    ...before,
    status: next.status,
    tests: tests.filter((test) => !isPlaceholder(test)),
    ...(before.coverage || next.coverage ? { coverage, executedFiles } : {}),
  };
}
