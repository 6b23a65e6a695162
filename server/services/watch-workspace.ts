import { watchFiles } from '../workspace/watch-files.ts';
import type { WorkspaceIndex } from './workspace-index.ts';

/** What came of one batch of changes. */
export interface Followed {
  /** Files that were told of, whether they belong to the workspace or not. */
  told: number;
  files: number;
  symbols: number;
  edges: number;
  milliseconds: number;
}

/** Keeps a live index up to date with the disk, batch by batch, until the signal ends it. */
export async function* watchWorkspace(index: WorkspaceIndex, signal: AbortSignal): AsyncGenerator<Followed> {
  let version = (await index.graph({ signal })).version;
  for await (const files of watchFiles(index.root, signal)) {
    const started = performance.now();
    // What nobody told of is found by a look at all files.
    if (files.length === 0) index.lookAgain();
    else await index.edited(files.map((file) => ({ file })));
    const graph = await index.graph();
    if (graph.version === version) continue;
    version = graph.version;
    yield {
      told: files.length,
      files: graph.symbols.existingFiles,
      symbols: graph.size,
      edges: graph.edgeCount,
      milliseconds: performance.now() - started,
    };
  }
}
