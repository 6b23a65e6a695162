/** Where hostile queries point: a file with a mark in it, a path that must stay free, and an address that listens. */
export interface Targets {
  file: string;
  free: string;
  url: string;
}

/** Queries that are refused before an engine sees them, and what the refusal says. */
export function refusedQueries({ file, free, url }: Targets): [query: string, says: RegExp][] {
  return [
    // Writes
    ['CREATE (n:Function {id: "x"}) RETURN n', /"CREATE" is not allowed/],
    ['MATCH (n) CREATE (n)-[:CALLS]->(n) RETURN n', /"CREATE" is not allowed/],
    ['MATCH (n) SET n.name = "x" RETURN n', /"SET" is not allowed/],
    ['MATCH (n) SET n:Admin RETURN n', /"SET" is not allowed/],
    ['MATCH (n) REMOVE n.name RETURN n', /"REMOVE" is not allowed/],
    ['MATCH (n) DELETE n', /"DELETE" is not allowed/],
    ['MATCH (n) DETACH DELETE n RETURN 1', /"DETACH" is not allowed/],
    ['MATCH (n) MERGE (m:Class {id: n.id}) RETURN m', /"MERGE" is not allowed/],
    ['MATCH (n) FOREACH (x IN [1] | SET n.a = x) RETURN n', /"FOREACH" is not allowed/],
    ['MATCH (n) CALL (n) { SET n.name = "x" } RETURN n', /"SET" is not allowed/],
    ['MATCH (n) CALL { CREATE (:Class) } IN TRANSACTIONS RETURN n', /"CREATE" is not allowed/],
    ['MATCH (n) RETURN EXISTS { CREATE (m) }', /"CREATE" is not allowed/],
    ['MATCH (n) RETURN n; MATCH (m) DETACH DELETE m', /several statements/],
    ['MATCH (n) RETURN n UNION MATCH (m) DELETE m RETURN m', /"DELETE" is not allowed/],
    ['DROP TABLE Function', /"DROP" is not allowed/],
    ['ALTER TABLE Function ADD secret STRING', /"ALTER" is not allowed/],
    ['CREATE INDEX FOR (n:Function) ON (n.name)', /"CREATE" is not allowed/],
    ['CREATE MACRO f(x) AS x', /"CREATE" is not allowed/],
    ['CREATE USER eve SET PASSWORD "12345678"', /"CREATE" is not allowed/],
    ['BEGIN TRANSACTION', /"BEGIN" is not allowed/],
    ['CHECKPOINT', /"CHECKPOINT" is not allowed/],
    // Files
    [`COPY (MATCH (n) RETURN n.id) TO '${free}'`, /"COPY" is not allowed/],
    [`COPY Function FROM '${file}'`, /"COPY" is not allowed/],
    [`EXPORT DATABASE '${free}'`, /"EXPORT" is not allowed/],
    [`IMPORT DATABASE '${file}'`, /"IMPORT" is not allowed/],
    [`LOAD FROM '${file}' RETURN *`, /"LOAD" is not allowed/],
    [`LOAD CSV FROM 'file://${file}' AS line RETURN line`, /"LOAD" is not allowed/],
    [`MATCH (n) LOAD CSV FROM 'file://${file}' AS line RETURN line`, /"LOAD" is not allowed/],
    [
      `MATCH (n) CALL { LOAD CSV FROM 'file://${file}' AS line RETURN line } RETURN line`,
      /"LOAD" is not allowed/,
    ],
    [
      `MATCH (n) RETURN COLLECT { LOAD CSV FROM 'file://${file}' AS line RETURN line }`,
      /"LOAD" is not allowed/,
    ],
    [`UNWIND [1] AS x LOAD FROM '${file}' RETURN *`, /"LOAD" is not allowed/],
    [`ATTACH '${file}' AS other (dbtype lbug)`, /"ATTACH" is not allowed/],
    [`INSTALL httpfs`, /"INSTALL" is not allowed/],
    [`LOAD EXTENSION '${file}'`, /"LOAD" is not allowed/],
    [`MATCH (n) RETURN apoc.load.json('file://${file}')`, /function "apoc\.load\.json" is not allowed/],
    [`CALL apoc.load.csv('file://${file}') YIELD line RETURN line`, /procedures are not allowed/],
    [`RETURN file()`, /function "file" is not allowed/],
    [`RETURN linenumber()`, /function "linenumber" is not allowed/],
    // Network
    [`LOAD CSV FROM '${url}' AS line RETURN line`, /"LOAD" is not allowed/],
    [`LOAD FROM '${url}' RETURN *`, /"LOAD" is not allowed/],
    [`CALL apoc.load.json('${url}') YIELD value RETURN value`, /procedures are not allowed/],
    [`CALL dbms.cluster.routing.getRoutingTable({}) YIELD ttl RETURN ttl`, /procedures are not allowed/],
    [`MATCH (n) CALL apoc.util.sleep(60000) RETURN n`, /procedures are not allowed/],
    // The server and its settings
    ['CALL timeout=0', /procedures are not allowed/],
    ['CALL dbms.killQuery("1") YIELD queryId RETURN queryId', /procedures are not allowed/],
    ['SHOW TRANSACTIONS', /"SHOW" is not allowed/],
    ['TERMINATE TRANSACTIONS "neo4j-transaction-1"', /"TERMINATE" is not allowed/],
    ['USE system MATCH (n) RETURN n', /"USE" is not allowed/],
    ['PROFILE MATCH (n) RETURN n', /"PROFILE" is not allowed/],
    ['CYPHER planner=dp MATCH (n) RETURN n', /"CYPHER" is not allowed/],
    ["RETURN nextval('s')", /function "nextval" is not allowed/],
    ['RETURN current_setting("threads")', /function "current_setting" is not allowed/],
    ['RETURN error("x")', /function "error" is not allowed/],
    // Comments, escapes and odd letters
    ['MATCH (n) /* RETURN 1 */ DELETE n', /"DELETE" is not allowed/],
    ['MATCH (n) WHERE n.name = "a" //\nSET n.name = "b" RETURN n', /"SET" is not allowed/],
    ["MATCH (n) WHERE n.name = 'a\\'' SET n.name = 'b' RETURN n", /"SET" is not allowed/],
    ['MATCH (n) RETURN n \\u0053ET', /escapes can stand in strings only/],
    ['MATCH (n) \\u0044ELETE n', /escapes can stand in strings only/],
    ['MATCH (n`) DETACH DELETE m //`) RETURN n', /is not closed|stands where|cannot be read/],
    ['MATCH (`n\\u0060) DETACH DELETE n //`) RETURN 1', /between back-quotes/],
    ['MATCH (`n`` ) DELETE n //`) RETURN 1', /between back-quotes/],
    ['MATCH (n) ＤＥＬＥＴＥ n', /stands where/],
    ['MATCH (n) RETURN n\u202e /* */', /cannot be read/],
    ['MATCH (n) RETURN n\u0000', /cannot be read/],
    ['MATCH (n) RETURN "\\u0000"', /NUL/],
    ['MATCH (n) /* never closed RETURN n', /stands where/],
    // Depth and length
    [`RETURN ${'('.repeat(9_900)}1${')'.repeat(9_900)}`, /nested deeper/],
    [`RETURN ${'['.repeat(9_900)}${']'.repeat(9_900)}`, /nested deeper/],
    [`RETURN ${'1 + '.repeat(4_900)}1`, /in one chain/],
    [`MATCH (n) WHERE ${"n.name = 'a' OR ".repeat(1_200)}true RETURN n`, /in one chain/],
    [`RETURN ${'NOT '.repeat(4_900)}true`, /nested deeper/],
    [`RETURN ${'CASE WHEN true THEN '.repeat(400)}1${' END'.repeat(400)}`, /nested deeper/],
    [`MATCH ${'(a)-->'.repeat(2_000)}(b) RETURN b`, /in one chain/],
    [
      `MATCH (n) WHERE ${'EXISTS { MATCH (n) WHERE '.repeat(600)}true${' }'.repeat(600)} RETURN n`,
      /nested deeper/,
    ],
    [`RETURN '${'x'.repeat(20_000)}'`, /longer than 20,000 characters/],
    // Memory
    ['RETURN [x IN range(1, 100000) | [y IN range(1, 100000) | toString(x + y)]]', /very large value/],
    [`WITH 'abcd' AS s ${'WITH s + s AS s '.repeat(60)}RETURN size(s)`, /very large value/],
    [`WITH [1] AS l ${'WITH [l, l, l] AS l '.repeat(60)}RETURN l`, /very large value/],
    [`WITH 'aa' AS s ${"WITH replace(s, 'a', s) AS s ".repeat(20)}RETURN size(s)`, /very large value/],
    ["RETURN repeat('x', 1000000000)", /function "repeat" is not allowed/],
    ["RETURN lpad('x', 1000000000, 'y')", /function "lpad" is not allowed/],
    ["RETURN reduce(s = 'x', i IN range(1, 1000) | s + s)", /not allowed|stands where/],
    ['UNWIND range(1, 1000000000) AS x RETURN count(x)', /100,000 values at most/],
    ['UNWIND range(1, 10 * 1000000000) AS x RETURN x', /must be written as numbers/],
    // Patterns that take forever on one text
    ["MATCH (n) WHERE n.name =~ '(a+)+$' RETURN n", /repeats a group/],
    ["MATCH (n) WHERE n.name =~ '(a|aa)*$' RETURN n", /repeats a group/],
    [`RETURN '${'a'.repeat(5_000)}' =~ 'a*b'`, /not on longer texts/],
    ["MATCH (n) WHERE n.name =~ 'a*a*a*b' RETURN n", /repetitions, which may take very long/],
    [`MATCH (n) WHERE n.name =~ '${'(a|a)'.repeat(30)}b' RETURN n`, /too many choices/],
    ["MATCH (n) WHERE n.doc =~ '.*.*.*.*.*x' RETURN n", /one repetition, which may take very long/],
    ["MATCH (n) WHERE n.name =~ '(.)\\\\1' RETURN n", /not every store reads/],
  ];
}

