import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeStateFolder } from '../../settings/state-folder.ts';
import { SCHEMA_VERSION } from './schema.ts';

const POINTER = 'current.json';
/** Left by a kill inside the engine: opening such a file can end the process that opens it. */
const LEFTOVERS = ['.wal', '.wal.checkpoint', '.shadow'];
const ABANDONED_AFTER_MS = 3_600_000;

interface Pointer {
  schema: number;
  version: string;
  file: string;
  size: number;
}

/** The published store, if there is one that is safe to open. */
export interface PublishedStore {
  version: string;
  database: string;
}

/** Looks before opening: schema, size, and leftovers of an engine that was killed. */
export function publishedStore(folder: string): PublishedStore | undefined {
  try {
    const pointer = JSON.parse(readFileSync(path.join(folder, POINTER), 'utf8')) as Pointer;
    const database = path.join(folder, pointer.file);
    if (pointer.schema !== SCHEMA_VERSION || statSync(database).size !== pointer.size) return undefined;
    if (LEFTOVERS.some((ending) => existsSync(database + ending))) return undefined;
    return { version: pointer.version, database };
  } catch {
    return undefined;
  }
}

/** Makes a finished database file the store: renamed into place, then the pointer is swapped. */
export function publish(folder: string, built: string, version: string): void {
  const file = `graph-${version.slice(0, 16)}-${process.pid}.lbug`;
  renameSync(built, path.join(folder, file));
  const { size } = statSync(path.join(folder, file));
  const pointer: Pointer = { schema: SCHEMA_VERSION, version, file, size };
  const aside = path.join(folder, `${POINTER}.${process.pid}`);
  writeFileSync(aside, JSON.stringify(pointer));
  renameSync(aside, path.join(folder, POINTER));
  removeOld(folder, file);
}

/** Drops a store that proved unfit to open. */
export function discard(folder: string, { database }: PublishedStore): void {
  rmSync(path.join(folder, POINTER), { force: true });
  for (const ending of ['', ...LEFTOVERS]) rmSync(database + ending, { force: true });
}

/** A new folder for what a build needs until it is published. */
export function makeAside(folder: string): string {
  const aside = path.join(folder, `building-${process.pid}-${Date.now().toString(36)}`);
  makeStateFolder(aside);
  return aside;
}

function removeOld(folder: string, current: string): void {
  for (const name of readdirSync(folder)) {
    const at = path.join(folder, name);
    const old = name.startsWith('graph-') && !name.startsWith(current);
    const abandoned = name.startsWith('building-') && Date.now() - statSync(at).mtimeMs > ABANDONED_AFTER_MS;
    if (!old && !abandoned) continue;
    try {
      rmSync(at, { recursive: true, force: true });
    } catch {
      // Another process still reads it (Windows); the next build takes it away.
    }
  }
}
