import type { AstNode, Clause, Match, Part, Path, Query } from './ast.ts';
import { allOf, at, compare, property, variable } from './build.ts';
import { nodeNames } from './fresh-names.ts';
import { Refusal } from './refusal.ts';
import { mapTree } from './walk.ts';

/**
 * A bridged tree as Neo4j 5 (from 5.21 on) is to run it. Shortest paths are asked for by `SHORTEST 1`, each in a MATCH of
 * its own, between two nodes that differ: `shortestPath()` ends a whole query where its ends are the same node.
 */
export function forNeo4j(query: Query): Query {
  const names = nodeNames();
  return mapTree(query, (node: AstNode) => (node.kind === 'part' ? splitPart(node, names) : node));
}

function splitPart(part: Part, names: () => string): Part {
  return {
    ...part,
    clauses: part.clauses.flatMap((clause) => (clause.kind === 'match' ? split(clause, names) : [clause])),
  };
}

function split(match: Match, names: () => string): Clause[] {
  const [shortest, others] = [
    match.paths.filter((path) => path.shortest),
    match.paths.filter((path) => !path.shortest),
  ];
  if (shortest.length === 0) return [match];
  if (match.optional && match.paths.length > 1)
    throw new Refusal('OPTIONAL MATCH with a shortest path takes nothing else', match, {
      hint: 'write MATCH (a), (b) first, then OPTIONAL MATCH p = shortestPath((a)-[:CALLS*1..6]->(b))',
    });
  const clauses: Match[] = [
    ...(others.length > 0 ? [{ ...match, paths: others, where: undefined }] : []),
    ...shortest.map((path) => alone(path, match, names)),
  ];
  // What the whole MATCH wants can be said once all of it is bound.
  return clauses.map((clause, i) =>
    i === clauses.length - 1 ? { ...clause, where: allOf([clause.where, match.where]) } : clause,
  );
}

function alone(path: Path, match: Match, names: () => string): Match {
  const elements = path.elements.map((element) => {
    if (element.kind === 'node') return { ...element, variable: element.variable ?? names() };
    if (element.kind === 'relationship' && element.repeats)
      return { ...element, repeats: { ...element.repeats, star: false } };
    return element;
  });
  const ends = elements.flatMap((element) =>
    element.kind === 'node' ? [property(variable(element.variable ?? '', at(element), 'node'), 'id')] : [],
  );
  const [from, to] = ends;
  return { ...match, paths: [{ ...path, elements }], where: from && to && compare(from, '<>', to) };
}
