import * as fs from 'node:fs/promises';
import path from 'node:path';
import type { TestResult } from '../protocol/evidence.ts';
import type { CandidateSession, RunOutcome } from '../run/types.ts';
import { decodeText, encodeText, type DecodedText } from '../workspace/text.ts';
import { judge } from './judge.ts';
import { hasFailed, localise, type Suspicion } from './localise.ts';
import { propose, type Candidate } from './propose.ts';
import { applyEdits, parseSource, type Source } from './source.ts';

export interface SearchOptions {
  root: string;
  session: CandidateSession;
  /** A run of all tests with coverage, before any change. */
  baseline: RunOutcome;
  mayChange: (file: string) => boolean;
  /** In `performance.now()` milliseconds. */
  deadline: number;
  signal?: AbortSignal;
  onTried?(tried: number): void;
}

/** A set of changed files that passes what it was shown. */
export interface Patch {
  /** File → its whole new text. */
  texts: ReadonlyMap<string, string>;
  templates: readonly string[];
  score: number;
}

export interface SearchResult {
  /** Patches with which the failing tests pass, and those that execute what was changed; best first. */
  plausible: Patch[];
  /** Where there is none: the patch that repairs most failing tests and breaks nothing. */
  partial?: Patch;
  tried: number;
}

/** Files that one search proposes changes for: those of the most suspicious lines. */
const MOST_FILES = 8;
const MOST_PLAUSIBLE = 5;
/** Of one level. */
const MOST_CANDIDATES = 20_000;
/** Once there is a patch: how long, and down to which share of its score, others are still tried. */
const EXTRA_MS = 1_500;
const NEAR = 0.8;
/** Failing tests that judge each candidate first; the others judge what passes these. */
const FIRST_TESTS = 8;
/** And no further one once those before took so long. */
const FIRST_SECONDS = 0.5;
/** Passing tests that judge what repairs a failing one, by what they took before; the proof runs all. */
const MOST_KEPT_SECONDS = 20;
/** Several faults: how many partial patches may be built upon, one on the other. */
const MOST_FAULTS = 3;
/** Tried before a partial patch is first built upon, and on top of each such patch. */
const PATIENCE = 250;

/** One level of the search: the workspace as changed so far, and what its tests say. */
interface Level {
  texts: ReadonlyMap<string, string>;
  templates: readonly string[];
  score: number;
  baseline: RunOutcome;
  depth: number;
  most: number;
}

interface Partial extends Patch {
  fixed: number;
  stillFailing: string[];
  /** No test that still fails executes the changed line: there is another fault elsewhere. */
  apart: boolean;
}

/**
 * Generate and validate (after GenProg and its followers): candidates in the order of their score, first against
 * failing tests, then against those that execute the changed function. A patch that repairs only some failing tests and breaks none is built upon.
 */
export async function search(options: SearchOptions): Promise<SearchResult> {
  const walk = new Search(options);
  const level = {
    texts: new Map<string, string>(),
    templates: [],
    score: 1,
    depth: 1,
    most: MOST_CANDIDATES,
  };
  await walk.explore({ ...level, baseline: options.baseline });
  const plausible = walk.plausible.sort((a, b) => b.score - a.score);
  const partial = walk.partials.sort(byFixed)[0];
  return { plausible, tried: walk.tried, ...(plausible.length === 0 && partial ? { partial } : {}) };
}

const byFixed = (a: Partial, b: Partial) =>
  Number(b.apart) - Number(a.apart) || b.fixed - a.fixed || b.score - a.score;

class Search {
  readonly plausible: Patch[] = [];
  /** Judged by all tests. */
  readonly partials: Partial[] = [];
  tried = 0;
  readonly #options: SearchOptions;
  readonly #originals = new Map<string, Promise<DecodedText>>();
  readonly #seen = new Set<string>();
  readonly #firsts = new Map<Level, Promise<TestResult[]>>();
  /** Selection of tests → ids of those that pass on their own. */
  readonly #passing = new Map<string, Promise<Set<string>>>();
  #enoughAt = Infinity;
  #nearEnough = 0;