/** Queries that read, and would go on for very long or fill memory: each ends by a limit. */
export const RUNAWAY_QUERIES = [
  'UNWIND range(1, 90000) AS a UNWIND range(1, 90000) AS b UNWIND range(1, 90000) AS c RETURN count(*)',
  'UNWIND range(1, 90000) AS a UNWIND range(1, 90000) AS b RETURN a, b ORDER BY a + b DESC',
  'UNWIND range(1, 90000) AS a UNWIND range(1, 90000) AS b RETURN collect(a + b)',
  'UNWIND range(1, 90000) AS a UNWIND range(1, 90000) AS b RETURN DISTINCT a * b AS x ORDER BY x',
  'UNWIND range(1, 90000) AS a UNWIND range(1, 90000) AS b WITH a, collect(b) AS l RETURN a, size(l) ORDER BY a',
  'MATCH (a), (b), (c), (d), (e), (f) WHERE a.name + b.name + c.name + d.name + e.name + f.name = "x" RETURN count(*)',
  'MATCH (a), (b), (c), (d), (e), (f) RETURN a.name, count(*) AS n, collect(b.name + f.name) AS names ORDER BY n',
  'MATCH (a)-[*1..30]-(b) RETURN count(*)',
  'MATCH p = (a)-[*1..30]-(b)-[*1..30]-(c) RETURN count(p)',
  'MATCH (a)--(b)--(c)--(d)--(e)--(f)--(g)--(h) RETURN count(*)',
  'UNWIND range(1, 90000) AS a MATCH (n), (m), (o) WHERE n.startLine + a = m.startLine * a RETURN count(o)',
  'UNWIND range(1, 90000) AS a MATCH (n), (m) WHERE EXISTS { (n)-[:CALLS*1..5]-(x) WHERE x.name = toString(a) } RETURN count(m)',
] as const;

