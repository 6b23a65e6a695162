import { createHash } from 'node:crypto';
import { readGraph, statsOf, writeGraph, type KeptGraph } from '../graph/graph-file.ts';
import { Graph } from '../graph/graph.ts';
import { Content } from '../graph/overlays/content.ts';
import { overlaid } from '../graph/overlays/overlaid.ts';
import { OverlayStore } from '../graph/overlays/overlay-store.ts';
import type { GraphStore } from '../graph/store/graph-store.ts';
import type { FileFacts } from '../index/facts.ts';
import { languageOf } from '../index/languages/index.ts';
import type { KnownStat, Snapshot } from '../index/snapshot.ts';
import { linkLive, linkWorkspace } from '../link/link-workspace.ts';
import type { Linked } from '../link/link.ts';
import type { WorkspaceModules } from '../link/module-resolution.ts';
import type { IndexProgress, IndexReport } from '../protocol/graph.ts';
import { UserError } from '../protocol/user-error.ts';
import { buildId } from '../settings/build-id.ts';
import { builtInsFolder, workspaceStateFolder } from '../settings/state-folder.ts';
import { checkDirectory, discover, type Skipped, type WorkspaceFile } from '../workspace/discover.ts';
import { compareFiles } from './compare-files.ts';
import { chooseStore, type StoreChoice } from './choose-store.ts';
import { KnownFacts } from './known-facts.ts';
import { LiveIndex, type Edit } from './live-index.ts';
import { LivePreparation, type Prepared } from './live-preparation.ts';
import { MemoryWatch } from './memory.ts';
import { readWorkspaceModules } from './workspace-modules.ts';

/** More changed files are linked together with all the others. */
const MOST_FOLLOWED = 400;
/** More files whose contents had to be looked at are worth writing their stats of now. */
const MOST_RESTAMPED = 200;
/** A look at all files that takes no longer is taken before each answer. */
const SHORT_LOOK_MS = 4;
/** Longer ones are taken so seldom where changes are told of. */
const LOOKED_FOR_MS = 15_000;
/** What edits have made of the index is written when there have been none for so long. */
const KEPT_AFTER_MS = 20_000;
/** So many times as long as the store takes to write it is then left alone. */
const REST_FOR_STORE = 10;

export interface IndexOptions {
  /** Parses every file again, whatever is known of it. */
  rebuild?: boolean;
  signal?: AbortSignal;
  onProgress?(progress: IndexProgress): void;
  /** Takes one line that a person should see, such as a damaged snapshot made anew. */
  onMessage?(text: string): void;
}

/** What an index is kept for, and which store is behind it. */
export interface IndexKind extends StoreChoice {
  /** Follows edits. */
  live?: boolean;
  /** Milliseconds. */
  keptAfterMs?: number;
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
  readonly store: GraphStore;
  /** What was seen beside the facts: each refresh lays it over them. */
  readonly overlays: OverlayStore;
  readonly #isLive: boolean;
  readonly #keptAfterMs: number;
  #live: LiveIndex | undefined;
  readonly #facts: KnownFacts;
  /** Makes the live index of a graph that was read from the disk. */
  #preparation: LivePreparation | undefined;
  /** The version of the graph that it was made for. */
  #preparedFor = '';
  /** Edits that came before it was there. */
  #waiting: Edit[] = [];
  #kept: KeptGraph | undefined;
  #content: Content | undefined;
  #graph: Graph | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  /** The store is written in the idle time that the last writing of it leaves; `performance.now()`. */
  #storeNotBefore = 0;
  #isStoring = false;
  /** As JSON: what the live index was linked with. */
  #modules = '';
  /** True where whoever asks says which files change. */
  #isTold = false;
  /** When all files were looked at last, and how long that took. */
  #looked = -Infinity;
  #lookMs = 0;

