import { emptyFacts, HERITAGE, MENTION, SITE, type FileFacts } from '../../index/facts.ts';
import { tagLanguages } from '../../index/languages/index.ts';
import type { Flows } from '../call-edges.ts';
import { parameterOf, type Evaluator } from '../evaluator.ts';
import type { LanguageRules } from '../evaluation.ts';
import { linkProgram, startEvaluation, type Linked } from '../link.ts';
import { Program } from '../program.ts';
import type { Steps } from '../steps.ts';
import { MethodNames } from '../unresolved.ts';
import { AnsweredEdges } from './answered-edges.ts';
import { Exposures } from './exposures.ts';
import { changedLookUps } from './facts-difference.ts';
import { FlowTable, type Given } from './flow-table.ts';
import { mix } from './hash.ts';
import { ReaderIndex } from './reader-index.ts';
import { flowKey, memberKey, membersKey, Reads, subclassesKey, type Resolution } from './reads.ts';
import { Relink, type RelinkedFile } from './relink.ts';
import { NODE } from './trace-log.ts';
import { Traces } from './traces.ts';
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
  linked!: Linked;
  readonly #tables: LinkTables;
  readonly #methods: MethodNames;
  readonly #exposures = new Exposures();
  #readers!: ReaderIndex;
  /** By the program's number of the language: whether parts of a file can be linked again. */
  readonly #isTraced: readonly boolean[];
  #traces!: Traces;
  readonly #flows: FlowTable;
  readonly #paths: Set<string>;
  #resolutions!: Map<number, Resolution>;
  /** Look-ups whose answers are made from many files, and hashes of these. */
  #derived: ReadonlyMap<number, number> = new Map();

  private constructor(
    facts: ReadonlyMap<string, FileFacts>,
    builtIns: ReadonlyMap<string, FileFacts>,
    tablesOf: (program: Program) => LinkTables,
  ) {
    this.program = new Program(facts, builtIns);
    this.#paths = new Set(facts.keys());
    this.#tables = tablesOf(this.program);
    this.#methods = new MethodNames(this.program);
    this.#flows = new FlowTable(this.program);
    const rulesOf = this.#tables.rules();
    this.#isTraced = this.program.languages.map((language) => rulesOf(language).staticallyTyped === true);
  }

  /** Links all of a workspace. */
  static *open(
    facts: ReadonlyMap<string, FileFacts>,
    builtIns: ReadonlyMap<string, FileFacts>,
    tablesOf: (program: Program) => LinkTables,
  ): Steps<LiveLink> {
    const live = new LiveLink(facts, builtIns, tablesOf);
    yield* live.#linkAll();
    return live;
  }

  *#linkAll(): Steps<void> {
    const reads = (this.program.reads = new Reads(this.program, this.#isTraced));
    yield;
    const ev = this.#evaluate();
    const { symbols, edges, unresolved, flows, rounds } = yield* linkProgram(
      ev,
      this.#methods,
      new AnsweredEdges(this.program),
    );
    yield;
    this.linked = { symbols, edges, unresolved };
    this.#flows.rounds = rounds;
    this.#keepFlows(flows);
    this.#derived = derivedLookUps(ev);
    yield;
    yield* this.#exposures.adding(ev, new TypeHashes(this.program));
    yield;
    this.#readers = new ReaderIndex(reads);
    yield;
    this.#traces = new Traces(reads.trace, this.program.files.length);
    this.#resolutions = reads.resolutions;
    this.program.reads = undefined;
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
    const reads = (program.reads = new Reads(program, this.#isTraced));
    const ev = this.#evaluate();
    const derived = derivedLookUps(ev);
    for (const key of new Set([...derived.keys(), ...this.#derived.keys()]))
      if (derived.get(key) !== this.#derived.get(key)) changed.add(key);
    this.#derived = derived;
    const relink = new Relink(ev, this.#methods, this.#flows);
    const hashes = new TypeHashes(program);
    const { whole, touched } = this.#dirty(relink, hashes, changed, new Set(changes.keys()));
    const relinked = [...whole].map((file) => relink.link(file));
    const parts = new Map<number, ReadonlySet<number>>();
    for (const [file, nodes] of touched) {
      const only = this.#changedSymbols(relink, file, nodes);
      if (only.size > 0) parts.set(file, only);
    }
    reads.at(-1);
    const asked = reads.trace.count;
    for (const [file, only] of parts) relinked.push(relink.link(file, only));
    reads.at(-1);
    this.#exposures.add(relink.last, hashes);
    for (const file of whole) this.#readers.renew(file, reads.of(file));
    for (const file of reads.files()) if (!whole.has(file)) this.#readers.extend(file, reads.of(file));
    const traced = new Set([...whole].filter((file) => reads.isTraced(file)));
    this.#traces.renew(reads.trace, traced, touched, (file, node, number) => {
      const only = number < asked ? parts.get(file) : undefined;
      return only?.has(symbolOf(program.facts[file]!, node)) ?? false;
    });
    for (const [key, resolution] of reads.resolutions) this.#resolutions.set(key, resolution);
    program.reads = undefined;
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

  /**
   * What to link again: the files that changed, and whoever looked at what answers otherwise, through all of them. Of
   * files that are traced, only the nodes that looked.
   */
  #dirty(
    relink: Relink,
    hashes: TypeHashes,
    changed: ReadonlySet<number>,
    edited: ReadonlySet<number>,
  ): Dirty {
    const reads = this.program.reads!;
    const whole = new Set(edited);
    const touched = new Map<number, Set<number>>();
    const asked = new Map<number, Set<number>>();
    const spread = (key: number) =>
      this.#readers.readersOf(key, (file) => {
        if (!reads.isTraced(file)) whole.add(file);
        else if (!whole.has(file)) add(asked, file, key);
      });
    changed.forEach(spread);
    const renewed = new Set<number>();
    for (let before = -1; before !== whole.size || asked.size > 0;) {
      before = whole.size;
      const grown = [...asked].filter(([file, keys]) =>
        this.#traces.touch(file, keys, nodesOf(touched, file)),
      );
      asked.clear();
      for (const parameter of relink.follow(whole)) spread(flowKey(parameter));
      reads.at(-1);
      for (const file of whole) {
        const isNew = edited.has(file) && !renewed.has(file);
        renewed.add(file);
        const keys = isNew
          ? this.#exposures.renew(relink.last, hashes, file)
          : this.#exposures.compare(relink.last, hashes, file);
        keys.forEach(spread);
      }
      for (const [file] of grown)
        this.#exposures.compare(relink.last, hashes, file, touched.get(file)).forEach(spread);
    }
    return { whole, touched };
  }

  /** The symbols of a file for which one of these nodes answers otherwise now. */
  #changedSymbols(relink: Relink, file: number, nodes: ReadonlySet<number>): Set<number> {
    const facts = this.program.facts[file]!;
    const before = this.#traces.answers(file, nodes);
    const changed = new Set<number>();
    for (const node of nodes) {
      const symbol = symbolOf(facts, node);
      if (symbol < 0 || changed.has(symbol)) continue;
      if (relink.answer(file, node) !== before.get(node)) changed.add(symbol);
    }
    return changed;
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

/** What to link again: whole files, and nodes of others. */
interface Dirty {
  whole: ReadonlySet<number>;
  touched: ReadonlyMap<number, ReadonlySet<number>>;
}

function nodesOf(touched: Map<number, Set<number>>, file: number): Set<number> {
  let nodes = touched.get(file);
  if (!nodes) touched.set(file, (nodes = new Set()));
  return nodes;
}

function add(asked: Map<number, Set<number>>, file: number, key: number): void {
  nodesOf(asked, file).add(key);
}

/** The symbol whose edges a node of a file is read for; -1 where that is none. */
function symbolOf({ sites, mentions, heritage }: FileFacts, node: number): number {
  const at = Math.floor(node / NODE.kinds);
  switch (node % NODE.kinds) {
    case NODE.site:
      return sites[at + SITE.from]!;
    case NODE.mention:
      return mentions[at + MENTION.from]!;
    case NODE.heritage:
      return heritage[at + HERITAGE.symbol]!;
    case NODE.overrides:
    case NODE.interfaces:
      return at;
    case NODE.imports:
      return 0;
    default:
      return -1;
  }
}

/** Languages whose rules write down what they look at. */
const FOLLOWED = new Set([
  ...['java', 'javascript', 'python', 'typescript'],
  ...tagLanguages.map(({ name }) => name),
]);

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
