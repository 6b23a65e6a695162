import { spawn } from 'node:child_process';
import { readdirSync, rmSync, type Dirent } from 'node:fs';
import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../protocol/user-error.ts';
import { isAlive } from '../settings/is-alive.ts';

/** What a process that was killed could not take away: the name says whose it was. */
const OWNED = /^weft-[a-z]+(?:-[a-z]+)*-(\d+)-\w+$/;

/**
 * A new folder for copies and results, outside every workspace; those of processes that have ended are removed. Throws
 * `badInput` where there can be none.
 */
export async function makeTemporaryFolder(kind: string): Promise<string> {
  try {
    const temporary = await fs.realpath(os.tmpdir());
    await removeAbandoned(temporary);
    return await fs.mkdtemp(path.join(temporary, `weft-${kind}-${process.pid}-`));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError(
      'badInput',
      `${os.tmpdir()}: cannot be written (${code}); set TMPDIR to a folder that you may write to`,
    );
  }
}

/** Removes a file or a folder with all that is in it, with folders too that a test has closed to everyone. */
export async function removeFolder(folder: string): Promise<void> {
  try {
    await fs.rm(folder, { recursive: true, force: true });
  } catch {
    await openFolders(folder);
    await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What vanishes meanwhile is still being removed by the attempt that failed elsewhere. */
async function openFolders(folder: string): Promise<void> {
  const stat = await fs.lstat(folder).catch(() => undefined);
  // Not a link: what it leads to is not ours.
  if (!stat?.isDirectory()) return;
  await fs.chmod(folder, 0o700).catch(() => undefined);
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  for (const entry of entries) if (entry.isDirectory()) await openFolders(path.join(folder, entry.name));
}

/**
 * Has what this process made and did not remove taken away by one that outlives it: large folders take longer than
 * a person waits.
 */
export function leaveFoldersToRemove(): void {
  const temporary = os.tmpdir();
  const own = readdirSync(temporary)
    .filter((name) => Number(OWNED.exec(name)?.[1]) === process.pid)
    .map((name) => path.join(temporary, name));
  if (own.length === 0) return;
  if (process.platform === 'win32')
    for (const folder of own) rmSync(folder, { recursive: true, force: true });
  // The processes of the command end now too: what they still write is removed by the second attempt.
  else
    spawn(
      '/bin/sh',
      ['-c', 'rm -rf "$@" 2>/dev/null || { sleep 1; chmod -R u+rwx "$@"; rm -rf "$@"; }', 'sh', ...own],
      {
        cwd: '/',
        detached: true,
        stdio: 'ignore',
      },
    ).unref();
}

async function removeAbandoned(temporary: string): Promise<void> {
  for (const name of await fs.readdir(temporary)) {
    const pid = Number(OWNED.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    // What another user left can't be taken away, and is in nobody's way.
    await removeFolder(path.join(temporary, name)).catch(() => undefined);
  }
}
