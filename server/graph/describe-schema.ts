import { CALL_FORMS, EDGE_TYPES, SYMBOL_KINDS, TIERS } from '../protocol/graph.ts';
import { queryExamples, type QueryTask } from './query-examples.ts';
import { EDGE_COLUMNS, endsOf, NODE_COLUMNS } from './store/schema.ts';

const MEANINGS: Record<(typeof EDGE_TYPES)[number], string> = {
  CONTAINS: 'declared inside',
  HAS_METHOD: 'a method of a class, interface or enum',
  HAS_FIELD: 'a field of one',
  INHERITS: 'a class or interface extends another',
  IMPLEMENTS: 'a class implements an interface',
  OVERRIDES: 'a method replaces that of a base',
  IMPORTS: 'a module imports another',
  CALLS: `a call; form is one of ${CALL_FORMS.join(', ')}; a construction calls the constructor where one is declared, else the class`,
  USES: 'mentioned, not called',
  COVERS: 'a test executed it when it last ran, on the contents that are there now',
};

/** What the graph holds and how it is asked, in words for an agent or a person; with examples, of one task or of all. */
export function describeSchema(task?: QueryTask): string {
  const columns = (list: readonly string[]) =>
    list.map((c) => c.replaceAll(/(\S+) (\S+)/g, '$1: $2')).join(', ');
  const joins = (labels: readonly string[]) => (labels.length > 6 ? 'any' : labels.join('|'));
  return [
    'Nodes: one label each.',
    `  labels: ${SYMBOL_KINDS.join(', ')}`,
    `  properties: ${columns(NODE_COLUMNS)}`,
    '  id is file#qualifiedName (a file alone for its Module); kind is the label; file is relative; lines are 1-based; an empty text is NULL',
    '  code is not stored: return ids and ask for code with --code TOKENS',
    'Relationships: one for each (from, type, form, to), with its count and first site.',
    ...EDGE_TYPES.map((type) => {
      const { from, to } = endsOf(type);
      return `  (${joins(from)})-[:${type}]->(${joins(to)})  ${MEANINGS[type]}`;
    }),
    `  properties: ${columns(EDGE_COLUMNS)}`,
    `  tier, best first: ${TIERS.join(', ')}; "name" is a candidate, never a fact: leave it out with r.tier <> 'name'`,
    'Queries: read-only Cypher, one statement, at most *1..30 hops; parameters as $name.',
    '  MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, RETURN, ORDER BY, SKIP, LIMIT, UNION, EXISTS { … }, COUNT { … }',
    '  also labels(n), type(r), n:Test, (n:!Test), shortestPath(…), [x IN list WHERE … | …], all(x IN nodes(p) WHERE …), {1,3}',
    '  no CALL, COLLECT { … } or [(a)-->(b) | …]: OPTIONAL MATCH, then WITH a, collect(b.name) AS names',
    'Examples:',
    ...queryExamples
      .filter((one) => task === undefined || one.task === task)
      .map(({ task: of, question, cypher }) => `  ${of}: ${question}\n    ${cypher}`),
  ].join('\n');
}
