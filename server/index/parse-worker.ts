import { parentPort, workerData } from 'node:worker_threads';
import type { WorkspaceFile } from '../workspace/discover.ts';
import { readSource } from './read-source.ts';
import { packEntries, type Entry } from './snapshot.ts';

/** Takes batches of files and answers with what each says, as it is and as it is kept. */
const { root } = workerData as { root: string };
parentPort?.on('message', (files: WorkspaceFile[]) => {
  void answer(files);
});

async function answer(files: readonly WorkspaceFile[]): Promise<void> {
  const entries: Entry[] = [];
  for (const { file, ...stamp } of files)
    entries.push([file, { ...stamp, ...(await readSource(root, file)) }]);
  const frame = packEntries(entries);
  parentPort?.postMessage({ entries, frame }, [frame.buffer]);
}
