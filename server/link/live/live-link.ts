import type { FileFacts } from '../../index/facts.ts';
import { EdgeTable, type PackedEdges } from '../edges.ts';
import type { Evaluator } from '../evaluator.ts';
import type { LanguageRules } from '../evaluation.ts';
import { linkFiles, linkProgram, startEvaluation, type Linked } from '../link.ts';
import { Program } from '../program.ts';
import { MethodNames, type PackedSites } from '../unresolved.ts';
import { Exposures, type NamedExposure } from './exposures.ts';
import { changedLookUps } from './facts-difference.ts';
import { ReaderIndex } from './reader-index.ts';
import { Reads } from './reads.ts';
import { TypeHashes } from './type-hash.ts';

/** What rules look things up in, kept through all evaluations. */
export interface LinkTables {
  /** Rules for one evaluation. */
  rules(): (language: string) => LanguageRules;
  /** Takes what a file declares out of the tables; asked before the program has other facts in its place. */
  remove(file: number): void;
  add(file: number): void;
  /** The look-ups that answer otherwise since this was asked last, beyond those that a file's facts tell of. */
  changes(): readonly number[];
}

/** The edges of a file, linked again. Symbols are the program's. */
export interface RelinkedFile {
  file: number;
  edges: PackedEdges;
  unresolved: PackedSites;
}

/**
 * Links a workspace and keeps what each file's answers rest on, so that after an edit only those files are linked again
 * that looked at what has changed.
 *
 * Each update evaluates afresh, on demand: nothing that was evaluated before is kept but hashes of what files have seen
 * of each other (as in "Build Systems à la Carte", Mokhov et al. 2018: verifying traces with early cutoff).
 */
export class LiveLink {
  readonly program: Program;
  readonly linked: Linked;
  readonly #tables: LinkTables;
  readonly #methods: MethodNames;
  readonly #exposures = new Exposures();
  readonly #readers: ReaderIndex;

  constructor(
    facts: ReadonlyMap<string, FileFacts>,
    builtIns: ReadonlyMap<string, FileFacts>,
    tablesOf: (program: Program) => LinkTables,
  ) {
    this.program = new Program(facts, builtIns);
    this.#tables = tablesOf(this.program);
    this.#methods = new MethodNames(this.program);
    const reads = (this.program.reads = new Reads(this.program));
    const ev = this.#evaluate();
    this.linked = linkProgram(ev, this.#methods);
    this.#exposures.add(ev, new TypeHashes(this.program));
    this.#readers = new ReaderIndex(reads);
  }

  #evaluate(): Evaluator {
    return startEvaluation(this.program, this.#tables.rules());
  }

  /** Puts other facts in the place of files' old ones and links again what looked at what has changed. */
  update(changes: ReadonlyMap<number, FileFacts>): RelinkedFile[] {
    const { program } = this;
    const changed = new Set<number>();
    const shown = new Map<number, NamedExposure[]>();
    for (const [file, facts] of changes) {
      const before = { facts: program.facts[file]!, identity: program.identity(file) };
      shown.set(file, this.#exposures.named(program, file));
      this.#tables.remove(file);
      this.#methods.remove(file);
      program.replace(file, facts);
      this.#tables.add(file);
      this.#methods.add(file);
      for (const key of changedLookUps(before, { facts, identity: program.identity(file) })) changed.add(key);
    }
    for (const key of this.#tables.changes()) changed.add(key);
    const reads = (program.reads = new Reads(program));
    const ev = this.#evaluate();
    const hashes = new TypeHashes(program);
    const dirty = this.#dirty(ev, hashes, changed, shown);
    const relinked = dirty.map((file) => {
      const edges = new EdgeTable();
      const unresolved = linkFiles(edges, ev, this.#methods, [file]);
      return { file, edges: edges.finish(), unresolved };
    });
    this.#exposures.add(ev, hashes);
    for (const file of dirty) this.#readers.renew(file, reads.of(file));
    for (const file of reads.files()) this.#readers.extend(file, reads.of(file));
    return relinked;
  }

  /** The files to link again: those that changed, and whoever looked at what answers otherwise, through all of them. */
  #dirty(
    ev: Evaluator,
    hashes: TypeHashes,
    changed: ReadonlySet<number>,
    shown: ReadonlyMap<number, NamedExposure[]>,
  ): number[] {
    const dirty = new Set(shown.keys());
    const spread = (key: number) => this.#readers.readersOf(key, (file) => dirty.add(file));
    changed.forEach(spread);
    for (const file of dirty) {
      const before = shown.get(file);
      const keys = before
        ? this.#exposures.renew(ev, hashes, file, before)
        : this.#exposures.compare(ev, hashes, file);
      keys.forEach(spread);
    }
    return [...dirty];
  }
}
