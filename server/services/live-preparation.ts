import { setImmediate, setTimeout } from 'node:timers/promises';
import type { KeptGraph } from '../graph/graph-file.ts';
import type { FileFacts } from '../index/facts.ts';
import type { Snapshot } from '../index/snapshot.ts';
import { linkLive } from '../link/link-workspace.ts';
import type { WorkspaceModules } from '../link/module-resolution.ts';
import { builtInsFolder } from '../settings/state-folder.ts';
import { LiveIndex } from './live-index.ts';
import { readWorkspaceModules } from './workspace-modules.ts';

/** After the first answer, those that follow it come first. */
const BEGIN_AFTER_MS = 1000;
/** Rests between two slices of linking, in which the thread answers. */
const REST_MS = 4;

export interface Prepared {
  live: LiveIndex;
  known: Snapshot;
  modules: WorkspaceModules;
}

/** Links a workspace whose graph was read from the disk, between answers, so that its first edit can be followed. */
export class LivePreparation {
  /** Undefined where what is on the disk is no longer what the graph was made from, or it was stopped. */
  readonly done: Promise<Prepared | undefined>;
  readonly #hurry = new AbortController();
  #isStopped = false;

  constructor(
    root: string,
    read: () => Snapshot,
    kept: KeptGraph,
    versionOf: (known: Snapshot, modules: WorkspaceModules) => string,
  ) {
    this.done = this.#prepare(root, read, kept, versionOf).catch(() => undefined);
  }

  /** Someone waits for it now. */
  hurry(): Promise<Prepared | undefined> {
    this.#hurry.abort();
    return this.done;
  }

  stop(): void {
    this.#isStopped = true;
    this.#hurry.abort();
  }

  async #prepare(
    root: string,
    read: () => Snapshot,
    kept: KeptGraph,
    versionOf: (known: Snapshot, modules: WorkspaceModules) => string,
  ): Promise<Prepared | undefined> {
    await this.#rest(BEGIN_AFTER_MS);
    if (this.#isStopped) return undefined;
    // What is kept still has files that are gone.
    const known = new Map([...read()].filter(([file]) => kept.known.has(file)));
    const facts = new Map<string, FileFacts>();
    for (const file of kept.linked.symbols.files) {
      const own = known.get(file)?.facts;
      if (own) facts.set(file, own);
    }
    const modules = readWorkspaceModules(root, facts.keys());
    const version = versionOf(known, modules);
    if (version !== kept.version) return undefined;
    const link = await linkLive(facts, modules, builtInsFolder(), () => this.#pause());
    return { live: new LiveIndex(root, link, known, version), known, modules };
  }

  /** Until someone waits, at most. */
  async #rest(ms: number): Promise<void> {
    await setTimeout(ms, undefined, { ref: false, signal: this.#hurry.signal }).catch(() => undefined);
  }

  async #pause(): Promise<void> {
    if (this.#hurry.signal.aborted) await setImmediate();
    else await this.#rest(REST_MS);
    if (this.#isStopped) throw new Error('no one waits for it any more');
  }
}
