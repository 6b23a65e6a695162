import { describe, expect, it } from 'vitest';
import { RestartPolicy } from './restart-policy.ts';

describe('RestartPolicy', () => {
  it('waits longer after each crash and gives up after five in three minutes', () => {
    const policy = new RestartPolicy();
    const delays = [0, 1, 2, 3, 4, 5].map((second) => policy.afterCrash(second * 1000));
    expect(delays).toEqual([200, 400, 800, 1600, 3200, undefined]);
  });

  it('forgets crashes of long ago', () => {
    const policy = new RestartPolicy();
    for (let i = 0; i < 5; i++) policy.afterCrash(i);
    expect(policy.afterCrash(10 * 60_000)).toBe(200);
  });
});
