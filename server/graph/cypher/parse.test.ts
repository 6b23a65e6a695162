import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from './parse.ts';
import { print } from './print.ts';
import { Refusal } from './refusal.ts';
import { descendants } from './walk.ts';

const QUERIES = [
  'MATCH (a:Function|Method {name: $x})-[r:CALLS*1..3]->(b) WHERE NOT (a)-->(b) RETURN DISTINCT b.name AS `the n` ORDER BY b.name DESC SKIP 2 LIMIT 3',
  'MATCH (a)<-[:A|B]-(b)--(c), p = (x:!A&(B|C) WHERE x.y > 1)-[r WHERE r.z = 2]-(y) RETURN *',
  'MATCH p = shortestPath((a)-[:X*..3]-(b)) RETURN length(p)',
  'MATCH p = ALL SHORTEST (a)-[:X]->+(b) RETURN p',
  'MATCH (a)-[:X]->{1,3}(b)-[]->*(c) RETURN c',
  'MATCH (s) ((a)-[:X]->(b) WHERE a.x = 1){1,3} (e) RETURN a, b',
  'OPTIONAL MATCH (n) WITH *, n.x AS y WHERE y > 1 RETURN y, count(*), count(DISTINCT n)',
  'UNWIND [1, 2.5, 1e3, 0x1F, null, true, "a", $p] AS x RETURN x UNION ALL RETURN 1 AS x UNION RETURN 2 AS x',
  'RETURN [x IN l WHERE x > 1 | x * 2], [x IN l], [(a)-->(b) WHERE b.x = 1 | b.y], [p = (a)--() | length(p)]',
  'RETURN n {.a, .*, b: 1, c}, {a: {b: []}}, l[0], l[1..2], l[..-1], l[1..], n.a.b[0].c',
  'RETURN CASE x WHEN 1 THEN 2 ELSE 3 END, CASE WHEN a OR b XOR c AND NOT d THEN 1 END',
  'RETURN all(x IN l WHERE x), any(x IN l WHERE x), none(x IN l WHERE x), single(x IN l WHERE x)',
  'RETURN 1 + 2 * 3 ^ 4 - -5 % 6, a < b <= c, a = b, a STARTS WITH b, a ENDS WITH b, a CONTAINS b, a =~ b, a IN b',
  'RETURN x IS NULL, x IS NOT NULL, NOT x IS NULL, n:A, n:A|B, n:!A',
  'RETURN EXISTS { (a)-->(b) WHERE b.x = 1 }, COUNT { MATCH (a) }, COLLECT { MATCH (a) RETURN a.x }, exists((a)-->())',
  'MATCH (n) CALL (n) { MATCH (n)-->(m) RETURN m } RETURN m',
  'MATCH (n) CALL { WITH n MATCH (n)-->(m) RETURN m UNION RETURN n AS m } RETURN m',
  'MATCH (`match`:`Class`) RETURN `match`.`order by` AS `a b`, "é😀" // the end',
];

const withoutPlaces = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, inner: unknown) =>
      ['start', 'end', 'span'].includes(key) ? undefined : typeof inner === 'bigint' ? String(inner) : inner,
    ),
  );

