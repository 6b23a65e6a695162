import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runQuery } from '../../server/services/query.ts';
import { WorkspaceIndex } from '../../server/services/workspace-index.ts';
import { missingNeo4j, NEO4J_PASSWORD, neo4jForSuite } from '../contract/neo4j.ts';
import { cleanRows, inPlace, reopenedRows } from './support/graph-rows.ts';
import { FILES, sourceOf } from './support/kill-sources.ts';
import { eventually, makePlace, processesOf, type Place } from './support/place.ts';
import { seeded, type Seeded } from './support/seeded.ts';

/** WEFT_KILLS=100 for all of them. */
const KILLS = Number(process.env.WEFT_KILLS ?? 4);
/** Longer than each kind of work takes once on a machine that is not busy. Milliseconds. */
const WINDOW_MS = { cold: 1_500, edit: 600, push: 1_500 } as const;
const LIMIT_MS = KILLS * 30_000 + 60_000;
const EDGES = 'MATCH (a)-[r]->(b) RETURN a.id, r.kind, b.id, r.`line` ORDER BY a.id, r.kind, b.id';

let place: Place;
beforeEach(() => {
  place = makePlace(
    Object.fromEntries(Array.from({ length: FILES }, (_, i) => [`m${i}.ts`, sourceOf(i, 0)])),
  );
});
afterEach(() => place.dispose());

type Kind = keyof typeof WINDOW_MS;

/** Starts the work and ends it at a moment of its own, with all that it started or alone. */
async function killOnce(kind: Kind, random: Seeded, store?: string): Promise<void> {
  const program = path.join(import.meta.dirname, 'support/loop-and-die.ts');
  const args = [
    program,
    kind,
    place.root,
    String(random.whole(1e6)),
    ...(store === undefined ? [] : [store]),
  ];
  const child = spawn(process.execPath, args, {
    env: { ...place.env, WEFT_NEO4J_PASSWORD: NEO4J_PASSWORD },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_, signal) => resolve(signal)),
  );
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended]);
  await sleep(random.next() * WINDOW_MS[kind]);
  process.kill(random.next() < 0.5 ? -child.pid! : child.pid!, 'SIGKILL');
  expect({ signal: await ended, said }).toEqual({ signal: 'SIGKILL', said: '' });
  await eventually('what the killed process started has ended', () => processesOf(place.env).length === 0);
}

/** The rows of the store and of the graph are those of a clean build. */
async function expectWhole(store?: string): Promise<void> {
  const clean = await cleanRows(place);
  expect(await reopenedRows(place)).toEqual(clean);
  const said: string[] = [];
  const answer = await inPlace(place.state, async () => {
    const index = new WorkspaceIndex(place.root, { store, password: NEO4J_PASSWORD });
    try {
      // Where the store of now takes longer than a query waits for, the one before answers, and says that it is older.
      for (;;) {
        const asked = await runQuery(index, EDGES, {
          ...{ rowLimit: 10_000, deadlineMs: 60_000, onMessage: (line: string) => said.push(line) },
        });
        if (!asked.stale) return asked;
      }
    } finally {
      await index.store.close();
    }
  });
  const edges = clean.flatMap((row) => {
    const { kind, from, to, sites } = JSON.parse(row.replace(/^open /, '')) as Record<string, string> & {
      sites?: { line: number }[];
    };
    return sites ? [JSON.stringify([from, kind, to, sites[0]!.line + 1])] : [];
  });
  expect(answer.rows.map((row) => JSON.stringify(row)).sort()).toEqual(edges.sort());
  expect(said).toEqual([]);
}

async function killMany(kind: Kind, store?: string): Promise<void> {
  const random = seeded();
  for (let kill = 1; kill <= KILLS; kill++)
    try {
      await killOnce(kind, random, store);
      await expectWhole(store);
    } catch (error) {
      throw new Error(`kill ${kill} of ${KILLS} in "${kind}", WEFT_SEED=${random.seed}`, { cause: error });
    }
}

describe.runIf(process.platform === 'linux')(`kill -9 at ${KILLS} random moments`, () => {
  it.each(['cold', 'edit', 'push'] as const)(
    'of "%s" leaves what answers like a clean build',
    (kind) => killMany(kind),
    LIMIT_MS,
  );

  const why = missingNeo4j();
  describe.skipIf(why !== undefined)(`with a Neo4j${why === undefined ? '' : ` (${why})`}`, () => {
    const neo4j = neo4jForSuite();
    it(
      'of "push" leaves what answers like a clean build',
      () => killMany('push', neo4j.server.address),
      LIMIT_MS,
    );
  });
});
