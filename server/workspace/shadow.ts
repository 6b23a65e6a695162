import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** A copy of a workspace that shares no writable byte with the user's files. */
export interface Shadow {
  readonly dir: string;
  /** Replaces or creates one file; `file` is relative to the root. */
  write(file: string, bytes: Uint8Array): Promise<void>;
  /** Puts the user's bytes back, or removes a file that the user does not have. */
  restore(file: string): Promise<void>;
  dispose(): Promise<void>;
}

const LEFT_OUT = new Set([
  '.git',
  '.hg',
  '.svn',
  '__pycache__',
  '.pytest_cache',
  '.mypy_cache',
  '.ruff_cache',
]);
const LINKED = new Set(['node_modules', '.venv', 'venv', '.tox', '.nox']);

/**
 * Copies `root` (by reference where the file system can), leaves version control and caches out, and links
 * installed dependencies. `node_modules` of the folders above `root` are linked above the copy.
 */
export async function createShadow(root: string): Promise<Shadow> {
  const source = await fs.realpath(root);
  const home = await makeTemporaryFolder('shadow');
  const above = await nearestModulesAbove(source);
  const dir = path.join(home, path.basename(source) || 'root');
  try {
    if (above) await fs.symlink(above, path.join(home, 'node_modules'));
    await copyFolder(source, dir, source);
  } catch (error) {
    await fs.rm(home, { recursive: true, force: true });
    throw error;
  }
  return {
    dir,
    write: async (file, bytes) => {
      const target = inside(dir, file);
      await fs.mkdir(path.dirname(target), { recursive: true });
      await refuseLinkedFolder(dir, target);
      await fs.rm(target, { force: true });
      await fs.writeFile(target, bytes);
    },
    restore: async (file) => {
      const target = inside(dir, file);
      await refuseLinkedFolder(dir, target);
      await fs.rm(target, { force: true });
      await fs.copyFile(inside(source, file), target, constants.COPYFILE_FICLONE).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    },
    dispose: () => fs.rm(home, { recursive: true, force: true }),
  };
}

function inside(folder: string, file: string): string {
  const target = path.resolve(folder, file);
  if (!target.startsWith(folder + path.sep)) throw new Error(`${file} lies outside ${folder}`);
  return target;
}

/** A linked folder is the user's own: nothing may be written through it. */
async function refuseLinkedFolder(dir: string, target: string): Promise<void> {
  const real = await fs.realpath(path.dirname(target));
  if (real !== dir && !real.startsWith(dir + path.sep)) throw new Error(`${target} is linked to ${real}`);
}

async function copyFolder(from: string, to: string, root: string): Promise<void> {
  await fs.mkdir(to, { recursive: true });
  for (const entry of await fs.readdir(from, { withFileTypes: true })) {
    if (LEFT_OUT.has(entry.name)) continue;
    const source = path.join(from, entry.name);
    const target = path.join(to, entry.name);
    if (entry.isDirectory() && LINKED.has(entry.name)) await fs.symlink(source, target);
    else if (entry.isDirectory()) await copyFolder(source, target, root);
    else if (entry.isFile()) await fs.copyFile(source, target, constants.COPYFILE_FICLONE);
    else if (entry.isSymbolicLink()) await copyLink(source, target, root);
  }
}

/** A link inside the root keeps pointing inside the copy; a file outside is copied; a folder outside is left out. */
async function copyLink(source: string, target: string, root: string): Promise<void> {
  const real = await fs.realpath(source).catch(() => undefined);
  if (real === undefined) return;
  if (real === root || real.startsWith(root + path.sep)) {
    await fs.symlink(path.relative(path.dirname(source), real) || '.', target);
  } else if ((await fs.stat(real)).isFile()) {
    await fs.copyFile(real, target, constants.COPYFILE_FICLONE);
  } else if (LINKED.has(path.basename(source))) await fs.symlink(real, target);
}

async function nearestModulesAbove(root: string): Promise<string | undefined> {
  for (let folder = path.dirname(root); ; folder = path.dirname(folder)) {
    const modules = path.join(folder, 'node_modules');
    if (
      await fs.stat(modules).then(
        (s) => s.isDirectory(),
        () => false,
      )
    )
      return modules;
    if (folder === path.dirname(folder)) return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
