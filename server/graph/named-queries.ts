import { FLAG } from '../index/facts.ts';
import { EDGE_TYPES, TIERS, type EdgeType } from '../protocol/graph.ts';
import type { Graph } from './graph.ts';

export const NAMED_QUERIES = ['cycles', 'orphans', 'hubs', 'dead-exports'] as const;
export type NamedQuery = (typeof NAMED_QUERIES)[number];

export interface Table {
  columns: string[];
  rows: (string | number)[][];
}

const code = (type: EdgeType) => EDGE_TYPES.indexOf(type);
const CALLS = code('CALLS');
const IMPORTS = code('IMPORTS');
const REFERENCES = new Set((['CALLS', 'USES', 'INHERITS', 'IMPLEMENTS', 'OVERRIDES'] as const).map(code));
const NAME_TIER = TIERS.indexOf('name');
/** Calls that a hub has at least. */
const HUB = 10;

/** The questions that every code base is asked: answered from memory, rows in a fixed order. */
export function namedQuery(graph: Graph, name: NamedQuery): Table {
  switch (name) {
    case 'cycles':
      return cycles(graph);
    case 'orphans':
      return orphans(graph);
    case 'hubs':
      return hubs(graph);
    case 'dead-exports':
      return deadExports(graph);
  }
}

/** Files that import each other in a ring: strongly connected components of IMPORTS (Tarjan 1972), largest first. */
function cycles(graph: Graph): Table {
  const { symbols } = graph;
  const targets = (file: number) =>
    [...(symbols.fileIndex(symbols.files[file]!) === undefined ? [] : graph.outEdges(symbols.moduleOf(file)))]
      .filter((e) => graph.packed.kind[e] === IMPORTS)
      .map((e) => symbols.fileOf(graph.packed.to[e]!));
  const rings = components(symbols.files.length, targets).filter((ring) => ring.length > 1);
  rings.sort((a, b) => b.length - a.length || a[0]! - b[0]!);
  return {
    columns: ['files', 'ring'],
    rows: rings.map((ring) => [
      ring.length,
      ring
        .map((file) => symbols.files[file]!)
        .sort()
        .join(' '),
    ]),
  };
}

/** Functions and methods that nothing in the workspace calls, mentions or overrides, tests left out. */
function orphans(graph: Graph): Table {
  return tableOf(graph, (symbol) => {
    const kind = graph.symbols.kind(symbol);
    if (kind !== 'Function' && kind !== 'Method') return false;
    const isOverriding = [...graph.outEdges(symbol)].some((e) => graph.packed.kind[e] === code('OVERRIDES'));
    return (
      !isOverriding && !(graph.symbols.flags(symbol) & FLAG.constructor) && references(graph, symbol) === 0
    );
  });
}

/** Exported symbols that no other file mentions. */
function deadExports(graph: Graph): Table {
  return tableOf(graph, (symbol) => {
    const { symbols } = graph;
    if (symbols.isModule(symbol) || !(symbols.flags(symbol) & FLAG.exported)) return false;
    const file = symbols.fileOf(symbol);
    return ![...graph.inEdges(symbol)].some(
      (e) => REFERENCES.has(graph.packed.kind[e]!) && symbols.fileOf(graph.packed.from[e]!) !== file,
    );
  });
}

/** What is called from most places. */
function hubs(graph: Graph): Table {
  const found: [symbol: number, callers: number][] = [];
  for (const symbol of graph.numbers()) {
    const callers = [...graph.inEdges(symbol)].filter(
      (e) => graph.packed.kind[e] === CALLS && graph.packed.tier[e] !== NAME_TIER,
    ).length;
    if (callers >= HUB) found.push([symbol, callers]);
  }
  found.sort(([a, m], [b, n]) => n - m || a - b);
  return {
    columns: ['callers', ...COLUMNS],
    rows: found.map(([symbol, callers]) => [callers, ...rowOf(graph, symbol)]),
  };
}

function references(graph: Graph, symbol: number): number {
  let count = 0;
  for (const e of graph.inEdges(symbol))
    if (REFERENCES.has(graph.packed.kind[e]!) && graph.packed.from[e] !== symbol) count++;
  return count;
}

const COLUMNS = ['kind', 'qualifiedName', 'file', 'line'];

function rowOf(graph: Graph, symbol: number): (string | number)[] {
  const { kind, qualifiedName, file, startLine } = graph.nodeOf(symbol);
  return [kind, qualifiedName, file, startLine + 1];
}

function tableOf(graph: Graph, wanted: (symbol: number) => boolean): Table {
  const rows: (string | number)[][] = [];
  for (const symbol of graph.numbers()) if (wanted(symbol)) rows.push(rowOf(graph, symbol));
  return { columns: COLUMNS, rows };
}

/** Strongly connected components without recursion (Tarjan 1972, with an explicit stack). */
function components(count: number, targetsOf: (node: number) => number[]): number[][] {
  const index = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const onStack = new Uint8Array(count);
  const stack: number[] = [];
  const found: number[][] = [];
  let next = 0;
  for (let root = 0; root < count; root++) {
    if (index[root]! >= 0) continue;
    const work: { node: number; targets: number[]; at: number }[] = [];
    const open = (node: number) => {
      index[node] = low[node] = next++;
      stack.push(node);
      onStack[node] = 1;
      work.push({ node, targets: targetsOf(node), at: 0 });
    };
    open(root);
    while (work.length > 0) {
      const frame = work[work.length - 1]!;
      const target = frame.targets[frame.at++];
      if (target !== undefined) {
        if (index[target]! < 0) open(target);
        else if (onStack[target]) low[frame.node] = Math.min(low[frame.node]!, index[target]!);
        continue;
      }
      work.pop();
      const outer = work[work.length - 1];
      if (outer) low[outer.node] = Math.min(low[outer.node]!, low[frame.node]!);
      if (low[frame.node] !== index[frame.node]) continue;
      const ring: number[] = [];
      for (;;) {
        const node = stack.pop()!;
        onStack[node] = 0;
        ring.push(node);
        if (node === frame.node) break;
      }
      found.push(ring);
    }
  }
  return found;
}
