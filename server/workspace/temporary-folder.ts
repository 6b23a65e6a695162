import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { isAlive } from '../settings/is-alive.ts';

/** What a process that was killed could not take away: the name says whose it was. */
const OWNED = /^weft-[a-z]+(?:-[a-z]+)*-(\d+)-\w+$/;

/** A new folder for copies and results, outside every workspace; those of processes that have ended are removed. */
export async function makeTemporaryFolder(kind: string): Promise<string> {
  const temporary = await fs.realpath(os.tmpdir());
  await removeAbandoned(temporary);
  return fs.mkdtemp(path.join(temporary, `weft-${kind}-${process.pid}-`));
}

async function removeAbandoned(temporary: string): Promise<void> {
  for (const name of await fs.readdir(temporary)) {
    const pid = Number(OWNED.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    await fs.rm(path.join(temporary, name), { recursive: true, force: true });
  }
}
