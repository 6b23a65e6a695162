import type { Edge, SymbolNode } from '../../protocol/graph.ts';

export type StoredValue = string | number | boolean | undefined;

/** A symbol's values in the order of `NODE_COLUMNS`. What is absent or empty is nothing. */
export function nodeValues(n: SymbolNode): StoredValue[] {
  return [
    ...[n.id, n.kind, n.name, n.qualifiedName, n.file, n.startLine + 1, n.endLine + 1],
    ...[n.signature, n.exported, n.language, n.doc],
  ];
}

/** An edge's values in the order of `EDGE_COLUMNS`. */
export function edgeValues(e: Edge): StoredValue[] {
  const [site] = e.sites;
  return [
    ...[e.kind, e.form, site && site.line + 1, site?.column, e.sites.length],
    ...[e.tier, e.confidence, e.reason],
  ];
}
