import { createRequire } from 'node:module';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { NEO4J_PASSWORD, Neo4jServer } from '../../../server/bench/neo4j-server.ts';
import { prepareQuery } from '../../../server/graph/cypher/prepare.ts';
import type { Graph } from '../../../server/graph/graph.ts';
import { Store } from '../../../server/graph/store/store.ts';
import { UserError } from '../../../server/protocol/user-error.ts';
import { WorkspaceIndex } from '../../../server/services/workspace-index.ts';

export interface Asked {
  parameters?: Record<string, string | number | boolean>;
  deadlineMs?: number;
  rowLimit?: number;
}

/** An engine behind the one reader of Cypher, with the same graph in it. */
export interface CypherEngine {
  ask(query: string, asked?: Asked): Promise<unknown[][]>;
  /** How many queries still run. */
  running(): Promise<number>;
  /** Everything that it holds, to be compared. */
  everything(): Promise<string>;
  close(): Promise<void>;
}

const SOURCES = {
  'a.ts': `/** Says hi. */
export function a() { b(); c(); }
export function b() { c(); }
function c() { a(); d(); }
function d() { }
export class Base { m() { a(); } n() { this.m(); } }
export class Derived extends Base { m() { super.m(); d(); } size = 1; }
`,
  'a.test.ts': `import { test } from 'vitest';
import { a, Base, Derived } from './a';
test('calls a', () => { a(); new Base().m(); });
test('calls b', () => { new Derived().n(); });
`,
};

/** The graph of two small files: functions in a ring, classes, tests. */
export async function sampleGraph(home: string): Promise<Graph> {
  const root = path.join(home, 'ws');
  mkdirSync(root);
  for (const [file, text] of Object.entries(SOURCES)) writeFileSync(path.join(root, file), text);
  process.env.WEFT_STATE_FOLDER = path.join(home, 'state');
  return new WorkspaceIndex(root).graph();
}

const LIMITS = { deadlineMs: 20_000, rowLimit: 1_000 };

export async function openLadybug(graph: Graph): Promise<CypherEngine> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'weft-'));
  const store = new Store(folder);
  const written = await store.write(graph);
  if (written !== 'written') throw new Error(`the store could not be written: ${JSON.stringify(written)}`);
  const ask = async (query: string, asked: Asked = {}) => {
    const once = () => store.query(query, { ...LIMITS, ...asked });
    let rows = await once();
    if (!rows) {
      // The engine's process ended by itself: as for a person, the store is made anew and the query asked once more.
      await store.write(graph);
      rows = await once();
    }
    if (!rows) throw new Error('the query took the store with it twice');
    return rows.rows;
  };
  return {
    ask,
    // Its process ends with its query.
    running: async () => 0,
    everything: async () =>
      JSON.stringify([
        await ask('MATCH (n) RETURN n ORDER BY n.id'),
        await ask('MATCH (a)-[r]->(b) RETURN a.id, r, b.id ORDER BY a.id, b.id, r.kind, r.form'),
      ]),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The part of `neo4j-driver` that is used here. */
interface Neo4jDriver {
  driver(uri: string, auth: unknown, config: object): Driver;
  auth: { basic(user: string, password: string): unknown };
  session: { READ: string };
}
interface Driver {
  session(config: object): Session;
  close(): Promise<void>;
}
interface Session {
  run(
    text: string,
    parameters: object,
    config?: object,
  ): Promise<{ records: { keys: string[]; get(i: number): unknown }[] }>;
  close(): Promise<void>;
}

/** What the other workspace holds of each text, and no query may ever show. */
export const SECRET = 'of-another-workspace';

/** A Neo4j that holds the graph for the workspace `own`, and one like it, of other texts, for another. */
export async function openNeo4j(graph: Graph): Promise<CypherEngine> {
  const neo4j = createRequire(import.meta.url)('neo4j-driver') as Neo4jDriver;
  const server = await Neo4jServer.start();
  const auth = neo4j.auth.basic('neo4j', NEO4J_PASSWORD);
  const driver = neo4j.driver(`bolt://127.0.0.1:${server.port}`, auth, { disableLosslessIntegers: true });
  const write = async (text: string, parameters = {}) => {
    const session = driver.session({});
    try {
      return (await session.run(text, parameters)).records.map((record) =>
        record.keys.map((_, i) => plain(record.get(i))),
      );
    } finally {
      await session.close();
    }
  };
  for (const workspace of ['own', 'other']) await load(graph, workspace, write);
  return {
    async ask(query, asked = {}) {
      const { deadlineMs, rowLimit, parameters = {} } = { ...LIMITS, ...asked };
      const prepared = prepareQuery(query, {
        engine: { name: 'neo4j', workspace: 'own' },
        rowLimit,
        parameters,
      });
      const session = driver.session({ defaultAccessMode: neo4j.session.READ });
      const tooLong = new UserError('notAchieved', `the query was stopped after ${deadlineMs / 1000} s`);
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(tooLong), deadlineMs);
      });
      const answer = session.run(prepared.text, prepared.parameters, { timeout: deadlineMs });
      try {
        const { records } = await Promise.race([answer, deadline]);
        return records.map((record) => record.keys.map((_, i) => plain(record.get(i))));
      } catch (error) {
        if (UserError.is(error)) throw error;
        throw new UserError('notAchieved', String(error));
      } finally {
        clearTimeout(timer);
        answer.catch(() => undefined).finally(() => void session.close().catch(() => undefined));
      }
    },
    running: async () => (await write('SHOW TRANSACTIONS')).length - 1,
    everything: async () =>
      JSON.stringify([
        await write('MATCH (n) RETURN n ORDER BY n.workspace, n.id'),
        await write(
          'MATCH (a)-[r]->(b) RETURN a.workspace, a.id, r, b.id ORDER BY a.workspace, a.id, b.id, r.kind, r.form',
        ),
      ]),
    async close() {
      await driver.close();
      await server.remove();
    },
  };
}

