import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../protocol/user-error.ts';
import { copyFile, copyTree, isOneOf, isWithin, type CopiedEntry } from './copy-tree.ts';
import { enterNamespace } from './mount-namespace.ts';
import { putBack } from './put-back.ts';
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts';

/**
 * A copy of a workspace that shares no writable byte with the user's files: commands may write in it what they like,
 * and `reset` puts everything back.
 */
export interface Shadow {
  /** The copy: the folder of the commands, and what the workspace's path in their arguments becomes. */
  readonly dir: string;
  /** Why commands are kept apart by the copy alone and not by a mount namespace; undefined where they are. */
  readonly copiedBecause: string | undefined;
  /** What to start instead of `argv` to run it in the shadow, with a working folder in `dir`. */
  command(argv: readonly string[]): string[];
  /** Tells that a process started with `command` goes on running: files are from now on changed as it sees them. */
  attach(pid: number): void;
  /** Replaces or creates one file until the next `reset`; `file` is relative to the root. */
  write(file: string, bytes: Uint8Array): Promise<void>;
  /** Puts back all that `write` and commands changed. False where that cannot be: the shadow is then of no more use. */
  reset(): Promise<boolean>;
  dispose(): Promise<void>;
}

export interface ShadowOptions {
  signal?: AbortSignal | undefined;
  /** As on a machine without mount namespaces. */
  copyOnly?: boolean;
}

/**
 * Copies `root` without version control and caches. Where the machine can, commands run in a mount namespace in which
 * the copy lies over the user's folder and stands in its place: installed packages are seen without a copy of them,
 * absolute paths lead to the copy, and none to the user's files. Elsewhere the installed packages, those of the
 * folders above too, are copied, and nothing keeps a command from an absolute path.
 */
export async function createShadow(root: string, options: ShadowOptions = {}): Promise<Shadow> {
  const { signal } = options;
  const source = await fs.realpath(root);
  const home = await makeTemporaryFolder('shadow');
  try {
    const copy = path.join(home, 'copy', nameOfCopy(source));
    for (const name of ['copy', 'kept', 'temporary']) await fs.mkdir(path.join(home, name));
    const { entries, linkedFolders } = await copyTree(source, copy, { what: 'sources', signal });
    const modules = await nearestModulesAbove(source);
    const linked = [...linkedFolders.keys(), ...(modules ? [modules] : [])];
    const covers = await foldersToCover(source, home, linked);
    for (const [folder, names] of linkedFolders)
      if (!covers.some((cover) => isWithin(cover, folder))) await cutLinks(copy, entries, names);
    const entered = options.copyOnly
      ? { unavailable: 'a copy was asked for' }
      : await enterNamespace({ home, copy, root: source, covers });
    const modulesCopy = path.join(home, 'copy', 'node_modules');
    if ('command' in entered) {
      if (modules) await fs.symlink(modules, modulesCopy);
      return new CopiedShadow(home, [{ root: source, copy, entries }], entered.command);
    }
    await fs.rm(copy, { recursive: true });
    const whole = async (from: string, to: string): Promise<Tree> => {
      const { entries } = await copyTree(from, to, { what: 'everything', signal });
      return { root: from, copy: to, entries };
    };
    const trees: [Tree, ...Tree[]] = [await whole(source, copy)];
    if (modules) trees.push(await whole(modules, modulesCopy));
    return new CopiedShadow(home, trees, undefined, entered.unavailable);
  } catch (error) {
    await removeFolder(home);
    if (!isOneOf(error, 'ENOSPC', 'EDQUOT', 'EFBIG')) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new UserError(
      'badInput',
      `${path.dirname(home)}: cannot be written (${code}) with a copy of ${source}; make room, or set TMPDIR`,
    );
  }
}

/** Why shadows on this machine are kept apart by copies alone; undefined where a mount namespace does it. */
export async function whyCopiesAlone(): Promise<string | undefined> {
  const home = await makeTemporaryFolder('probe');
  try {
    const [copy, root] = [path.join(home, 'copy'), path.join(home, 'root')];
    for (const folder of [copy, root]) await fs.mkdir(folder);
    const entered = await enterNamespace({ home, copy, root, covers: [] });
    return 'command' in entered ? undefined : entered.unavailable;
  } finally {
    await removeFolder(home);
  }
}

/** A folder of the user's and its copy. */
interface Tree {
  root: string;
  copy: string;
  entries: Map<string, CopiedEntry>;
}

class CopiedShadow implements Shadow {
  readonly dir: string;
  readonly copiedBecause: string | undefined;
  readonly #home: string;
  readonly #root: string;
  readonly #entries: ReadonlyMap<string, CopiedEntry>;
  /** The workspace first. */
  readonly #trees: readonly Tree[];
  readonly #enter: ((argv: readonly string[]) => string[]) | undefined;
  /** Files that were written → a copy of them as they were. */
  readonly #kept = new Map<string, string>();
  readonly #madeAt = Date.now();
  /** What comes before a path to see it as the attached process does. */
  #view = '';

  constructor(
    home: string,
    trees: readonly [Tree, ...Tree[]],
    enter: ((argv: readonly string[]) => string[]) | undefined,
    copiedBecause?: string,
  ) {
    this.dir = trees[0].copy;
    this.copiedBecause = copiedBecause;
    this.#home = home;
    this.#root = trees[0].root;
    this.#entries = trees[0].entries;
    this.#trees = trees;
    this.#enter = enter;
  }

