import type { Graph } from '../graph/graph.ts';
import { meantBy, testsCovering, testsReaching } from '../graph/reach.ts';
import type { Lens, SymbolKind, SymbolNode } from '../protocol/graph.ts';

const WITH_LENS: ReadonlySet<SymbolKind> = new Set(['Class', 'Function', 'Method']);
/** Calls between a test and what it is said to test. */
const TEST_HOPS = 6;

/** What stands above each function, method and class of a file: how many call it, how many tests reach it. */
export function lenses(graph: Graph, file: string): Lens[] {
  return graph
    .symbolsOf(file)
    .filter(({ kind }) => WITH_LENS.has(kind))
    .map((symbol) => lensOf(graph, symbol));
}

function lensOf(graph: Graph, { id, startLine, qualifiedName, kind, name }: SymbolNode): Lens {
  const symbol = graph.symbolOf(id)!;
  const called = [symbol, ...graph.constructorsOf(symbol)];
  return {
    ...{ line: startLine, symbolId: id, qualifiedName, kind },
    callers: new Set(called.flatMap((at) => [...graph.callersOf(at)])).size,
    callersLowerBound: graph.unresolvedSites(name).length > 0,
    tests: testsOf(graph, [...new Set([...called, ...meantBy(graph, symbol)])]),
    testsFailing: 0,
  };
}

function testsOf(graph: Graph, symbols: readonly number[]): number {
  const reaching = testsReaching(graph, symbols, TEST_HOPS);
  return new Set([...reaching, ...testsCovering(graph, symbols)].map(({ test }) => test)).size;
}
