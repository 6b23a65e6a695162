import type { Graph } from '../graph/graph.ts';
import type { Edge, EdgeRef, NeighboursAnswer, SymbolNode, SymbolRef } from '../protocol/graph.ts';

/**
 * Who calls a symbol. Calls of a class are the calls of its constructor too. `lowerBound` is true while sites of
 * the same name remain that could not be resolved.
 */
export function callers(graph: Graph, wanted: string): NeighboursAnswer {
  const symbol = graph.find(wanted);
  const targets = [symbol, ...graph.constructorsOf(symbol.id)].map(({ id }) => id);
  const results = targets
    .flatMap((id) => graph.edgesTo(id))
    .filter((edge) => edge.kind === 'CALLS')
    .flatMap((edge) => {
      const from = graph.node(edge.from);
      return from ? [{ symbol: toSymbolRef(from), edge: toEdgeRef(edge, from.file), distance: 1 }] : [];
    })
    .sort((a, b) => b.edge.confidence - a.edge.confidence || compare(a.symbol, b.symbol));
  const unresolvedSites = graph
    .unresolvedSites(symbol.name)
    .map(({ file, line, column, name }) => ({ file, line: line + 1, column, name }));
  return { symbol: toSymbolRef(symbol), results, lowerBound: unresolvedSites.length > 0, unresolvedSites };
}

export function toSymbolRef(node: SymbolNode): SymbolRef {
  const { id, kind, name, qualifiedName, file, startLine, endLine, signature } = node;
  return { id, kind, name, qualifiedName, file, line: startLine + 1, endLine: endLine + 1, signature };
}

function toEdgeRef({ kind, form, tier, confidence, reason, sites }: Edge, file: string): EdgeRef {
  return {
    ...{ kind, form, tier, confidence, reason },
    sites: sites.map(({ line, column }) => ({ file, line: line + 1, column })),
  };
}

function compare(a: SymbolRef, b: SymbolRef): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line;
}
