import type { Graph } from '../graph/graph.ts';
import type { EdgeType } from '../protocol/graph.ts';

/** A row a node, or a row a site of one edge type; lines 1-based, columns 0-based UTF-16. */
export function* exportRows(graph: Graph, what: { nodes: true } | { edges: EdgeType }): Generator<object> {
  if ('nodes' in what) {
    for (const { kind, file, name, qualifiedName, startLine, endLine } of graph.nodes())
      yield { label: kind, file, name, qualifiedName, startLine: startLine + 1, endLine: endLine + 1 };
    return;
  }
  for (const edge of graph.edges()) {
    if (edge.kind !== what.edges) continue;
    const [from, to] = [end(graph, edge.from), end(graph, edge.to)];
    const { kind, form, tier, confidence } = edge;
    for (const { line, column } of edge.sites)
      yield { type: kind, from, to, site: { line: line + 1, column, form: form ?? null }, tier, confidence };
  }
}

function end(graph: Graph, id: string): object | null {
  const node = graph.node(id);
  return node
    ? { file: node.file, name: node.name, qualifiedName: node.qualifiedName, line: node.startLine + 1 }
    : null;
}
