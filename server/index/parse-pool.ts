import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { UserError } from '../protocol/user-error.ts';
import { entryPath } from '../settings/assets.ts';
import type { ReadSource } from './read-source.ts';

const BATCH = 24;
const MOST_WORKERS = 4;

/**
 * Parses files in worker threads, one batch at a time for each worker, and yields as they come. A worker that
 * dies ends the whole with an error that names its batch.
 */
export async function* parseFiles(
  root: string,
  files: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<ReadSource[]> {
  if (files.length === 0) return;
  const count = Math.min(MOST_WORKERS, availableParallelism(), Math.ceil(files.length / BATCH));
  const workers = Array.from(
    { length: count },
    () => new Worker(entryPath('parse-worker'), { workerData: { root } }),
  );
  let next = 0;
  const asked = new Map<Worker, Promise<{ worker: Worker; read: ReadSource[] }>>();
  const ask = (worker: Worker) => {
    const batch = files.slice(next, next + BATCH);
    next += batch.length;
    asked.delete(worker);
    if (batch.length === 0) return;
    const answer = answerOf(worker, batch);
    // When the whole is stopped, nobody waits for the batches under way any more.
    answer.catch(() => undefined);
    asked.set(worker, answer);
  };
  try {
    workers.forEach(ask);
    while (asked.size > 0) {
      if (signal?.aborted) throw new UserError('cancelled', 'indexing was stopped; what was parsed is kept');
      const { worker, read } = await Promise.race(asked.values());
      ask(worker);
      yield read;
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function answerOf(worker: Worker, batch: string[]): Promise<{ worker: Worker; read: ReadSource[] }> {
  return new Promise((resolve, reject) => {
    const ended = (code: number) => {
      forget();
      reject(
        new Error(
          `a parser thread ended (code ${code}) while reading ${batch[0]} and ${batch.length - 1} more`,
        ),
      );
    };
    const failed = (error: unknown) => {
      forget();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const answered = (read: ReadSource[]) => {
      forget();
      resolve({ worker, read });
    };
    const forget = () => worker.off('message', answered).off('error', failed).off('exit', ended);
    worker.on('message', answered).on('error', failed).on('exit', ended);
    worker.postMessage(batch);
  });
}
