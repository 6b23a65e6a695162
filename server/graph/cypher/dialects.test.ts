import { describe, expect, it } from 'vitest';
import { UserError } from '../../protocol/user-error.ts';
import { prepareQuery, type Engine } from './prepare.ts';

const text = (engine: Engine, query: string) =>
  prepareQuery(query, { engine, rowLimit: 9, parameters: { p: "it's" } })
    .text.replaceAll('`', '')
    .replaceAll('workspace: $weft_workspace', 'w')
    .replace(/ LIMIT 10$/, '');
const ladybug = (query: string) => text({ name: 'ladybug' }, query);
const neo4j = (query: string) => text({ name: 'neo4j', workspace: 'own' }, query);

describe('both engines are given', () => {
  it.each([
    ['MATCH (n) RETURN type(n)', undefined],
    ['MATCH (n {}) RETURN id(n)', 'RETURN n.id'],
    ['MATCH ()-[r]->() RETURN type(r)', 'RETURN r.kind'],
    ['MATCH (n) RETURN labels(n)', 'RETURN CASE WHEN n IS NOT NULL THEN [n.kind] END'],
    ['MATCH (n) WHERE n:Test RETURN 1', "WHERE n.kind = 'Test'"],
    ['MATCH (n) WHERE n:Test|Class RETURN 1', "WHERE n.kind IN ['Class', 'Test']"],
    ['MATCH (n) WHERE 1 < n.startLine <= 2 RETURN 1', 'WHERE (1 < n.startLine) AND (n.startLine <= 2)'],
    ['MATCH (n), (m) WHERE n = m RETURN 1', 'WHERE n.id = m.id'],
    ['MATCH (n) RETURN n.name AS x ORDER BY n.name, n', 'RETURN n.name AS x ORDER BY x, n.id'],
    ['MATCH (n) RETURN exists(n.doc)', 'RETURN n.doc IS NOT NULL'],
    ['MATCH (n) RETURN n["name"]', 'RETURN n.name'],
    ['MATCH (n) RETURN isEmpty(n.name)', 'RETURN size(n.name) = 0'],
    [
      'MATCH (n) RETURN +n.startLine, n.name || "x"',
      "RETURN n.startLine AS weft_column1, n.name + 'x' AS weft_column2",
    ],
  ])('%s', (query, end) => {
    if (end === undefined) {
      expect(() => ladybug(query)).toThrow(UserError);
      expect(() => neo4j(query)).toThrow(UserError);
      return;
    }
    expect(ladybug(query)).toContain(end);
    expect(neo4j(query)).toContain(end);
  });
});

