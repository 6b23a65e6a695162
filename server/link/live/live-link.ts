import { emptyFacts, type FileFacts } from '../../index/facts.ts';
import type { Flows } from '../call-edges.ts';
import { parameterOf, type Evaluator } from '../evaluator.ts';
import type { LanguageRules } from '../evaluation.ts';
import { linkProgram, startEvaluation, type Linked } from '../link.ts';
import { Program } from '../program.ts';
import { MethodNames } from '../unresolved.ts';
import { Exposures } from './exposures.ts';
import { changedLookUps } from './facts-difference.ts';
import { FlowTable, type Given } from './flow-table.ts';
import { mix } from './hash.ts';
import { ReaderIndex } from './reader-index.ts';
import { flowKey, memberKey, membersKey, Reads, subclassesKey, type Resolution } from './reads.ts';
import { Relink, type RelinkedFile } from './relink.ts';
import { TypeHashes } from './type-hash.ts';

/** What rules look things up in, kept through all evaluations. */
export interface LinkTables {
  /** Rules for one evaluation. */
  rules(): (language: string) => LanguageRules;
  /** Takes what a file declares out of the tables; asked before the program has other facts in its place. */
  remove(file: number): void;
  add(file: number): void;
  /** Says which files there are now, for names of modules. */
  setFiles(files: ReadonlySet<string>): void;
  /** Where a module's name leads. */
  resolve(asked: Resolution): string | undefined;
  /** The look-ups that answer otherwise since this was asked last, beyond those that a file's facts tell of. */
  changes(): readonly number[];
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
  readonly #flows: FlowTable;
  readonly #paths: Set<string>;
  readonly #resolutions: Map<number, Resolution>;
  /** Look-ups whose answers are made from many files, and hashes of these. */
  #derived: ReadonlyMap<number, number>;

