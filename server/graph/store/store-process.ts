import type * as ladybug from '@ladybugdb/core';
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Connection, Database, LbugValue, QueryResult } from '@ladybugdb/core';
import { KEY_COLUMN, schemaStatements } from './schema.ts';
import { claim, publish, sumOf } from './store-files.ts';
import { endTurn, joinTurn } from './store-turn.ts';
import type { GoOn, StoreReply, StoreRequest } from './store-messages.ts';

/**
 * A process of its own around LadybugDB: a bad file or query can end it, and the parent goes on. It does one
 * thing, answers and ends. The parent holds the deadline; memory is watched here, since queries run off the event
 * loop. It ends with its parent, unless the parent told a build to go on.
 */
const MEBI = 1024 * 1024;
const BUILD_POOL = 512 * MEBI;
const QUERY_POOL = 1024 * MEBI;
const MOST_ADDRESS_SPACE = 2 ** 36;
const MOST_QUERY_MEMORY = 1536 * MEBI;
/** Characters of an answer as JSON; the parent holds it whole. */
const LONGEST_ANSWER = 32 * MEBI;
const MOST_BUILD_MS = 600_000;
const THREADS = 2;

type Ladybug = typeof ladybug;

/** Loaded while the request is on its way; who waits for it sees its failure. */
const loading: Promise<Ladybug> = import('@ladybugdb/core');
loading.catch(() => undefined);

const end = () => process.kill(process.pid, 'SIGKILL');
process.once('disconnect', end);
process.on('message', (request: StoreRequest | GoOn) => {
  if (request.do === 'goOn') process.off('disconnect', end);
  else void answer(request).then(leave);
});

async function answer(request: StoreRequest): Promise<StoreReply> {
  let ladybug: Ladybug;
  try {
    ladybug = await loading;
  } catch (error) {
    return { ok: false, why: 'unavailable', message: messageOf(error) };
  }
  try {
    if (request.do === 'build') {
      joinTurn(request.folder, request.turn);
      return await build(ladybug, request).finally(() => endTurn(request.folder, request.turn));
    }
    watchMemory();
    return await query(ladybug, request);
  } catch (error) {
    return { ok: false, why: 'failed', message: messageOf(error) };
  }
}

async function build(
  { Database, Connection }: Ladybug,
  { folder, aside, version, nodes, edges }: Extract<StoreRequest, { do: 'build' }>,
): Promise<StoreReply> {
  setTimeout(end, MOST_BUILD_MS).unref();
  claim(aside);
  const file = path.join(aside, 'graph.lbug');
  const database = new Database(file, BUILD_POOL, true, false, MOST_ADDRESS_SPACE, false);
  const connection = new Connection(database, THREADS);
  const options = (hasLines: boolean) => `HEADER=false, PARALLEL=${!hasLines}, QUOTE='"', ESCAPE='"'`;
  for (const statement of schemaStatements()) await connection.query(statement);
  for (const { kind, csv } of nodes)
    await connection.query(`COPY ${kind} FROM ${quoted(csv)} (${options(true)})`);
  for (const { type, from, to, csv, hasLines } of edges)
    await connection.query(
      `COPY ${type} FROM ${quoted(csv)} (from='${from}', to='${to}', ${options(hasLines)})`,
    );
  await connection.query('CHECKPOINT');
  await close(connection, database);
  publish(folder, file, version);
  rmSync(aside, { recursive: true, force: true });
  return { ok: true, columns: [], rows: [], truncated: false };
}

async function query(
  { Database, Connection }: Ladybug,
  { database: file, sum, cypher, parameters, rowLimit, timeoutMs }: Extract<StoreRequest, { do: 'query' }>,
): Promise<StoreReply> {
  if (sum !== undefined && sumOf(file) !== sum) return { ok: false, why: 'failed', message: 'damaged' };
  const database = new Database(file, QUERY_POOL, true, true, MOST_ADDRESS_SPACE);
  const connection = new Connection(database, THREADS);
  connection.setQueryTimeout(timeoutMs);
  const prepared = await connection.prepare(cypher);
  if (!prepared.isSuccess()) return { ok: false, why: 'query', message: prepared.getErrorMessage() };
  if (!prepared.isReadOnly()) return { ok: false, why: 'query', message: 'it would change the store' };
  let result: QueryResult;
  try {
    result = only(await connection.execute(prepared, parameters));
  } catch (error) {
    return { ok: false, why: 'query', message: messageOf(error) };
  }
  const columns = await result.getColumnNames();
  const rows: unknown[][] = [];
  let length = 0;
  while (rows.length < rowLimit && result.hasNext()) {
    const row = await result.getNext();
    if (!row) continue;
    const values = columns.map((column) => plain(row[column]));
    rows.push(values);
    length += JSON.stringify(values).length;
    if (length > LONGEST_ANSWER)
      return { ok: false, why: 'memory', message: `its answer is longer than ${LONGEST_ANSWER / MEBI} MB` };
  }
  const truncated = result.hasNext();
  // Nothing is closed in order: the process ends, and what is only read has nothing to lose.
  return { ok: true, columns, rows, truncated };
}

function only(result: QueryResult | QueryResult[]): QueryResult {
  const [first] = Array.isArray(result) ? result : [result];
  if (!first) throw new Error('the engine gave no result');
  return first;
}

async function close(connection: Connection, database: Database): Promise<void> {
  await connection.close();
  await database.close();
}

/** An engine's value as JSON: nodes and relationships by their properties, big integers as numbers or text. */
function plain(value: LbugValue | undefined): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value !== 'object') return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
  if ('_nodes' in value && '_rels' in value)
    return { nodes: plain(value._nodes), relationships: plain(value._rels) };
  return Object.fromEntries(
    entries
      .map(([key, inner]) => [JSON.stringify(key).replaceAll('"', ''), inner] as const)
      .filter(([key]) => !['_id', '_label', '_src', '_dst', KEY_COLUMN].includes(key))
      .map(([key, inner]) => [key, plain(inner as LbugValue)]),
  );
}

function watchMemory(): void {
  setInterval(() => {
    if (process.memoryUsage.rss() < MOST_QUERY_MEMORY) return;
    leave({
      ok: false,
      why: 'memory',
      message: `it needed more than ${MOST_QUERY_MEMORY / MEBI} MB of memory`,
    });
  }, 100).unref();
}

/** Answers and ends at once: an engine in the middle of a query would hold up an orderly exit. */
function leave(reply: StoreReply): void {
  if (process.connected) process.send?.(reply, end);
  else end();
}

function quoted(file: string): string {
  return `'${file.replaceAll('\\', '/').replaceAll("'", "\\'")}'`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
