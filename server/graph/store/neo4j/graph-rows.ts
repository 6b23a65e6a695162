import { createHash } from 'node:crypto';
import type { EdgeType, SymbolKind } from '../../../protocol/graph.ts';
import type { Graph } from '../../graph.ts';
import { edgeValues, nodeValues, type StoredValue } from '../rows.ts';
import { canStore } from '../schema.ts';
import { edgeNames, nodeNames } from './statements.ts';

export type NodeRow = Record<string, unknown>;
export interface EdgeRow {
  a: string;
  b: string;
  p: Record<string, unknown>;
}

/** Edges of one type between two labels, by their numbers in the graph. */
export interface EdgeGroup {
  type: EdgeType;
  from: SymbolKind;
  to: SymbolKind;
  edges: number[];
}

/** A graph seen as the rows of a server: its symbols by label and by file, its edges by what a statement takes. */
export class GraphRows {
  readonly #graph: Graph;
  readonly #int: (value: number) => unknown;
  readonly #kinds: SymbolKind[] = [];
  readonly #symbolsByFile = new Map<string, number[]>();

  /** `int` makes the driver's integer of a number. */
  constructor(graph: Graph, int: (value: number) => unknown) {
    this.#graph = graph;
    this.#int = int;
    let symbol = 0;
    for (const { kind, file } of graph.nodes()) {
      this.#kinds.push(kind);
      const list = this.#symbolsByFile.get(file);
      if (list) list.push(symbol);
      else this.#symbolsByFile.set(file, [symbol]);
      symbol++;
    }
  }

  get files(): string[] {
    return [...this.#symbolsByFile.keys()];
  }

  symbolsOf(file: string): readonly number[] {
    return this.#symbolsByFile.get(file) ?? [];
  }

  kindOf(symbol: number): SymbolKind {
    return this.#kinds[symbol]!;
  }

  fileOf(symbol: number): string {
    return this.#graph.nodeOf(symbol).file;
  }

  symbolOf(id: string): number | undefined {
    return this.#graph.symbolOf(id);
  }

  idOf(symbol: number): string {
    return this.#graph.nodeOf(symbol).id;
  }

  /** Symbols by label, in the graph's order. */
  byKind(symbols?: Iterable<number>): Map<SymbolKind, number[]> {
    const found = new Map<SymbolKind, number[]>();
    for (const symbol of symbols ?? this.#kinds.keys()) {
      const kind = this.#kinds[symbol]!;
      const list = found.get(kind);
      if (list) list.push(symbol);
      else found.set(kind, [symbol]);
    }
    return found;
  }

  /** The edges that leave some symbols, those left out that no store holds. */
  edgeGroups(symbols?: Iterable<number>): EdgeGroup[] {
    const groups = new Map<string, EdgeGroup>();
    for (const symbol of symbols ?? this.#kinds.keys()) {
      const from = this.#kinds[symbol]!;
      for (const edge of this.#graph.outEdges(symbol)) {
        const { kind: type, to: target } = this.#graph.edgeOf(edge);
        const to = this.#kindOfId(target);
        if (!to || !canStore(type, from, to)) continue;
        const name = `${type} ${from} ${to}`;
        const group = groups.get(name);
        if (group) group.edges.push(edge);
        else groups.set(name, { type, from, to, edges: [edge] });
      }
    }
    return [...groups.values()];
  }

  nodeRow(symbol: number): NodeRow {
    return this.#row(nodeNames, nodeValues(this.#graph.nodeOf(symbol)));
  }

  edgeRow(edge: number): EdgeRow {
    const found = this.#graph.edgeOf(edge);
    const p = this.#row(edgeNames, edgeValues(found));
    return { a: found.from, b: found.to, p };
  }

  /** Equal for a file whose symbols and edges, and the labels that those lead to, are equal. */
  digestOf(file: string): string {
    const hash = createHash('sha1');
    for (const symbol of this.symbolsOf(file)) {
      const parts: unknown[] = [nodeValues(this.#graph.nodeOf(symbol))];
      for (const edge of this.#graph.outEdges(symbol)) {
        const found = this.#graph.edgeOf(edge);
        parts.push(found.to, this.#kindOfId(found.to), edgeValues(found));
      }
      hash.update(JSON.stringify(parts));
    }
    return hash.digest('base64url');
  }

  #kindOfId(id: string): SymbolKind | undefined {
    const symbol = this.#graph.symbolOf(id);
    return symbol === undefined ? undefined : this.#kinds[symbol];
  }

  /** `confidence` is a real number, all others are integers; an empty text is nothing. */
  #row(names: readonly string[], values: readonly StoredValue[]): Record<string, unknown> {
    const row: Record<string, unknown> = {};
    values.forEach((value, i) => {
      if (value === undefined || value === '') return;
      const name = names[i]!;
      if (typeof value === 'number') row[name] = name === 'confidence' ? value : this.#int(value);
      else row[name] = typeof value === 'string' ? value.replaceAll('\0', '') : value;
    });
    return row;
  }
}
