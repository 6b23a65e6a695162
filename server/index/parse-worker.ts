import { parentPort, workerData } from 'node:worker_threads';
import { readSource, type ReadSource } from './read-source.ts';

/** Takes batches of relative paths and answers with what each file says. */
const { root } = workerData as { root: string };
parentPort?.on('message', (files: string[]) => {
  void answer(files);
});

async function answer(files: string[]): Promise<void> {
  const read: ReadSource[] = [];
  for (const file of files) read.push(await readSource(root, file));
  parentPort?.postMessage(read);
}
