import { describe, expect, it } from 'vitest';
import type { TestResult } from '../protocol/evidence.ts';
import type { RunOutcome } from '../run/types.ts';
import { judge } from './judge.ts';

function outcome(
  tests: Record<string, TestResult['status']>,
  status: RunOutcome['status'] = 'completed',
): RunOutcome {
  return {
    ...{
      command: 't',
      runner: 'command',
      exitCode: 0,
      status,
      seconds: 0,
      output: { head: '', tail: '', bytes: 0 },
    },
    tests: Object.entries(tests).map(([id, s]) => ({ id, name: id, status: s, seconds: 0 })),
  };
}
const before = outcome({ good: 'passed', bad: 'failed' });

describe('judge', () => {
  it('takes a patch that repairs and breaks nothing', () => {
    expect(judge(before, outcome({ good: 'passed', bad: 'passed' }))).toEqual({
      fixed: ['bad'],
      stillFailing: [],
      broken: [],
    });
  });

  it.each(['skipped', 'didNotRun', 'timedOut'] as const)(
    'counts a test that is %s now as broken',
    (status) => {
      expect(judge(before, outcome({ good: status, bad: 'passed' })).broken).toEqual(['good']);
    },
  );

  it('counts a test that is gone, or new and failing, as broken', () => {
    expect(judge(before, outcome({ bad: 'passed' })).broken).toEqual(['good']);
    expect(judge(before, outcome({ good: 'passed', bad: 'passed', other: 'error' })).broken).toEqual([
      'other',
    ]);
  });

  it('takes no pass from a run that did not come to its end', () => {
    expect(judge(before, outcome({ good: 'passed', bad: 'passed' }, 'crashed')).fixed).toEqual([]);
  });
});
