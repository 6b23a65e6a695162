import type { Passed } from '../call-edges.ts';
import type { Program } from '../program.ts';
import { mix } from './hash.ts';

/** What one file's calls pass: by the name of the parameter, terms and the rounds in which they were first passed. */
export type Given = Map<number, Map<number, number>>;

/** What calls pass for parameters, kept by the files that pass it. Parameters go by names that survive edits. */
export class FlowTable {
  readonly #program: Program;
  readonly #given: (Given | undefined)[] = [];
  readonly #givers = new Map<number, Set<number>>();
  /** By file: what it gives by names that survive edits, to tell whether it gives something else. */
  readonly #hashes: (Map<number, number> | undefined)[] = [];
  /** How many rounds what is passed is followed for. */
  rounds = 0;

  constructor(program: Program) {
    this.#program = program;
  }

  /** Says anew what a file's calls pass; gives the parameters for which that is something else than before. */
  replace(file: number, given: Given): number[] {
    for (const parameter of this.#given[file]?.keys() ?? []) this.#givers.get(parameter)?.delete(file);
    this.#given[file] = given;
    const before = this.#hashes[file] ?? new Map<number, number>();
    const now = this.#hashesOf(file, given);
    this.#hashes[file] = now;
    for (const parameter of given.keys()) {
      const givers = this.#givers.get(parameter);
      if (givers) givers.add(file);
      else this.#givers.set(parameter, new Set([file]));
    }
    return [...new Set([...before.keys(), ...now.keys()])].filter((p) => before.get(p) !== now.get(p));
  }

  #hashesOf(file: number, given: Given): Map<number, number> {
    const identity = this.#program.identity(file);
    const hashes = new Map<number, number>();
    for (const [parameter, terms] of given) {
      let sum = 0;
      for (const [term, round] of terms) sum = (sum + mix(identity.term(term), round)) | 0;
      hashes.set(parameter, sum);
    }
    return hashes;
  }

  /** What is known in a round to be passed for a parameter; no more than `most` of it. */
  passed(parameter: number, round: number, most: number): Passed[] {
    const found: Passed[] = [];
    for (const file of this.#givers.get(parameter) ?? [])
      for (const [term, first] of this.#given[file]!.get(parameter)!) {
        if (first <= round) found.push({ file, term, round: first });
        if (found.length > most) return found;
      }
    return found.sort((a, b) => a.file - b.file);
  }
}
