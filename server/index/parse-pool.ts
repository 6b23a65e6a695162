import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { UserError } from '../protocol/user-error.ts';
import { entryPath } from '../settings/assets.ts';
import type { WorkspaceFile } from '../workspace/discover.ts';
import type { Entry } from './snapshot.ts';

const MOST_IN_BATCH = 24;
const BATCH_BYTES = 256 * 1024;
const MOST_WORKERS = 4;
/** A worker finds its next batch waiting while the answer to the last one is taken in. */
const AHEAD = 2;

/** What came of a batch: entries as they are, and as a frame of the snapshot. */
export interface ParsedBatch {
  entries: Entry[];
  frame: Uint8Array;
}

export interface ParseOptions {
  signal?: AbortSignal | undefined;
}

/**
 * Parses files in worker threads, the largest first, each worker taking the next batch when it is done with one, and
 * yields as they come. A worker that dies ends the whole with an error that names its batch.
 */
export async function* parseFiles(
  root: string,
  files: readonly WorkspaceFile[],
  { signal }: ParseOptions = {},
): AsyncGenerator<ParsedBatch> {
  const batches = batchesOf(files);
  if (batches.length === 0) return;
  const count = Math.min(MOST_WORKERS, availableParallelism(), batches.length);
  const pool = Array.from({ length: count }, () => new ParseWorker(root));
  let next = 0;
  const asked = new Set<Promise<{ worker: ParseWorker; batch: ParsedBatch }>>();
  const ask = (worker: ParseWorker) => {
    const batch = batches[next++];
    if (!batch) return;
    const answer = worker.ask(batch).then((parsed) => {
      asked.delete(answer);
      return { worker, batch: parsed };
    });
    // When the whole is stopped, nobody waits for the batches under way any more.
    answer.catch(() => undefined);
    asked.add(answer);
  };
  try {
    for (let i = 0; i < AHEAD; i++) pool.forEach(ask);
    while (asked.size > 0) {
      if (signal?.aborted) throw new UserError('cancelled', 'indexing was stopped; what was parsed is kept');
      const { worker, batch } = await Promise.race(asked);
      yield batch;
      ask(worker);
    }
  } finally {
    await Promise.all(pool.map((worker) => worker.end()));
  }
}

/** By size: small files together, and the largest first, so that no worker is left with one at the end. */
function batchesOf(files: readonly WorkspaceFile[]): WorkspaceFile[][] {
  const batches: WorkspaceFile[][] = [];
  let bytes = Infinity;
  for (const file of [...files].sort((a, b) => b.size - a.size)) {
    const last = batches.at(-1);
    if (last && last.length < MOST_IN_BATCH && bytes + file.size <= BATCH_BYTES) last.push(file);
    else {
      batches.push([file]);
      bytes = 0;
    }
    bytes += file.size;
  }
  return batches;
}

/** A worker thread that answers batches in their order. */
class ParseWorker {
  readonly #worker: Worker;
  readonly #waiting: {
    batch: readonly WorkspaceFile[];
    resolve: (parsed: ParsedBatch) => void;
    reject: (error: Error) => void;
  }[] = [];

  constructor(root: string) {
    this.#worker = new Worker(entryPath('parse-worker'), { workerData: { root } });
    this.#worker.on('message', (parsed: ParsedBatch) => this.#waiting.shift()?.resolve(parsed));
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error.message : String(error)));
    this.#worker.on('exit', (code) => this.#fail(`code ${code}`));
  }

  ask(batch: readonly WorkspaceFile[]): Promise<ParsedBatch> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, resolve, reject });
      this.#worker.postMessage(batch);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(why: string): void {
    for (const { batch, reject } of this.#waiting.splice(0))
      reject(
        new Error(
          `a parser thread ended (${why}) while reading ${batch[0]?.file} and ${batch.length - 1} more`,
        ),
      );
  }
}
