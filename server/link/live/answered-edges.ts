import { EDGE_TYPES, TIERS } from '../../protocol/graph.ts';
import { EdgeTable, type NewEdge } from '../edges.ts';
import type { Program } from '../program.ts';
import { mix, textHash } from './hash.ts';

/** Collects edges, and says to the reads of a program what its nodes have answered. */
export class AnsweredEdges extends EdgeTable {
  readonly #program: Program;
  /** False where only the answer is asked for. */
  readonly #isKept: boolean;

  constructor(program: Program, isKept = true) {
    super();
    this.#program = program;
    this.#isKept = isKept;
  }

  override add(edge: NewEdge): void {
    this.#program.reads?.answered(answerOf(this.#program, edge));
    if (this.#isKept) super.add(edge);
  }
}

/** An edge as a number, by names that survive edits; where it stands in its file is no part of it. */
function answerOf(program: Program, { kind, to, tier, confidence, reason, form }: NewEdge): number {
  const identity = program.identity(program.fileOf(to));
  let hash = mix(identity.symbols[program.localOf(to)]!, EDGE_TYPES.indexOf(kind));
  hash = mix(hash, hashOf(form ?? ''));
  hash = mix(hash, TIERS.indexOf(tier));
  hash = mix(hash, Math.round(confidence * 100));
  return mix(hash, hashOf(reason));
}

const hashes = new Map<string, number>();

/** Of a form or reason, of which there are few. */
function hashOf(text: string): number {
  let hash = hashes.get(text);
  if (hash === undefined) hashes.set(text, (hash = textHash(text)));
  return hash;
}
