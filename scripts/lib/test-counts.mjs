// How many tests of a part passed, failed and were skipped, told in a file that the part writes and npm test reads.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Written by the parts that are no vitest, where npm test asked for it. */
export function tellCounts({ passed, failed, skipped = 0 }) {
  const file = process.env.WEFT_TEST_COUNTS;
  if (file === undefined) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ passed, failed, skipped }));
}

/** Reads a part's file: vitest's JSON report, or what `tellCounts` wrote. Undefined where there is none. */
export function readCounts(file) {
  let told;
  try {
    told = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
  const { passed, failed, skipped } = told;
  if (told.numTotalTests === undefined) return { passed, failed, skipped };
  return {
    passed: told.numPassedTests,
    failed: told.numFailedTests,
    skipped: told.numPendingTests + told.numTodoTests,
  };
}

/**
 * What a part adds to the last line. A part that failed without a failing test (a file that cannot be read, a
 * launcher that broke, a check) counts as one failure, and a part that could not run as one skip: neither is lost.
 */
export function countsOf({ outcome, counts }) {
  const { passed = 0, failed = 0, skipped = 0 } = counts ?? {};
  if (outcome === 'skipped') return { passed, failed, skipped: Math.max(skipped, 1) };
  if (outcome === 'failed') return { passed, failed: Math.max(failed, 1), skipped };
  return { passed, failed, skipped };
}

/** "97 passed, 0 failed, 1 skipped". */
export function countWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
