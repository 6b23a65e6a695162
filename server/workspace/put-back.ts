import { lstatSync, readdirSync, type Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { copyFile, type CopiedEntry } from './copy-tree.ts';
import { removeFolder } from './temporary-folder.ts';

/** How many entries are looked at before others get their turn. */
const LOOKED_AT_ONCE = 1_000;

export interface CopyToPutBack {
  copy: string;
  /** What the copy held when it was made; stays up to date. */
  entries: Map<string, CopiedEntry>;
  /** Where the bytes of a file are to be had. */
  originalOf: (file: string) => string;
  /** What lies below the copy in a process that is running in it; such a copy can't be changed behind its back. */
  below?: { root: string; view: string } | undefined;
}

/**
 * Makes a copy what it was: a look at the stat of each entry finds what a command changed, made or removed. False
 * where something cannot be put back; the copy is then to be thrown away.
 */
export async function putBack(tree: CopyToPutBack): Promise<boolean> {
  const sweep = new Sweep(tree);
  try {
    await sweep.look('');
    await sweep.repair();
    return true;
  } catch (error) {
    if (error instanceof CannotPutBack || (error instanceof Error && 'code' in error)) return false;
    throw error;
  }
}

class CannotPutBack extends Error {}

class Sweep {
  readonly #tree: CopyToPutBack;
  readonly #found = new Set<string>();
  readonly #remove: string[] = [];
  #looked = 0;

  constructor(tree: CopyToPutBack) {
    this.#tree = tree;
  }

  async look(folder: string): Promise<void> {
    const { copy, entries } = this.#tree;
    for (const { name } of readdirSync(path.join(copy, folder), { withFileTypes: true })) {
      const at = folder === '' ? name : folder + path.sep + name;
      if (++this.#looked % LOOKED_AT_ONCE === 0) await setImmediate();
      const known = entries.get(at);
      const now = lstatSync(path.join(copy, at), { throwIfNoEntry: false });
      // Such as a name that is no text.
      if (!now) throw new CannotPutBack(at);
      if (!known) await this.#strange(at, now);
      else if (!isSame(known.stat, now)) this.#changed(at);
      else {
        this.#found.add(at);
        if (now.isDirectory()) await this.look(at);
      }
    }
  }

  async repair(): Promise<void> {
    const { entries } = this.#tree;
    for (const at of this.#remove) await removeFolder(this.#seen(at));
    if (this.#found.size === entries.size) return;
    const missing = [...entries.keys()].filter((at) => !this.#found.has(at)).sort();
    for (const at of missing) await this.#restore(at);
  }

  /** The path by which an entry is changed. */
  #seen(at: string): string {
    return (this.#tree.below?.view ?? '') + path.join(this.#tree.copy, at);
  }

  #changed(at: string): void {
    // A folder made anew hides what lies below it, as long as the mount lasts.
    if (this.#tree.below && this.#tree.entries.get(at)?.stat.isDirectory()) throw new CannotPutBack(at);
    this.#remove.push(at);
  }

  async #strange(at: string, now: Stats): Promise<void> {
    const { below } = this.#tree;
    const under = below && lstatSync(path.join(below.root, at), { throwIfNoEntry: false });
    if (!under) this.#remove.push(at);
    else if (now.isDirectory() && under.isDirectory()) await this.look(at);
    else throw new CannotPutBack(at);
  }

  async #restore(at: string): Promise<void> {
    const { entries, copy, originalOf } = this.#tree;
    const known = entries.get(at);
    if (!known) return;
    const target = this.#seen(at);
    if (known.link !== undefined) await fs.symlink(known.link, target);
    else if (known.stat.isDirectory()) await fs.mkdir(target);
    else if (!(await copyFile(originalOf(at), target))) {
      // The user has removed it meanwhile.
      entries.delete(at);
      return;
    }
    entries.set(at, { ...known, stat: await fs.lstat(path.join(copy, at)) });
  }
}

/** The change time can't be set, so that a change in place that puts back the time of the file is seen too. */
function isSame(before: Stats, now: Stats): boolean {
  if (before.ino !== now.ino || before.mode !== now.mode) return false;
  if (now.isDirectory()) return true;
  return before.size === now.size && before.mtimeMs === now.mtimeMs && before.ctimeMs === now.ctimeMs;
}