  constructor(
    facts: ReadonlyMap<string, FileFacts>,
    builtIns: ReadonlyMap<string, FileFacts>,
    tablesOf: (program: Program) => LinkTables,
  ) {
    this.program = new Program(facts, builtIns);
    this.#paths = new Set(facts.keys());
    this.#tables = tablesOf(this.program);
    this.#methods = new MethodNames(this.program);
    const reads = (this.program.reads = new Reads(this.program));
    const ev = this.#evaluate();
    const { symbols, edges, unresolved, flows, rounds } = linkProgram(ev, this.#methods);
    this.linked = { symbols, edges, unresolved };
    this.#flows = new FlowTable(this.program);
    this.#flows.rounds = rounds;
    this.#keepFlows(flows);
    this.#derived = derivedLookUps(ev);
    this.#exposures.add(ev, new TypeHashes(this.program));
    this.#readers = new ReaderIndex(reads);
    this.#resolutions = reads.resolutions;
  }

  #evaluate(): Evaluator {
    return startEvaluation(this.program, this.#tables.rules());
  }

  /** Whether edits of files in a language can be followed; where not, all is to be linked again. */
  follows(language: string): boolean {
    return FOLLOWED.has(language) && this.program.languages.includes(language);
  }

  /**
   * Puts other facts in the place of files' old ones, those of no facts away, and links again what looked at what has
   * changed. All languages are to be followed ones.
   */
  update(edits: ReadonlyMap<string, FileFacts | undefined>): {
    changed: Map<number, FileFacts>;
    relinked: RelinkedFile[];
  } {
    const { program } = this;
    const changes = new Map<number, FileFacts>();
    const changed = new Set<number>();
    let isMoved = false;
    for (const [path, facts] of edits) {
      const file = program.fileIndex(path) ?? (facts && program.addFile(path, facts.language));
      if (file === undefined) continue;
      changes.set(file, facts ?? emptyFacts(program.facts[file]!.language));
      isMoved ||= this.#paths.has(path) !== (facts !== undefined);
      if (facts) this.#paths.add(path);
      else this.#paths.delete(path);
    }
    if (isMoved) this.#resolveAnew(changed);
    for (const [file, facts] of changes) {
      const before = { facts: program.facts[file]!, identity: program.identity(file) };
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
    const derived = derivedLookUps(ev);
    for (const key of new Set([...derived.keys(), ...this.#derived.keys()]))
      if (derived.get(key) !== this.#derived.get(key)) changed.add(key);
    this.#derived = derived;
    const relink = new Relink(ev, this.#methods, this.#flows);
    const hashes = new TypeHashes(program);
    const dirty = this.#dirty(relink, hashes, changed, new Set(changes.keys()));
    const relinked = dirty.map((file) => relink.link(file));
    this.#exposures.add(relink.last, hashes);
    for (const file of dirty) this.#readers.renew(file, reads.of(file));
    for (const file of reads.files()) this.#readers.extend(file, reads.of(file));
    for (const [key, resolution] of reads.resolutions) this.#resolutions.set(key, resolution);
    return { changed: changes, relinked };
  }

  /** Files have come or gone: names of modules may lead elsewhere. */
  #resolveAnew(changed: Set<number>): void {
    this.#tables.setFiles(this.#paths);
    for (const [key, resolution] of this.#resolutions) {
      const found = this.#tables.resolve(resolution);
      if (found === resolution.found) continue;
      resolution.found = found;
      changed.add(key);
    }
  }

  /** The files to link again: those that changed, and whoever looked at what answers otherwise, through all of them. */
  #dirty(
    relink: Relink,
    hashes: TypeHashes,
    changed: ReadonlySet<number>,
    edited: ReadonlySet<number>,
  ): number[] {
    const dirty = new Set(edited);
    const renewed = new Set<number>();
    const spread = (key: number) => this.#readers.readersOf(key, (file) => dirty.add(file));
    changed.forEach(spread);
    for (let before = -1; before !== dirty.size;) {
      before = dirty.size;
      for (const parameter of relink.follow(dirty)) spread(flowKey(parameter));
      for (const file of dirty) {
        const isNew = edited.has(file) && !renewed.has(file);
        renewed.add(file);
        const keys = isNew
          ? this.#exposures.renew(relink.last, hashes, file)
          : this.#exposures.compare(relink.last, hashes, file);
        keys.forEach(spread);
      }
    }
    return [...dirty];
  }

  #keepFlows(flows: Flows): void {
    const given: Given[] = [];
    for (const [key, passed] of flows) {
      const into = parameterOf(key);
      const parameter = this.program.identity(into.file).variable(into.variable);
      for (const { file, term, round } of passed.values()) {
        const own = (given[file] ??= new Map<number, Map<number, number>>());
        let terms = own.get(parameter);
        if (!terms) own.set(parameter, (terms = new Map<number, number>()));
        terms.set(term, round);
      }
    }
    given.forEach((own, file) => this.#flows.replace(file, own));
  }
}

/** Languages whose rules write down what they look at. */
const FOLLOWED = new Set(['java', 'javascript', 'python', 'typescript']);

/** The look-ups whose answers languages make from many files: members from outside a class, subclasses. */
function derivedLookUps(ev: Evaluator): Map<number, number> {
  const { program } = ev;
  const derived = new Map<number, number>();
  const identityOf = (symbol: number) => program.identity(program.fileOf(symbol));
  const faces = (symbols: readonly number[]) =>
    symbols.reduce((sum, s) => mix(sum, identityOf(s).face(program.localOf(s))), symbols.length);
  for (const [symbol, members] of program.allExtensions) {
    const own = identityOf(symbol).symbols[program.localOf(symbol)]!;
    let all = 0;
    for (const [name, symbols] of members) {
      const hash = faces(symbols);
      derived.set(memberKey(own, name), hash);
      all = (all + hash) | 0;
    }
    derived.set(membersKey(own), all);
  }
  for (const rules of ev.allRules())
    for (const [symbol, symbols] of rules.subclasses?.() ?? [])
      derived.set(subclassesKey(identityOf(symbol).symbols[program.localOf(symbol)]!), faces(symbols));
  return derived;
}
