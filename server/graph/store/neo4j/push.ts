import { randomUUID } from 'node:crypto';
import type { Graph } from '../../graph.ts';
import type { GraphRows } from './graph-rows.ts';
import type { Neo4jConnection } from './connection.ts';
import * as statements from './statements.ts';

/** Rows a transaction: larger ones are hardly faster and need a larger heap. */
const BATCH_ROWS = 5_000;

/** What one transaction writes: statements with their rows, made when it is their turn. */
export type Batch = { text: string; rows: () => unknown[] }[];

export interface PushOptions {
  /** Whose graph it is: the workspace on its machine. */
  owner: string;
  signal?: AbortSignal | undefined;
  /** Told after each batch. */
  onBatch?: ((done: number, all: number) => void) | undefined;
}

/** Another process took the push over, or gave it up: look again at what is there. */
export class PushLost extends Error {}

/** All of a graph in the order in which it is pushed: always the same for the same graph. */
export function batchesOf(rows: GraphRows): Batch[] {
  const batches: Batch[] = [];
  let room = 0;
  const add = <T>(text: string, items: readonly T[], rowOf: (item: T) => unknown) => {
    for (let at = 0; at < items.length;) {
      if (room === 0) {
        batches.push([]);
        room = BATCH_ROWS;
      }
      const taken = items.slice(at, at + room);
      batches.at(-1)!.push({ text, rows: () => taken.map(rowOf) });
      at += taken.length;
      room -= taken.length;
    }
  };
  for (const [kind, symbols] of rows.byKind())
    add(statements.createNodes[kind], symbols, (symbol) => rows.nodeRow(symbol));
  add(statements.createFiles, rows.files, (file) => ({ file, digest: rows.digestOf(file) }));
  for (const { type, from, to, edges } of rows.edgeGroups())
    add(statements.createEdges(type, from, to), edges, (edge) => rows.edgeRow(edge));
  return batches;
}

/**
 * Pushes a graph under a new generation and makes it the one that is seen. Each batch is counted in the transaction that
 * writes it, so that a push goes on where it was cut off, by this process or by a later one. Throws the driver's errors,
 * and `PushLost`. Returns the generation.
 */
export async function push(
  connection: Neo4jConnection,
  graph: Graph,
  rows: GraphRows,
  { owner, signal, onBatch }: PushOptions,
): Promise<string> {
  const int = await connection.integers();
  const plan = `${statements.PLAN_VERSION} ${graph.version}`;
  const [begun] = await connection.run(statements.beginPush, {
    ...{ owner, version: plan, key: `${owner}@${randomUUID()}` },
  });
  if (begun?.get('state') !== 'push') throw new PushLost();
  const key = begun.get('key') as string;
  const batches = batchesOf(rows);
  let done = begun.get('done') as number;
  let next = sendable(batches[done]);
  while (done < batches.length) {
    signal?.throwIfAborted();
    const sent = next;
    const written = connection.transact(async (tx) => {
      // All are sent at once; the server runs them in order.
      const [count] = await Promise.all([
        tx.run(statements.countBatch, { owner, version: plan, batch: int(done) }),
        ...sent.map(({ text, rows }) => tx.run(text, { key, rows })),
      ]);
      const [counted] = count.records;
      if (counted?.get('key') !== key || counted.get('state') !== 'push') throw new PushLost();
      if (counted.get('before') !== done) throw new PushLost();
    });
    // Made while the server is at work.
    next = sendable(batches[done + 1]);
    await written;
    done++;
    onBatch?.(done, batches.length);
  }
  const [switched] = await connection.run(statements.switchTo, {
    ...{ owner, plan, key, version: graph.version },
  });
  if (switched?.get('key') !== key) throw new PushLost();
  return key;
}

function sendable(batch: Batch = []): { text: string; rows: unknown[] }[] {
  return batch.map(({ text, rows }) => ({ text, rows: rows() }));
}

/** Takes away generations that are no longer seen. */
export async function removeDropped(
  connection: Neo4jConnection,
  owner: string,
  signal?: AbortSignal,
): Promise<void> {
  for (const row of await connection.run(statements.toDrop, { owner })) {
    const key = row.get('key') as string;
    for (const text of statements.removals)
      for (;;) {
        signal?.throwIfAborted();
        const [removed] = await connection.run(text, { key });
        if (!removed || removed.get('n') === 0) break;
      }
    await connection.run(statements.dropped, { owner, key });
  }
}
