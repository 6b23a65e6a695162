import { createHash } from 'node:crypto';
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
  /** Files whose text here is not the disk's, and a hash of it. */
  readonly #unsaved = new Map<string, string>();
  readonly #version: string;
  #edits = 0;
  /** True where the disk has been followed and nothing was written since. */
  isUnwritten = false;

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
    return this.#edits === 0 ? this.#version : `${this.#version}+${this.#edits}`;
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

  /** Reads and links what was edited; false where that cannot be followed file by file, and nothing was changed. */
  async follow(edits: readonly Edit[]): Promise<boolean> {
    const read: { file: string; known: KnownFile | undefined; isSaved: boolean }[] = [];
    for (const { file, text } of new Map(edits.map((edit) => [edit.file, edit])).values()) {
      const known = text === undefined ? await this.#readFromDisk(file) : await ofText(file, text);
      if (known?.facts && !this.#link.follows(known.facts.language)) return false;
      read.push({ file, known, isSaved: text === undefined });
    }
    const changed = new Map<string, FileFacts | undefined>();
    for (const { file, known, isSaved } of read) {
      const before = this.#hashOf(file);
      if (!isSaved) this.#unsaved.set(file, known!.hash);
      else {
        this.#unsaved.delete(file);
        if (known) this.#known.set(file, known);
        else this.#known.delete(file);
        this.isUnwritten = true;
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
    return this.#unsaved.get(file) ?? (known?.facts && known.hash);
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