/** Queries whose answer would be endless: they give as many rows as are wanted, no more. */
export const ENDLESS_QUERIES = [
  'UNWIND range(1, 90000) AS a UNWIND range(1, 90000) AS b RETURN a, b',
  'MATCH (a), (b), (c), (d) RETURN a, b, c, d LIMIT 1000000000',
  'UNWIND range(1, 90000) AS a RETURN a AS x UNION ALL UNWIND range(1, 90000) AS b RETURN b AS x',
] as const;

/** Queries that try to see another workspace where stores are shared; each is refused, or shows its own only. */
export const ESCAPING_QUERIES = [
  'MATCH (n) RETURN n',
  'MATCH (n) RETURN *',
  'MATCH (a)-[r]-(b) RETURN a, r, b',
  'MATCH p = (a)-[*1..3]-(b) RETURN p',
  'MATCH (n {workspace: "other"}) RETURN n',
  'MATCH (n) WHERE n.workspace = "other" RETURN n',
  'MATCH (n) WHERE n["workspace"] <> "own" RETURN n',
  'MATCH (n {name: "x", workspace: $weft_workspace}) RETURN n',
  'MATCH (n) WITH n MATCH (m) RETURN m',
  'MATCH (n) WITH * MATCH (m) RETURN m, n',
  'WITH 1 AS n MATCH (m) WITH m AS n RETURN n',
  'MATCH (n) WITH 1 AS n OPTIONAL MATCH (m) RETURN m',
  'MATCH (n) CALL { MATCH (m) RETURN m } RETURN m',
  'MATCH (n) CALL () { MATCH (m) RETURN m UNION MATCH (k) RETURN k AS m } RETURN m',
  'MATCH (n) RETURN COLLECT { MATCH (m) RETURN m.name }',
  'MATCH (n) RETURN [(n)--(m) | m.name]',
  'MATCH (n) RETURN [(m)--(k) | [m.name, k.name]]',
  'MATCH (n) RETURN [(n) | n]',
  'MATCH (n) WHERE (n)--() RETURN n {.*}, properties(n)',
  'MATCH (n) WHERE NOT EXISTS { MATCH (m) WHERE m.name = n.name AND m <> n } RETURN n.name',
  'MATCH (n) RETURN COUNT { MATCH (m) WHERE m.name ENDS WITH "of-another-workspace" } AS c',
  'MATCH (n) WHERE elementId(n) <> "" RETURN n',
  'MATCH p = shortestPath((a)-[*1..6]-(b)) RETURN [x IN nodes(p) | x.name]',
  'MATCH p = (a) ((x)-[:CALLS]->(y)){1,3} (b) RETURN p, [n IN x | n.name], [n IN y | n.doc]',
  'MATCH (n)-[r]->() RETURN endNode(r)',
  'MATCH (a), (b) RETURN a.name AS x UNION MATCH (c) RETURN c.name AS x',
  "MATCH (n {name: 'x\\u0027}) MATCH (m) RETURN m //'}) RETURN n",
  "MATCH (n) WHERE n.name = 'x\\\\' RETURN n UNION MATCH (n) RETURN n",
  'MATCH (n) RETURN n.name AS `x} MATCH (m) RETURN m //`',
  'MATCH (n:!Test&%) RETURN labels(n), n.file, n.doc',
] as const;
