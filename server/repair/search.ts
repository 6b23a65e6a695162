import * as fs from 'node:fs/promises';
import path from 'node:path';
import type { CandidateSession, RunOutcome } from '../run/types.ts';
import { decodeText, encodeText, type DecodedText } from '../workspace/text.ts';
import { judge } from './judge.ts';
import { hasFailed, localise, type Suspicion } from './localise.ts';
import { propose, type Candidate } from './propose.ts';
import { parseSource, type Source } from './source.ts';

export interface SearchOptions {
  root: string;
  session: CandidateSession;
  /** A run of all tests with coverage, before any change. */
  baseline: RunOutcome;
  mayChange: (file: string) => boolean;
  /** In `performance.now()` milliseconds. */
  deadline: number;
  signal?: AbortSignal;
  onTried?(tried: number, ofThis: number): void;
}

/** A set of changed files that passes what it was shown. */
export interface Patch {
  /** File → its whole new text. */
  texts: ReadonlyMap<string, string>;
  templates: readonly string[];
  score: number;
}

export interface SearchResult {
  /** Patches with which all tests pass, best first. */
  plausible: Patch[];
  /** Where there is none: the patch that repairs most failing tests and breaks nothing. */
  partial?: Patch;
  tried: number;
}

/** Files that one search proposes changes for: those of the most suspicious lines. */
const MOST_FILES = 8;
const MOST_PLAUSIBLE = 5;
/** Once there is a patch: how long, and down to which share of its score, others are still tried. */
const EXTRA_MS = 1_500;
const NEAR = 0.8;
/** Failing tests that judge each candidate first; the others judge what passes these. */
const FIRST_TESTS = 8;
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
  /** No test that still fails executes the changed line: there is another fault elsewhere. */
  apart: boolean;
}

/**
 * Generate and validate (after GenProg and its followers): candidates in the order of their score, first against
 * failing tests, then against all. A patch that repairs only some failing tests and breaks none is built upon.
 */
