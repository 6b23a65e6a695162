import { applyHunks } from '../protocol/changes.ts';
import type { RunOutcome } from '../run/types.ts';
import { diffToHunks } from '../workspace/diff.ts';
import { judge } from './judge.ts';
import { hasFailed, localise, type Suspicion } from './localise.ts';
import { propose, type Candidate } from './propose.ts';
import { applyEdits, parseSource, type Source } from './source.ts';
import { Validator, type State, type ValidatorOptions } from './validate.ts';

export interface SearchOptions extends ValidatorOptions {
  /** A run of all tests with coverage, before any change. */
  baseline: RunOutcome;
  mayChange: (file: string) => boolean;
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
/** What the score of a candidate is worth that needs a process of its own. */
const COSTLY = 0.5;
/** Several faults: how many partial patches may be built upon, one on the other. */
const MOST_FAULTS = 3;
/** Changes of lines that all failing tests run, tried before several faults are thought of. */
const MOST_COMMON = 6;
/** Tried before a partial patch is first built upon, and on top of each such patch. */
const PATIENCE = 250;

/** One level of the search: the workspace as changed so far, and what its tests say. */
interface Level extends State {
  templates: readonly string[];
  score: number;
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
  readonly #validator: Validator;
  readonly #seen = new Set<string>();
  readonly #judged = new Set<string>();
  #enoughAt = Infinity;
  #nearEnough = 0;

  constructor(options: SearchOptions) {
    this.#options = options;
    this.#validator = new Validator(options);
  }

