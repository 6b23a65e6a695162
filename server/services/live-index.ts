import { createHash, randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import path from 'node:path';
import type { GraphIndex } from '../graph/graph-index.ts';
import { LiveGraph } from '../graph/live-graph.ts';
import type { FileFacts } from '../index/facts.ts';
import { parseFile } from '../index/parse-file.ts';
import { readSource } from '../index/read-source.ts';
import type { KnownFile, Snapshot } from '../index/snapshot.ts';
import type { Linked } from '../link/link.ts';
import type { LiveLink } from '../link/live/live-link.ts';
import { stampOf } from '../workspace/file-stamp.ts';

/** A file that is another now: on the disk, or as text that is not saved yet. */
export interface Edit {
  /** Relative to the root, with `/`. */
  file: string;
  text?: string;
}

/** Facts, links and graph of a workspace that follow edits. Text that is not saved is never written anywhere. */
export class LiveIndex {
  readonly #root: string;
  readonly #link: LiveLink;
  readonly #graph: LiveGraph;
  /** What was read from the disk, by file. */
  readonly #known: Snapshot;
  /** Files whose text here is not the disk's. */
  readonly #unsaved = new Map<string, { text: string; hash: string }>();
  /** Of what was followed last when it was known to be what a clean build gives. */
  #version: string;
  /** Another process that followed other edits of the same graph gives other versions. */
  readonly #token = randomUUID().slice(0, 8);
  #edits = 0;
  #savedEdits = 0;
  #settledAt = 0;
  /** Files of the disk that were followed and not written since. */
  readonly unwritten = new Set<string>();

  constructor(root: string, link: LiveLink, known: Snapshot, version: string) {
    this.#root = root;
    this.#link = link;
    this.#graph = new LiveGraph(link.linked);
    this.#known = known;
    this.#version = version;
  }

  get linked(): Linked {
    return this.#graph.linked;
  }

  get index(): GraphIndex {
    return this.#graph.index;
  }

  /** Another one after each edit. */
  get version(): string {
    return this.hasUnsaved ? `${this.savedVersion}~${this.#token}.${this.#edits}` : this.savedVersion;
  }

  /** The version of what the disk has. */
  get savedVersion(): string {
    const isSettled = this.#savedEdits === this.#settledAt;
    return isSettled ? this.#version : `${this.#version}+${this.#token}.${this.#savedEdits}`;
  }

  /** Takes the version that a clean build of what is saved has. */
  settle(version: string): void {
    this.#version = version;
    this.#settledAt = this.#savedEdits;
  }

  /** What was read from the disk. */
  get known(): Snapshot {
    return this.#known;
  }

  get hasUnsaved(): boolean {
    return this.#unsaved.size > 0;
  }

  isUnsaved(file: string): boolean {
    return this.#unsaved.has(file);
  }

  compact(): Linked {
    return this.#graph.sorted();
  }

  /** What is saved, in columns of its own that no later edit changes. */
  async savedCopy(): Promise<Linked> {
    const unsaved = [...this.#unsaved].map(([file, { text }]) => ({ file, text }));
    if (unsaved.length === 0) return this.compact();
    await this.forgetUnsaved();
    const copy = this.compact();
    await this.follow(unsaved);
    return copy;
  }

  /** Reads and links what was edited; false where that cannot be followed file by file, and nothing was changed. */
  async follow(edits: readonly Edit[]): Promise<boolean> {
    const read: { file: string; known: KnownFile | undefined; text: string | undefined }[] = [];
    for (const { file, text } of new Map(edits.map((edit) => [edit.file, edit])).values()) {
      const known = text === undefined ? await this.#readFromDisk(file) : await ofText(file, text);
      if (known?.facts && !this.#link.follows(known.facts.language)) return false;
      read.push({ file, known, text });
    }
    const changed = new Map<string, FileFacts | undefined>();
    for (const { file, known, text } of read) {
      const before = this.#hashOf(file);
      if (text !== undefined) this.#unsaved.set(file, { text, hash: known!.hash });
      else {
        this.#unsaved.delete(file);
        if (this.#known.get(file)?.hash !== known?.hash) this.#savedEdits++;
        if (known) this.#known.set(file, known);
        else this.#known.delete(file);
        this.unwritten.add(file);
      }
      if (before !== (known?.facts && known.hash)) changed.set(file, known?.facts);
    }
    if (changed.size === 0) return true;
    const { changed: files, relinked } = this.#link.update(changed);
    this.#graph.update(this.#link.program, files, relinked);
    this.#edits++;
    return true;
  }

  /** Of the contents that a file's facts are of; undefined where it has none. */
  #hashOf(file: string): string | undefined {
    const known = this.#known.get(file);
    return this.#unsaved.get(file)?.hash ?? (known?.facts && known.hash);
  }

  /** Undefined for a file that is not there. */
  async #readFromDisk(file: string): Promise<KnownFile | undefined> {
    // The stat comes first: a file that changes while it is read looks changed at the next sight.
    const beforeMs = Date.now();
    const stat = statSync(path.join(this.#root, file), { throwIfNoEntry: false });
    if (!stat) return undefined;
    return { ...stampOf(stat, beforeMs), ...(await readSource(this.#root, file)) };
  }

  /** Goes back to what is saved; false where that cannot be followed. */
  forgetUnsaved(): Promise<boolean> {
    return this.follow([...this.#unsaved.keys()].map((file) => ({ file })));
  }
}

async function ofText(file: string, text: string): Promise<KnownFile> {
  const hash = createHash('sha256').update(text).digest('hex');
  return { size: 0, mtimeMs: 0, ctimeMs: 0, hash, facts: await parseFile(file, text) };
}