export async function search(options: SearchOptions): Promise<SearchResult> {
  const walk = new Search(options);
  const level = { texts: new Map<string, string>(), templates: [], score: 1, depth: 1, most: Infinity };
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
  #enoughAt = Infinity;
  #nearEnough = 0;

  constructor(options: SearchOptions) {
    this.#options = options;
  }

  async explore(level: Level): Promise<void> {
    const { baseline } = level;
    if (!baseline.coverage) return;
    const suspicions = localise(baseline.tests, baseline.coverage, this.#options.mayChange);
    const candidates = await this.#candidates(level, suspicions);
    const limit = Math.min(candidates.length, level.most);
    const found: Partial[] = [];
    const built = new Set<Partial>();
    let next = 0;
    let patience = PATIENCE;
    let pause: Promise<void> | undefined;

    const buildUpon = async (): Promise<void> => {
      const best = found.filter((partial) => !built.has(partial)).sort(byFixed)[0];
      if (!best || level.depth >= MOST_FAULTS) return;
      built.add(best);
      await this.#deepen(best, level);
    };
    const work = async (): Promise<void> => {
      while (next < limit && !this.#ended()) {
        const apart = found.some((partial) => partial.apart && !built.has(partial));
        if ((apart || (next >= patience && found.length > 0)) && !pause) {
          patience = next + PATIENCE * 2;
          pause = buildUpon().finally(() => (pause = undefined));
        }
        if (pause) {
          await pause;
          continue;
        }
        const candidate = candidates[next++];
        // In descending order: what is left could not come near the patch that was found.
        if (!candidate || candidate.score * level.score < this.#nearEnough) return;
        await this.#try(candidate, level, found);
        this.#options.onTried?.(this.tried, limit);
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

  async #candidates(level: Level, suspicions: readonly Suspicion[]): Promise<Candidate[]> {
    const files = [...new Set(suspicions.map((s) => s.file))].slice(0, MOST_FILES);
    const sources: Source[] = [];
    try {
      for (const file of files) {
        const text = level.texts.get(file) ?? (await this.#original(file)).text;
        const source = await parseSource(file, text);
        if (source) sources.push(source);
      }
      return propose(sources, suspicions);
    } finally {
      for (const source of sources) source.dispose();
    }
  }

  async #try(candidate: Candidate, level: Level, found: Partial[]): Promise<void> {
    const texts = new Map(level.texts).set(candidate.file, candidate.text);
    const key = JSON.stringify([...texts].sort());
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.tried += 1;
    const { session, deadline, signal } = this.#options;
    const files = await this.#bytes(texts);
    const limits = limitsOf(level.baseline);
    const remaining = Math.max(1, deadline - performance.now());
    const first = firstTests(level.baseline);
    const signalled = signal ? { signal } : {};
    const shown = await session.run(files, {
      select: first,
      // What hangs is wrong, and each hanging test costs its whole limit.
      failFast: 'timeout',
      testTimeoutMs: limits.test,
      timeoutMs: Math.min(remaining, limits.first),
      ...signalled,
    });
    const passed = new Set(shown.tests.filter((t) => t.status === 'passed').map((t) => t.id));
    if (!first.some((id) => passed.has(id)) || shown.status !== 'completed') return;

    const all = await session.run(files, {
      testTimeoutMs: limits.test,
      timeoutMs: Math.min(Math.max(1, deadline - performance.now()), limits.all),
      ...signalled,
    });
    const { fixed, stillFailing, broken } = judge(level.baseline, all);
    if (broken.length > 0 || fixed.length === 0) return;
    const patch: Patch = {
      texts,
      templates: [...level.templates, candidate.template],
      score: level.score * candidate.score,
    };
    if (stillFailing.length > 0) {
      const left = stillFailing.map((id) => level.baseline.coverage?.byTest.get(id)?.get(candidate.file));
      const apart = !left.some((lines) => lines?.has(candidate.line));
      const partial = { ...patch, fixed: this.#fixedInAll(all), apart };
      found.push(partial);
      this.partials.push(partial);
      return;
    }
    if (this.plausible.length === 0) this.#enoughAt = performance.now() + EXTRA_MS;
    this.#nearEnough = Math.max(this.#nearEnough, patch.score * NEAR);
    this.plausible.push(patch);
  }

  #fixedInAll(after: RunOutcome): number {
    return judge(this.#options.baseline, after).fixed.length;
  }

  async #deepen(partial: Partial, level: Level): Promise<void> {
    const { session, deadline, signal } = this.#options;
    const limits = limitsOf(level.baseline);
    const baseline = await session.run(await this.#bytes(partial.texts), {
      coverage: true,
      testTimeoutMs: limits.test,
      timeoutMs: Math.min(Math.max(1, deadline - performance.now()), limits.all * 2),
      ...(signal ? { signal } : {}),
    });
    if (!baseline.coverage || !baseline.tests.some(hasFailed)) return;
    const { texts, templates, score } = partial;
    const most = partial.apart ? level.most : PATIENCE * 2;
    await this.explore({ texts, templates, score, baseline, depth: level.depth + 1, most });
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

/** Tests that ended come before tests that ran into their limit: most candidates leave those as slow as they were. */
function firstTests({ tests }: RunOutcome): string[] {
  const failing = tests.filter(hasFailed);
  const ended = failing.filter((test) => test.status !== 'timedOut');
  return [...ended, ...failing.filter((test) => test.status === 'timedOut')]
    .slice(0, FIRST_TESTS)
    .map((test) => test.id);
}

/**
 * Milliseconds, from the baseline: a candidate may be slower than the code it repairs, not without end.
 */
function limitsOf({ tests, seconds }: RunOutcome): { test: number; first: number; all: number } {
  const ended = tests.filter((t) => t.status === 'passed' || t.status === 'failed');
  const slowest = Math.max(0, ...ended.map((t) => t.seconds));
  const inTests = tests.reduce((sum, test) => sum + test.seconds, 0);
  const start = 500 + Math.max(0, seconds - inTests) * 1_000;
  const test = Math.max(500, slowest * 5_000);
  return { test, first: start + test * 2, all: 5_000 + Math.max(test, seconds * 3_000) };
}
