import { describe, expect, it } from 'vitest';
import { UserError } from '../../protocol/user-error.ts';
import { prepareQuery } from './prepare.ts';

const prepare = (
  query: string,
  parameters: Record<string, string | number | boolean> = {},
  rowLimit = 1000,
) => prepareQuery(query, { engine: { name: 'ladybug' }, rowLimit, parameters });

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

describe('prepareQuery refuses', () => {
  it.each(HOSTILE)('%s', (query) => {
    expect(() => prepare(query)).toThrow(UserError);
  });

  it.each([
    [
      'a name that is not bound',
      'MATCH (fn:Function) RETURN fm.name',
      /"fm" is not bound here \(line 1, column 28\); did you mean fn\?/,
    ],
    ['a variable that a WITH left behind', 'MATCH (a)-->(b) WITH a RETURN b', /"b" is not bound/],
    [
      'a label that is none',
      'MATCH (n)\nWHERE n:Funtion RETURN n',
      /no label "Funtion" \(line 2, column 9\); did you mean Function\?/,
    ],
    [
      'a type that is none',
      'MATCH ()-[:CALLS|CALL]->() RETURN 1',
      /no relationship type "CALL".*did you mean CALLS\?/,
    ],
    ['labels that no node has together', 'MATCH (n:Class&Test) RETURN n', /a node has one label/],
    [
      'a property that is none',
      'MATCH (n) RETURN n.nme',
      /"nme" is no property of a node.*did you mean name\?/,
    ],
    ['a property in a pattern that is none', 'MATCH ()-[r {tiers: 1}]->() RETURN r', /did you mean tier\?/],
    ['a property of a path', 'MATCH p = (a)-->(b) RETURN p.name', /"?a path has no properties.*nodes\(p\)/],
    ['a function that is not known', 'RETURN toUper("x")', /not allowed.*did you mean toUpper/],
    ['a function with other values', 'RETURN substring("x")', /substring\( … \) takes 2 to 3 values/],
    ['a parameter without a value', 'RETURN $k', /--param k=/],
    ["a parameter of Weft's own", 'RETURN $weft_workspace', /Weft's own/],
    ['a value of WITH without a name', 'MATCH (n) WITH n.name RETURN 1', /write WITH … AS name/],
    ['a word in the place of a clause', 'MATCH (n) WERE n.name = 1 RETURN n', /did you mean WHERE\?/],
    ['a clause in the wrong place', 'UNWIND [1] AS x WHERE x > 0 RETURN x', /WHERE follows MATCH/],
    ['more hops than every store goes', 'MATCH (a)-[*1..31]->(b) RETURN b', /\*1\.\.30/],
    ['parts of a UNION with other names', 'RETURN 1 AS a UNION RETURN 2 AS b', /must return the same names/],
    ['SQL', 'MATCH (n) WHERE n.name LIKE "x%" RETURN n', /CONTAINS/],
    ['a pattern comprehension without a relationship', 'MATCH (n) RETURN [(n) | n]', /"\|" stands where/],
  ])('%s, and says what to write', (_, query, says) => {
    expect(() => prepare(query)).toThrow(says);
  });

  it("a parameter that is given under a name of Weft's own", () => {
    expect(() => prepare('RETURN 1', { weft_workspace: 'other' })).toThrow(UserError);
  });
});

describe('prepareQuery bounds', () => {
  it.each([
    ['texts that double', `WITH "abcd" AS s ${'WITH s + s AS s '.repeat(40)}RETURN size(s)`],
    ['lists that double', `WITH [1] AS l ${'WITH l + l AS l '.repeat(40)}RETURN size(l)`],
    ['lists that hold themselves', `WITH [1] AS l ${'WITH [l, l] AS l '.repeat(40)}RETURN l`],
    [
      'replacements by the text itself',
      `WITH "aaaa" AS s ${'WITH replace(s, "a", s) AS s '.repeat(9)}RETURN s`,
    ],
    ['a list in a list', 'RETURN [x IN range(1, 90000) | [y IN range(1, 90000) | x + y]]'],
    [
      'a list of collected lists',
      'MATCH (n) WITH collect(n) AS l RETURN [x IN l | [y IN l | x.name + y.name]]',
    ],
    ['a pattern on a long text', `RETURN "${'a'.repeat(2000)}" =~ "a*a*a*b"`],
    ['a pattern that repeats a group', 'MATCH (n) WHERE n.name =~ "(a+)+$" RETURN n'],
    ['a pattern of many repetitions', 'MATCH (n) WHERE n.name =~ ".*a.*b.*c.*d.*" RETURN n'],
    ['a pattern that looks ahead', 'MATCH (n) WHERE n.name =~ "(?!x).*" RETURN n'],
    ['a pattern that is computed', 'MATCH (n) WHERE n.name =~ n.doc RETURN n'],
  ])('%s', (_, query) => {
    expect(() => prepare(query)).toThrow(UserError);
  });

  it('values that grow a little', () => {
    const query =
      'MATCH (n) WITH collect(n) AS l RETURN [x IN l WHERE x.name =~ "(?i).*test" | x.file + ":" + x.name]';
    expect(prepare(query).text).toContain('LIMIT 1001');
  });
});

describe('prepareQuery lets through', () => {
  it.each([
    "MATCH (n:Function) WHERE n.name = 'create; DELETE' RETURN n",
    'MATCH (n) WHERE n.doc CONTAINS "SET \\" COPY" RETURN n.name AS set',
    'MATCH (`call`:Function) RETURN `call`.name',
    'MATCH (a)-[r:CALLS*1..3]->(b) RETURN DISTINCT b.id ORDER BY b.id',
    'UNWIND range(1, 10) AS x RETURN x',
    'OPTIONAL MATCH (n:Class) WITH n LIMIT 3 RETURN count(*)',
    'MATCH (f:Function) WHERE NOT EXISTS { MATCH (f)<-[:CALLS]-() } RETURN f.name',
    'MATCH (n) WHERE n.id = $id RETURN n;',
  ])('%s', (query) => {
    expect(prepare(query, { id: 'x' }).text).toContain('RETURN');
  });

  it('gives each part of a query a limit that has none, or a larger one', () => {
    const limits = (query: string, parameters = {}) =>
      [...prepare(query, parameters, 10).text.matchAll(/LIMIT \d+/g)].map(([limit]) => limit);
    expect(limits('MATCH (n) RETURN n SKIP 2')).toEqual(['LIMIT 11']);
    expect(limits('MATCH (n) WITH n LIMIT 5 RETURN n')).toEqual(['LIMIT 5', 'LIMIT 11']);
    expect(limits('MATCH (n) RETURN n limit 5;')).toEqual(['LIMIT 5']);
    expect(limits('MATCH (n) RETURN n LIMIT 1000000')).toEqual(['LIMIT 11']);
    expect(limits('MATCH (n) RETURN n LIMIT $k', { k: 900 })).toEqual(['LIMIT 11']);
    expect(limits('RETURN 1 AS x UNION ALL RETURN 2 AS x LIMIT 1')).toEqual(['LIMIT 11', 'LIMIT 1']);
    expect(prepare('MATCH (n) RETURN n.name AS x UNION RETURN "b" AS x').text).toMatch(
      /DISTINCT .* DISTINCT /,
    );
  });

  it('writes the query anew: no comment and no escape reaches an engine', () => {
    const { text, parameters } = prepare("MATCH (n) // all\nWHERE n.name = 'it\\u0027s' RETURN /* that */ n");
    expect(text).toBe('MATCH (`n`) WHERE `n`.`name` = $weft_1 RETURN `n` LIMIT 1001');
    expect(parameters).toEqual({ weft_1: "it's" });
  });

  it('passes on the parameters that the query names, and no others', () => {
    expect(prepare('RETURN $a', { a: 1, b: 2 }).parameters).toEqual({ a: 1 });
  });

  it('names columns by their alias or their text', () => {
    const columns = (query: string) => prepare(query).columns;
    expect(columns('MATCH (a)-[r]->(b) RETURN type(r), count(*) AS n, a.name ORDER BY n DESC')).toEqual([
      'type(r)',
      'n',
      'a.name',
    ]);
    expect(columns('MATCH (a) RETURN DISTINCT {id: a.id, x: [1, 2]} AS `the map`')).toEqual(['the map']);
    expect(columns('MATCH (a) RETURN *')).toBeUndefined();
  });
});
