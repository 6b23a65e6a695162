import { FLAG, SYMBOL } from '../index/facts.ts';
import { GONE } from '../link/growing-edges.ts';
import { formOf, kindOfEdge, tierOf, type PackedEdges } from '../link/edges.ts';
import type { Linked } from '../link/link.ts';
import { UNRESOLVED, type PackedSites } from '../link/unresolved.ts';
import type { SymbolTable } from '../link/symbol-table.ts';
import {
  EDGE_TYPES,
  TIERS,
  type Edge,
  type EdgeSite,
  type SymbolNode,
  type UnresolvedSite,
} from '../protocol/graph.ts';
import { UserError } from '../protocol/user-error.ts';
import { GraphIndex } from './graph-index.ts';
import { nearNames } from './near-names.ts';

const CALLS = EDGE_TYPES.indexOf('CALLS');
const HAS_METHOD = EDGE_TYPES.indexOf('HAS_METHOD');
const NAME_TIER = TIERS.indexOf('name');

/** The graph in memory: the truth that stores and answers are made from. Symbols and edges become objects when asked for. */
export class Graph {
  readonly symbols: SymbolTable;
  readonly packed: PackedEdges;
  readonly #index: GraphIndex;
  readonly #unresolved: PackedSites;
  /** Equal for equal sources and rules: what a store is compared with. */
  readonly version: string;

  constructor(linked: Linked, version: string, index = new GraphIndex(linked)) {
    this.version = version;
    this.symbols = linked.symbols;
    this.packed = linked.edges;
    this.#unresolved = linked.unresolved;
    this.#index = index;
  }

  /** How many symbols there are. */
  get size(): number {
    return this.symbols.existing;
  }

  /** The numbers of all symbols, file by file. */
  *numbers(): Generator<number> {
    for (let file = 0; file < this.symbols.files.length; file++) {
      const { first, end } = this.symbols.rangeOf(file);
      for (let symbol = first; symbol < end; symbol++) yield symbol;
    }
  }

