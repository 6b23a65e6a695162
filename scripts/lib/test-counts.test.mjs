import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { countsOf, countWords, readCounts, tellCounts } from './test-counts.mjs';

let folder;
let file;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'weft-counts-'));
  file = path.join(folder, 'part', 'counts.json');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('the counts of a part', () => {
  it('come back as they were told', () => {
    vi.stubEnv('WEFT_TEST_COUNTS', file);
    tellCounts({ passed: 3, failed: 1 });
    expect(readCounts(file)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it('are read from a report of vitest, where what was not run is skipped', () => {
    const report = {
      ...{ numTotalTests: 7, numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 },
      testResults: [],
    };
    writeFileSync(path.join(folder, 'r.json'), JSON.stringify(report));
    expect(readCounts(path.join(folder, 'r.json'))).toEqual({ passed: 3, failed: 1, skipped: 3 });
  });

  it('are unknown where the part wrote none, or half of it', () => {
    expect(readCounts(file)).toBeUndefined();
    writeFileSync(path.join(folder, 'r.json'), '{"passed"');
    expect(readCounts(path.join(folder, 'r.json'))).toBeUndefined();
  });
});

describe('the last line', () => {
  it('counts tests, and loses no part that failed or was skipped without one', () => {
    expect(countsOf({ outcome: 'passed', counts: { passed: 9, failed: 0, skipped: 2 } }).passed).toBe(9);
    expect(countsOf({ outcome: 'failed', counts: { passed: 9, failed: 0, skipped: 0 } }).failed).toBe(1);
    expect(countsOf({ outcome: 'failed' })).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countsOf({ outcome: 'skipped' })).toEqual({ passed: 0, failed: 0, skipped: 1 });
    expect(countWords({ passed: 97, failed: 0, skipped: 1 })).toBe('97 passed, 0 failed, 1 skipped');
  });
});
