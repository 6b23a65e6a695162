import { parseFiles } from '../index/parse-pool.ts';
import {
  packEntries,
  readSnapshot,
  SnapshotLog,
  type Entry,
  type KnownFile,
  type ReadSnapshot,
  type Snapshot,
} from '../index/snapshot.ts';
import type { IndexProgress } from '../protocol/graph.ts';
import type { WorkspaceFile } from '../workspace/discover.ts';
import { compareFiles } from './compare-files.ts';

/** More files under other times than these are worth writing. */
const MOST_RESTAMPED = 100;

export interface ParseRun {
  /** Parses every file again, whatever is known of it. */
  rebuild?: boolean | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: IndexProgress) => void) | undefined;
  onMessage?: ((text: string) => void) | undefined;
}

/** What is known of the files of a workspace, kept as they are parsed: what is killed or stopped parses the rest. */
export class KnownFacts {
  readonly #root: string;
  readonly #folder: string;
  #read: ReadSnapshot | undefined;

  constructor(root: string, stateFolder: string) {
    this.#root = root;
    this.#folder = stateFolder;
  }

  /** Parses those of the files that changed. Throws `cancelled` where it was stopped, `badInput` where nothing can be kept. */
  async of(
    files: readonly WorkspaceFile[],
    run: ParseRun = {},
  ): Promise<{ known: Snapshot; parsed: number }> {
    const read = this.#read ?? readSnapshot(this.#folder);
    if (!this.#read && read.discarded !== undefined) run.onMessage?.(read.discarded);
    const before = run.rebuild ? new Map<never, never>() : read.snapshot;
    const { next, changed, restamped } = compareFiles(this.#root, files, before);
    const kept: ReadSnapshot = { snapshot: next, ...(run.rebuild ? {} : { entries: read.entries }) };
    this.#read = kept;
    if (changed.length > 0) await this.#parse(changed, files.length, kept, run);
    else if (restamped.length > MOST_RESTAMPED) this.#add(restamped.map((file) => [file, next.get(file)!]));
    return { known: new Map(next), parsed: changed.length };
  }

  /** What was kept last. */
  read(): Snapshot {
    this.#read ??= readSnapshot(this.#folder);
    return new Map(this.#read.snapshot);
  }

  /** Keeps what was read of some files. */
  keep(known: ReadonlyMap<string, KnownFile>, files: Iterable<string>): void {
    const entries = [...files].flatMap((file): Entry[] => {
      const own = known.get(file);
      return own ? [[file, own]] : [];
    });
    this.read();
    this.#read = { ...this.#read, snapshot: new Map(known) };
    if (entries.length > 0) this.#add(entries);
  }

  /** Leaves what was read to the disk. */
  forget(): void {
    this.#read = undefined;
  }

  #add(entries: readonly Entry[]): void {
    const read = this.#read!;
    const log = new SnapshotLog(this.#folder, read, read.snapshot);
    log.add(packEntries(entries), entries.length);
    log.close();
    read.entries = log.entries;
  }

  async #parse(
    changed: readonly WorkspaceFile[],
    totalFiles: number,
    kept: ReadSnapshot,
    { signal, onProgress }: ParseRun,
  ): Promise<void> {
    const totalBytes = changed.reduce((sum, { size }) => sum + size, 0);
    const started = performance.now();
    let [lines, done, bytes] = [0, 0, 0];
    const log = new SnapshotLog(this.#folder, kept, kept.snapshot);
    try {
      for await (const { entries, frame } of parseFiles(this.#root, changed, { signal })) {
        log.add(frame, entries.length);
        for (const [file, known] of entries) {
          kept.snapshot.set(file, known);
          lines += known.facts?.lines ?? 0;
          bytes += known.size;
          done++;
        }
        const seconds = (performance.now() - started) / 1000;
        onProgress?.({
          phase: 'parse',
          files: totalFiles - changed.length + done,
          totalFiles,
          linesPerSecond: lines / seconds,
          secondsLeft: bytes === 0 ? null : (seconds / bytes) * (totalBytes - bytes),
        });
      }
    } finally {
      kept.entries = log.entries;
      log.close();
    }
  }
}