async function load(
  graph: Graph,
  workspace: string,
  write: (text: string, parameters: object) => Promise<unknown>,
) {
  const other = (text: string) => (workspace === 'own' ? text : `${text} ${SECRET}`);
  for (const n of graph.nodes()) {
    const row = {
      ...{ id: other(n.id), kind: n.kind, name: other(n.name), qualifiedName: other(n.qualifiedName) },
      ...{
        file: other(n.file),
        signature: other(n.signature ?? '') || null,
        exported: n.exported,
        language: n.language,
      },
      ...{ doc: n.doc ? other(n.doc) : null, workspace },
    };
    const lines = `n.startLine = ${n.startLine + 1}, n.endLine = ${n.endLine + 1}`;
    await write(`CREATE (n:${n.kind}) SET n = $row SET ${lines}`, { row });
  }
  for (const e of graph.edges()) {
    const [site] = e.sites;
    const row = {
      kind: e.kind,
      form: e.form ?? null,
      tier: e.tier,
      confidence: e.confidence,
      reason: other(e.reason),
    };
    const lines = site ? `, r.line = ${site.line + 1}, r.column = ${site.column}` : '';
    await write(
      `MATCH (a {id: $from, workspace: $workspace}) MATCH (b {id: $to, workspace: $workspace})
       CREATE (a)-[r:${e.kind}]->(b) SET r = $row SET r.count = ${e.sites.length}${lines}`,
      { from: other(e.from), to: other(e.to), workspace, row },
    );
  }
}

/** A driver's value as the embedded store gives it. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  if ('segments' in value && 'start' in value) {
    const segments = value.segments as { relationship: unknown; end: unknown }[];
    return {
      nodes: [value.start, ...segments.map(({ end }) => end)].map(plain),
      relationships: segments.map(({ relationship }) => plain(relationship)),
    };
  }
  if ('properties' in value && ('labels' in value || 'type' in value)) return plain(value.properties);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'workspace')
      .map(([key, inner]) => [key, plain(inner)]),
  );
}