  *#edgeNumbers(): Generator<number> {
    for (let e = 0; e < this.packed.count; e++) if (this.packed.kind[e] !== GONE) yield e;
  }

  /** How many edges there are. */
  get edgeCount(): number {
    let count = 0;
    for (let e = 0; e < this.packed.count; e++) if (this.packed.kind[e] !== GONE) count++;
    return count;
  }

  /** How many edges of each type there are. */
  get edgeCounts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const e of this.#edgeNumbers()) {
      const kind = kindOfEdge(this.packed, e);
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  }

  *nodes(): Generator<SymbolNode> {
    for (const symbol of this.numbers()) yield this.nodeOf(symbol);
  }

  *edges(): Generator<Edge> {
    for (const e of this.#edgeNumbers()) yield this.edgeOf(e);
  }

  node(id: string): SymbolNode | undefined {
    const symbol = this.symbolOf(id);
    return symbol === undefined ? undefined : this.nodeOf(symbol);
  }

  /** Numbers of the edges that leave a symbol. */
  outEdges(symbol: number): Int32Array {
    return this.#index.out(symbol);
  }

  /** Numbers of the edges that arrive at a symbol. */
  inEdges(symbol: number): Int32Array {
    return this.#index.in(symbol);
  }

  /** An edge, by its number. */
  edgeOf(e: number): Edge {
    const { from, to } = this.packed;
    const { kind, ...rest } = this.endlessEdge(e);
    return { kind, from: this.symbols.id(from[e]!), to: this.symbols.id(to[e]!), ...rest };
  }

  /** An edge without the ids of its ends, whose texts take longest to make. */
  endlessEdge(e: number): Omit<Edge, 'from' | 'to'> {
    const { confidence, reason, reasons, firstSite, siteLine, siteColumn } = this.packed;
    const form = formOf(this.packed, e);
    const sites: EdgeSite[] = [];
    for (let s = firstSite[e]!; s < firstSite[e + 1]!; s++)
      sites.push({ line: siteLine[s]!, column: siteColumn[s]! });
    return {
      kind: kindOfEdge(this.packed, e),
      ...(form === undefined ? {} : { form }),
      sites,
      tier: tierOf(this.packed, e),
      confidence: confidence[e]! / 100,
      reason: reasons[reason[e]!]!,
    };
  }

  /** A symbol, by its number. */
  nodeOf(symbol: number): SymbolNode {
    const { symbols } = this;
    return {
      id: symbols.id(symbol),
      kind: symbols.kind(symbol),
      name: symbols.name(symbol),
      qualifiedName: symbols.qualifiedName(symbol),
      file: symbols.files[symbols.fileOf(symbol)]!,
      startLine: symbols.column(symbol, SYMBOL.startLine),
      endLine: symbols.column(symbol, SYMBOL.endLine),
      signature: symbols.text(symbol, SYMBOL.signature),
      exported: (symbols.flags(symbol) & FLAG.exported) !== 0,
      language: symbols.language(symbol),
      doc: symbols.text(symbol, SYMBOL.doc),
    };
  }

  /** A symbol's number by its id. */
  symbolOf(id: string): number | undefined {
    return this.symbols.symbolOf(id);
  }

  /** The symbols that call one: candidates by name alone are left out. */
  callersOf(symbol: number): Set<number> {
    const { kind, tier, from } = this.packed;
    const callers = new Set<number>();
    for (const e of this.inEdges(symbol))
      if (kind[e] === CALLS && tier[e] !== NAME_TIER) callers.add(from[e]!);
    return callers;
  }

  /** A class's constructors: who calls them, constructs it. */
  constructorsOf(symbol: number): number[] {
    return [...this.outEdges(symbol)]
      .filter((e) => this.packed.kind[e] === HAS_METHOD)
      .map((e) => this.packed.to[e]!)
      .filter((method) => isConstructor(this.symbols, method));
  }

  symbolsOf(file: string): SymbolNode[] {
    const index = this.symbols.fileIndex(file);
    if (index === undefined) return [];
    const { first, end } = this.symbols.rangeOf(index);
    return Array.from({ length: end - first }, (_, i) => this.nodeOf(first + i));
  }

  /** Call sites of a name that no edge was made for. */
  unresolvedSites(name: string): readonly UnresolvedSite[] {
    return this.#index.sitesOf(name).map((row) => this.#unresolvedSite(row));
  }

  /** Call sites in a symbol's body that no edge was made for. */
  unresolvedIn(symbol: number): UnresolvedSite[] {
    return this.#index.sitesIn(symbol).map((row) => this.#unresolvedSite(row));
  }

  #unresolvedSite(row: number): UnresolvedSite {
    const { rows, names } = this.#unresolved;
    return {
      file: this.symbols.files[rows[row + UNRESOLVED.file]!]!,
      line: rows[row + UNRESOLVED.line]!,
      column: rows[row + UNRESOLVED.column]!,
      name: names[rows[row + UNRESOLVED.name]!]!,
    };
  }

  /** The innermost symbol at a place. 0-based line. */
  symbolAt(file: string, line: number): SymbolNode | undefined {
    return this.symbolsOf(file)
      .filter((s) => s.startLine <= line && line <= s.endLine && s.kind !== 'Field')
      .reduce<SymbolNode | undefined>(
        (best, s) => (!best || s.endLine - s.startLine <= best.endLine - best.startLine ? s : best),
        undefined,
      );
  }

  /**
   * The one symbol that a person means: a name, a qualified name or FILE:LINE (1-based). Throws `notAchieved`
   * with near names when there is none, and with `candidates` when there are several.
   */
  find(wanted: string): SymbolNode {
    const [, file, line] = /^(.+\.\w+):(\d+)$/.exec(wanted) ?? [];
    if (file !== undefined) {
      const at = this.symbolAt(file.replace(/^\.\//, ''), Number(line) - 1);
      if (at) return at;
      throw new UserError(
        'notAchieved',
        `${wanted}: no symbol there; give a file of the workspace and a line in it`,
      );
    }
    const parts = wanted.split('.');
    const named = (this.#index.names().get(parts.at(-1) ?? '') ?? []).map((symbol) => this.nodeOf(symbol));
    const fitting = named.filter((n) => parts.length === 1 || `.${qualified(n)}`.endsWith(`.${wanted}`));
    // A file is often named after the one thing in it: that thing is meant.
    const things = fitting.filter((n) => n.kind !== 'Module');
    const [only, ...others] = things.length > 0 ? things : fitting;
    if (only && others.length === 0) return only;
    if (!only) throw this.#notFound(wanted);
    throw new UserError(
      'notAchieved',
      `${wanted} fits ${others.length + 1} symbols; give one as FILE:LINE: ${[only, ...others]
        .slice(0, 5)
        .map((n) => `${n.file}:${n.startLine + 1}`)
        .join(', ')}`,
      {
        candidates: [only, ...others].map((n) => ({
          file: n.file,
          line: n.startLine + 1,
          qualifiedName: n.qualifiedName,
        })),
      },
    );
  }

  /** Names of symbols that are like one that there is none of; empty where there is one of this name. */
  nearNames(wanted: string): string[] {
    const names = this.#index.names();
    return names.has(wanted) ? [] : nearNames(wanted, names.keys());
  }

  #notFound(wanted: string): UserError {
    const near = this.nearNames(wanted);
    const hint =
      near.length > 0 ? `did you mean ${near.join(', ')}?` : 'see "weft export DIR --nodes" for all names';
    return new UserError('notAchieved', `${wanted}: no symbol of this name; ${hint}`, { near });
  }
}

function isConstructor(symbols: SymbolTable, method: number): boolean {
  const name = symbols.name(method);
  return (symbols.flags(method) & FLAG.constructor) !== 0 || name === 'constructor' || name === '__init__';
}

function qualified(node: SymbolNode): string {
  return `${node.file.replace(/\.[^./]+$/, '').replaceAll('/', '.')}.${node.qualifiedName}`;
}
