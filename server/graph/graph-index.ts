import { GONE } from '../link/growing-edges.ts';
import type { Linked } from '../link/link.ts';
import { UNRESOLVED } from '../link/unresolved.ts';

const NONE = new Int32Array(0);

/** Edges by one of their ends: those of symbol s stand in `edges` from `first[s]` to `first[s + 1]`, unless said anew. */
class Adjacency {
  readonly #first: Int32Array;
  readonly #edges: Int32Array;
  readonly #renewed = new Map<number, Int32Array>();

  constructor(ends: Int32Array, kind: Uint8Array, count: number, symbols: number) {
    const first = new Int32Array(symbols + 1);
    for (let e = 0; e < count; e++) if (kind[e] !== GONE) first[ends[e]! + 1]!++;
    for (let s = 0; s < symbols; s++) first[s + 1]! += first[s]!;
    const next = first.slice(0, symbols);
    this.#edges = new Int32Array(first[symbols]!);
    for (let e = 0; e < count; e++) if (kind[e] !== GONE) this.#edges[next[ends[e]!]!++] = e;
    this.#first = first;
  }

  of(symbol: number): Int32Array {
    const renewed = this.#renewed.size > 0 ? this.#renewed.get(symbol) : undefined;
    if (renewed) return renewed;
    if (symbol + 1 >= this.#first.length) return NONE;
    return this.#edges.subarray(this.#first[symbol], this.#first[symbol + 1]);
  }

  renew(symbol: number, edges: Int32Array): void {
    this.#renewed.set(symbol, edges);
  }
}

/** Rows of open call sites, by the name that is called and by the symbol around. */
interface SiteRows {
  byName: Map<string, number[]>;
  bySymbol: Map<number, number[]>;
}

/** Where the edges, names and open sites of a graph are found. */
export class GraphIndex {
  readonly #linked: Linked;
  readonly #out: Adjacency;
  readonly #in: Adjacency;
  #names: Map<string, number[]> | undefined;
  #sites: SiteRows | undefined;

  constructor(linked: Linked) {
    const { edges, symbols } = linked;
    this.#linked = linked;
    this.#out = new Adjacency(edges.from, edges.kind, edges.count, symbols.count);
    this.#in = new Adjacency(edges.to, edges.kind, edges.count, symbols.count);
  }

  /** Numbers of the edges that leave a symbol. */
  out(symbol: number): Int32Array {
    return this.#out.of(symbol);
  }

  /** Numbers of the edges that arrive at a symbol. */
  in(symbol: number): Int32Array {
    return this.#in.of(symbol);
  }

  /** Says anew which edges leave a symbol. */
  renewOut(symbol: number, edges: readonly number[]): void {
    this.#out.renew(symbol, Int32Array.from(edges));
  }

  renewIn(symbol: number, edges: readonly number[]): void {
    this.#in.renew(symbol, Int32Array.from(edges));
  }

  /** Symbols by name, in the order of files and sources. */
  names(): ReadonlyMap<string, readonly number[]> {
    if (!this.#names) {
      this.#names = new Map();
      for (let file = 0; file < this.#linked.symbols.files.length; file++) this.addNames(file);
    }
    return this.#names;
  }

  /** Adds the names of a file's symbols. */
  addNames(file: number): void {
    if (!this.#names) return;
    const { symbols } = this.#linked;
    const { first, end } = symbols.rangeOf(file);
    for (let symbol = first; symbol < end; symbol++) push(this.#names, symbols.name(symbol), symbol);
  }

  /** Takes the names of symbols that are gone away, and puts those of their file in its place among the others. */
  renewNames(file: number, gone: { first: number; count: number }): void {
    if (!this.#names) return;
    const { symbols } = this.#linked;
    for (let symbol = gone.first; symbol < gone.first + gone.count; symbol++) {
      const name = symbols.name(symbol);
      const left = (this.#names.get(name) ?? []).filter((other) => other !== symbol);
      if (left.length > 0) this.#names.set(name, left);
      else this.#names.delete(name);
    }
    this.addNames(file);
    const { first, end } = symbols.rangeOf(file);
    for (let symbol = first; symbol < end; symbol++)
      this.#names.get(symbols.name(symbol))!.sort((a, b) => symbols.fileOf(a) - symbols.fileOf(b) || a - b);
  }

  /** Rows of the sites that call a name and have no edge. */
  sitesOf(name: string): readonly number[] {
    return this.#siteRows().byName.get(name) ?? [];
  }

  /** Rows of the sites in a symbol's body that have no edge. */
  sitesIn(symbol: number): readonly number[] {
    return this.#siteRows().bySymbol.get(symbol) ?? [];
  }

  #siteRows(): SiteRows {
    if (!this.#sites) {
      this.#sites = { byName: new Map(), bySymbol: new Map() };
      const { rows } = this.#linked.unresolved;
      for (let row = 0; row < rows.length; row += UNRESOLVED.width) this.addSite(row);
    }
    return this.#sites;
  }

  /** Adds an open site. */
  addSite(row: number): void {
    if (!this.#sites) return;
    const { rows, names } = this.#linked.unresolved;
    if (rows[row + UNRESOLVED.file]! < 0) return;
    push(this.#sites.byName, names[rows[row + UNRESOLVED.name]!]!, row);
    push(this.#sites.bySymbol, rows[row + UNRESOLVED.from]!, row);
  }

  /** Takes an open site away; to be called while its row still says what it is. */
  removeSite(row: number): void {
    if (!this.#sites) return;
    const { rows, names } = this.#linked.unresolved;
    drop(this.#sites.byName, names[rows[row + UNRESOLVED.name]!]!, row);
    drop(this.#sites.bySymbol, rows[row + UNRESOLVED.from]!, row);
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function drop<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const left = (map.get(key) ?? []).filter((other) => other !== value);
  if (left.length > 0) map.set(key, left);
  else map.delete(key);
}
