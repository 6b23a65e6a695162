import { createRequire } from 'node:module';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Graph } from '../../server/graph/graph.ts';
import { queryExamples } from '../../server/graph/query-examples.ts';
import { Store } from '../../server/graph/store/store.ts';
import { FLAG } from '../../server/index/facts.ts';
import { FactsBuilder } from '../../server/index/facts-builder.ts';
import { EdgeTable } from '../../server/link/edges.ts';
import { packSymbols } from '../../server/link/pack-symbols.ts';
import { Program } from '../../server/link/program.ts';

/** What every store of the graph does. A second one is one entry more. */
const STORES: { name: string; missing: () => string | undefined; open: (folder: string) => Store }[] = [
  {
    name: 'LadybugDB',
    missing() {
      try {
        createRequire(import.meta.url).resolve('@ladybugdb/core');
        return undefined;
      } catch {
        return 'no LadybugDB for this platform; type: npm install';
      }
    },
    open: (folder) => new Store(folder),
  },
];

interface Declared {
  name: string;
  doc?: string;
  signature?: string;
}

/** A module whose functions are declared here; each calls the next, as often as its number says. */
function graphOf(declared: readonly Declared[], version: string, numbered = false): Graph {
  const builder = new FactsBuilder('m.ts', '\n\n\n', 'typescript');
  declared.forEach(({ name, doc, signature = 'f()' }, i) =>
    builder.addSymbol({
      ...(numbered ? { qualifiedName: String(i) } : {}),
      ...{ kind: 'Function', name, signature, ...(doc === undefined ? {} : { doc }) },
      ...{ start: 1, end: 2, nameStart: 1, flags: FLAG.exported },
    }),
  );
  const program = new Program(new Map([['m.ts', builder.finish(false)]]), new Map());
  const edges = new EdgeTable();
  declared.slice(1).forEach((_, i) => {
    for (let n = 0; n <= i; n++)
      edges.add({
        ...{ kind: 'CALLS', form: 'call', from: i + 1, to: i + 2, line: 4 + n, column: 7 },
        ...{ tier: 'scope', confidence: 0.9, reason: `the "${declared[i + 1]?.name}" in scope` },
      });
  });
  return new Graph(
    {
      symbols: packSymbols(program),
      ...{ edges: edges.finish(), unresolved: { rows: new Int32Array(), names: [] } },
    },
    version,
  );
}

const LIMITS = { deadlineMs: 20_000, rowLimit: 1_000 };

/** The examples that a graph of exported functions and calls has an answer to. */
const OF_FUNCTIONS = new Set([
  'Where is it, and what is it?',
  'Who calls it, candidates by name alone left out?',
  'Which functions of a file did no test execute?',
  'What does it depend on?',
  'What does a file offer to others?',
  'Is there something like it already?',
  'Which exported functions say nothing of themselves?',
]);

