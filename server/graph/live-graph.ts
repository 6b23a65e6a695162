import type { FileFacts } from '../index/facts.ts';
import { GONE, GrowingEdges } from '../link/growing-edges.ts';
import { GrowingSites } from '../link/growing-sites.ts';
import type { Linked } from '../link/link.ts';
import type { RelinkedFile } from '../link/live/relink.ts';
import type { Program } from '../link/program.ts';
import { SymbolTable } from '../link/symbol-table.ts';
import { GraphIndex } from './graph-index.ts';

/** So large a part may be gone before the columns are made anew. */
const MOST_GONE = 0.2;

/**
 * The columns of a graph that follow edits: symbols and edges keep their numbers, new ones are added behind, and what is
 * gone leaves gaps until there are too many of them.
 */
export class LiveGraph {
  #linked: Linked & { edges: GrowingEdges; unresolved: GrowingSites };
  #index: GraphIndex;
  /** How many files there were at first. */
  readonly #first: number;
  /** By the program's numbers: files that were added. */
  readonly #added = new Map<number, number>();

  constructor({ symbols, edges, unresolved }: Linked) {
    this.#linked = { symbols, edges: new GrowingEdges(edges), unresolved: new GrowingSites(unresolved) };
    this.#index = new GraphIndex(this.#linked);
    this.#first = symbols.files.length;
  }

  get linked(): Linked {
    return this.#linked;
  }

  get index(): GraphIndex {
    return this.#index;
  }

  /** Takes over what was linked again. `changed` has the facts of the files that are others now. */
  update(program: Program, changed: ReadonlyMap<number, FileFacts>, relinked: readonly RelinkedFile[]): void {
    const { symbols, edges, unresolved } = this.#linked;
    const index = this.#index;
    const touched = new Set<number>();
    for (const file of changed.keys()) this.#addIfNew(program, file);
    const fileOf = (file: number) => this.#added.get(file) ?? file;
    for (const { file, only } of relinked) this.#removeEdgesOf(fileOf(file), only, touched);
    for (const [file, facts] of changed) this.#replaceSymbols(fileOf(file), facts, touched);
    const numberOf = (symbol: number) =>
      symbols.moduleOf(fileOf(program.fileOf(symbol))) + program.localOf(symbol);
    const arriving = new Map<number, number[]>();
    for (const { file: linked, only, edges: own, unresolved: open } of relinked) {
      const file = fileOf(linked);
      const first = edges.add(own, numberOf);
      const leaving = new Map<number, number[]>();
      for (let e = first; e < edges.count; e++) {
        push(leaving, edges.from[e]!, e);
        push(arriving, edges.to[e]!, e);
        touched.add(edges.to[e]!);
      }
      for (const [symbol, list] of leaving) index.renewOut(symbol, list);
      const base = symbols.moduleOf(file);
      for (const row of unresolved.of(file)) index.removeSite(row);
      unresolved.replace(file, open, numberOf, (symbol) => !only || only.has(symbol - base));
      for (const row of unresolved.of(file)) index.addSite(row);
    }
    for (const symbol of touched) {
      const left = [...index.in(symbol)].filter((e) => edges.kind[e] !== GONE && edges.to[e] === symbol);
      index.renewIn(symbol, [...left, ...(arriving.get(symbol) ?? [])]);
    }
    if (edges.gone > edges.count * MOST_GONE || symbols.count > symbols.existing * (1 + MOST_GONE))
      this.#makeAnew();
  }

  /** The program numbers files that are added after those of built-ins. */
  #addIfNew(program: Program, file: number): void {
    if (file < this.#first || this.#added.has(file)) return;
    const language = program.facts[file]!.language;
    this.#added.set(file, this.#linked.symbols.addFile(program.files[file]!, language));
  }

  #removeEdgesOf(file: number, only: ReadonlySet<number> | undefined, touched: Set<number>): void {
    const { symbols, edges } = this.#linked;
    const { first, end } = symbols.rangeOf(file);
    for (let symbol = first; symbol < end; symbol++) {
      if (only && !only.has(symbol - first)) continue;
      const leaving = this.#index.out(symbol);
      if (leaving.length === 0) continue;
      for (const e of leaving) {
        edges.remove(e);
        touched.add(edges.to[e]!);
      }
      this.#index.renewOut(symbol, []);
    }
  }

  #replaceSymbols(file: number, facts: FileFacts, touched: Set<number>): void {
    const { symbols, edges } = this.#linked;
    const moved = symbols.replace(file, facts);
    if (!moved) return;
    const { first, now } = moved;
    now.forEach((to, i) => {
      for (const e of this.#index.in(first + i)) {
        if (edges.kind[e] === GONE) continue;
        if (to < 0) edges.remove(e);
        else edges.to[e] = to;
      }
      const arriving = [...this.#index.in(first + i)].filter((e) => edges.kind[e] !== GONE);
      if (to >= 0) this.#index.renewIn(to, arriving);
      this.#index.renewIn(first + i, []);
      touched.delete(first + i);
    });
    this.#index.renewNames(file, { first, count: now.length });
  }

  /** The same without gaps, files sorted by path: what is kept on a disk. */
  sorted(): Linked {
    const { symbols } = this.#linked;
    const files = [...symbols.files.keys()].filter(
      (file) => symbols.rangeOf(file).first < symbols.rangeOf(file).end,
    );
    return this.#compact(files.sort((a, b) => (symbols.files[a]! < symbols.files[b]! ? -1 : 1)));
  }

  #compact(files: readonly number[]): Linked {
    const { symbols, edges, unresolved } = this.#linked;
    const { columns, now } = symbols.compact(files);
    const numberOf = (symbol: number) => now[symbol]!;
    return {
      symbols: new SymbolTable(columns),
      edges: edges.compact(numberOf),
      unresolved: unresolved.compact(files, numberOf),
    };
  }

  #makeAnew(): void {
    const { symbols, edges, unresolved } = this.#compact([...this.#linked.symbols.files.keys()]);
    this.#linked = { symbols, edges: new GrowingEdges(edges), unresolved: new GrowingSites(unresolved) };
    this.#index = new GraphIndex(this.#linked);
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
