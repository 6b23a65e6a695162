import * as fs from 'node:fs/promises';
import path from 'node:path';
import type { TestResult } from '../protocol/evidence.ts';
import type { CandidateSession, RunOutcome } from '../run/types.ts';
import { decodeText, encodeText, type DecodedText } from '../workspace/text.ts';
import { judge, type Judgement } from './judge.ts';
import { hasFailed } from './localise.ts';
import type { Candidate } from './propose.ts';

export interface ValidatorOptions {
  root: string;
  session: CandidateSession;
  /** In `performance.now()` milliseconds. */
  deadline: number;
  signal?: AbortSignal;
}

/** The workspace as changed so far, and what its tests say. */
export interface State {
  /** File → its whole new text. */
  texts: ReadonlyMap<string, string>;
  baseline: RunOutcome;
}

/** Where a change is made. */
export type Place = Pick<Candidate, 'file' | 'within'>;

/** Failing tests that judge each candidate first; the others judge what passes these. */
const FIRST_TESTS = 8;
/** And no further one once those before took so long. */
const FIRST_SECONDS = 0.5;
/** Passing tests that judge what repairs a failing one, by what they took before; the proof runs all. */
const MOST_KEPT_SECONDS = 20;

/** Runs changed texts: first some failing tests, then the others and the passing tests that the change may break. */
export class Validator {
  readonly #options: ValidatorOptions;
  readonly #originals = new Map<string, Promise<DecodedText>>();
  readonly #firsts = new Map<State, Promise<TestResult[]>>();
  /** Selection of tests → ids of those that pass on their own. */
  readonly #passing = new Map<string, Promise<Set<string>>>();

  constructor(options: ValidatorOptions) {
    this.#options = options;
  }

  /**
   * Undefined for a change that repairs no failing test or breaks a passing one. `quick`: says `costly` instead of running
   * what the session's quick processes cannot run.
   */
  async judge(
    texts: ReadonlyMap<string, string>,
    state: State,
    places: readonly Place[],
    quick?: false,
  ): Promise<Judgement | undefined>;
  async judge(
    texts: ReadonlyMap<string, string>,
    state: State,
    places: readonly Place[],
    quick: boolean,
  ): Promise<Judgement | 'costly' | undefined>;
  async judge(
    texts: ReadonlyMap<string, string>,
    state: State,
    places: readonly Place[],
    quick = false,
  ): Promise<Judgement | 'costly' | undefined> {
    const files = await this.#bytes(texts);
    const { baseline } = state;
    const first = await this.#first(state);
    // What hangs is wrong, and each hanging test costs its whole limit.
    const shown = await this.#run(files, first, baseline, 'timeout', quick);
    if (quick && shown.status === 'notStarted') return 'costly';
    if (shown.status !== 'completed' || judge(baseline, shown, idsOf(first)).fixed.length === 0)
      return undefined;
    const rest = baseline.tests.filter((test) => hasFailed(test) && !first.includes(test));
    const more = rest.length > 0 ? await this.#run(files, rest, baseline) : undefined;
    const passed = await this.#steady(state, mayBreak(places, baseline));
    const kept = passed.length > 0 ? await this.#run(files, passed, baseline, true) : undefined;
    const tests = [...shown.tests, ...(more?.tests ?? []), ...(kept?.tests ?? [])];
    const ended = [more, kept].every((run) => !run || run.status === 'completed');
    const all: RunOutcome = { ...shown, tests, status: ended ? 'completed' : 'crashed' };
    const judgement = judge(baseline, all, idsOf([...first, ...rest, ...passed]));
    return judgement.broken.length > 0 || judgement.fixed.length === 0 ? undefined : judgement;
  }

  /** Runs some failing tests again for the lines that they execute now. */
  async coverage(state: State, failing: readonly TestResult[]): Promise<RunOutcome> {
    const { session, deadline, signal } = this.#options;
    const limits = limitsOf(failing, state.baseline);
    return session.run(await this.#bytes(state.texts), {
      select: failing.map((test) => test.id),
      coverage: true,
      testTimeoutMs: limits.clock * 2,
      timeoutMs: Math.min(
        Math.max(1, deadline - performance.now()),
        limits.all + state.baseline.seconds * 2_000,
      ),
      ...(signal ? { signal } : {}),
    });
  }

  async text({ texts }: State, file: string): Promise<string> {
    return texts.get(file) ?? (await this.#original(file)).text;
  }

  /** The failing tests that judge first: those that fail on their own too, without the tests that ran before them. */
  #first(state: State): Promise<TestResult[]> {
    let first = this.#firsts.get(state);
    if (!first) {
      const tests = firstTests(state.baseline);
      first = this.#alone(state, tests).then((alone) => {
        const failing = tests.filter((test) => !alone.has(test.id));
        return failing.length > 0 ? failing : tests;
      });
      this.#firsts.set(state, first);
    }
    return first;
  }

  /** Of tests that passed among all: those that pass without the tests that ran before them, so that a selection can tell. */
  async #steady(state: State, tests: TestResult[]): Promise<TestResult[]> {
    if (tests.length === 0) return tests;
    const key = tests.map((test) => test.id).join('\n');
    let alone = this.#passing.get(key);
    if (!alone) this.#passing.set(key, (alone = this.#alone(state, tests)));
    const passing = await alone;
    return tests.filter((test) => passing.has(test.id));
  }

  /** The ids of those that pass when they run without the others, with nothing changed but what was changed so far. */
  async #alone(state: State, tests: readonly TestResult[]): Promise<Set<string>> {
    const run = await this.#run(await this.#bytes(state.texts), tests, state.baseline);
    return idsOf(run.tests.filter((test) => test.status === 'passed'));
  }

  #run(
    files: ReadonlyMap<string, Uint8Array>,
    tests: readonly TestResult[],
    baseline: RunOutcome,
    failFast: boolean | 'timeout' = false,
    quick = false,
  ): Promise<RunOutcome> {
    const { session, deadline, signal } = this.#options;
    const limits = limitsOf(tests, baseline);
    return session.run(files, {
      select: tests.map((test) => test.id),
      ...{ failFast, quick },
      testTimeoutMs: limits.clock,
      testCpuMs: limits.cpu,
      timeoutMs: Math.min(Math.max(1, deadline - performance.now()), limits.all),
      ...(signal ? { signal } : {}),
    });
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
function mayBreak(places: readonly Place[], { tests, coverage }: RunOutcome): TestResult[] {
  const mayRun = (id: string, { file, within }: Place): boolean => {
    const ran = coverage?.byTest.get(id);
    if (!ran || !within) return true;
    for (const line of ran.get(file) ?? []) if (line >= within.first && line <= within.last) return true;
    return false;
  };
  let seconds = 0;
  const chosen = tests
    .filter((test) => test.status === 'passed' && places.some((place) => mayRun(test.id, place)))
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
  const endless = tests.some((test) => test.status === 'timedOut');
  const longest = slowest(endless ? baseline.tests : tests);
  const cpu = (endless ? 100 : 50) + longest * 10_000;
  const clock = 1_000 + longest * 30_000;
  const sum = tests.reduce((seconds, test) => seconds + test.seconds, 0);
  const start = Math.max(0, baseline.seconds - baseline.tests.reduce((seconds, t) => seconds + t.seconds, 0));
  return { cpu, clock, all: 5_000 + start * 3_000 + clock + sum * 10_000 };
}
