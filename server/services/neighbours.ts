import { type Graph } from '../graph/graph.ts';
import { calleesOf, impactOf, meantBy, type Reached } from '../graph/reach.ts';
import { languageOf } from '../index/languages/index.ts';
import {
  EDGE_TYPES,
  type Edge,
  type EdgeRef,
  type NeighboursAnswer,
  type SymbolAnswer,
  type SymbolNode,
  type SymbolRef,
  type UnresolvedSite,
} from '../protocol/graph.ts';

const CALLS = EDGE_TYPES.indexOf('CALLS');
const DEFAULT_DEPTH = 3;
const BY_NAME_NOTE =
  'this language is read by names alone: each call here is a candidate, found since one definition has its name';
/** More open sites than a person reads are counted in `lowerBound`, not listed. */
const MOST_SITES = 500;

/** One symbol: what it is, what it is made of, and how many edges of each type touch it. */
export function symbolAnswer(graph: Graph, wanted: string): SymbolAnswer {
  const node = graph.find(wanted);
  const symbol = graph.symbolOf(node.id)!;
  const count = (edges: Int32Array) => {
    const counts: Record<string, number> = {};
    for (const e of edges) {
      const { kind } = graph.edgeOf(e);
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  };
  const parent = graph.symbols.parent(symbol);
  return {
    symbol: { ...toSymbolRef(node), exported: node.exported, language: node.language, doc: node.doc },
    ...(parent >= 0 ? { parent: toSymbolRef(graph.nodeOf(parent)) } : {}),
    members: membersOf(graph, symbol).map((member) => toSymbolRef(graph.nodeOf(member))),
    edgesIn: count(graph.inEdges(symbol)),
    edgesOut: count(graph.outEdges(symbol)),
  };
}

function membersOf(graph: Graph, symbol: number): number[] {
  const members: number[] = [];
  for (const e of graph.outEdges(symbol)) {
    const { kind } = graph.edgeOf(e);
    if (kind === 'HAS_METHOD' || kind === 'HAS_FIELD' || kind === 'CONTAINS')
      members.push(graph.packed.to[e]!);
  }
  return members;
}

/**
 * Who calls a symbol. Calls of a class are the calls of its constructor too. `lowerBound` is true while sites of
 * the same name remain that could not be resolved.
 */
export function callers(graph: Graph, wanted: string): NeighboursAnswer {
  const node = graph.find(wanted);
  const symbol = graph.symbolOf(node.id)!;
  const edges = [symbol, ...graph.constructorsOf(symbol)].flatMap((target) => [...graph.inEdges(target)]);
  const reached = edges
    .filter((e) => graph.packed.kind[e] === CALLS)
    .map((edge) => ({ symbol: graph.packed.from[edge]!, edge, distance: 1, widened: false }));
  return answer(graph, node, reached, notAmong(reached, graph, graph.unresolvedSites(node.name)));
}

/** What a symbol calls, with the implementations behind calls of a base or interface (distance 2). */
export function callees(graph: Graph, wanted: string): NeighboursAnswer {
  const node = graph.find(wanted);
  const symbol = graph.symbolOf(node.id)!;
  const open = [symbol, ...membersIfClass(graph, symbol)].flatMap((at) => graph.unresolvedIn(at));
  return answer(graph, node, calleesOf(graph, symbol), open);
}

/**
 * Who may break when a symbol changes.
 *
 * @param depth most steps; 3 where absent.
 */
export function impact(graph: Graph, wanted: string, depth = DEFAULT_DEPTH): NeighboursAnswer {
  const node = graph.find(wanted);
  const symbol = graph.symbolOf(node.id)!;
  const names = new Set(meantBy(graph, symbol).map((at) => graph.symbols.name(at)));
  const open = [...names].flatMap((name) => [...graph.unresolvedSites(name)]);
  const reached = impactOf(graph, symbol, depth);
  return answer(graph, node, reached, notAmong(reached, graph, open));
}

/** Of a site where several things are called, one may be known: who asks about that one has its answer. */
function notAmong(
  reached: readonly Reached[],
  { packed, symbols }: Graph,
  open: readonly UnresolvedSite[],
): UnresolvedSite[] {
  if (open.length === 0) return [];
  const known = new Set<string>();
  for (const { edge: e } of reached) {
    const file = symbols.files[symbols.fileOf(packed.from[e]!)]!;
    for (let s = packed.firstSite[e]!; s < packed.firstSite[e + 1]!; s++)
      known.add(`${file}:${packed.siteLine[s]}:${packed.siteColumn[s]}`);
  }
  return open.filter(({ file, line, column }) => !known.has(`${file}:${line}:${column}`));
}

function membersIfClass(graph: Graph, symbol: number): number[] {
  return graph.symbols.kind(symbol) === 'Class' ? membersOf(graph, symbol) : [];
}

function answer(
  graph: Graph,
  node: SymbolNode,
  reached: readonly Reached[],
  open: readonly UnresolvedSite[],
): NeighboursAnswer {
  const results = reached
    .map(({ symbol, edge: e, distance, widened }) => {
      const edge = graph.endlessEdge(e);
      const file = graph.symbols.files[graph.symbols.fileOf(graph.packed.from[e]!)]!;
      const reason = widened ? `${edge.reason}; an implementation may run here` : edge.reason;
      return {
        symbol: toSymbolRef(graph.nodeOf(symbol)),
        edge: toEdgeRef(
          { ...edge, reason, confidence: widened ? edge.confidence * 0.8 : edge.confidence },
          file,
        ),
        distance,
      };
    })
    .sort(
      (a, b) =>
        a.distance - b.distance || b.edge.confidence - a.edge.confidence || compare(a.symbol, b.symbol),
    );
  const unresolvedSites = open
    .slice(0, MOST_SITES)
    .map(({ file, line, column, name }) => ({ file, line: line + 1, column, name }));
  return {
    ...{ symbol: toSymbolRef(node), results, lowerBound: open.length > 0, unresolvedSites },
    ...(languageOf(node.file)?.depth === 'definition' ? { note: BY_NAME_NOTE } : {}),
  };
}

export function toSymbolRef(node: SymbolNode): SymbolRef {
  const { id, kind, name, qualifiedName, file, startLine, endLine, signature } = node;
  return { id, kind, name, qualifiedName, file, line: startLine + 1, endLine: endLine + 1, signature };
}

function toEdgeRef(
  { kind, form, tier, confidence, reason, sites }: Omit<Edge, 'from' | 'to'>,
  file: string,
): EdgeRef {
  return {
    ...{ kind, form, tier, confidence, reason },
    sites: sites.map(({ line, column }) => ({ file, line: line + 1, column })),
  };
}

function compare(a: SymbolRef, b: SymbolRef): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line;
}
