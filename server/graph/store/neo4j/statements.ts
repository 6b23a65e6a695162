import { EDGE_TYPES, SYMBOL_KINDS, type EdgeType, type SymbolKind } from '../../../protocol/graph.ts';
import { EDGE_COLUMNS, namesOf, NODE_COLUMNS, SCHEMA_VERSION } from '../schema.ts';

/**
 * Every text that a server is given, none made from data: a new text costs it a plan, 50 to 500 ms.
 *
 * A symbol's `workspace` is the key of one version pushed as a whole ("generation"), so that asking for a workspace's
 * current generation is also what makes a switch atomic. Weft's own nodes have no `workspace`: no query sees them.
 * - `WeftWorkspace {owner, current, version}`: the generation that queries see, and the graph version it is at
 * - `WeftPush {owner, version, key, state, done, touched}`: a push under way, and how many of its batches are in; or, in
 *   the state "drop", a generation that is to be taken away
 * - `WeftFile {generation, file, digest}`: what a file's symbols and edges were like when they were written
 */
export const WORKSPACE = 'workspace';

/** Changes with the schema and with the order of batches: a push that began under another one is not resumed. */
export const PLAN_VERSION = `${SCHEMA_VERSION}.1`;

/** A push that nobody touched for so long was given up. Milliseconds. */
const ABANDONED_MS = 60_000;

export interface NamedStatement {
  name: string;
  text: string;
}

/** Constraints and indices; each may be there already. */
export const schema: readonly NamedStatement[] = [
  ...SYMBOL_KINDS.flatMap((kind) => {
    const name = `weft_${kind.toLowerCase()}`;
    return [
      constraint(`${name}_id`, kind, 'workspace', 'id'),
      index(`${name}_name`, kind, 'name'),
      index(`${name}_file`, kind, 'file'),
    ];
  }),
  constraint('weft_workspaces', 'WeftWorkspace', 'owner'),
  constraint('weft_pushes', 'WeftPush', 'owner', 'version'),
  constraint('weft_files', 'WeftFile', 'generation', 'file'),
];

function constraint(name: string, label: string, ...keys: string[]): NamedStatement {
  const wanted = keys.map((key) => `n.${key}`).join(', ');
  return {
    name,
    text: `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${label}) REQUIRE (${wanted}) IS UNIQUE`,
  };
}

function index(name: string, label: string, key: string): NamedStatement {
  return { name, text: `CREATE INDEX ${name} IF NOT EXISTS FOR (n:${label}) ON (n.workspace, n.${key})` };
}

export const knownSchema = `SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'weft_' AND state = 'ONLINE' RETURN name`;
export const awaitSchema = 'CALL db.awaitIndexes(60)';

export const current =
  'MATCH (w:WeftWorkspace {owner: $owner}) RETURN w.current AS key, w.version AS version';

/** Locks the workspace for the rest of the transaction. */
export const lockWorkspace =
  'MATCH (w:WeftWorkspace {owner: $owner}) SET w.touched = timestamp() RETURN w.current AS key';

export const setVersion = 'MATCH (w:WeftWorkspace {owner: $owner}) SET w.version = $version';

/** The push to a version: the one that was begun, or a new one. */
export const beginPush =
  "MERGE (p:WeftPush {owner: $owner, version: $version}) ON CREATE SET p.key = $key, p.state = 'push', p.done = 0 " +
  'SET p.touched = timestamp() RETURN p.key AS key, p.state AS state, p.done AS done';

/** Locks a push, and counts its next batch as done if it is the one that is given. */
export const countBatch =
  'MATCH (p:WeftPush {owner: $owner, version: $version}) SET p.touched = timestamp() ' +
  'WITH p, p.done AS before SET p.done = CASE before WHEN $batch THEN $batch + 1 ELSE before END ' +
  'RETURN p.key AS key, p.state AS state, before';

/** Makes a pushed generation the one that is seen; the one before is to be taken away. */
export const switchTo =
  "MATCH (p:WeftPush {owner: $owner, version: $plan, key: $key, state: 'push'}) DELETE p " +
  'MERGE (w:WeftWorkspace {owner: $owner}) ' +
  'FOREACH (old IN CASE WHEN w.current IS NULL THEN [] ELSE [w.current] END | ' +
  "MERGE (d:WeftPush {owner: $owner, version: 'drop ' + old}) SET d.key = old, d.state = 'drop') " +
  'SET w.current = $key, w.version = $version RETURN w.current AS key';

