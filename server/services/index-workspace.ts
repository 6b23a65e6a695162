import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Graph } from '../graph/graph.ts';
import type { FileFacts } from '../index/facts.ts';
import { languageOf } from '../index/languages/index.ts';
import { parseFiles } from '../index/parse-pool.ts';
import { readSnapshot, writeSnapshot, type Snapshot } from '../index/snapshot.ts';
import { link } from '../link/link.ts';
import { ecmascriptResolver, pythonResolver, type PathMapping } from '../link/module-resolution.ts';
import type { IndexProgress, IndexReport } from '../protocol/graph.ts';
import { UserError } from '../protocol/user-error.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import { discover, type WorkspaceFile } from '../workspace/discover.ts';
import { memoryMb } from './memory.ts';

export interface IndexOptions {
  /** Parses every file again, whatever is known of it. */
  rebuild?: boolean;
  signal?: AbortSignal;
  onProgress?(progress: IndexProgress): void;
  /** Takes one line that a person should see, such as a damaged snapshot made anew. */
  onMessage?(text: string): void;
}

/** Brings the index of a workspace up to date and says what it holds. */
export async function indexWorkspace(root: string, options: IndexOptions = {}): Promise<IndexReport> {
  return (await refresh(root, options)).report;
}

/** The graph of a workspace, brought up to date first. */
export async function openGraph(root: string, options: IndexOptions = {}): Promise<Graph> {
  return (await refresh(root, options)).graph;
}

async function refresh(root: string, options: IndexOptions): Promise<{ report: IndexReport; graph: Graph }> {
  const started = performance.now();
  const clock = stopwatch();
  const stateFolder = workspaceStateFolder(root);
  const { files, skipped } = discover(root, (file) => languageOf(file) !== undefined);
  if (files.length === 0 && skipped.length === 0)
    throw new UserError(
      'badInput',
      `${root}: no TypeScript, JavaScript or Python file in it; give the path of a workspace`,
    );
  const discoverSeconds = clock();

  const { snapshot, discarded } = readSnapshot(stateFolder);
  if (discarded) options.onMessage?.(discarded);
  const next: Snapshot = new Map();
  const changed: WorkspaceFile[] = [];
  for (const found of files) {
    const known = options.rebuild ? undefined : snapshot.get(found.file);
    if (known && known.size === found.size && known.mtimeMs === found.mtimeMs) next.set(found.file, known);
    else changed.push(found);
  }
  await parseChanged(root, changed, next, files.length, options);
  const parseSeconds = clock();
  if (changed.length > 0 || snapshot.size !== next.size) writeSnapshot(stateFolder, next);
  const storeSeconds = clock();

  const facts = new Map<string, FileFacts>();
  for (const { file } of files) {
    const known = next.get(file);
    if (known?.facts) facts.set(file, known.facts);
    else skipped.push({ file, reason: known?.skipped ?? 'not read' });
  }
  const linked = link(facts, resolversFor(root, facts));
  const graph = new Graph(facts, linked);
  const linkSeconds = clock();

  const report: IndexReport = {
    files: facts.size,
    parsed: changed.length,
    linesOfCode: [...facts.values()].reduce((sum, f) => sum + f.lines, 0),
    symbols: graph.size,
    edges: countByType(graph),
    skipped,
    seconds: {
      discover: discoverSeconds,
      parse: parseSeconds,
      link: linkSeconds,
      store: storeSeconds,
      total: (performance.now() - started) / 1000,
    },
    peakRssMb: memoryMb(),
    store: 'none',
  };
  return { report, graph };
}

async function parseChanged(
  root: string,
  changed: readonly WorkspaceFile[],
  next: Snapshot,
  totalFiles: number,
  options: IndexOptions,
): Promise<void> {
  const stats = new Map(changed.map((f) => [f.file, f]));
  const started = performance.now();
  let lines = 0;
  let done = 0;
  for await (const read of parseFiles(root, [...stats.keys()], options.signal)) {
    for (const source of read) {
      const stat = stats.get(source.file);
      if (!stat) continue;
      const { size, mtimeMs } = stat;
      next.set(source.file, { size, mtimeMs, ...source });
      if ('facts' in source) lines += source.facts.lines;
      done++;
    }
    const seconds = (performance.now() - started) / 1000;
    options.onProgress?.({
      phase: 'parse',
      files: totalFiles - changed.length + done,
      totalFiles,
      linesPerSecond: lines / seconds,
      secondsLeft: (seconds / done) * (changed.length - done),
    });
  }
}

function resolversFor(root: string, facts: ReadonlyMap<string, FileFacts>) {
  const files = new Set(facts.keys());
  const ecmascript = ecmascriptResolver(files, pathMapping(root));
  return { typescript: ecmascript, javascript: ecmascript, python: pythonResolver(files) };
}

/** `baseUrl` and `paths` of the root's tsconfig; comments and trailing commas are allowed there. */
function pathMapping(root: string): PathMapping | undefined {
  const file = path.join(root, 'tsconfig.json');
  if (!existsSync(file)) return undefined;
  try {
    const text = readFileSync(file, 'utf8')
      .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '$1')
      .replace(/,(\s*[}\]])/g, '$1');
    const { compilerOptions } = JSON.parse(text) as {
      compilerOptions?: Partial<{ baseUrl: string; paths: PathMapping['paths'] }>;
    };
    if (!compilerOptions?.baseUrl && !compilerOptions?.paths) return undefined;
    return { base: compilerOptions.baseUrl ?? '.', paths: compilerOptions.paths ?? {} };
  } catch {
    return undefined;
  }
}

function countByType(graph: Graph): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of graph.edges) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Seconds since the last call. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}
