import type { TestResult } from '../protocol/evidence.ts';
import type { Coverage } from '../run/types.ts';

export interface Suspicion {
  file: string;
  /** 0-based. */
  line: number;
  /** From 0 to 1; 1 is a line that all failing tests executed and no passing one. */
  score: number;
}

export const hasFailed = ({ status }: TestResult): boolean =>
  status === 'failed' || status === 'error' || status === 'timedOut';

/**
 * Ranks executed lines by Ochiai's coefficient, failing / √(allFailing · (failing + passing)), most suspicious first
 * (Abreu et al., "On the Accuracy of Spectrum-based Fault Localization", 2007).
 */
export function localise(
  tests: readonly TestResult[],
  coverage: Coverage,
  mayChange: (file: string) => boolean,
): Suspicion[] {
  const hits = new Map<string, { file: string; line: number; failing: number; passing: number }>();
  let allFailing = 0;
  for (const test of tests) {
    const files = coverage.byTest.get(test.id);
    const failed = hasFailed(test);
    if (!files || (!failed && test.status !== 'passed')) continue;
    if (failed) allFailing += 1;
    for (const [file, lines] of files) {
      if (!mayChange(file)) continue;
      for (const line of lines) {
        const key = `${line}:${file}`;
        const hit = hits.get(key) ?? { file, line, failing: 0, passing: 0 };
        if (failed) hit.failing += 1;
        else hit.passing += 1;
        hits.set(key, hit);
      }
    }
  }
  return [...hits.values()]
    .filter((hit) => hit.failing > 0)
    .map(({ file, line, failing, passing }) => ({
      ...{ file, line },
      score: failing / Math.sqrt(allFailing * (failing + passing)),
    }))
    .sort((a, b) => b.score - a.score || a.file.localeCompare(b.file) || a.line - b.line);
}