  constructor(options: SearchOptions) {
    this.#options = options;
  }

  async explore(level: Level): Promise<void> {
    const { baseline } = level;
    const suspicions = localise(baseline.tests, baseline.coverage, this.#options.mayChange);
    const sources = await this.#sources(level, suspicions);
    try {
      await this.#walk(level, propose(sources, suspicions));
    } finally {
      for (const source of sources) source.dispose();
    }
  }

  async #walk(level: Level, candidates: Iterator<Candidate, void>): Promise<void> {
    const found: Partial[] = [];
    const built = new Set<Partial>();
    let taken = 0;
    let patience = PATIENCE;
    let pause: Promise<void> | undefined;

    const buildUpon = async (): Promise<void> => {
      const best = found.filter((partial) => !built.has(partial)).sort(byFixed)[0];
      if (!best || level.depth >= MOST_FAULTS) return;
      built.add(best);
      await this.#deepen(best, level);
    };
    const work = async (): Promise<void> => {
      while (taken < level.most && !this.#ended()) {
        const apart = found.some((partial) => partial.apart && !built.has(partial));
        if ((apart || (taken >= patience && found.length > 0)) && !pause) {
          patience = taken + PATIENCE * 2;
          pause = buildUpon().finally(() => (pause = undefined));
        }
        if (pause) {
          await pause;
          continue;
        }
        taken += 1;
        const candidate = candidates.next().value;
        // In descending order: what is left could not come near the patch that was found.
        if (!candidate || candidate.score * level.score < this.#nearEnough) return;
        await this.#try(candidate, level, found);
        this.#options.onTried?.(this.tried);
      }
    };
    await Promise.all(Array.from({ length: this.#options.session.width }, work));
    while (this.plausible.length === 0 && !this.#ended() && found.some((partial) => !built.has(partial))) {
      if (level.depth >= MOST_FAULTS || built.size >= MOST_FAULTS) break;
      await buildUpon();
    }
  }

  #ended(): boolean {
    const now = performance.now();
    const { deadline, signal } = this.#options;
    return (
      now >= deadline ||
      now >= this.#enoughAt ||
      signal?.aborted === true ||
      this.plausible.length >= MOST_PLAUSIBLE
    );
  }

  async #sources(level: Level, suspicions: readonly Suspicion[]): Promise<Source[]> {
    const sources: Source[] = [];
    const files = new Set(suspicions.map((s) => s.file));
    for (const file of [...files].slice(0, MOST_FILES)) {
      const source = await parseSource(file, await this.#text(level, file));
      if (source) sources.push(source);
    }
    return sources;
  }

  async #try(candidate: Candidate, level: Level, found: Partial[]): Promise<void> {
    const { file } = candidate;
    const texts = new Map(level.texts).set(file, applyEdits(await this.#text(level, file), [candidate.edit]));
    const key = JSON.stringify([...texts].sort());
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.tried += 1;
    const files = await this.#bytes(texts);
    const { baseline } = level;
    const first = await this.#first(level);
    // What hangs is wrong, and each hanging test costs its whole limit.
    const shown = await this.#run(files, first, baseline, 'timeout');
    if (shown.status !== 'completed' || judge(baseline, shown, idsOf(first)).fixed.length === 0) return;

    const rest = baseline.tests.filter((test) => hasFailed(test) && !first.includes(test));
    const more = rest.length > 0 ? await this.#run(files, rest, baseline) : undefined;
    const passed = await this.#steady(level, mayBreak(candidate, baseline));
    const kept = passed.length > 0 ? await this.#run(files, passed, baseline, true) : undefined;
    const tests = [...shown.tests, ...(more?.tests ?? []), ...(kept?.tests ?? [])];
    const ended = [more, kept].every((run) => !run || run.status === 'completed');
    const all: RunOutcome = { ...shown, tests, status: ended ? 'completed' : 'crashed' };
    const { fixed, stillFailing, broken } = judge(baseline, all, idsOf([...first, ...rest, ...passed]));
    if (broken.length > 0 || fixed.length === 0) return;
    const patch: Patch = {
      texts,
      templates: [...level.templates, candidate.template],
      score: level.score * candidate.score,
    };
    if (stillFailing.length > 0) {
      const left = stillFailing.map((id) => baseline.coverage?.byTest.get(id)?.get(file));
      const apart = !left.some((lines) => lines?.has(candidate.line));
      const fixedBefore = baseline === this.#options.baseline ? 0 : this.#fixedBy(baseline);
      const partial = { ...patch, fixed: fixedBefore + fixed.length, apart, stillFailing };
      found.push(partial);
      this.partials.push(partial);
      return;
    }
    if (this.plausible.length === 0) this.#enoughAt = performance.now() + EXTRA_MS;
    this.#nearEnough = Math.max(this.#nearEnough, patch.score * NEAR);
    this.plausible.push(patch);
  }

  /** The failing tests that judge first: those that fail on their own too, without the tests that ran before them. */
  #first(level: Level): Promise<TestResult[]> {
    let first = this.#firsts.get(level);
    if (!first) {
      const tests = firstTests(level.baseline);
      first = this.#alone(level, tests).then((alone) => {
        const failing = tests.filter((test) => !alone.has(test.id));
        return failing.length > 0 ? failing : tests;
      });
      this.#firsts.set(level, first);
    }
    return first;
  }

  /** Of tests that passed among all: those that pass without the tests that ran before them, so that a selection can tell. */
  async #steady(level: Level, tests: TestResult[]): Promise<TestResult[]> {
    if (tests.length === 0) return tests;
    const key = tests.map((test) => test.id).join('\n');
    let alone = this.#passing.get(key);
    if (!alone) this.#passing.set(key, (alone = this.#alone(level, tests)));
    const passing = await alone;
    return tests.filter((test) => passing.has(test.id));
  }

