import { describe, expect, it } from 'vitest';
import { UserError } from '../protocol/user-error.ts';
import { checkReadOnly } from './read-only-cypher.ts';

const HOSTILE = [
  '',
  '   ;  ',
  'CREATE (n:Function {id: "x"})',
  'MATCH (n) DELETE n',
  'MATCH (n) DETACH DELETE n',
  'MATCH (n) SET n.name = "x" RETURN n',
  'MATCH (n) REMOVE n.name RETURN n',
  'MERGE (n:Class {id: "x"}) RETURN n',
  'MATCH (n) MERGE (m:Class {id: "x"}) RETURN m',
  'COPY (MATCH (n) RETURN n) TO "/tmp/x.csv"',
  "EXPORT DATABASE '/tmp/x'",
  "IMPORT DATABASE '/tmp/x'",
  "LOAD FROM '/etc/passwd' RETURN *",
  "MATCH (n) LOAD FROM '/etc/passwd' RETURN *",
  "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l",
  "MATCH (n) LOAD CSV FROM 'http://h/x' AS l RETURN l",
  'INSTALL httpfs',
  "LOAD EXTENSION '/tmp/evil.so'",
  "ATTACH '/tmp/other.db' AS o (dbtype lbug)",
  'USE other MATCH (n) RETURN n',
  'CALL timeout=0',
  'CALL show_tables() RETURN *',
  'MATCH (n) CALL { CREATE (:X) } RETURN n',
  'MATCH (n) CALL db.labels() YIELD label RETURN label',
  'DROP TABLE Function',
  'ALTER TABLE Function ADD x STRING',
  'CHECKPOINT',
  'BEGIN TRANSACTION',
  'PROFILE MATCH (n) RETURN n',
  'EXPLAIN MATCH (n) RETURN n',
  'CREATE MACRO f(x) AS x + 1',
  'MATCH (n) RETURN n; CREATE (m:Class {id: "x"})',
  'MATCH (n) RETURN n;;',
  'MATCH (n) /* RETURN 1 */ delete n',
  'MATCH (n) WHERE n.name = "a" //\nSET n.name = "b" RETURN n',
  "MATCH (n) WHERE n.name = 'a\\'' SET n.name = \"b\" RETURN n",
  'MATCH (n) FOREACH (x IN [1] | SET n.a = x)',
  'MATCH (n) RETURN n \\u0053ET',
  'UNWIND range(1, 10000000) AS x RETURN x',
  'UNWIND range(1, 10 * 1000000000) AS x RETURN x',
  'UNWIND range(-900000, 900000) AS x RETURN count(x)',
  "RETURN repeat('x', 1000000000)",
  "RETURN nextval('s')",
  'MATCH (n) WITH n, 1. SET n.name = 2 RETURN n',
  'MATCH (n)',
  'match (n) return n limit 1 union create (m) return m',
  'MATCH (n) RETURN `n`; `',
  "MATCH (n) RETURN 'unclosed",
  `RETURN ${'1 + '.repeat(6000)}1`,
];

describe('checkReadOnly refuses', () => {
  it.each(HOSTILE)('%s', (query) => {
    expect(() => checkReadOnly(query, 1000)).toThrow(UserError);
  });
});

describe('checkReadOnly lets through', () => {
  it.each([
    "MATCH (n:Function) WHERE n.name = 'create; DELETE' RETURN n",
    'MATCH (n) WHERE n.doc CONTAINS "SET \\" COPY" RETURN n.set',
    'MATCH (`call`:Function) RETURN `call`.name',
    'MATCH (a)-[r:CALLS*1..3]->(b) RETURN DISTINCT b.id ORDER BY b.id',
    'UNWIND range(1, 10) AS x RETURN x',
    'OPTIONAL MATCH (n:Class) WITH n LIMIT 3 RETURN count(*)',
    'MATCH (f:Function) WHERE NOT EXISTS { MATCH (f)<-[:CALLS]-() } RETURN f.name',
    'MATCH (n) WHERE n.id = $id RETURN n;',
  ])('%s', (query) => {
    expect(checkReadOnly(query, 1000).text).toContain('RETURN');
  });

  it('adds a limit only where there is none after the last RETURN', () => {
    expect(checkReadOnly('MATCH (n) RETURN n SKIP 2', 10).text).toBe('MATCH (n) RETURN n SKIP 2 LIMIT 11');
    expect(checkReadOnly('MATCH (n) WITH n LIMIT 5 RETURN n', 10).text).toMatch(/LIMIT 11$/);
    expect(checkReadOnly('MATCH (n) RETURN n limit 5;', 10).text).toBe('MATCH (n) RETURN n limit 5');
  });

  it('takes comments out of what runs', () => {
    expect(checkReadOnly('MATCH (n) // all\nRETURN /* that */ n', 1).text).not.toMatch(/all|that/);
  });

  it('names columns by their alias or their text', () => {
    const columns = (query: string) => checkReadOnly(query, 1).columns;
    expect(columns('MATCH (a)-[r]->(b) RETURN type(r), count(*) AS n, a.name ORDER BY n DESC')).toEqual([
      'type(r)',
      'n',
      'a.name',
    ]);
    expect(columns('MATCH (a) RETURN DISTINCT {id: a.id, x: [1, 2]} AS `the map`')).toEqual(['the map']);
    expect(columns('MATCH (a) RETURN *')).toBeUndefined();
  });
});
