import type { TestResult } from '../protocol/evidence.ts';

const TEST_NAME = /(^|\/)(test_[^/]*|[^/]*_test|conftest|[^/]*\.(test|spec))\.[^./]+$/;
const TEST_FOLDER = /(^|\/)(tests?|__tests__|spec)\//;

/** Says whether repair may change a file: never one that holds tests, by its name or because a test of the run is in it. */
export function productionFiles(tests: readonly TestResult[]): (file: string) => boolean {
  const withTests = new Set(tests.map((test) => test.file));
  return (file) => !withTests.has(file) && !TEST_NAME.test(file) && !TEST_FOLDER.test(file);
}