  /** The ids of those that pass when they run without the others, with nothing changed but what the level has. */
  async #alone(level: Level, tests: readonly TestResult[]): Promise<Set<string>> {
    const run = await this.#run(await this.#bytes(level.texts), tests, level.baseline);
    return idsOf(run.tests.filter((test) => test.status === 'passed'));
  }

  #run(
    files: ReadonlyMap<string, Uint8Array>,
    tests: readonly TestResult[],
    baseline: RunOutcome,
    failFast: boolean | 'timeout' = false,
  ): Promise<RunOutcome> {
    const { session, deadline, signal } = this.#options;
    const limits = limitsOf(tests, baseline);
    return session.run(files, {
      select: tests.map((test) => test.id),
      failFast,
      testTimeoutMs: limits.clock,
      testCpuMs: limits.cpu,
      timeoutMs: Math.min(Math.max(1, deadline - performance.now()), limits.all),
      ...(signal ? { signal } : {}),
    });
  }

  /** How many tests of the first run that failed pass in a later one. */
  #fixedBy(after: RunOutcome): number {
    return judge(this.#options.baseline, after).fixed.length;
  }

  /** What is known of the tests after a partial patch; those that still fail run again, for the lines they execute now. */
  async #deepen(partial: Partial, level: Level): Promise<void> {
    const { session, signal, deadline } = this.#options;
    const before = level.baseline;
    const failing = before.tests.filter((test) => partial.stillFailing.includes(test.id));
    const limits = limitsOf(failing, before);
    const again = await session.run(await this.#bytes(partial.texts), {
      select: partial.stillFailing,
      coverage: true,
      testTimeoutMs: limits.clock * 2,
      timeoutMs: Math.min(Math.max(1, deadline - performance.now()), limits.all + before.seconds * 2_000),
      ...(signal ? { signal } : {}),
    });
    const now = new Map(again.tests.map((test) => [test.id, test]));
    if (!again.coverage || !again.tests.some(hasFailed)) return;
    const tests = before.tests.map((test) =>
      hasFailed(test) ? (now.get(test.id) ?? { ...test, status: 'passed' as const }) : test,
    );
    const byTest = new Map([...(before.coverage?.byTest ?? []), ...again.coverage.byTest]);
    const baseline = { ...before, tests, coverage: { ...before.coverage, byTest } };
    const { texts, templates, score } = partial;
    const most = partial.apart ? level.most : PATIENCE * 2;
    await this.explore({ texts, templates, score, baseline, depth: level.depth + 1, most });
  }

  async #text(level: Level, file: string): Promise<string> {
    return level.texts.get(file) ?? (await this.#original(file)).text;
  }

  async #bytes(texts: ReadonlyMap<string, string>): Promise<Map<string, Uint8Array>> {
    const files = new Map<string, Uint8Array>();
    for (const [file, text] of texts) files.set(file, encodeText(text, (await this.#original(file)).format));
    return files;
  }

  #original(file: string): Promise<DecodedText> {
    let read = this.#originals.get(file);
    if (!read) {
      read = fs.readFile(path.join(this.#options.root, file)).then(decodeText);
      this.#originals.set(file, read);
    }
    return read;
  }
}

const idsOf = (tests: readonly TestResult[]) => new Set(tests.map((test) => test.id));

/**
 * Failing tests, the quickest first, as many as are quick; those that ran into their limit come last: most candidates
 * leave them as slow as they were.
 */
function firstTests({ tests }: RunOutcome): TestResult[] {
  const failing = tests.filter(hasFailed).sort((a, b) => slowness(a) - slowness(b));
  let seconds = 0;
  const first = failing.filter((test, i) => {
    seconds += test.seconds;
    return i === 0 || (i < FIRST_TESTS && seconds < FIRST_SECONDS);
  });
  return first;
}

const slowness = ({ status, seconds }: TestResult) => (status === 'timedOut' ? 1e6 : 0) + seconds;

/** Passing tests that execute the function of the change, the quickest of them; all where it is outside of functions. */
function mayBreak({ file, within }: Candidate, { tests, coverage }: RunOutcome): TestResult[] {
  const runs = ({ id }: TestResult): boolean => {
    const ran = coverage?.byTest.get(id);
    if (!ran || !within) return true;
    for (const line of ran.get(file) ?? []) if (line >= within.first && line <= within.last) return true;
    return false;
  };
  let seconds = 0;
  const chosen = tests
    .filter((test) => test.status === 'passed' && runs(test))
    .sort((a, b) => a.seconds - b.seconds)
    .filter((test) => (seconds += test.seconds) < MOST_KEPT_SECONDS);
  // In their own order: some tests rest on what those before them left.
  const ids = idsOf(chosen);
  return tests.filter((test) => ids.has(test.id));
}

/**
 * Milliseconds for each of some tests, and for a run of them, from what they took before any change: a candidate may be
 * slower than the code it repairs, not without end.
 */
function limitsOf(
  tests: readonly TestResult[],
  baseline: RunOutcome,
): { cpu: number; clock: number; all: number } {
  const slowest = (of: readonly TestResult[]) =>
    Math.max(0, ...of.filter((t) => t.status === 'passed' || t.status === 'failed').map((t) => t.seconds));
  // A test that never ended tells nothing of how long it should take.
  const longest = tests.some((test) => test.status === 'timedOut') ? slowest(baseline.tests) : slowest(tests);
  const cpu = 50 + longest * 10_000;
  const clock = 1_000 + longest * 30_000;
  const sum = tests.reduce((seconds, test) => seconds + test.seconds, 0);
  const start = Math.max(0, baseline.seconds - baseline.tests.reduce((seconds, t) => seconds + t.seconds, 0));
  return { cpu, clock, all: 5_000 + start * 3_000 + clock + sum * 10_000 };
}