  /**
   * A live index follows edits: it keeps what each file's edges rest on, which takes memory and a longer first link.
   *
   * @param keptAfterMs it is written when there have been no edits for so long.
   */
  constructor(root: string, { live = false, keptAfterMs = KEPT_AFTER_MS, ...choice }: IndexKind = {}) {
    checkDirectory(root);
    this.root = root;
    this.#isLive = live;
    this.#keptAfterMs = keptAfterMs;
    this.stateFolder = workspaceStateFolder(root);
    this.store = chooseStore(root, this.stateFolder, { isOwner: live, ...choice });
    this.overlays = new OverlayStore(this.stateFolder);
    this.#facts = new KnownFacts(root, this.stateFolder);
  }

  /** The contents that the last graph was made from; undefined before the first refresh. */
  get content(): Content | undefined {
    return this.#content;
  }

  refresh(options: IndexOptions = {}): Promise<Refreshed> {
    const refreshed = this.#last.then(() => this.#refresh(options));
    this.#last = refreshed.catch(() => undefined);
    return refreshed;
  }

  /** The graph, brought up to date first. Where changes are told of, it is not worth a long look at all files. */
  async graph(options: IndexOptions = {}): Promise<Graph> {
    const graph = this.#last.then(async () => {
      const isKnown = this.#isTold && this.#lookMs > SHORT_LOOK_MS;
      if (this.#live && this.#kept && isKnown && performance.now() - this.#looked < LOOKED_FOR_MS)
        return this.#overlaid(this.#kept);
      const { kept } = await this.#bringUpToDate(this.#look(), options);
      return this.#overlaid(kept);
    });
    this.#last = graph.catch(() => undefined);
    return graph;
  }

  /**
   * Takes in edits as they happen: of files on the disk, or of text that is not saved yet. An index that has answered
   * nothing yet has nothing to follow them with, and finds them when it first answers.
   */
  edited(edits: readonly Edit[]): Promise<void> {
    const followed = this.#last.then(async () => {
      this.#isTold = true;
      const live = this.#live;
      if (!live && this.#preparation) {
        this.#waiting.push(...edits);
        void this.#preparation.hurry();
      }
      if (!live || !this.#kept) return;
      const known = edits.filter(({ file }) => live.known.has(file));
      // Whether a file that is new belongs to the workspace is for the next look at all of them to say.
      if (known.length < edits.length) this.#looked = -Infinity;
      if (known.length === 0) return;
      if (known.length <= MOST_FOLLOWED && (await this.#follow(live, known)))
        this.#takeOver(live, this.#kept);
      else this.#looked = -Infinity;
    });
    this.#last = followed.catch(() => undefined);
    return followed;
  }

  /** The version of what is saved: what a store is to hold. It is known once a graph has been given. */
  get savedVersion(): string {
    const kept = this.#live?.savedVersion ?? this.#kept?.version ?? '';
    const overlays = this.overlays.read().version;
    return overlays === '' ? kept : sumOf(kept, overlays);
  }

  /** The graph of what is saved, which no later edit changes: what a store is written from. */
  async saved(): Promise<Graph> {
    const live = this.#live;
    if (!live) return this.graph();
    const saved = this.#last.then(async () => {
      const version = this.savedVersion;
      const hadUnsaved = live.hasUnsaved;
      try {
        const linked = await live.savedCopy();
        if (hadUnsaved && this.#kept) this.#takeOver(live, this.#kept);
        const overlays = this.overlays.read();
        return new Graph(overlaid(linked, overlays, contentOf(linked, live.known)), version);
      } catch (error) {
        [this.#live, this.#kept] = [undefined, undefined];
        throw error;
      }
    });
    this.#last = saved.catch(() => undefined);
    return saved;
  }

  /** What failed in the middle is followed no further: the next answer links all anew. */
  async #follow(live: LiveIndex, edits: readonly Edit[]): Promise<boolean> {
    try {
      return await live.follow(edits);
    } catch {
      [this.#live, this.#kept] = [undefined, undefined];
      return false;
    }
  }

  /** The next answer looks at all files first. */
  lookAgain(): void {
    this.#looked = -Infinity;
  }

  #takeOver(live: LiveIndex, kept: KeptGraph): void {
    this.#kept = { ...kept, linked: live.linked, version: live.version };
    this.#content = undefined;
    this.#graph = undefined;
    this.#keepLater();
  }

  /** Writes what edits have made of the index when there have been none for a while. */
  #keepLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#last = this.#last.then(() => this.#keepLive()).catch(() => undefined);
      void this.#last.then(() => this.#keepStore());
    }, this.#keptAfterMs);
    this.#timer.unref();
  }

  /** Brings a store that is there up to date while nobody waits for it, for a small share of the time. */
  async #keepStore(): Promise<void> {
    const started = performance.now();
    if (this.#isStoring) return;
    if (started < this.#storeNotBefore) {
      this.#timer = setTimeout(() => void this.#keepStore(), this.#storeNotBefore - started);
      this.#timer.unref();
      return;
    }
    this.#isStoring = true;
    try {
      const held = await this.store.currentVersion();
      if (held === undefined || held === this.savedVersion) return;
      await this.store.write(await this.saved());
      const ended = performance.now();
      this.#storeNotBefore = ended + (ended - started) * REST_FOR_STORE;
    } catch {
      // The next query finds out, and says what is wrong.
    } finally {
      this.#isStoring = false;
    }
  }

  #keepLive(): void {
    const live = this.#live;
    // A graph that shows text which is not saved is none of what the disk has.
    if (!live || live.unwritten.size === 0 || live.hasUnsaved) return;
    const known = live.known;
    this.#facts.keep(known, live.unwritten);
    const modules = readWorkspaceModules(this.root, live.linked.symbols.files);
    const version = versionOf(known, modules);
    writeGraph(this.stateFolder, { linked: live.compact(), version, known });
    live.unwritten.clear();
    live.settle(version);
    if (this.#kept) this.#kept = { ...this.#kept, version };
  }

  /** Writes what is not written yet; text that was not saved is forgotten. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#preparation?.stop();
    await this.#last;
    try {
      if (await this.#live?.forgetUnsaved()) this.#keepLive();
    } catch {
      // What is not kept is made again by the next process.
    }
  }

  async #refresh(options: IndexOptions): Promise<Refreshed> {
    const started = performance.now();
    const clock = stopwatch();
    options.onProgress?.({
      phase: 'discover',
      files: 0,
      totalFiles: 0,
      linesPerSecond: 0,
      secondsLeft: null,
    });
    const look = this.#look();
    const discoverSeconds = clock();
    const made = await this.#bringUpToDate(look, options);
    const graph = this.#overlaid(made.kept);
    const linkSeconds = clock() - made.parseSeconds;
    const { symbols } = made.kept.linked;
    return {
      graph,
      report: {
        files: symbols.existingFiles,
        parsed: made.parsed,
        linesOfCode: symbols.lines,
        symbols: graph.size,
        edges: graph.edgeCounts,
        skipped: [...look.skipped, ...unreadOf(look.files, made.kept)],
        seconds: {
          ...{ discover: discoverSeconds, parse: made.parseSeconds, link: linkSeconds, store: 0 },
          total: (performance.now() - started) / 1000,
        },
        peakRssMb: made.peakMb,
        store: 'none',
      },
    };
  }

  /** All files that there are, as their stats say. */
  #look(): Look {
    const started = performance.now();
    const { files, skipped } = discover(this.root, (file) => languageOf(file) !== undefined);
    if (files.length === 0 && skipped.length === 0)
      throw new UserError(
        'badInput',
        `${this.root}: no file in a language that Weft reads; give the path of a workspace`,
      );
    [this.#looked, this.#lookMs] = [started, performance.now() - started];
    return { files, skipped };
  }

  async #bringUpToDate({ files }: Look, options: IndexOptions): Promise<Made> {
    const kept = options.rebuild ? undefined : await this.#upToDate(files, options);
    if (kept && this.#isLive && !this.#live) this.#prepare(kept);
    if (kept) return { kept, parsed: 0, parseSeconds: 0, peakMb: process.memoryUsage.rss() / MEBI };
    const memory = new MemoryWatch();
    try {
      return await this.#make(files, options, memory);
    } finally {
      memory.stop();
    }
  }

  /** The graph that is at hand, where it is one of what is there now, or can be made one by following edits. */
  async #upToDate(files: readonly WorkspaceFile[], options: IndexOptions): Promise<KeptGraph | undefined> {
    if (!this.#live || !this.#kept) {
      const unchanged = this.#unchanged(files, options);
      if (unchanged || !this.#preparation) return unchanged;
      await this.#adopt(await this.#preparation.hurry());
    }
    const live = this.#live;
    if (!live || !this.#kept) return undefined;
    if (JSON.stringify(readWorkspaceModules(this.root, live.known.keys())) !== this.#modules)
      return undefined;
    const { changed, next, restamped } = compareFiles(this.root, files, live.known);
    for (const file of restamped) live.known.set(file, next.get(file)!);
    const others = changed.map(({ file }) => file).filter((file) => !live.isUnsaved(file));
    const found = new Set(files.map(({ file }) => file));
    if (next.size < live.known.size)
      others.push(...[...live.known.keys()].filter((file) => !found.has(file)));
    if (others.length === 0) return this.#kept;
    if (
      others.length > MOST_FOLLOWED ||
      !(await this.#follow(
        live,
        others.map((file) => ({ file })),
      ))
    )
      return undefined;
    this.#takeOver(live, this.#kept);
    return this.#kept;
  }

  /** Links what was read from the disk between answers, so that edits can be followed. */
  #prepare(kept: KeptGraph): void {
    if (this.#preparation || this.#preparedFor === kept.version) return;
    this.#preparedFor = kept.version;
    const preparation = new LivePreparation(this.root, () => this.#facts.read(), kept, versionOf);
    this.#preparation = preparation;
    void preparation.done.then((prepared) => {
      this.#last = this.#last.then(() => this.#adopt(prepared)).catch(() => undefined);
    });
  }

  /** Follows edits from here on, those that came meanwhile first. */
  async #adopt(prepared: Prepared | undefined): Promise<void> {
    this.#preparation = undefined;
    const edits = this.#waiting;
    this.#waiting = [];
    if (this.#live || !prepared || this.#kept?.version !== prepared.live.version) return;
    const { live, known, modules } = prepared;
    this.#live = live;
    this.#modules = JSON.stringify(modules);
    this.#kept = { linked: live.linked, version: live.version, known };
    [this.#content, this.#graph] = [undefined, undefined];
    const followed = edits.filter(({ file }) => live.known.has(file));
    if (followed.length > 0 && (await this.#follow(live, followed))) this.#takeOver(live, this.#kept);
    this.#looked = -Infinity;
  }

  /** The graph that is at hand, in memory or on the disk, if it was made from what is there now. */
  #unchanged(files: readonly WorkspaceFile[], options: IndexOptions): KeptGraph | undefined {
    if (!this.#kept) {
      const read = readGraph(this.stateFolder);
      if (read && 'discarded' in read) options.onMessage?.(read.discarded);
      else this.#kept = read?.kept;
    }
    const kept = this.#kept;
    if (!kept || kept.known.size !== files.length) return undefined;
    const { changed, next, restamped } = compareFiles(this.root, files, kept.known);
    if (changed.length > 0) return undefined;
    const modules = readWorkspaceModules(this.root, kept.linked.symbols.files);
    if (versionOf(kept.known, modules) !== kept.version) return undefined;
    if (restamped.length === 0) return kept;
    this.#kept = { ...kept, known: next };
    if (restamped.length > MOST_RESTAMPED) writeGraph(this.stateFolder, this.#kept);
    return this.#kept;
  }

  /** Parses what changed since the last snapshot, links, and keeps both. */
  async #make(files: readonly WorkspaceFile[], options: IndexOptions, memory: MemoryWatch): Promise<Made> {
    const clock = stopwatch();
    const { known: next, parsed } = await this.#facts.of(files, options);
    memory.sample();
    const parseSeconds = clock();

    const progress = { files: files.length, totalFiles: files.length, linesPerSecond: 0, secondsLeft: null };
    options.onProgress?.({ phase: 'link', ...progress });
    const facts = factsOf(files, next);
    const modules = readWorkspaceModules(this.root, facts.keys());
    const version = versionOf(next, modules);
    if (this.#kept?.version !== version || (this.#isLive && !this.#live))
      this.#kept = { linked: await this.#link(facts, modules, next, version), version, known: next };
    // The same contents under other stats.
    else this.#kept = { ...this.#kept, known: next };
    writeGraph(this.stateFolder, this.#kept);
    if (!this.#isLive) {
      // Facts are most of the memory, and none of the answers.
      this.#kept = { ...this.#kept, known: statsOf(next) };
      this.#facts.forget();
    }
    return { kept: this.#kept, parsed, parseSeconds, peakMb: memory.stop() };
  }

  async #link(
    facts: ReadonlyMap<string, FileFacts>,
    modules: WorkspaceModules,
    known: Snapshot,
    version: string,
  ): Promise<Linked> {
    if (!this.#isLive) return linkWorkspace(facts, modules, builtInsFolder());
    this.#modules = JSON.stringify(modules);
    const link = await linkLive(facts, modules, builtInsFolder());
    this.#live = new LiveIndex(this.root, link, known, version);
    return link.linked;
  }

  #overlaid({ linked, version, known }: KeptGraph): Graph {
    if (this.#content?.linked !== linked) this.#content = contentOf(linked, known);
    const overlays = this.overlays.read();
    const whole = overlays.version === '' ? version : sumOf(version, overlays.version);
    if (this.#graph?.version !== whole)
      this.#graph = this.#graphOf(linked, overlaid(linked, overlays, this.#content), whole);
    return this.#graph;
  }

  #graphOf(linked: Linked, shown: Linked, version: string): Graph {
    const index = shown === linked && this.#live?.linked === linked ? this.#live.index : undefined;
    return index ? new Graph(shown, version, index) : new Graph(shown, version);
  }
}

/** The files of a workspace, and what is left out of them. */
interface Look {
  files: readonly WorkspaceFile[];
  skipped: readonly Skipped[];
}

interface Made {
  kept: KeptGraph;
  parsed: number;
  parseSeconds: number;
  peakMb: number;
}

const MEBI = 2 ** 20;

function factsOf(files: readonly WorkspaceFile[], snapshot: Snapshot): Map<string, FileFacts> {
  const facts = new Map<string, FileFacts>();
  for (const { file } of files) {
    const own = snapshot.get(file)?.facts;
    if (own) facts.set(file, own);
  }
  return facts;
}

function unreadOf(files: readonly WorkspaceFile[], { linked, known }: KeptGraph): Skipped[] {
  const unread = files.filter(({ file }) => linked.symbols.fileIndex(file) === undefined);
  return unread.map(({ file }) => ({ file, reason: known.get(file)?.skipped ?? 'not read' }));
}

function contentOf(linked: Linked, known: ReadonlyMap<string, KnownStat>): Content {
  return new Content(linked, (file) =>
    linked.symbols.fileIndex(file) === undefined ? undefined : known.get(file)?.hash,
  );
}

/** A hash of everything the graph is made from: contents, rules, and where imports point. */
function versionOf(known: ReadonlyMap<string, KnownStat>, modules: WorkspaceModules): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([buildId(), modules]));
  for (const file of [...known.keys()].sort()) hash.update(`${file}\0${known.get(file)?.hash}\n`);
  return hash.digest('hex');
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
