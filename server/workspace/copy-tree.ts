import { constants, type Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';

/** Never copied. */
const LEFT_OUT = new Set([
  '.git',
  '.hg',
  '.svn',
  '__pycache__',
  '.pytest_cache',
  '.mypy_cache',
  '.ruff_cache',
]);
/** Installed packages: many files that nobody edits. */
const DEPENDENCIES = new Set(['node_modules', '.venv', 'venv', '.tox', '.nox']);
/** With an overlay, larger files are read from the user's own. */
const MOST_BYTES_OVER_LOWER = 8 * 1024 * 1024;
const AT_ONCE = 8;

export interface CopyOptions {
  /** `sources`: installed packages and large files are left to the overlay below the copy. */
  what: 'sources' | 'everything';
  signal?: AbortSignal | undefined;
}

/** What was made in a copy, as it was then. */
export interface CopiedEntry {
  stat: Stats;
  /** Of a link: where it leads. */
  link?: string;
}

export interface CopiedTree {
  /** By path relative to the root. */
  entries: Map<string, CopiedEntry>;
  /** Folders outside the root that links lead to, left to the overlay, and the links to them that lie in the copy. */
  linkedFolders: Map<string, string[]>;
}

interface Copying extends CopyOptions {
  to: string;
  /** Folders that are copied, by real path, and where each stands in the copy: links into them are turned. */
  placed: { real: string; name: string }[];
  files: { source: string; file: string }[];
  folders: string[];
  links: Map<string, string>;
  linkedFolders: Map<string, string[]>;
}

/**
 * Copies the folder `root` to `to`, by reference where the file system can, with the times of the files. What
 * cannot be read, is neither file, folder nor link, or vanishes meanwhile is left out.
 */
export async function copyTree(root: string, to: string, options: CopyOptions): Promise<CopiedTree> {
  const linkedFolders = new Map<string, string[]>();
  const placed = [{ real: root, name: '' }];
  const copying: Copying = {
    ...options,
    to,
    placed,
    files: [],
    folders: [],
    links: new Map(),
    linkedFolders,
  };
  await fs.mkdir(to, { recursive: true });
  await copyFolder(root, '', copying, false);
  const entries = new Map<string, CopiedEntry>();
  await forEach(copying.files, async ({ source, file }) => {
    options.signal?.throwIfAborted();
    const target = path.join(to, file);
    if (await copyFile(source, target)) entries.set(file, { stat: await fs.lstat(target) });
  });
  for (const name of copying.folders) entries.set(name, { stat: await fs.lstat(path.join(to, name)) });
  for (const [name, link] of copying.links)
    entries.set(name, { stat: await fs.lstat(path.join(to, name)), link });
  return { entries, linkedFolders };
}

/** Copies one file's bytes, mode and times; false where that cannot be. */
export async function copyFile(source: string, target: string): Promise<boolean> {
  try {
    const { atime, mtime } = await fs.stat(source);
    await fs.copyFile(source, target, constants.COPYFILE_FICLONE);
    await fs.utimes(target, atime, mtime);
    return true;
  } catch (error) {
    if (isOneOf(error, 'ENOENT', 'EACCES', 'EPERM', 'ENAMETOOLONG')) return false;
    throw error;
  }
}

export function isOneOf(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** Whether `file` is `folder` or lies in it. */
export function isWithin(folder: string, file: string): boolean {
  return file === folder || file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}

async function copyFolder(
  from: string,
  folder: string,
  copying: Copying,
  isInstalled: boolean,
): Promise<void> {
  copying.signal?.throwIfAborted();
  for (const entry of await entriesOf(from)) {
    const name = path.join(folder, entry.name);
    const source = path.join(from, entry.name);
    if (!isInstalled && LEFT_OUT.has(entry.name)) continue;
    const isDependency = isInstalled || DEPENDENCIES.has(entry.name);
    if (entry.isSymbolicLink()) await copyLink(source, name, copying, isDependency);
    else if (entry.isDirectory() && isDependency && copying.what === 'sources')
      await noteLinksOut(source, copying);
    else if (entry.isDirectory()) await copyFolderTo(name, source, copying, isDependency);
    else if (
      entry.isFile() &&
      (copying.what === 'everything' || (await sizeOf(source)) <= MOST_BYTES_OVER_LOWER)
    )
      copying.files.push({ source, file: name });
  }
}

async function copyFolderTo(name: string, source: string, copying: Copying, isInstalled: boolean) {
  try {
    await fs.mkdir(path.join(copying.to, name));
  } catch (error) {
    if (isOneOf(error, 'ENAMETOOLONG')) return;
    throw error;
  }
  copying.folders.push(name);
  await copyFolder(source, name, copying, isInstalled);
}

/**
 * A link to what is copied too leads to the copy of it, and a file outside is copied. A folder outside is copied
 * where it holds installed packages, else it is left out, or left to the overlay.
 */
async function copyLink(source: string, name: string, copying: Copying, isInstalled: boolean): Promise<void> {
  const real = await fs.realpath(source).catch(() => undefined);
  if (real === undefined) return;
  const link = async (to: string) => {
    await fs.symlink(to, path.join(copying.to, name));
    copying.links.set(name, to);
  };
  const within = copying.placed.findLast((each) => isWithin(each.real, real));
  if (within) {
    const aim = path.join(within.name, path.relative(within.real, real));
    await link(path.relative(path.dirname(name), aim) || '.');
  } else if ((await fs.stat(real)).isDirectory()) {
    if (copying.what === 'sources') noteLink(copying, real, name);
    else if (isInstalled && !isWithin(real, copying.placed[0]?.real ?? real)) {
      copying.placed.push({ real, name });
      await copyFolderTo(name, real, copying, true);
    }
    // An interpreter finds its library beside itself.
  } else if (isInstalled) await link(real);
  else copying.files.push({ source: real, file: name });
}

/** Packages in work elsewhere are linked into `node_modules` (npm link, workspaces of a folder above). */
async function noteLinksOut(modules: string, copying: Copying): Promise<void> {
  for (const entry of await entriesOf(modules)) {
    const at = path.join(modules, entry.name);
    if (entry.isDirectory() && entry.name.startsWith('@')) await noteLinksOut(at, copying);
    if (!entry.isSymbolicLink()) continue;
    const real = await fs.realpath(at).catch(() => undefined);
    if (
      real !== undefined &&
      !copying.placed.some((each) => isWithin(each.real, real)) &&
      (await fs.stat(real)).isDirectory()
    )
      noteLink(copying, real);
  }
}

function noteLink({ linkedFolders }: Copying, real: string, ...names: string[]): void {
  linkedFolders.set(real, [...(linkedFolders.get(real) ?? []), ...names]);
}

async function entriesOf(folder: string) {
  try {
    return await fs.readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isOneOf(error, 'ENOENT', 'EACCES', 'EPERM', 'ENOTDIR', 'ENAMETOOLONG')) return [];
    throw error;
  }
}

const sizeOf = (file: string): Promise<number> =>
  fs.stat(file).then(
    ({ size }) => size,
    () => 0,
  );

async function forEach<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
