import type { Record as Row } from 'neo4j-driver';
import { UserError } from '../../../protocol/user-error.ts';
import type { AskOptions, Rows } from '../graph-store.ts';
import type { Neo4jConnection } from './connection.ts';
import type { ScopedQuery } from './neo4j-store.ts';
import { plain } from './plain.ts';
import * as statements from './statements.ts';

/** Versions that may be switched while one query runs, before it is given up. */
const MOST_SWITCHES = 3;
/** The server looks at its clocks about once a second: it is given that, and then not waited for. Milliseconds. */
const GRACE_MS = 250;

interface Read extends Pick<AskOptions, 'rowLimit' | 'deadlineMs' | 'signal'> {
  owner: string;
  prepare: (workspace: string) => ScopedQuery;
}

/**
 * Runs a query on the generation that is seen; undefined where there is none. Where another was switched to meanwhile,
 * which may have been taken away under the query, it is run again. Its end is held here as well as by the server.
 */
export async function readRows(connection: Neo4jConnection, read: Read): Promise<Rows | undefined> {
  const { deadlineMs, signal } = read;
  let stop: (error: Error) => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => (stop = reject));
  stopped.catch(() => undefined);
  const timer = setTimeout(
    () => stop(new UserError('notAchieved', tooLong(deadlineMs))),
    deadlineMs + GRACE_MS,
  );
  const cancel = () => stop(new UserError('cancelled', 'the work on the store was stopped'));
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  try {
    return await Promise.race([stopped, readSettled(connection, read)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

async function readSettled(connection: Neo4jConnection, read: Read): Promise<Rows | undefined> {
  for (let switches = 0; switches < MOST_SWITCHES; switches++) {
    const answer = await readOnce(connection, read);
    if (answer !== 'switched') return answer;
  }
  throw new UserError('notAchieved', 'the store was written anew three times while it was asked; ask again');
}

async function readOnce(connection: Neo4jConnection, read: Read): Promise<Rows | undefined | 'switched'> {
  const { owner, prepare, rowLimit, deadlineMs } = read;
  const int = await connection.integers();
  const session = await connection.session('READ');
  try {
    const tx = await session.beginTransaction({ timeout: deadlineMs });
    const keyNow = async () =>
      (await tx.run(statements.current, { owner })).records[0]?.get('key') as string | undefined;
    const key = await keyNow();
    if (key === undefined) return undefined;
    const { text, parameters, columns } = prepare(key);
    const given = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [
        name,
        typeof value === 'number' && Number.isInteger(value) ? int(value) : value,
      ]),
    );
    const result = tx.run(text, given);
    const names = await result.keys();
    const rows: unknown[][] = [];
    let truncated = false;
    for await (const row of result as AsyncIterable<Row>) {
      truncated = rows.length === rowLimit;
      if (truncated) break;
      rows.push(names.map((name) => plain(row.get(name))));
    }
    if ((await keyNow()) !== key) return 'switched';
    await tx.commit();
    return { columns: columns?.length === names.length ? columns : names.map(String), rows, truncated };
  } finally {
    // Takes back what is open; a query that still runs is ended by the server.
    void session.close().catch(() => undefined);
  }
}

function tooLong(deadlineMs: number): string {
  return `the query was stopped after ${deadlineMs / 1000} s; narrow it, or give it a larger time limit`;
}
