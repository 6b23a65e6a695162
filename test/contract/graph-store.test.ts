import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../../server/graph/graph.ts';
import { namedCypher } from '../../server/graph/named-cypher.ts';
import { namedQuery } from '../../server/graph/named-queries.ts';
import { queryExamples } from '../../server/graph/query-examples.ts';
import { parseAddress } from '../../server/graph/store/neo4j/address.ts';
import { Neo4jConnection } from '../../server/graph/store/neo4j/connection.ts';
import { Neo4jStore } from '../../server/graph/store/neo4j/neo4j-store.ts';
import type { AskOptions, GraphStore } from '../../server/graph/store/graph-store.ts';
import { Store } from '../../server/graph/store/store.ts';
import { WorkspaceIndex } from '../../server/services/workspace-index.ts';
import { missingNeo4j, NEO4J_PASSWORD, neo4jForSuite } from './neo4j.ts';
import { keepInWorkspace } from '../../server/services/choose-store.ts';

const LIMITS = { deadlineMs: 20_000, rowLimit: 10_000 };
const FIXTURES = path.resolve(import.meta.dirname, '../fixtures');
const why = missingNeo4j();

/** Every node and every relationship, whole. */
const EVERYTHING = {
  nodes: 'MATCH (n) RETURN n',
  relationships: 'MATCH (a)-[r]->(b) RETURN a.id, r, b.id, b.kind',
};

const sorted = (rows: readonly unknown[][] = []) => rows.map((row) => JSON.stringify(row)).sort();

/** Ids of a graph change with nothing but its sources: a workspace that can be written to, and its graph. */
class Workspace {
  readonly root: string;
  readonly index: WorkspaceIndex;

  constructor(home: string, name: string) {
    this.root = path.join(home, name);
    mkdirSync(this.root, { recursive: true });
    this.write('a.ts', 'export function one() { return two(); }\nfunction two() { return 2; }\n');
    this.index = new WorkspaceIndex(this.root);
  }

  write(file: string, text: string): void {
    writeFileSync(path.join(this.root, file), text);
  }

  graph(): Promise<Graph> {
    return this.index.graph();
  }
}