/** Marks what is to be taken away: pushes that were given up, other than the one that is wanted. */
export const giveUpPushes =
  "MATCH (p:WeftPush {owner: $owner, state: 'push'}) " +
  `WHERE p.version <> $plan AND p.touched < timestamp() - ${ABANDONED_MS} SET p.state = 'drop'`;

export const toDrop = "MATCH (p:WeftPush {owner: $owner, state: 'drop'}) RETURN p.key AS key";
export const dropped = "MATCH (p:WeftPush {owner: $owner, key: $key, state: 'drop'}) DELETE p";

/** Marks everything of a workspace as to be taken away. */
export const dropWorkspace =
  "OPTIONAL MATCH (p:WeftPush {owner: $owner}) SET p.state = 'drop' WITH count(p) AS pushes " +
  'MATCH (w:WeftWorkspace {owner: $owner}) ' +
  "MERGE (d:WeftPush {owner: $owner, version: 'drop ' + w.current}) SET d.key = w.current, d.state = 'drop' DELETE w";

/** Takes away some of a generation at a time; give them again until they say 0. */
export const removals: readonly string[] = [
  ...SYMBOL_KINDS.map(
    (kind) =>
      `MATCH (n:${kind}) WHERE n.workspace = $key AND n.id IS NOT NULL WITH n LIMIT 1000 DETACH DELETE n RETURN count(*) AS n`,
  ),
  'MATCH (f:WeftFile) WHERE f.generation = $key AND f.file IS NOT NULL WITH f LIMIT 10000 DELETE f RETURN count(*) AS n',
];

export const knownFiles =
  'MATCH (f:WeftFile) WHERE f.generation = $key AND f.file IS NOT NULL RETURN f.file AS file, f.digest AS digest';

export const createFiles =
  'UNWIND $rows AS r CREATE (f:WeftFile) SET f.generation = $key, f.file = r.file, f.digest = r.digest';
export const setFile = 'MERGE (f:WeftFile {generation: $key, file: $file}) SET f.digest = $digest';
export const removeFile = 'MATCH (f:WeftFile {generation: $key, file: $file}) DELETE f';

export const createNodes = textsBy(
  SYMBOL_KINDS,
  (kind) => `UNWIND $rows AS r CREATE (n:${kind}) SET n = r, n.workspace = $key`,
);

/** Writes symbols over those that are there. */
export const mergeNodes = textsBy(
  SYMBOL_KINDS,
  (kind) => `UNWIND $rows AS r MERGE (n:${kind} {workspace: $key, id: r.id}) SET n = r, n.workspace = $key`,
);

/** Makes symbols that are not there yet, for edges that lead to them. */
export const ensureNodes = textsBy(
  SYMBOL_KINDS,
  (kind) =>
    `UNWIND $rows AS r MERGE (n:${kind} {workspace: $key, id: r.id}) ON CREATE SET n = r, n.workspace = $key`,
);

const own = `CALL { ${SYMBOL_KINDS.map((kind) => `MATCH (n:${kind} {workspace: $key, file: $file}) RETURN n`).join(' UNION ALL ')} }`;

/** Takes a file's edges away, and those of its symbols that are no longer there. `keep`: "Label id". */
export const clearFile =
  `${own} OPTIONAL MATCH (n)-[r]->() DELETE r ` +
  "WITH DISTINCT n WHERE NOT n.kind + ' ' + n.id IN $keep DETACH DELETE n";

const edgeTexts = new Map<string, string>();

/** Rows `{a, b, p}`: the ids of the two ends and the properties. */
export function createEdges(type: EdgeType, from: SymbolKind, to: SymbolKind): string {
  const name = `${type} ${from} ${to}`;
  let text = edgeTexts.get(name);
  if (text === undefined) {
    text =
      `UNWIND $rows AS r MATCH (a:${from} {workspace: $key, id: r.a}) MATCH (b:${to} {workspace: $key, id: r.b}) ` +
      `CREATE (a)-[e:${type}]->(b) SET e = r.p`;
    edgeTexts.set(name, text);
  }
  return text;
}

function textsBy<K extends string>(names: readonly K[], textOf: (name: K) => string): Record<K, string> {
  return Object.fromEntries(names.map((name) => [name, textOf(name)])) as Record<K, string>;
}

export const nodeNames = namesOf(NODE_COLUMNS);
export const edgeNames = namesOf(EDGE_COLUMNS);
export { EDGE_TYPES, SYMBOL_KINDS };
