import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../../server/graph/graph.ts';
import { parseAddress } from '../../server/graph/store/neo4j/address.ts';
import { Neo4jConnection } from '../../server/graph/store/neo4j/connection.ts';
import { Neo4jStore } from '../../server/graph/store/neo4j/neo4j-store.ts';
import { WorkspaceIndex } from '../../server/services/workspace-index.ts';
import { missingNeo4j, NEO4J_PASSWORD, neo4jForSuite } from '../contract/neo4j.ts';
import { keepInWorkspace } from '../../server/services/choose-store.ts';

const LIMITS = { deadlineMs: 20_000, rowLimit: 100_000 };
/** Enough symbols for several transactions, and files for a change of all to be pushed as a whole. */
const FILES = 60;
const FUNCTIONS = 100;
const why = missingNeo4j();

function source(file: number, shift: number): string {
  const functions = Array.from(
    { length: FUNCTIONS },
    (_, i) => `export function f${file}_${i}() { return ${i > 0 ? `f${file}_${i - 1}()` : '0'}; }\n`,
  );
  return '\n'.repeat(shift) + functions.join('');
}

describe.skipIf(why !== undefined)(`a push to Neo4j${why === undefined ? '' : ` (${why})`}`, () => {
  const neo4j = neo4jForSuite();
  const saved = process.env.WEFT_STATE_FOLDER;
  let home: string;
  let root: string;
  const opened: Neo4jStore[] = [];
  const open = (owner: string) => {
    const options = { address: parseAddress(neo4j.server.address), password: NEO4J_PASSWORD, owner };
    const store = new Neo4jStore({ ...options, scope: keepInWorkspace, patienceMs: 120_000 });
    opened.push(store);
    return store;
  };
  const write = (shift: number) => {
    for (let file = 0; file < FILES; file++)
      writeFileSync(path.join(root, `m${file}.ts`), source(file, shift));
  };
  const graphNow = () => new WorkspaceIndex(root).graph();

  beforeAll(() => {
    home = mkdtempSync(path.join(os.tmpdir(), 'weft-'));
    root = path.join(home, 'ws');
    mkdirSync(root);
    process.env.WEFT_STATE_FOLDER = path.join(home, 'state');
    write(0);
  });
  afterAll(async () => {
    for (const store of opened) await store.close();
    if (saved === undefined) delete process.env.WEFT_STATE_FOLDER;
    else process.env.WEFT_STATE_FOLDER = saved;
    rmSync(home, { recursive: true, force: true });
  });

  /** Symbols, edges and what is left of other versions, as the server has them. */
  async function held(owner: string) {
    const raw = new Neo4jConnection(parseAddress(neo4j.server.address), NEO4J_PASSWORD);
    try {
      const count = async (text: string) => (await raw.run(text, { owner }))[0]?.get('n') as number;
      const mine = 'n.workspace STARTS WITH $owner';
      const seen = 'MATCH (w:WeftWorkspace {owner: $owner})';
      return {
        nodes: await count(`${seen} MATCH (n {workspace: w.current}) RETURN count(n) AS n`),
        distinct: await count(`${seen} MATCH (n {workspace: w.current}) RETURN count(DISTINCT n.id) AS n`),
        edges: await count(`${seen} MATCH (n {workspace: w.current})-[r]->() RETURN count(r) AS n`),
        unseen: await count(
          `MATCH (n) WHERE ${mine} AND NOT EXISTS { MATCH (w:WeftWorkspace {current: n.workspace}) } RETURN count(n) AS n`,
        ),
      };
    } finally {
      await raw.close();
    }
  }

  const whole = (graph: Graph) => ({
    ...{ nodes: graph.size, distinct: graph.size, unseen: 0 },
    edges: Object.values(graph.edgeCounts).reduce((sum, count) => sum + count, 0),
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'goes on by itself where the server is ended by %s in its middle and started again',
    async (how) => {
      const graph = await graphNow();
      const store = open(`stopped-${how}`);
      const parts: number[] = [];
      let last = 0;
      let restarted: Promise<void> | undefined;
      const written = await store.write(graph, {
        onPart: (done, all) => {
          parts.push(done);
          last = all;
          expect(all).toBeGreaterThan(3);
          if (done === 2) restarted = neo4j.server.stop(how).then(() => neo4j.server.startAgain());
        },
      });
      await restarted;
      expect(written).toBe('written');
      // No part was written twice. One whose end the server had no time to tell of counts as done when it is back.
      expect(parts).toEqual([...new Set(parts)].sort((a, b) => a - b));
      expect(parts.at(-1)).toBe(last);
      expect(await held(`stopped-${how}`)).toEqual(whole(graph));
    },
    300_000,
  );

  it('is whole again after Weft is killed in its middle, and queries see the version before until then', async () => {
    const entry = path.resolve(import.meta.dirname, '../../server/cli/main.ts');
    const index = (killAtPart?: number) =>
      new Promise<{ code: number | null; said: string }>((resolve) => {
        const env = {
          ...process.env,
          WEFT_NEO4J_PASSWORD: NEO4J_PASSWORD,
          ...(killAtPart === undefined ? {} : { WEFT_TEST_PART: String(killAtPart) }),
        };
        const args = ['index', root, '--store', neo4j.server.address, '--json'];
        const program =
          killAtPart === undefined ? [entry] : [path.join(import.meta.dirname, 'support/push-and-die.ts')];
        const child = spawn(process.execPath, [...program, ...args], { env });
        let said = '';
        child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
        child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
        child.once('exit', (code) => resolve({ code, said }));
      });
    expect(await index()).toMatchObject({
      code: 0,
      said: expect.stringContaining('"store":"neo4j"') as string,
    });
    const before = await graphNow();
    const raw = new Neo4jConnection(parseAddress(neo4j.server.address), NEO4J_PASSWORD);
    const [row] = await raw.run(
      'MATCH (w:WeftWorkspace {version: $version}) WHERE w.owner STARTS WITH "ws-" RETURN w.owner AS owner',
      {
        version: before.version,
      },
    );
    await raw.close();
    const owner = row?.get('owner') as string;
    expect(owner).toMatch(/^ws-/);
    expect(await held(owner)).toEqual(whole(before));

    write(3);
    const killed = await index(2);
    expect(killed.code).toBeNull();
    expect(await held(owner)).toMatchObject({ ...whole(before), unseen: expect.any(Number) as number });
    expect((await held(owner)).unseen).toBeGreaterThan(0);

    const again = await index();
    expect(again).toMatchObject({ code: 0, said: expect.not.stringContaining(NEO4J_PASSWORD) as string });
    const after = await graphNow();
    expect(after.version).not.toBe(before.version);
    expect(await held(owner)).toEqual(whole(after));
    const store = open(owner);
    expect(await store.currentVersion()).toBe(after.version);
    const moved = await store.query('MATCH (n:Function) RETURN min(n.startLine)', LIMITS);
    expect(moved?.rows).toEqual([[4]]);
  }, 300_000);

  it('leaves the answers from memory alone where there is no server', async () => {
    const graph = await graphNow();
    const away = new Neo4jStore({
      ...{
        address: parseAddress('neo4j://127.0.0.1:1/neo4j'),
        password: 'x',
        owner: 'away',
        scope: keepInWorkspace,
      },
    });
    opened.push(away);
    expect(await away.write(graph)).toMatchObject({
      failed: expect.stringMatching(/cannot be reached .*everything but "query" works/) as string,
    });
    expect(graph.find('f0_1').id).toBe('m0.ts#f0_1');
  });
});
