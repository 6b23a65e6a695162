import type { TestResult } from '../protocol/evidence.ts';

/**
 * The tests that stand at a line (0-based) of a file: those that begin last before it, all cases of one test. All tests
 * of the file where the line is before the first, or where the runner does not say where tests begin.
 */
export function testsAt(
  tests: readonly TestResult[],
  { file, line }: { file: string; line: number },
): TestResult[] {
  const inFile = tests.filter((test) => test.file === file);
  const begins = inFile.flatMap((test) => (test.line !== undefined && test.line <= line ? [test.line] : []));
  if (begins.length === 0) return inFile;
  const last = Math.max(...begins);
  return inFile.filter((test) => test.line === last);
}
