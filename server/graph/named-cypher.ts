import type { NamedQuery, Table } from './named-queries.ts';

/** One of the named queries as a store answers it, and what is still to be done with its rows. */
export interface NamedCypher {
  name: NamedQuery;
  cypher: string;
  /** Where Cypher has no words for the rest: rings of files are components of a graph. */
  table?: (rows: readonly unknown[][]) => Table['rows'];
}

const REFERENCES = 'CALLS|USES|INHERITS|IMPLEMENTS|OVERRIDES';

/**
 * The named queries in the Cypher that every store reads the same way. Rows come in no order. A constructor is told by its
 * name here: stores do not keep the mark that memory has.
 */
export const namedCypher: readonly NamedCypher[] = [
  {
    name: 'orphans',
    cypher:
      "MATCH (f:Function|Method) WHERE NOT (f.kind = 'Method' AND f.name IN ['constructor', '__init__', '__new__']) " +
      `AND NOT EXISTS { MATCH (f)-[:OVERRIDES]->(b) } AND NOT EXISTS { MATCH (o)-[:${REFERENCES}]->(f) WHERE o.id <> f.id } ` +
      'AND NOT EXISTS { MATCH (c)-[:HAS_METHOD]->(f) WHERE c.name = f.name } ' +
      'RETURN f.kind, f.qualifiedName, f.file, f.startLine',
  },
  {
    name: 'dead-exports',
    cypher:
      "MATCH (f) WHERE f.exported AND f.kind <> 'Module' AND f.kind <> 'File' " +
      `AND NOT EXISTS { MATCH (o)-[:${REFERENCES}]->(f) WHERE o.file <> f.file } ` +
      'RETURN f.kind, f.qualifiedName, f.file, f.startLine',
  },
  {
    name: 'hubs',
    cypher:
      "MATCH (c)-[r:CALLS]->(f) WHERE r.tier <> 'name' WITH f, count(r) AS callers WHERE callers >= 10 " +
      'RETURN callers, f.kind, f.qualifiedName, f.file, f.startLine',
  },
  {
    name: 'cycles',
    cypher: 'MATCH (a:Module)-[:IMPORTS]->(b:Module) WHERE a.id <> b.id RETURN DISTINCT a.file, b.file',
    table: rings,
  },
];

/** Strongly connected components of pairs of files, by two searches (Kosaraju 1978). */
function rings(rows: readonly unknown[][]): Table['rows'] {
  const [out, back] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const [from, to] of rows as [string, string][]) {
    out.set(from, [...(out.get(from) ?? []), to]);
    back.set(to, [...(back.get(to) ?? []), from]);
  }
  const order: string[] = [];
  const visited = new Set<string>();
  for (const file of out.keys()) visit(file, out, visited, order);
  const taken = new Set<string>();
  const found: Table['rows'] = [];
  for (const file of order.reverse()) {
    const ring: string[] = [];
    visit(file, back, taken, ring);
    if (ring.length > 1) found.push([ring.length, ring.sort().join(' ')]);
  }
  return found;
}

/** Adds to `order` what is reached from a place and was not visited, each after all that it leads to. */
function visit(
  from: string,
  edges: ReadonlyMap<string, readonly string[]>,
  visited: Set<string>,
  order: string[],
): void {
  if (visited.has(from)) return;
  visited.add(from);
  const open = [{ file: from, next: 0 }];
  for (let frame = open.at(-1); frame; frame = open.at(-1)) {
    const target = edges.get(frame.file)?.[frame.next++];
    if (target === undefined) {
      order.push(frame.file);
      open.pop();
    } else if (!visited.has(target)) {
      visited.add(target);
      open.push({ file: target, next: 0 });
    }
  }
}