  async explore(level: Level): Promise<void> {
    const { baseline } = level;
    const suspicions = localise(baseline.tests, baseline.coverage, this.#options.mayChange);
    const sources = await this.#sources(level, suspicions);
    try {
      const common = suspicions.filter(ranByAll(baseline));
      await this.#walk(level, propose(sources, suspicions), propose(sources, common));
    } finally {
      for (const source of sources) source.dispose();
    }
  }

  async #walk(
    level: Level,
    candidates: Iterator<Candidate, void>,
    common: Iterator<Candidate, void>,
  ): Promise<void> {
    const found: Partial[] = [];
    const built = new Set<Partial>();
    const queue = new Queue(candidates);
    let taken = 0;
    let patience = PATIENCE;
    let pause: Promise<void> | undefined;
    const mayDeepen = level.depth < MOST_FAULTS;

    const buildUpon = async (): Promise<void> => {
      const best = found.filter((partial) => !built.has(partial)).sort(byFixed)[0];
      if (!best || !mayDeepen) return;
      if (built.size === 0 && (await this.#tryCommon(common, level, found))) return;
      built.add(best);
      await this.#deepen(best, level);
    };
    const work = async (): Promise<void> => {
      while (taken < level.most && !this.#ended()) {
        const apart = found.some((partial) => partial.apart && !built.has(partial));
        if (mayDeepen && (apart || (taken >= patience && found.length > 0)) && !pause) {
          patience = taken + PATIENCE * 2;
          pause = buildUpon().finally(() => (pause = undefined));
        }
        if (pause) {
          await pause;
          continue;
        }
        const next = queue.take();
        // In descending order: what is left could not come near the patch that was found.
        if (!next || next.candidate.score * level.score < this.#nearEnough) return;
        const { candidate, deferred } = next;
        if (!deferred) taken += 1;
        if ((await this.#try(candidate, level, found, !deferred)) === 'costly') queue.defer(candidate);
        this.#options.onTried?.(this.tried);
      }
    };
    await Promise.all(Array.from({ length: this.#options.session.width }, work));
    while (this.plausible.length === 0 && !this.#ended() && found.some((partial) => !built.has(partial))) {
      if (!mayDeepen || built.size >= MOST_FAULTS) break;
      await buildUpon();
    }
  }

  /** Whether one change, of a line that all failing tests run, explains them all. */
  async #tryCommon(common: Iterator<Candidate, void>, level: Level, found: Partial[]): Promise<boolean> {
    for (let i = 0; i < MOST_COMMON && !this.#ended(); i++) {
      const { value } = common.next();
      if (!value) break;
      await this.#try(value, level, found, false);
    }
    return this.plausible.length > 0;
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
      const source = await parseSource(file, await this.#validator.text(level, file));
      if (source) sources.push(source);
    }
    return sources;
  }

  async #try(candidate: Candidate, level: Level, found: Partial[], quick: boolean): Promise<'costly' | void> {
    const { file } = candidate;
    const text = applyEdits(await this.#validator.text(level, file), [candidate.edit]);
    const texts = new Map(level.texts).set(file, text);
    const key = JSON.stringify([...texts].sort());
    if (this.#judged.has(key) || (quick && this.#seen.has(key))) return;
    this.#seen.add(key);
    const { baseline } = level;
    const judgement = await this.#validator.judge(texts, level, [candidate], quick);
    if (judgement === 'costly') return 'costly';
    this.#judged.add(key);
    this.tried += 1;
    if (!judgement) return;
    const { fixed, stillFailing } = judgement;
    const patch: Patch = {
      texts,
      templates: [...level.templates, candidate.template],
      score: level.score * candidate.score,
    };
    if (stillFailing.length === 0) {
      this.#take((level.depth > 1 && (await this.#simpler(patch, candidate))) || patch);
      return;
    }
    const left = stillFailing.map((id) => baseline.coverage?.byTest.get(id)?.get(file));
    const apart = !left.some((lines) => lines?.has(candidate.line));
    const fixedBefore = judge(this.#options.baseline, baseline).fixed.length;
    const partial = { ...patch, fixed: fixedBefore + fixed.length, apart, stillFailing };
    found.push(partial);
    this.partials.push(partial);
  }

  #take(patch: Patch): void {
    if (this.plausible.length === 0) this.#enoughAt = performance.now() + EXTRA_MS;
    this.#nearEnough = Math.max(this.#nearEnough, patch.score * NEAR);
    this.plausible.push(patch);
  }

  /** Of a patch made in several steps, the one hunk that does it alone. */
  async #simpler(patch: Patch, { score, template }: Candidate): Promise<Patch | undefined> {
    const state = { texts: new Map<string, string>(), baseline: this.#options.baseline };
    for (const [file, text] of patch.texts) {
      const original = await this.#validator.text(state, file);
      for (const hunk of diffToHunks(original, text)) {
        const alone = applyHunks(original, [{ ...hunk, decision: 'accepted' }]);
        if (alone === text) continue;
        const texts = new Map([[file, alone]]);
        const judgement = await this.#validator.judge(texts, state, [{ file }]);
        if (judgement?.stillFailing.length === 0) return { texts, templates: [template], score };
      }
    }
    return undefined;
  }

  /** What is known of the tests after a partial patch; those that still fail run again, for the lines they execute now. */
  async #deepen(partial: Partial, level: Level): Promise<void> {
    const before = level.baseline;
    const failing = before.tests.filter((test) => partial.stillFailing.includes(test.id));
    const again = await this.#validator.coverage({ texts: partial.texts, baseline: before }, failing);
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
}

/** Whether every failing test runs a line, be it at import. */
function ranByAll({ tests, coverage }: RunOutcome): (suspicion: Suspicion) => boolean {
  const lines = tests.filter(hasFailed).map((test) => coverage?.byTest.get(test.id));
  return ({ file, line }) =>
    coverage?.imported?.get(file)?.has(line) === true ||
    lines.every((ran) => ran?.get(file)?.has(line) === true);
}

/** Candidates in descending order of score, where those that cost many times as much to run count for less. */
class Queue {
  readonly #candidates: Iterator<Candidate, void>;
  readonly #deferred: Candidate[] = [];
  #next: Candidate | undefined;

  constructor(candidates: Iterator<Candidate, void>) {
    this.#candidates = candidates;
  }

  defer = (candidate: Candidate): number => this.#deferred.push(candidate);

  take(): { candidate: Candidate; deferred: boolean } | undefined {
    this.#next ??= this.#candidates.next().value ?? undefined;
    const [late] = this.#deferred;
    if (late && late.score * COSTLY > (this.#next?.score ?? 0)) {
      this.#deferred.shift();
      return { candidate: late, deferred: true };
    }
    const candidate = this.#next;
    this.#next = undefined;
    return candidate && { candidate, deferred: false };
  }
}