describe('each engine is given its own form', () => {
  it.each([
    [
      'MATCH (a)-[:CALLS*1..3]->(b) RETURN 1',
      'MATCH (a)-[:CALLS* TRAIL 1..3]->(b) RETURN 1',
      'MATCH (a {w})-[:CALLS*1..3]->(b {w}) RETURN 1',
    ],
    [
      'MATCH (a)-[:CALLS]->{1,3}(b) RETURN 1',
      'MATCH (a)-[:CALLS* TRAIL 1..3]->(b) RETURN 1',
      'MATCH (a {w})-[:CALLS]->{1,3}(b {w}) RETURN 1',
    ],
    [
      'MATCH p = shortestPath((a)-[:CALLS*]->(b)) WHERE a.exported RETURN p',
      'MATCH p = (a)-[:CALLS* SHORTEST 1..30]->(b) WHERE a.exported RETURN p',
      'MATCH p = SHORTEST 1 (a {w})-[:CALLS]->{1,30}(b {w}) WHERE (a.id <> b.id) AND a.exported RETURN p',
    ],
    [
      'MATCH (a), p = allShortestPaths((a)-[:CALLS*..4]-(b)) RETURN p',
      'MATCH (a), p = (a)-[:CALLS* ALL SHORTEST 1..4]-(b) RETURN p',
      'MATCH (a {w}) MATCH p = ALL SHORTEST (a {w})-[:CALLS]-{1,4}(b {w}) WHERE a.id <> b.id RETURN p',
    ],
    [
      'MATCH (a)-[:CALLS]->()<-[:CALLS]-(b) RETURN 1',
      'MATCH (a)-[weft_relationship1:CALLS]->()<-[weft_relationship2:CALLS]-(b) WHERE id(weft_relationship1) <> id(weft_relationship2) RETURN 1',
      'MATCH (a {w})-[:CALLS]->( {w})<-[:CALLS]-(b {w}) RETURN 1',
    ],
    [
      'MATCH (a WHERE a.exported)-[:CALLS]->(:Test WHERE true) RETURN 1',
      'MATCH (a)-[:CALLS]->(weft_node1:Test) WHERE a.exported AND true RETURN 1',
      'MATCH (a {w} WHERE a.exported)-[:CALLS]->(:Test {w} WHERE true) RETURN 1',
    ],
    [
      'MATCH (a) OPTIONAL MATCH (a:Test {name: "x"})-->(b) RETURN 1',
      "MATCH (a) OPTIONAL MATCH (a)-[]->(b) WHERE (a.kind IN ['Test']) AND (a.name = 'x') RETURN 1",
      "MATCH (a {w}) OPTIONAL MATCH (a:Test {name: 'x', w})-[]->(b {w}) RETURN 1",
    ],
    [
      'RETURN [x IN [1, 2] WHERE x > 1 | x + 1]',
      'RETURN list_transform(list_filter([1, 2][1..9223372036854775807], x -> x > 1)[1..9223372036854775807], x -> x + 1)',
      'RETURN [x IN [1, 2] WHERE x > 1 | x + 1]',
    ],
    [
      'RETURN any(x IN ["a"] WHERE x = $p)',
      "RETURN any(x IN ['a'] WHERE x = 'it\\'s')",
      "RETURN any(x IN ['a'] WHERE x = $p)",
    ],
    [
      'UNWIND [[1]] AS l RETURN l[0]',
      'UNWIND [[1]] AS l RETURN CASE WHEN size(l) > 0 THEN list_any_value(l[1..1]) END',
      'UNWIND [[1]] AS l RETURN l[0]',
    ],
    ['RETURN [1, 2][0..1]', 'RETURN [1, 2][1..1]', 'RETURN [1, 2][0..1]'],
    ['RETURN substring("ab", 1)', "RETURN substring('ab', 1 + 1, 1000000)", "RETURN substring('ab', 1)"],
    [
      'MATCH (n) RETURN sum(n.startLine)',
      'MATCH (n) RETURN coalesce(sum(n.startLine), 0)',
      'MATCH (n {w}) RETURN sum(n.startLine)',
    ],
    [
      'MATCH (n) WITH n ORDER BY n.name RETURN n',
      'MATCH (n) WITH n ORDER BY n.name LIMIT 9223372036854775807 RETURN n',
      'MATCH (n {w}) WITH n ORDER BY n.name RETURN n',
    ],
    [
      'MATCH (n) WHERE EXISTS { MATCH (n)-->(m) RETURN m } RETURN 1',
      'MATCH (n) WHERE EXISTS { MATCH (n)-[]->(m) } RETURN 1',
      'MATCH (n {w}) WHERE EXISTS { MATCH (n {w})-[]->(m {w}) RETURN m } RETURN 1',
    ],
  ])('for %s', (query, embedded, server) => {
    expect(ladybug(query)).toBe(embedded);
    expect(neo4j(query)).toBe(server);
  });

  it.each([
    ['MATCH (n) CALL (n) { RETURN 1 AS x } RETURN x', /COUNT \{ MATCH … \}/],
    ['MATCH (n) RETURN COLLECT { MATCH (n)-->(m) RETURN m.name }', /collect\(b\.name\)/],
    ['MATCH (n) RETURN [(n)-->(m) | m.name]', /collect\(b\.name\)/],
    ['MATCH (n) RETURN [x IN [1, 2] WHERE x = n.startLine | x]', /UNWIND the list AS x/],
    ['MATCH (n) RETURN any(x IN [1, 2] WHERE n.exported)', /joined by AND/],
    ['MATCH (n) RETURN [x IN [1] | [y IN [2] | x + y]]', /UNWIND the outer list/],
    ['MATCH (n) RETURN [x IN [1] | COUNT { (n)-->() }]', /UNWIND the list, then MATCH/],
    ['MATCH ((a)-[:CALLS]->(b)){1,2} RETURN a', /-\[:CALLS\*1\.\.3\]->/],
    ['MATCH (n) RETURN COUNT { MATCH (n)-->(m) RETURN DISTINCT m }', /one MATCH only/],
    ['RETURN toString(1.5)', /return the number itself/],
  ])('or, where the embedded store reads none, a way around: %s', (query, says) => {
    expect(() => ladybug(query)).toThrow(says);
    expect(() => neo4j(query)).not.toThrow();
  });
});
