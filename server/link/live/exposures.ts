import type { Evaluator } from '../evaluator.ts';
import { termKey } from './reads.ts';
import { finish, type Steps } from '../steps.ts';
import { nodeOf } from './trace-log.ts';
import type { TypeHashes } from './type-hash.ts';

const KINDS = [0, 1] as const;

/** A term that other files have read, and a hash of what it came to. */
interface Exposure {
  term: number;
  value: number;
}

/** Values and types of a file's terms that other files have read: by kind and name. */
type Exposed = [Map<number, Exposure>, Map<number, Exposure>];

const nothing = (): Exposed => [new Map<number, Exposure>(), new Map<number, Exposure>()];

/** What files show each other of their terms. */
export class Exposures {
  readonly #exposed: (Exposed | undefined)[] = [];

  /** Adds what other files have read in an evaluation. */
  add(ev: Evaluator, hashes: TypeHashes): void {
    finish(this.adding(ev, hashes));
  }

  /** The same, file by file. */
  *adding(ev: Evaluator, hashes: TypeHashes): Steps<void> {
    for (const file of ev.exposedFiles()) {
      yield;
      const identity = ev.program.identity(file);
      const exposed = (this.#exposed[file] ??= nothing());
      for (const kind of KINDS)
        for (const term of ev.exposedTerms(kind, file))
          exposed[kind].set(identity.nameOf(term), { term, value: valueOf(ev, hashes, kind, file, term) });
    }
  }

  /**
   * Evaluates what a file shows again, and says which look-ups of it answer otherwise now. The facts of the file are
   * the ones that it was shown by.
   *
   * @param touched the nodes that may be others; all by default.
   */
  compare(ev: Evaluator, hashes: TypeHashes, file: number, touched?: ReadonlySet<number>): number[] {
    const changed: number[] = [];
    const { path } = ev.program.identity(file);
    for (const kind of KINDS)
      for (const [name, exposure] of this.#exposed[file]?.[kind] ?? []) {
        if (touched && !touched.has(nodeOf(kind, exposure.term))) continue;
        const now = valueOf(ev, hashes, kind, file, exposure.term);
        if (now === exposure.value) continue;
        exposure.value = now;
        changed.push(termKey(kind, path, name));
      }
    return changed;
  }

  /** Finds the terms that a file showed in its new facts; says which look-ups of them answer otherwise now. */
  renew(ev: Evaluator, hashes: TypeHashes, file: number): number[] {
    const changed: number[] = [];
    const identity = ev.program.identity(file);
    const before = this.#exposed[file] ?? nothing();
    const exposed = (this.#exposed[file] = nothing());
    for (const kind of KINDS)
      for (const [name, { value }] of before[kind]) {
        const term = identity.named(name);
        const now = term < 0 ? undefined : valueOf(ev, hashes, kind, file, term);
        if (now !== undefined) exposed[kind].set(name, { term, value: now });
        if (now !== value) changed.push(termKey(kind, identity.path, name));
      }
    return changed;
  }
}

function valueOf(ev: Evaluator, hashes: TypeHashes, kind: number, file: number, term: number): number {
  return hashes.of(kind === 0 ? ev.value(file, term) : ev.type(file, term));
}
