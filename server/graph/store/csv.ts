import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { EdgeType, SymbolKind } from '../../protocol/graph.ts';
import type { Graph } from '../graph.ts';
import { edgeValues, nodeValues, type StoredValue } from './rows.ts';
import { canStore } from './schema.ts';
import type { StoreRequest } from './store-messages.ts';

const CHUNK = 1 << 20;

type Written = Pick<Extract<StoreRequest, { do: 'build' }>, 'nodes' | 'edges'>;

/** Writes a graph as CSV files for bulk loading, one a label and one a pair of labels of each type. */
export function writeCsv(graph: Graph, folder: string): Written {
  const files = new Map<string, CsvFile>();
  const fileFor = (name: string): CsvFile => {
    let file = files.get(name);
    if (!file) files.set(name, (file = new CsvFile(path.join(folder, `${name}.csv`))));
    return file;
  };
  const nodes = new Map<string, Written['nodes'][number]>();
  const edges = new Map<string, Written['edges'][number]>();
  try {
    for (const n of graph.nodes()) {
      const file = fileFor(n.kind);
      nodes.set(n.kind, { kind: n.kind, csv: file.path });
      file.row(nodeValues(n));
    }
    for (const e of graph.edges()) {
      const [from, to] = [graph.node(e.from)?.kind, graph.node(e.to)?.kind];
      if (!from || !to || !canStore(e.kind, from, to)) continue;
      const name = pairName(e.kind, from, to);
      const file = fileFor(name);
      edges.set(name, { type: e.kind, from, to, csv: file.path });
      file.row([e.from, e.to, ...edgeValues(e)]);
    }
  } finally {
    for (const file of files.values()) file.close();
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

function pairName(type: EdgeType, from: SymbolKind, to: SymbolKind): string {
  return `${type}-${from}-${to}`;
}

class CsvFile {
  readonly path: string;
  readonly #handle: number;
  #pending: string[] = [];
  #length = 0;

  constructor(at: string) {
    this.path = at;
    this.#handle = openSync(at, 'w');
  }

  row(values: readonly StoredValue[]): void {
    const line = values.map(cell).join(',') + '\n';
    this.#pending.push(line);
    this.#length += line.length;
    if (this.#length > CHUNK) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#handle);
  }

  #flush(): void {
    writeSync(this.#handle, this.#pending.join(''));
    this.#pending = [];
    this.#length = 0;
  }
}

/** Text in quotes; what is absent or empty is nothing, which loads as NULL. */
function cell(value: StoredValue): string {
  if (value === undefined || value === '') return '';
  if (typeof value !== 'string') return String(value);
  return `"${value.replaceAll('"', '""').replaceAll('\0', '')}"`;
}
