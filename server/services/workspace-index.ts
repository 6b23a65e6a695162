import { createHash } from 'node:crypto';
import { Graph } from '../graph/graph.ts';
import { Content } from '../graph/overlays/content.ts';
import { overlaid } from '../graph/overlays/overlaid.ts';
import { OverlayStore } from '../graph/overlays/overlay-store.ts';
import { Store } from '../graph/store/store.ts';
import type { FileFacts } from '../index/facts.ts';
import { languageOf } from '../index/languages/index.ts';
import { parseFiles } from '../index/parse-pool.ts';
import { FACTS_VERSION, readSnapshot, writeSnapshot, type Snapshot } from '../index/snapshot.ts';
import { linkWorkspace } from '../link/link-workspace.ts';
import type { Linked } from '../link/link.ts';
import type { WorkspaceModules } from '../link/module-resolution.ts';
import type { IndexProgress, IndexReport } from '../protocol/graph.ts';
import { UserError } from '../protocol/user-error.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import { checkDirectory, discover, type Skipped, type WorkspaceFile } from '../workspace/discover.ts';
import { MemoryWatch } from './memory.ts';
import { readWorkspaceModules } from './workspace-modules.ts';

export interface IndexOptions {
  /** Parses every file again, whatever is known of it. */
  rebuild?: boolean;
  signal?: AbortSignal;
  onProgress?(progress: IndexProgress): void;
  /** Takes one line that a person should see, such as a damaged snapshot made anew. */
  onMessage?(text: string): void;
}

export interface Refreshed {
  graph: Graph;
  /** The report without what a store would add. */
  report: IndexReport;
}

/**
 * The index of one workspace, kept between requests: each refresh looks at every file's stat, parses what changed and
 * links again only if something did. Refreshes of one index wait for each other.
 */
export class WorkspaceIndex {
  readonly root: string;
  readonly stateFolder: string;
  readonly store: Store;
  /** What was seen beside the facts: each refresh lays it over them. */
  readonly overlays: OverlayStore;
  #snapshot: Snapshot | undefined;
  #linked: { linked: Linked; version: string; content: Content } | undefined;
  #graph: Graph | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(root: string) {
    checkDirectory(root);
    this.root = root;
    this.stateFolder = workspaceStateFolder(root);
    this.store = new Store(this.stateFolder);
    this.overlays = new OverlayStore(this.stateFolder);
  }

  /** The contents that the last graph was made from; undefined before the first refresh. */
  get content(): Content | undefined {
    return this.#linked?.content;
  }

  refresh(options: IndexOptions = {}): Promise<Refreshed> {
    const refreshed = this.#last.then(() => this.#refresh(options));
    this.#last = refreshed.catch(() => undefined);
    return refreshed;
  }

  async graph(options: IndexOptions = {}): Promise<Graph> {
    return (await this.refresh(options)).graph;
  }

  async #refresh(options: IndexOptions): Promise<Refreshed> {
    const started = performance.now();
    const clock = stopwatch();
    const memory = new MemoryWatch();
    try {
      const tell = (phase: IndexProgress['phase'], files: number, totalFiles: number) =>
        options.onProgress?.({ phase, files, totalFiles, linesPerSecond: 0, secondsLeft: null });
      tell('discover', 0, 0);
      const { files, skipped } = discover(this.root, (file) => languageOf(file) !== undefined);
      if (files.length === 0 && skipped.length === 0)
        throw new UserError(
          'badInput',
          `${this.root}: no file in a language that Weft reads; give the path of a workspace`,
        );
      const discoverSeconds = clock();

      const known = this.#known(options);
      const { next, changed } = compare(files, options.rebuild ? new Map<never, never>() : known);
      try {
        await parseChanged(this.root, changed, next, files.length, options);
      } catch (error) {
        if (!options.rebuild && next.size > 0) this.#keep(next);
        throw error;
      }
      if (changed.length > 0 || known.size !== next.size) this.#keep(next);
      memory.sample();
      const parseSeconds = clock();

      tell('link', files.length, files.length);
      const { facts, unread } = factsOf(files, next);
      const graph = await this.#link(facts, next);
      memory.sample();
      const linkSeconds = clock();
      return {
        graph,
        report: {
          files: facts.size,
          parsed: changed.length,
          linesOfCode: [...facts.values()].reduce((sum, f) => sum + f.lines, 0),
          symbols: graph.size,
          edges: graph.edgeCounts,
          skipped: [...skipped, ...unread],
          seconds: {
            ...{ discover: discoverSeconds, parse: parseSeconds, link: linkSeconds, store: 0 },
            total: (performance.now() - started) / 1000,
          },
          peakRssMb: memory.stop(),
          store: 'none',
        },
      };
    } finally {
      memory.stop();
    }
  }

  #keep(snapshot: Snapshot): void {
    writeSnapshot(this.stateFolder, snapshot);
    this.#snapshot = snapshot;
  }

  #known(options: IndexOptions): Snapshot {
    if (this.#snapshot) return this.#snapshot;
    const { snapshot, discarded } = readSnapshot(this.stateFolder);
    if (discarded !== undefined) options.onMessage?.(discarded);
    return snapshot;
  }

  async #link(facts: ReadonlyMap<string, FileFacts>, snapshot: Snapshot): Promise<Graph> {
    const modules = readWorkspaceModules(this.root, facts.keys());
    const version = versionOf(facts, snapshot, modules);
    if (this.#linked?.version !== version) {
      const linked = await linkWorkspace(facts, modules);
      const hashes = new Map([...facts.keys()].map((file) => [file, snapshot.get(file)?.hash]));
      this.#linked = { linked, version, content: new Content(linked, (file) => hashes.get(file)) };
    }
    const { linked, content } = this.#linked;
    const overlays = this.overlays.read();
    const whole = overlays.version === '' ? version : sumOf(version, overlays.version);
    if (this.#graph?.version !== whole) this.#graph = new Graph(overlaid(linked, overlays, content), whole);
    return this.#graph;
  }
}

function compare(files: readonly WorkspaceFile[], known: Snapshot) {
  const next: Snapshot = new Map();
  const changed: WorkspaceFile[] = [];
  for (const found of files) {
    const before = known.get(found.file);
    // What could not be read has no hash, and may be readable now without looking different.
    const isKnown = before?.size === found.size && before.mtimeMs === found.mtimeMs && before.hash !== '';
    if (isKnown) next.set(found.file, before);
    else changed.push(found);
  }
  return { next, changed };
}

function factsOf(files: readonly WorkspaceFile[], snapshot: Snapshot) {
  const facts = new Map<string, FileFacts>();
  const unread: Skipped[] = [];
  for (const { file } of files) {
    const known = snapshot.get(file);
    if (known?.facts) facts.set(file, known.facts);
    else unread.push({ file, reason: known?.skipped ?? 'not read' });
  }
  return { facts, unread };
}

/** A hash of everything the graph is made from: contents, rules, and where imports point. */
function versionOf(
  facts: ReadonlyMap<string, FileFacts>,
  snapshot: Snapshot,
  modules: WorkspaceModules,
): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([FACTS_VERSION, process.env.WEFT_VERSION, modules]));
  for (const file of facts.keys()) hash.update(`${file}\0${snapshot.get(file)?.hash}\n`);
  return hash.digest('hex');
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

function sumOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
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