describe('parse', () => {
  it.each(QUERIES)('reads %s the same after it was written anew', (query) => {
    const tree = parse(query);
    expect(withoutPlaces(parse(print(tree).text))).toEqual(withoutPlaces(tree));
  });

  it.each(QUERIES)('knows where everything of %s stands', (query) => {
    for (const node of descendants(parse(query))) {
      expect(node.start).toBeLessThan(node.end);
      expect(node.end).toBeLessThanOrEqual(query.length);
      for (const child of descendants(node)) {
        expect(child.start).toBeGreaterThanOrEqual(node.start);
        expect(child.end).toBeLessThanOrEqual(node.end);
      }
    }
  });

  it('gives operators their order', () => {
    const text = (query: string) => print(parse(query)).text;
    expect(text('RETURN 1 + 2 * 3')).toBe('RETURN 1 + (2 * 3)');
    expect(text('RETURN a OR b AND NOT c = d')).toBe('RETURN `a` OR (`b` AND (NOT (`c` = `d`)))');
    expect(text('RETURN a + b IN c')).toBe('RETURN (`a` + `b`) IN `c`');
    expect(text('RETURN a - (b - c)')).toBe('RETURN `a` - (`b` - `c`)');
    expect(text('RETURN a - b - c')).toBe('RETURN `a` - `b` - `c`');
  });

  it('tells a pattern from a subtraction', () => {
    const kinds = (query: string) => [...descendants(parse(query))].map(({ kind }) => kind);
    expect(kinds('RETURN (a)--(b)')).toContain('patternExpression');
    expect(kinds('RETURN (a)<-[:X]-(b)')).toContain('patternExpression');
    expect(kinds('RETURN (a) - (b)')).not.toContain('patternExpression');
    expect(kinds('RETURN (a) < -(b)')).not.toContain('patternExpression');
    expect(kinds('RETURN (a.x)-1')).not.toContain('patternExpression');
  });

  it.each([
    ['MATCH (n)\n  RETRUN n', 'a clause or the end', 12],
    ['MATCH (n RETURN n', 'a bracket is not closed', 6],
    ['MATCH (n) RETURN n)', 'closes no bracket', 18],
    ['MATCH (n) RETURN', 'it ends where a value', 16],
    ['MATCH (n) RETURN n.', 'a property', 19],
    ["RETURN 'a", 'a string is not closed', 7],
    ["RETURN 'a\\d'", 'is no escape', 7],
    ['RETURN `a', 'not closed', 7],
    ['RETURN `a\u200bb`', 'invisible', 7],
    ['RETURN \\u0027', 'escapes can stand in strings only', 7],
    ['RETURN 12abc', 'a number runs into a name', 7],
    ['RETURN 99999999999999999999', 'larger than an integer', 7],
    ['RETURN 1; RETURN 2', 'several statements', 10],
    ['MATCH (a)(b) RETURN a', 'side by side', 9],
  ])('refuses %j with its place', (query, why, start) => {
    const refusal = refusalOf(query);
    expect(refusal?.message).toContain(why);
    expect(refusal?.span?.start).toBe(start);
  });

  it.each([
    ['brackets', `RETURN ${'('.repeat(9_000)}1${')'.repeat(9_000)}`],
    ['lists', `RETURN ${'['.repeat(9_000)}${']'.repeat(9_000)}`],
    ['maps in nodes', `MATCH ${'({a: '.repeat(2_000)}1${'})'.repeat(2_000)} RETURN 1`],
    ['negations', `RETURN ${'NOT '.repeat(4_000)}true`],
    ['signs', `RETURN ${'- '.repeat(9_000)}1`],
    ['labels', `MATCH (n:${'!'.repeat(15_000)}A) RETURN n`],
    ['subqueries', `RETURN ${'EXISTS { MATCH (a) WHERE '.repeat(700)}true${'}'.repeat(700)}`],
    ['sums', `RETURN ${'1+'.repeat(9_000)}1`],
    ['properties', `RETURN a${'.b'.repeat(9_000)}`],
  ])('refuses %s without end instead of running out of its stack', (_, query) => {
    expect(refusalOf(query)?.message).toMatch(/nested deeper|one chain/);
  });

  it('ends for every text, with a tree or a refusal', () => {
    const pieces = fc.constantFrom(
      ...[
        'MATCH',
        'RETURN',
        'WHERE',
        'WITH',
        'AS',
        '(',
        ')',
        '[',
        ']',
        '{',
        '}',
        '-',
        '<',
        '>',
        '--',
        '->',
        '*',
        '|',
      ],
      ...[
        ':',
        '.',
        ',',
        '..',
        '=',
        '=~',
        'n',
        'a',
        '1',
        "'x'",
        '$p',
        'IN',
        'NOT',
        'EXISTS',
        'count',
        '`q`',
        ' ',
        '//',
        '\\',
        '"',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (words) => {
        const query = words.join(' ');
        const tree = treeOf(query);
        if (tree) expect(withoutPlaces(parse(print(tree).text))).toEqual(withoutPlaces(tree));
      }),
      { numRuns: 2_000 },
    );
  });
});

function treeOf(query: string) {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function refusalOf(query: string): Refusal | undefined {
  try {
    parse(query);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
