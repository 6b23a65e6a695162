import { setTimeout as sleep } from 'node:timers/promises';
import type { Graph } from '../graph/graph.ts';
import { parseAddress } from '../graph/store/neo4j/address.ts';
import { Neo4jConnection } from '../graph/store/neo4j/connection.ts';
import { GraphRows } from '../graph/store/neo4j/graph-rows.ts';
import { Neo4jStore } from '../graph/store/neo4j/neo4j-store.ts';
import { batchesOf, removeDropped } from '../graph/store/neo4j/push.ts';
import { updateFile } from '../graph/store/neo4j/update-file.ts';
import * as statements from '../graph/store/neo4j/statements.ts';
import { UserError } from '../protocol/user-error.ts';
import { WorkspaceIndex } from '../services/workspace-index.ts';
import { NEO4J_PASSWORD, Neo4jServer, whyNoNeo4j } from './neo4j-server.ts';

const WARM_UPDATES = 50;
const UPDATES = 200;
const OWNER = 'bench';

/**
 * A workspace's graph on a real Neo4j: the push beside the same rows in bare `UNWIND` batches, each on a server of its
 * own that held nothing before, and updates of one file each.
 */
export async function store([root, ...rest]: readonly string[]): Promise<void> {
  if (root === undefined || rest.length > 0)
    throw new UserError('badInput', 'bench store: give the path of a workspace');
  const why = whyNoNeo4j();
  if (why !== undefined) throw new UserError('badInput', `bench store: ${why}`);
  const graph = await new WorkspaceIndex(root).graph();
  const edges = Object.values(graph.edgeCounts).reduce((sum, count) => sum + count, 0);
  console.log(`${graph.size} symbols, ${edges} edges`);
  const raw = await onServer((server) => pushRaw(server, graph));
  console.log(`bare UNWIND batches   ${raw.toFixed(1)} s`);
  await onServer(async (server) => {
    const own = await pushOwn(server, graph);
    console.log(`push                  ${own.toFixed(1)} s   ${(own / raw).toFixed(2)} × bare`);
    await updates(server, graph);
  });
}

async function onServer<T>(work: (server: Neo4jServer) => Promise<T>): Promise<T> {
  const server = await Neo4jServer.start();
  try {
    return await work(server);
  } finally {
    await server.remove();
  }
}

function storeOn(server: Neo4jServer): Neo4jStore {
  const scope = () => {
    throw new UserError('badInput', 'the bench asks nothing');
  };
  return new Neo4jStore({
    ...{ address: parseAddress(server.address), password: NEO4J_PASSWORD, owner: OWNER, scope },
  });
}

const connectionTo = (server: Neo4jServer) =>
  new Neo4jConnection(parseAddress(server.address), NEO4J_PASSWORD);

async function makeSchema(connection: Neo4jConnection): Promise<void> {
  for (const { text } of statements.schema) await connection.run(text);
  await connection.run(statements.awaitSchema);
}

/** Seconds for the same statements and rows, one transaction each and nothing else. */
async function pushRaw(server: Neo4jServer, graph: Graph): Promise<number> {
  const connection = connectionTo(server);
  await makeSchema(connection);
  const started = performance.now();
  const rows = new GraphRows(graph, await connection.integers());
  for (const batch of batchesOf(rows))
    for (const { text, rows: rowsOf } of batch) await connection.run(text, { key: 'raw', rows: rowsOf() });
  const seconds = (performance.now() - started) / 1000;
  await connection.close();
  return seconds;
}

async function pushOwn(server: Neo4jServer, graph: Graph): Promise<number> {
  const connection = connectionTo(server);
  await makeSchema(connection);
  await connection.close();
  const own = storeOn(server);
  const started = performance.now();
  const written = await own.write(graph);
  const seconds = (performance.now() - started) / 1000;
  await own.close();
  if (written !== 'written') throw new Error(`the push ended with ${JSON.stringify(written)}`);
  return seconds;
}

/** Files taken evenly from all; each is written over itself, which costs what an edit of it would. */
async function updates(server: Neo4jServer, graph: Graph): Promise<void> {
  const connection = connectionTo(server);
  await removeDropped(connection, OWNER);
  const rows = new GraphRows(graph, await connection.integers());
  const [row] = await connection.run(statements.current, { owner: OWNER });
  const key = row?.get('key') as string;
  const { files } = rows;
  const times: number[] = [];
  for (let i = 0; i < WARM_UPDATES + UPDATES; i++) {
    const file = files[Math.floor((i * files.length) / (WARM_UPDATES + UPDATES))]!;
    const started = performance.now();
    await updateFile(connection, rows, {
      ...{ owner: OWNER, key, file, digest: rows.digestOf(file), later: new Set(), version: graph.version },
    });
    times.push(performance.now() - started);
    await sleep(5);
  }
  await connection.close();
  const warm = times.slice(WARM_UPDATES).sort((a, b) => a - b);
  const at = (share: number) => warm[Math.min(warm.length - 1, Math.floor(warm.length * share))]!.toFixed(0);
  console.log(`one file, ${warm.length} updates  p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`);
}
