import type { RunOutcome } from '../run/types.ts';
import { hasFailed } from './localise.ts';

/** What a run of all tests says about a patch, against the run before it. */
export interface Judgement {
  fixed: string[];
  stillFailing: string[];
  /** Passed before and does not now: failed, timed out, skipped or did not run at all. */
  broken: string[];
}

/**
 * A test that did not run is not a pass, and a test that was skipped instead of passing is broken. `shown`: the ids of
 * the tests that were to run; all by default.
 */
export function judge(all: RunOutcome, after: RunOutcome, shown?: ReadonlySet<string>): Judgement {
  const before = shown ? { ...all, tests: all.tests.filter((test) => shown.has(test.id)) } : all;
  const now = new Map(after.tests.map((test) => [test.id, test.status]));
  const ended = after.status === 'completed';
  const passes = (id: string) => ended && now.get(id) === 'passed';
  const failing = before.tests.filter(hasFailed).map((test) => test.id);
  const known = new Set(all.tests.map((test) => test.id));
  return {
    fixed: failing.filter(passes),
    stillFailing: failing.filter((id) => !passes(id)),
    broken: [
      ...before.tests.filter((test) => test.status === 'passed' && !passes(test.id)).map((test) => test.id),
      ...after.tests.filter((test) => hasFailed(test) && !known.has(test.id)).map((test) => test.id),
    ],
  };
}