describe.skipIf(why !== undefined)(`the two stores${why === undefined ? '' : ` (${why})`}`, () => {
  const neo4j = neo4jForSuite();
  const saved = process.env.WEFT_STATE_FOLDER;
  let home: string;
  let stores: readonly [ladybug: GraphStore, neo4j: GraphStore];
  let graph: Graph;
  const opened: GraphStore[] = [];

  const openNeo4j = (owner: string, password = NEO4J_PASSWORD, address = neo4j.server.address) => {
    const store = new Neo4jStore({
      ...{ address: parseAddress(address), password, owner, scope: keepInWorkspace, patienceMs: 30_000 },
    });
    opened.push(store);
    return store;
  };
  const openLadybug = (name: string) => new Store(path.join(home, name));

  beforeAll(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), 'weft-'));
    process.env.WEFT_STATE_FOLDER = path.join(home, 'state');
    const root = path.join(home, 'all');
    for (const name of ['sample', 'languages', 'two-bugs'])
      cpSync(path.join(FIXTURES, name), path.join(root, name), { recursive: true });
    writeFileSync(path.join(root, 'ring.ts'), "import { b } from './gnir';\nexport const a = () => b();\n");
    writeFileSync(path.join(root, 'gnir.ts'), "import { a } from './ring';\nexport const b = () => a();\n");
    const calls = Array.from({ length: 12 }, (_, i) => `export function c${i}() { hub(); }`).join('\n');
    writeFileSync(
      path.join(root, 'hub.ts'),
      `export function hub() {}\n${calls}\nexport class Base { go() {} }\nexport class Own extends Base { constructor() { super(); } go() {} }\n`,
    );
    graph = await new WorkspaceIndex(root).graph();
    stores = [openLadybug('all-store'), openNeo4j('all')];
    for (const store of stores) expect(await store.write(graph)).toBe('written');
  }, 150_000);
  afterAll(async () => {
    for (const store of opened) await store.close();
    if (saved === undefined) delete process.env.WEFT_STATE_FOLDER;
    else process.env.WEFT_STATE_FOLDER = saved;
    rmSync(home, { recursive: true, force: true });
  });

  const askBoth = async (cypher: string, options: Partial<AskOptions> = {}) => {
    const [ladybug, server] = await Promise.all(
      stores.map((store) => store.query(cypher, { ...LIMITS, ...options })),
    );
    return { ladybug, server };
  };

  it('say which version they hold, and write nothing when it is current', async () => {
    for (const store of stores) {
      expect(await store.currentVersion()).toBe(graph.version);
      expect(await store.write(graph)).toBe('current');
    }
  });

  it.each(Object.entries(EVERYTHING))('hold the same %s, all that the graph has', async (what, cypher) => {
    const { ladybug, server } = await askBoth(cypher);
    expect(sorted(server?.rows)).toEqual(sorted(ladybug?.rows));
    const counts = graph.edgeCounts;
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(server?.rows).toHaveLength(what === 'nodes' ? graph.size : all);
  });

  it.each(namedCypher)('answer the named query $name like memory does', async ({ name, cypher, table }) => {
    const { ladybug, server } = await askBoth(cypher);
    expect(sorted(server?.rows)).toEqual(sorted(ladybug?.rows));
    const rows = table ? table(server?.rows ?? []) : server?.rows;
    const expected = namedQuery(graph, name).rows;
    expect(expected.length).toBeGreaterThan(0);
    expect(sorted(rows)).toEqual(sorted(expected));
  });

  it.each(queryExamples)('answer the example "$question" alike', async ({ cypher }) => {
    const given = { name: 'go', file: 'hub.ts', test: 'none', word: 'O' };
    const parameters = Object.fromEntries(
      Object.entries(given).filter(([parameter]) => cypher.includes(`$${parameter}`)),
    );
    // Without an order, a limit may take other rows.
    const { ladybug, server } = await askBoth(cypher.replace(/ LIMIT \d+$/, ''), { parameters });
    expect(server?.columns).toEqual(ladybug?.columns);
    expect(sorted(server?.rows)).toEqual(sorted(ladybug?.rows));
  });

  it.each([
    'MATCH (n:Function) WHERE n.name STARTS WITH $text RETURN n.name, n.startLine + $add, $real, $yes',
    'MATCH (a:Function)-[:CALLS*1..3]->(b) RETURN DISTINCT a.id, b.id',
    'MATCH p = (a:Function)-[:CALLS]->(b:Function) RETURN p',
    'MATCH (a:Class) OPTIONAL MATCH (a)-[r:INHERITS]->(b) RETURN a.name, r.confidence, b.name',
    'MATCH (n) RETURN n.kind, count(*), min(n.startLine), sum(n.endLine)',
    "MATCH (n:Class) RETURN {id: n.id, both: [n.name, n.file]} AS m, CASE WHEN n.exported THEN 'yes' ELSE 'no' END AS e",
    'MATCH (n:Function) WHERE n.name = $text RETURN n.doc, n.signature',
  ])('answer %s alike', async (cypher) => {
    const given = { text: 'c1', add: 2, real: 0.5, yes: true };
    const parameters = Object.fromEntries(
      Object.entries(given).filter(([parameter]) => cypher.includes(`$${parameter}`)),
    );
    const { ladybug, server } = await askBoth(cypher, { parameters });
    expect(server?.rows.length).toBeGreaterThan(0);
    expect(sorted(server?.rows)).toEqual(sorted(ladybug?.rows));
    expect(server?.truncated).toBe(false);
  });

  it('cut at the limit of rows, and say so', async () => {
    const { ladybug, server } = await askBoth('MATCH (n:Function) RETURN n.id ORDER BY n.id', {
      rowLimit: 3,
    });
    expect(server).toEqual(ladybug);
    expect(server).toMatchObject({ truncated: true });
    expect(server?.rows).toHaveLength(3);
  });

  it('end a query that goes on for too long, and one that is cancelled', async () => {
    const long =
      'UNWIND range(1,90000) AS a UNWIND range(1,90000) AS b UNWIND range(1,90000) AS c RETURN a+b+c AS x, count(*) AS n ORDER BY n';
    for (const store of stores) {
      await expect(store.query(long, { ...LIMITS, deadlineMs: 1_000 })).rejects.toMatchObject({
        reason: 'notAchieved',
        message: expect.stringContaining('stopped after 1 s') as string,
      });
      const abort = new AbortController();
      const asked = store.query(long, { ...LIMITS, signal: abort.signal });
      abort.abort();
      await expect(asked).rejects.toMatchObject({ reason: 'cancelled' });
    }
  });

  it('follow edits, file by file or as a whole, and equal a store written anew', async () => {
    const workspace = new Workspace(home, 'edited');
    const server = openNeo4j('edited');
    const steps: [what: string, edit: () => void, files?: string[]][] = [
      ['first', () => undefined],
      [
        'a line above',
        () =>
          workspace.write(
            'a.ts',
            '\n\nexport function one() { return two(); }\nfunction two() { return 3; }\n',
          ),
        ['a.ts'],
      ],
      [
        'a new file that others lead to',
        () => {
          workspace.write('b.ts', "import { fresh } from './c';\nexport function uses() { fresh(); }\n");
          workspace.write('c.ts', 'export function fresh() {}\n');
        },
      ],
      ['another label for the same id', () => workspace.write('c.ts', 'export class fresh {}\n')],
      ['a symbol that is gone', () => workspace.write('a.ts', 'export function one() {}\n')],
      ['a file that is gone', () => rmSync(path.join(workspace.root, 'c.ts'))],
    ];
    for (const [what, edit, files] of steps) {
      edit();
      const edited = await workspace.graph();
      const fresh = openLadybug(`edited-${what}`);
      for (const store of [server, fresh]) expect(await store.write(edited, { files })).toBe('written');
      for (const cypher of Object.values(EVERYTHING)) {
        const [expected, ...others] = await Promise.all(
          [fresh, server].map(async (store) => sorted((await store.query(cypher, LIMITS))?.rows)),
        );
        for (const other of others) expect({ what, rows: other }).toEqual({ what, rows: expected });
      }
      expect(await server.currentVersion()).toBe(edited.version);
    }
  }, 120_000);

  // NUL and halves of surrogate pairs stand in no text that was read from a file.
  const wild = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom('"', "'", '\\', '`', '\n', '\r', '😀', '$', '{', '/') }),
    fc.constantFrom('\\u0041', 'NULL', '-', '  x  ', 'x'.repeat(9_000)),
  );
  it('give wild texts back as they were', async () => {
    await fc.assert(
      fc.asyncProperty(wild, async (text) => {
        if (text.includes('\0') || Buffer.from(text).toString() !== text) return;
        const { ladybug, server } = await askBoth('RETURN $text AS t', { parameters: { text } });
        expect(server?.rows).toEqual([[text]]);
        expect(ladybug?.rows).toEqual([[text]]);
      }),
      { numRuns: 8 },
    );
  });

  describe('a Neo4j that several share', () => {
    it('keeps workspaces apart, whatever their ids', async () => {
      const [mine, theirs] = [new Workspace(home, 'mine'), new Workspace(home, 'theirs')];
      theirs.write('a.ts', 'export function one() { return other(); }\nfunction other() {}\n');
      const [own, other] = [openNeo4j('mine'), openNeo4j('theirs')];
      expect(await own.write(await mine.graph())).toBe('written');
      expect(await other.write(await theirs.graph())).toBe('written');
      const names = async (store: GraphStore) =>
        (await store.query('MATCH (n:Function) RETURN n.name ORDER BY n.name', LIMITS))?.rows;
      expect(await names(own)).toEqual([['one'], ['two']]);
      expect(await names(other)).toEqual([['one'], ['other']]);
      await other.drop();
      expect(await other.currentVersion()).toBeUndefined();
      expect(await other.query('MATCH (n) RETURN n', LIMITS)).toBeUndefined();
      expect(await names(own)).toEqual([['one'], ['two']]);
    });

    it('has no relationship between workspaces, and nothing of versions that are not seen', async () => {
      const raw = new Neo4jConnection(parseAddress(neo4j.server.address), NEO4J_PASSWORD);
      try {
        const crossing = await raw.run(
          'MATCH (a)-[r]->(b) WHERE a.workspace <> b.workspace RETURN count(r) AS n',
        );
        expect(crossing[0]?.get('n')).toBe(0);
        const unseen = await raw.run(
          'MATCH (n) WHERE n.workspace IS NOT NULL AND NOT EXISTS { MATCH (w:WeftWorkspace {current: n.workspace}) } RETURN count(n) AS n',
        );
        expect(unseen[0]?.get('n')).toBe(0);
      } finally {
        await raw.close();
      }
    });

    it('says in one line, without the password, what is wrong', async () => {
      const address = neo4j.server.address;
      const closed = address.replace(/:\d+\//, ':1/');
      const cases: [store: GraphStore, says: RegExp][] = [
        [
          openNeo4j('x', 'not-the-password'),
          /does not know "neo4j" by this password; set WEFT_NEO4J_PASSWORD/,
        ],
        [openNeo4j('x', NEO4J_PASSWORD, closed), /cannot be reached \(nothing listens there\)/],
        [openNeo4j('x', NEO4J_PASSWORD, address.replace(/neo4j$/, 'missing')), /has no database "missing"/],
      ];
      for (const [store, says] of cases) {
        const written = await store.write(graph);
        expect(written).toMatchObject({ failed: expect.stringMatching(says) as string });
        const refused = await store.query('MATCH (n) RETURN n', LIMITS).catch((error: unknown) => error);
        expect(refused).toMatchObject({
          reason: 'notAchieved',
          message: expect.stringMatching(says) as string,
        });
        expect(JSON.stringify([written, String(refused)])).not.toMatch(
          /\\n|not-the-password|weft-tests-only/,
        );
      }
    });
  });
});
