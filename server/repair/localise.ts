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

/** What runs at import runs for every test of the file, and tells less. */
const IMPORTED = 0.4;
/** How far a line of an exception's stack moves towards 1: the innermost, and each one further out. */
const INNERMOST = 0.4;
const OUTWARDS = 0.7;

interface Hit {
  file: string;
  line: number;
  failing: number;
  passing: number;
}

/**
 * Ranks executed lines by Ochiai's coefficient, failing / √(allFailing · (failing + passing)), most suspicious first
 * (Abreu et al., "On the Accuracy of Spectrum-based Fault Localization", 2007). Lines on the stack of a failure are
 * raised (Schröter et al., "Do Stack Traces Help Developers Fix Bugs?", 2010). Lines that ran at import count for every
 * test that executes their file, at less weight. Without coverage the stacks alone speak.
 */
export function localise(
  tests: readonly TestResult[],
  coverage: Coverage | undefined,
  mayChange: (file: string) => boolean,
): Suspicion[] {
  const hits = new Map<string, Hit>();
  const files = new Map<string, Hit>();
  let allFailing = 0;
  const count = (map: Map<string, Hit>, file: string, line: number, failed: boolean) => {
    const key = `${line}:${file}`;
    let hit = map.get(key);
    if (!hit) map.set(key, (hit = { file, line, failing: 0, passing: 0 }));
    if (failed) hit.failing += 1;
    else hit.passing += 1;
  };
  for (const test of tests) {
    const ran = coverage?.byTest.get(test.id);
    const failed = hasFailed(test);
    if (!ran || (!failed && test.status !== 'passed')) continue;
    if (failed) allFailing += 1;
    for (const [file, lines] of ran) {
      if (!mayChange(file) || lines.size === 0) continue;
      count(files, file, -1, failed);
      for (const line of lines) count(hits, file, line, failed);
    }
  }
  const ochiai = ({ failing, passing }: Hit) => failing / Math.sqrt(allFailing * (failing + passing));
  const scores = new Map<string, Suspicion>();
  for (const [key, hit] of hits)
    if (hit.failing > 0) scores.set(key, { file: hit.file, line: hit.line, score: ochiai(hit) });
  for (const [file, lines] of coverage?.imported ?? []) {
    const hit = files.get(`-1:${file}`);
    if (!mayChange(file) || allFailing === 0) continue;
    const passed = tests.filter((test) => test.status === 'passed').length;
    const score = IMPORTED * ochiai(hit?.failing ? hit : { file, line: -1, failing: 1, passing: passed });
    for (const line of lines) {
      const key = `${line}:${file}`;
      if (!scores.has(key)) scores.set(key, { file, line, score });
    }
  }
  for (const { file, line, weight } of framesOf(tests, mayChange)) {
    const key = `${line}:${file}`;
    const score = scores.get(key)?.score ?? 0;
    if (coverage && score === 0) continue;
    scores.set(key, { file, line, score: score + (1 - score) * weight });
  }
  return [...scores.values()].sort(
    (a, b) => b.score - a.score || a.file.localeCompare(b.file) || a.line - b.line,
  );
}

/** Each line on the stacks of failing tests once, with its greatest weight. */
function framesOf(tests: readonly TestResult[], mayChange: (file: string) => boolean) {
  const frames = new Map<string, { file: string; line: number; weight: number }>();
  for (const test of tests) {
    if (!hasFailed(test)) continue;
    let weight = INNERMOST;
    for (const { file, line } of test.stack ?? []) {
      if (!mayChange(file)) continue;
      const key = `${line}:${file}`;
      if ((frames.get(key)?.weight ?? 0) < weight) frames.set(key, { file, line, weight });
      weight *= OUTWARDS;
    }
  }
  return frames.values();
}
