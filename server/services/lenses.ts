import type { Graph } from '../graph/graph.ts';
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
  const called = [id, ...graph.constructorsOf(id).map((constructor) => constructor.id)];
  const callers = new Set(called.flatMap((at) => graph.callersOf(at).map((caller) => caller.id)));
  const methods = graph.edgesFrom(id).filter((edge) => edge.kind === 'HAS_METHOD');
  return {
    ...{ line: startLine, symbolId: id, qualifiedName, kind },
    callers: callers.size,
    callersLowerBound: graph.unresolvedSites(name).length > 0,
    tests: graph.testsReaching([...new Set([...called, ...methods.map((edge) => edge.to)])], TEST_HOPS)
      .length,
    testsFailing: 0,
  };
}
