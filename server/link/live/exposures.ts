import { TERM } from '../../index/facts.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Program } from '../program.ts';
import { termKey } from './reads.ts';
import type { TypeHashes } from './type-hash.ts';

const KINDS = [0, 1] as const;

/** Values and types of a file's terms that other files have read, and what they came to: by kind and term. */
type Exposed = [Map<number, number>, Map<number, number>];

/** What files show each other of their terms. */
export class Exposures {
  readonly #exposed: (Exposed | undefined)[] = [];

  /** Adds what other files have read in an evaluation. */
  add(ev: Evaluator, hashes: TypeHashes): void {
    for (const file of ev.exposedFiles())
      for (const kind of KINDS)
        for (const term of ev.exposedTerms(kind, file)) {
          const exposed = (this.#exposed[file] ??= [new Map<number, number>(), new Map<number, number>()]);
          exposed[kind].set(term, valueOf(ev, hashes, kind, file, term));
        }
  }

  /**
   * Evaluates what a file shows again, and says which look-ups of it answer otherwise now. The facts of the file are
   * the ones that it was shown by.
   */
  compare(ev: Evaluator, hashes: TypeHashes, file: number): number[] {
    const changed: number[] = [];
    const exposed = this.#exposed[file];
    if (!exposed) return changed;
    for (const kind of KINDS)
      for (const [term, before] of exposed[kind]) {
        const now = valueOf(ev, hashes, kind, file, term);
        if (now === before) continue;
        exposed[kind].set(term, now);
        changed.push(termKey(ev.program, kind, file, term));
      }
    return changed;
  }

  /** What a file shows, by keys that hold in its next version too; terms that share a key are left with none. */
  named(program: Program, file: number): NamedExposure[] {
    const exposed = this.#exposed[file];
    if (!exposed) return [];
    return KINDS.flatMap((kind) =>
      [...exposed[kind]].map(([term, value]) => ({ kind, value, key: termKey(program, kind, file, term) })),
    );
  }

  /** Carries over what a file showed before its facts were replaced; says which look-ups of it answer otherwise now. */
  renew(ev: Evaluator, hashes: TypeHashes, file: number, before: readonly NamedExposure[]): number[] {
    const { program } = ev;
    const changed: number[] = [];
    const exposed: Exposed = [new Map<number, number>(), new Map<number, number>()];
    this.#exposed[file] = exposed;
    if (before.length === 0) return changed;
    const count = program.facts[file]!.terms.length / TERM.width;
    const terms = KINDS.map((kind) => {
      const byKey = new Map<number, number>();
      for (let term = 0; term < count; term++) {
        const key = termKey(program, kind, file, term);
        byKey.set(key, byKey.has(key) ? -1 : term);
      }
      return byKey;
    });
    const seen = new Set<number>();
    for (const { kind, key, value } of before) {
      const term = seen.has(key) ? -1 : (terms[kind]!.get(key) ?? -1);
      seen.add(key);
      const now = term < 0 ? undefined : valueOf(ev, hashes, kind, file, term);
      if (now !== undefined) exposed[kind].set(term, now);
      if (now !== value) changed.push(key);
    }
    return changed;
  }
}

export interface NamedExposure {
  kind: 0 | 1;
  key: number;
  value: number;
}

function valueOf(ev: Evaluator, hashes: TypeHashes, kind: number, file: number, term: number): number {
  return hashes.of(kind === 0 ? ev.value(file, term) : ev.type(file, term));
}