describe.each(STORES)('$name', ({ name, missing, open }) => {
  const why = missing();
  if (why !== undefined) {
    it(`is on this machine (${why})`, (context) => {
      if (process.env.WEFT_REQUIRE === 'all') throw new Error(why);
      context.skip(why);
    });
    return;
  }

  let folder: string;
  let store: Store;
  const graph = graphOf(
    [{ name: 'one', doc: 'Says "hi",\nover two lines.' }, { name: 'two' }, { name: 'three' }],
    'v1',
  );
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "weft-it's ü "));
    store = open(folder);
    expect(store.version).toBeUndefined();
    expect(await store.write(graph)).toBe('written');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const ask = (cypher: string, options: Partial<Parameters<Store['query']>[1]> = {}) =>
    store.query(cypher, { ...LIMITS, ...options });

  it('knows its version, and writes nothing when it is current', async () => {
    expect(store.version).toBe('v1');
    expect(await store.write(graph)).toBe('current');
  });

  it.each<[string, string, unknown[][]]>([
    [
      'properties of nodes, lines from 1',
      'MATCH (f:Function) WHERE f.name = "one" RETURN f.id, f.kind, f.qualifiedName, f.file, f.startLine, f.endLine, f.exported, f.language, f.doc',
      [['m.ts#one', 'Function', 'one', 'm.ts', 2, 3, true, 'typescript', 'Says "hi",\nover two lines.']],
    ],
    [
      'properties of relationships: the first site and the count',
      'MATCH (a)-[r:CALLS]->(b) RETURN a.name, r.kind, r.form, r.`line`, r.`column`, r.`count`, r.tier, r.confidence, r.reason, b.name ORDER BY a.id',
      [
        ['one', 'CALLS', 'call', 5, 7, 1, 'scope', 0.9, 'the "two" in scope', 'two'],
        ['two', 'CALLS', 'call', 5, 7, 2, 'scope', 0.9, 'the "three" in scope', 'three'],
      ],
    ],
    [
      'paths of several calls',
      'MATCH (a:Function {name: "one"})-[:CALLS*1..3]->(b) RETURN b.name ORDER BY b.name',
      [['three'], ['two']],
    ],
    ['an empty text as null', 'MATCH (f:Function {name: "two"}) RETURN f.doc', [[null]]],
    [
      'null where an optional match finds nothing',
      'MATCH (a:Function {name: "three"}) OPTIONAL MATCH (a)-[:CALLS]->(b) RETURN a.name, b.name',
      [['three', null]],
    ],
    ['counts', 'MATCH (f:Function) RETURN count(*)', [[3]]],
    [
      'the functions that the two stores spell differently',
      "MATCH (f:Function {name: 'one'}) RETURN toString(f.startLine), toInteger('7'), split('a.b', '.'), head(['x'])",
      [['2', 7, ['a', 'b'], 'x']],
    ],
    [
      'labels and types as lists and texts',
      'MATCH (a {name: "one"})-[r]->(b:!Class) RETURN labels(a), type(r), id(b)',
      [[['Function'], 'CALLS', 'm.ts#two']],
    ],
    [
      'label tests',
      'MATCH (n) WHERE n:Function AND NOT n:Class|Test RETURN n.name ORDER BY n.name',
      [['one'], ['three'], ['two']],
    ],
    [
      'shortest paths',
      'MATCH p = shortestPath((a {name: "one"})-[:CALLS*1..3]->(b {name: "three"})) RETURN length(p), [x IN nodes(p) | x.name]',
      [[2, ['one', 'two', 'three']]],
    ],
    [
      'paths that take no relationship twice',
      'MATCH (a)-[r:CALLS]-(b)-[s:CALLS]-(c) RETURN a.name, c.name ORDER BY a.name',
      [
        ['one', 'three'],
        ['three', 'one'],
      ],
    ],
    [
      'lists from 0',
      'RETURN [1, 2, 3][0], [1, 2, 3][-1], [1, 2, 3][7], [1, 2, 3][1..], [x IN [1, 2] WHERE x > 1 | x * 2], substring("abc", 1)',
      [[1, 3, null, [2, 3], [4], 'bc']],
    ],
    [
      'sums and lists of nothing',
      'MATCH (n:Class) RETURN sum(n.startLine), collect(n.name), count(*)',
      [[0, [], 0]],
    ],
    ['two columns of one text', 'MATCH (n {name: "one"}) RETURN n.startLine, n.`startLine`', [[2, 2]]],
    ['no row where nothing fits', 'MATCH (f:Function {name: "none"}) RETURN f.name', []],
  ])('answers %s', async (_, cypher, rows) => {
    expect((await ask(cypher))?.rows).toEqual(rows);
  });

  it('names columns as they are written, and takes parameters of each kind', async () => {
    const answer = await ask(
      'MATCH (f:Function) WHERE f.name = $n RETURN f.name AS who, f.startLine + $add, $yes',
      {
        parameters: { n: 'one', add: 1, yes: true },
      },
    );
    expect(answer).toEqual({
      columns: ['who', 'f.startLine + $add', '$yes'],
      rows: [['one', 3, true]],
      truncated: false,
    });
  });

  it.each(queryExamples)('runs the example "$question"', async ({ question, cypher }) => {
    const given = { name: 'two', file: 'm.ts', test: 'none', word: 'T' };
    const parameters = Object.fromEntries(
      Object.entries(given).filter(([parameter]) => cypher.includes(`$${parameter}`)),
    );
    const answer = await ask(cypher, { parameters });
    expect((answer?.rows ?? []).length > 0).toBe(OF_FUNCTIONS.has(question));
  });

  it.each<[cypher: string, says: string, near: string[], hint: RegExp]>([
    ['MATCH (n:Funtion) RETURN n', 'did you mean Function?', ['Function'], /there are Module, Class/],
    ['MATCH (a)-[r:CALL]->(b) RETURN a.id', 'did you mean CALLS?', ['CALLS'], /no relationship type/],
    ['MATCH (n:Test) RETURN n.nme', 'did you mean name?', ['name'], /no property of a node/],
    ['MATCH (a)-[r:CALLS]->(b) RETURN r.tiers', 'did you mean tier?', ['tier'], /property of a relationship/],
    ['MATCH (fn:Function) RETURN fm.name', 'did you mean fn?', ['fn'], /bind "fm" in a MATCH/],
    ['MATCH ()-[r:CALLS]->() RETURN elementId(r)', 'elementId( … ) takes a node', [], /n\.id/],
    ['MATCH (n) RETURN [(n)-->(m) | m.name]', 'OPTIONAL MATCH', [], /collect\(b\.name\)/],
    ['MATCH (n) CALL { WITH n RETURN 1 AS x } RETURN x', 'COUNT { MATCH … }', [], /OPTIONAL MATCH/],
    ['UNWIND [1, "a"] AS x RETURN x', 'must be of one type', [], /one type/],
    [
      'MATCH (n) WITH collect(n) AS l UNWIND l AS m MATCH (m)-->(x) RETURN x',
      'match it anew by its id',
      [],
      /x\.id/,
    ],
    ['MATCH (n:Test) RETURN n.name + n.startLine', 'toString(x)', [], /do not mix/],
    ['MATCH (n:Test) RETURN n LIMIT $k', 'give its value', [], /--param k=/],
    ['MATCH (n:Test) SET n.name = "x" RETURN n', '"SET" is not allowed', [], /^allowed are MATCH, OPTIONAL/],
    ['MATCH (n:Test RETURN n', 'a bracket is not closed', [], /^allowed are/],
  ])('says how to correct %s', async (cypher, says, near, hint) => {
    await expect(ask(cypher)).rejects.toMatchObject({
      reason: 'badInput',
      message: expect.stringContaining(says) as string,
      details: { ...(near.length > 0 ? { near } : {}), hint: expect.stringMatching(hint) as string },
    });
  });

  it('cuts at the limit of rows, and says so', async () => {
    const cut = await ask('MATCH (f:Function) RETURN f.name ORDER BY f.name', { rowLimit: 2 });
    expect(cut).toMatchObject({ rows: [['one'], ['three']], truncated: true });
    const whole = await ask('MATCH (f:Function) RETURN f.name', { rowLimit: 3 });
    expect(whole).toMatchObject({ truncated: false });
    expect(whole?.rows).toHaveLength(3);
  });

  it('ends a query whose answer would be too long to hold', async () => {
    const long =
      'UNWIND range(1, 1000) AS a WITH a, [x IN range(1, 20000) | x + 1000000000000] AS l RETURN a, l';
    await expect(ask(long)).rejects.toMatchObject({
      reason: 'notAchieved',
      message: expect.stringContaining('longer than 32 MB') as string,
    });
  });

  it('ends a query that goes on for too long', async () => {
    const long =
      'UNWIND range(1,90000) AS a UNWIND range(1,90000) AS b UNWIND range(1,90000) AS c RETURN a+b+c AS x, count(*) AS n ORDER BY n';
    await expect(ask(long, { deadlineMs: 1_000 })).rejects.toMatchObject({ reason: 'notAchieved' });
  });

  it('ends a query that is cancelled', async () => {
    const abort = new AbortController();
    const asked = ask('MATCH (n) RETURN n', { signal: abort.signal });
    abort.abort();
    await expect(asked).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it.each([
    'CREATE (:Function {id: "x"})',
    'MATCH (f:Function) SET f.name = "x" RETURN f',
    'MATCH (f:Function) DETACH DELETE f',
    'MERGE (f:Function {id: "x"}) RETURN f',
    'MATCH (f:Function) REMOVE f.name RETURN f',
    'COPY Function TO "/tmp/out.csv"',
    'LOAD FROM "/etc/passwd" RETURN *',
    'DROP TABLE Function',
    'CALL show_tables() RETURN *',
    'MATCH (f) RETURN f; MATCH (g) DELETE g',
  ])('refuses %s, in one line', async (cypher) => {
    const refused = await ask(cypher).catch((error: unknown) => error);
    expect(refused).toMatchObject({ reason: 'badInput' });
    expect(String((refused as Error).message)).not.toContain('\n');
  });

  it('holds what it held before the refused writes', async () => {
    expect((await ask('MATCH (f:Function) RETURN count(*)'))?.rows).toEqual([[3]]);
  });

  it('says in one line what is wrong with a query', async () => {
    await expect(ask('MATCH (f:Nothing) RETURN f')).rejects.toMatchObject({ reason: 'badInput' });
    await expect(ask('MATCH (f:Function RETURN f')).rejects.toMatchObject({ reason: 'badInput' });
  });

  // NUL and halves of surrogate pairs stand in no text that was read from a file; a store may drop or replace them.
  const wild = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({
      unit: fc.constantFrom('"', "'", '\\', '`', ',', '\n', '\r', '\0', '\ud800', '😀', '$', '{', '/'),
    }),
    fc.constantFrom('""', '\\"', '\r\n', 'NULL', '"a,b"', '\\n', '-', '  x  ', 'x'.repeat(70_000)),
  );
  const asRead = (text: string) => Buffer.from(text.replaceAll('\0', '')).toString() || null;

  it('gives wild names back as they were', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(wild, wild, wild), { minLength: 30, maxLength: 60 }),
        async (texts) => {
          const at = mkdtempSync(path.join(os.tmpdir(), 'weft-'));
          try {
            const declared = texts.map(([name, doc, signature]) => ({
              ...{ name, doc: doc.slice(0, 400), signature: signature.slice(0, 200) },
            }));
            const own = open(at);
            expect(await own.write(graphOf(declared, 'v', true))).toBe('written');
            const rows = await own.query(
              'MATCH (f:Function) RETURN f.id, f.name, f.doc, f.signature',
              LIMITS,
            );
            const byId = new Map(rows?.rows.map(([id, ...rest]) => [id, rest]));
            expect(byId.size).toBe(texts.length);
            declared.forEach(({ name, doc, signature }, i) =>
              expect(byId.get(`m.ts#${i}`)).toEqual([name, doc, signature].map(asRead)),
            );
            const text = texts.find(([given]) => asRead(given) === given && given.length < 1_000)?.[0];
            if (text === undefined) return;
            const found = await own.query('MATCH (f:Function) WHERE f.name = $text RETURN DISTINCT f.name', {
              ...LIMITS,
              parameters: { text },
            });
            expect(found?.rows).toEqual([[text]]);
          } finally {
            rmSync(at, { recursive: true, force: true });
          }
        },
      ),
      { numRuns: 3 },
    );
  });

  it('is replaced as a whole, and keeps nothing of the one before', async () => {
    const before = name === 'LadybugDB' ? readdirSync(path.join(folder, 'store')).length : 0;
    expect(await store.write(graphOf([{ name: 'other' }], 'v2'))).toBe('written');
    expect(store.version).toBe('v2');
    expect((await ask('MATCH (f:Function) RETURN f.name'))?.rows).toEqual([['other']]);
    if (name === 'LadybugDB') expect(readdirSync(path.join(folder, 'store'))).toHaveLength(before);
  });
});