  command(argv: readonly string[]): string[] {
    if (this.#enter) return this.#enter(argv);
    if (process.platform === 'win32') return [...argv];
    return ['/usr/bin/env', `TMPDIR=${this.#temporary}`, ...argv];
  }

  attach(pid: number): void {
    if (this.#enter) this.#view = `/proc/${pid}/root`;
  }

  async write(file: string, bytes: Uint8Array): Promise<void> {
    const target = path.resolve(this.dir, file);
    if (target === this.dir || !isWithin(this.dir, target))
      throw new Error(`${file} lies outside ${this.dir}`);
    const at = path.relative(this.dir, target);
    await this.#refuseLinks(at);
    if (this.#entries.get(at)?.stat.isFile() && !this.#kept.has(at)) {
      const kept = path.join(this.#home, 'kept', String(this.#kept.size));
      await copyFile(target, kept);
      this.#kept.set(at, kept);
    }
    const seen = this.#view + target;
    await fs.mkdir(path.dirname(seen), { recursive: true });
    await fs.rm(seen, { force: true });
    await fs.writeFile(seen, bytes);
    // Later than whatever was compiled from the user's file: Python compares whole seconds.
    const time = Math.max(Date.now(), this.#madeAt + 1_000) / 1000;
    await fs.utimes(seen, time, time);
  }

  async reset(): Promise<boolean> {
    const isAttached = this.#view !== '';
    await this.#emptied(this.#temporary);
    if (!(await this.#resetCovers(isAttached))) return false;
    for (const { root, copy, entries } of this.#trees) {
      const originalOf = (at: string) =>
        (root === this.#root ? this.#kept.get(at) : undefined) ?? path.join(root, at);
      const below = isAttached ? { root, view: this.#view } : undefined;
      if (!(await putBack({ copy, entries, originalOf, below }))) return false;
    }
    return true;
  }

  dispose(): Promise<void> {
    return removeFolder(this.#home);
  }

  get #temporary(): string {
    return path.join(this.#home, 'temporary');
  }

  async #resetCovers(isAttached: boolean): Promise<boolean> {
    const folder = path.join(this.#home, 'covers');
    for (const name of await fs.readdir(folder).catch((): string[] => [])) {
      const upper = path.join(folder, name, 'upper');
      if ((await fs.readdir(upper)).length === 0) continue;
      if (isAttached) return false;
      await this.#emptied(upper);
    }
    return true;
  }

  async #emptied(folder: string): Promise<void> {
    if ((await fs.readdir(folder)).length === 0) return;
    await removeFolder(folder);
    await fs.mkdir(folder);
  }

  /** A path through a link may lead out of the copy: nothing is written by it. */
  async #refuseLinks(at: string): Promise<void> {
    for (let folder = path.dirname(at); folder !== '.'; folder = path.dirname(folder)) {
      if (this.#entries.get(folder)?.link !== undefined || (await isLink(path.join(this.dir, folder))))
        throw new Error(`${at}: ${folder} is a link`);
      const below = path.join(this.#root, folder);
      if (!this.#entries.has(folder) && (await isLink(below))) throw new Error(`${at}: ${folder} is a link`);
    }
  }
}

/** What lies below is hidden by links that lead nowhere. */
async function cutLinks(copy: string, entries: Map<string, CopiedEntry>, names: readonly string[]) {
  for (const name of names) {
    const link = 'left-out-by-weft';
    await fs.symlink(link, path.join(copy, name));
    entries.set(name, { stat: await fs.lstat(path.join(copy, name)), link });
  }
}

/** Beside the copy stand the packages of the folders above. */
function nameOfCopy(root: string): string {
  const name = path.basename(root);
  return name === '' || name === 'node_modules' ? 'root' : name;
}

async function isLink(file: string): Promise<boolean> {
  return fs.lstat(file).then(
    (stat) => stat.isSymbolicLink(),
    () => false,
  );
}

/**
 * Folders of the user's outside the workspace that its files lead to, and the repository around it: what is written
 * there goes nowhere. Not those in which programs of every kind must be able to write. Parents first.
 */
async function foldersToCover(root: string, home: string, linked: readonly string[]): Promise<string[]> {
  const repository = await repositoryAround(root);
  const needed = [home, os.homedir(), await fs.realpath(os.tmpdir()), '/proc', '/sys', '/dev', '/run'];
  const isCoverable = (folder: string) => !needed.some((each) => isWithin(folder, each));
  const wanted = [...new Set([...(repository ? [repository] : []), ...linked])].filter(isCoverable).sort();
  return wanted.filter((folder) => !wanted.some((other) => other !== folder && isWithin(other, folder)));
}

async function repositoryAround(root: string): Promise<string | undefined> {
  for (let folder = path.dirname(root); folder !== path.dirname(folder); folder = path.dirname(folder))
    if (await exists(path.join(folder, '.git'))) return folder;
  return undefined;
}

async function nearestModulesAbove(root: string): Promise<string | undefined> {
  for (let folder = path.dirname(root); ; folder = path.dirname(folder)) {
    const modules = path.join(folder, 'node_modules');
    if (await exists(modules)) return modules;
    if (folder === path.dirname(folder)) return undefined;
  }
}

async function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}
