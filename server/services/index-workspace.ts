import type { Graph } from '../graph/graph.ts';
import type { WriteOptions } from '../graph/store/graph-store.ts';
import { unavailableMessage } from '../graph/store/store.ts';
import type { IndexReport } from '../protocol/graph.ts';
import { freeMemory, MemoryWatch } from './memory.ts';
import { WorkspaceIndex, type IndexOptions } from './workspace-index.ts';

/** So many were linked that the memory they took is worth giving back before the store is written. */
const MANY_FILES = 500;

/**
 * Brings the index of a workspace up to date, the store behind it too, and says what it holds. Takes a root, or an
 * index that is kept between requests.
 */
export async function indexWorkspace(
  workspace: string | WorkspaceIndex,
  options: IndexOptions = {},
): Promise<IndexReport> {
  const index = typeof workspace === 'string' ? new WorkspaceIndex(workspace) : workspace;
  const { graph, report } = await index.refresh(options);
  const started = performance.now();
  const { files } = report;
  const progress = { files, totalFiles: files, linesPerSecond: 0, secondsLeft: null };
  options.onProgress?.({ phase: 'store', ...progress });
  if (report.parsed > MANY_FILES) freeMemory();
  const memory = new MemoryWatch();
  const onPart = (done: number, all: number) =>
    options.onProgress?.({ phase: 'store', ...progress, files: Math.floor((files * done) / all) });
  const stored = await writeStore(index, graph, {
    signal: options.signal,
    onStarted: memory.addProcess,
    onPart,
  });
  const storeMb = memory.stop();
  const store = (performance.now() - started) / 1000;
  options.onProgress?.({ phase: 'done', ...progress });
  return {
    ...report,
    ...stored,
    seconds: { ...report.seconds, store, total: report.seconds.total + store },
    peakRssMb: Math.max(report.peakRssMb, storeMb),
  };
}

async function writeStore({ store }: WorkspaceIndex, graph: Graph, options: WriteOptions) {
  const written = await store.write(graph, options);
  if (written === 'others')
    return {
      store: store.name,
      storeMessage: 'another Weft process keeps it, and writes it when that is idle',
    };
  if (typeof written === 'string') return { store: store.name };
  const storeMessage =
    'unavailable' in written
      ? unavailableMessage(written.unavailable)
      : `the store could not be written (${written.failed}); queries will try again`;
  return { store: 'none', storeMessage };
}

/** The graph of a workspace, brought up to date first; no store is touched. */
export async function openGraph(
  workspace: string | WorkspaceIndex,
  options: IndexOptions = {},
): Promise<Graph> {
  const index = typeof workspace === 'string' ? new WorkspaceIndex(workspace) : workspace;
  return index.graph(options);
}
