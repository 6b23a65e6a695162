import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../protocol/user-error.ts';
import { parse } from './parse.ts';
import { prepareQuery } from './prepare.ts';
import { Refusal } from './refusal.ts';
import { someQuery } from './some-query.ts';
import { requireWorkspace, restrictToWorkspace } from './workspace.ts';

const prepare = (query: string, parameters = {}) =>
  prepareQuery(query, { engine: { name: 'neo4j', workspace: 'own' }, rowLimit: 100, parameters });

/** How often a text wants the workspace: read without the parser that is tested. */
const wanted = (text: string) => text.split('`workspace`: $weft_workspace').length - 1;

describe('a query on a store that workspaces share', () => {
  it.each<[string, number]>([
    ['MATCH (n) RETURN n', 1],
    ['MATCH () RETURN count(*)', 1],
    ['MATCH (n {name: "x"}) RETURN n', 1],
    ['MATCH (a)-[:CALLS*1..3]->(b)<--() RETURN a', 3],
    ['MATCH (a), (b) OPTIONAL MATCH (c) RETURN a, b, c', 3],
    ['MATCH (a) WHERE (a)-->() RETURN a', 3],
    ['MATCH (a) WHERE NOT exists((a)-->(:Test)) RETURN a', 3],
    ['MATCH (a) RETURN [(a)-->(b) WHERE EXISTS { (b)-->(c) } | b.name]', 5],
    ['MATCH p = shortestPath((a)-[*1..4]-(b)) RETURN p', 2],
    ['MATCH (a)((x)-[:CALLS]->(y) WHERE EXISTS { (y)-->() }){1,2}(b) RETURN a', 6],
    ['MATCH (a) CALL (a) { MATCH (a)-->(b) RETURN b UNION MATCH (b) RETURN b } RETURN b', 4],
    ['MATCH (a) RETURN COUNT { (a) }, COLLECT { MATCH (b) RETURN b.name }', 3],
    ['MATCH (a WHERE EXISTS { (b) }) RETURN a', 2],
    ['MATCH (a {name: COUNT { (b) } + ""}) RETURN a', 2],
    ['MATCH (a) RETURN a ORDER BY COUNT { (a)-->() }', 3],
    ['MATCH (a) WITH a WHERE (a)-->() RETURN CASE WHEN (a)-->() THEN size((a)-->()) END', 7],
    ['MATCH (a) RETURN [x IN [1] WHERE EXISTS { (b) } | COUNT { (c) }], {k: [COUNT { (d) }]}', 4],
    ['MATCH (a) RETURN a.name AS x UNION ALL MATCH (b) RETURN b.name AS x', 2],
  ])('wants the workspace of each node in %s', (query, nodes) => {
    const { text, parameters } = prepare(query);
    expect(wanted(text)).toBe(nodes);
    expect(parameters).toMatchObject({ weft_workspace: 'own' });
  });

  it.each([
    'MATCH (n {workspace: "other"}) RETURN n',
    'MATCH (n {`workspace`: "other"}) RETURN n',
    'MATCH (n) WHERE n.workspace = "other" RETURN n',
    'MATCH (n) WHERE n["workspace"] = "other" RETURN n',
    'MATCH (n) RETURN n {.workspace}',
    'MATCH (n $properties) RETURN n',
    'MATCH (n {name: $weft_workspace}) RETURN n',
    'MATCH (n {name: $`weft_workspace`}) RETURN n',
    'WITH "other" AS weft_workspace MATCH (n) RETURN n',
    'MATCH (weft_node1) RETURN weft_node1',
    'MATCH (n) RETURN n /* */ ; MATCH (m) RETURN m',
    'MATCH (n) RETURN n // \n; MATCH (m) RETURN m',
    'MATCH (n`}) MATCH (m) RETURN m //`) RETURN n',
    'MATCH (`n\\u0060) MATCH (m) RETURN m //`) RETURN 1',
    'MATCH (`n``) MATCH (m) RETURN m //`) RETURN 1',
    'MATCH (n\\u0029 MATCH (m) RETURN m',
    'MATCH (n) RETURN \\u005b(m) | m]',
    'MATCH (n) RETURN [(n) | n]',
    'MATCH (n:$(labels(n)[0])) RETURN n',
    'MATCH (n:$any($l)) RETURN n',
    'CALL db.labels() YIELD label RETURN label',
    'CALL db.index.fulltext.queryNodes("i", "x") YIELD node RETURN node',
    'CALL apoc.cypher.run("MATCH (n) RETURN n", {}) YIELD value RETURN value',
    'MATCH (n) WITH n CALL apoc.path.expand(n, "", "", 0, 3) YIELD path RETURN path',
    'RETURN apoc.node.degree(1)',
    'MATCH (n)-[r]->() RETURN startNode(r), endNode(r)',
    'MATCH (n) WHERE elementId(n) = "4:x:0" RETURN nodes(n)',
    'USE other MATCH (n) RETURN n',
    'MATCH (n) CALL { USE other MATCH (m) RETURN m } RETURN m',
    'MATCH (n) RETURN graph.byName("neo4j")',
    'SHOW TRANSACTIONS',
    'CYPHER 25 MATCH (n) RETURN n',
    'EXPLAIN MATCH (n) RETURN n',
    'MATCH (n) WHERE n IS NOT :: NODE RETURN n',
    'MATCH (n) RETURN n {workspace: .name}',
    'LET x = 1 RETURN x',
    'MATCH REPEATABLE ELEMENTS (n)-->(m) RETURN m',
    'MATCH ANY (n)-->(m) RETURN m',
    'MATCH SHORTEST 2 (n)-->(m) RETURN m',
    'INSERT (n {workspace: "own"})',
    'MATCH (n) RETURN reduce(m = n, x IN [1] | m)',
  ])('is refused: %s', (query) => {
    expect(() => prepare(query)).toThrow(UserError);
  });

  it.each<[string, string, number]>([
    [
      'a string that looks like the end of a pattern',
      `MATCH (n {name: "x'}) MATCH (m) RETURN m //"}) RETURN n`,
      1,
    ],
    ['an escape for a quote', "MATCH (n {name: 'x\\u0027}) MATCH (m) RETURN m //'}) RETURN n", 1],
    ['a backslash at the end', "MATCH (n {name: 'x\\\\'}) RETURN n", 1],
    ['the escape of an escape', "MATCH (n {name: '\\\\u0027}) MATCH (m) RETURN m //'}) RETURN n", 1],
    ['an alias that looks like a clause', 'MATCH (n) RETURN n.name AS `x MATCH (m) RETURN m //`', 1],
    ['a map with the key', 'MATCH (n) RETURN {workspace: "other", name: n.name} AS m', 1],
    ['a shadowed variable', 'MATCH (n) WITH 1 AS n MATCH (m) RETURN m.name, n', 2],
    ['everything passed on', 'MATCH (n) WITH * MATCH (m) WHERE m <> n RETURN *', 2],
    ['ids', 'MATCH (n) WHERE id(n) = 1 OR elementId(n) = "4:x:0" RETURN n', 1],
  ])('keeps its workspace whatever it holds: %s', (_, query, nodes) => {
    const { text, parameters } = prepare(query);
    expect(wanted(text)).toBe(nodes);
    expect(text).not.toContain('\\');
    expect(parameters.weft_workspace).toBe('own');
  });

  it('wants the workspace of each node in every query that can be made', () => {
    fc.assert(
      fc.property(someQuery, ({ text: query, nodes }) => {
        const { text, parameters } = prepare(query, { p: 1 });
        expect(wanted(text)).toBeGreaterThanOrEqual(nodes);
        expect(() => requireWorkspace(text)).not.toThrow();
        expect(parameters.weft_workspace).toBe('own');
      }),
      { numRuns: 300 },
    );
  });

  it('is not run where a node was forgotten', () => {
    expect(() =>
      requireWorkspace('MATCH (n {`workspace`: $weft_workspace}) RETURN COUNT { MATCH (m) }'),
    ).toThrow(Refusal);
    expect(() => requireWorkspace("MATCH (n {workspace: 'other'}) RETURN n")).toThrow(Refusal);
    expect(() => requireWorkspace('MATCH (n {workspace: $other}) RETURN n')).toThrow(Refusal);
    expect(() => restrictToWorkspace(parse('MATCH (n {workspace: 1}) RETURN n'))).toThrow(Refusal);
  });
});
