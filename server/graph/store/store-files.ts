import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from '../../settings/is-alive.ts';
import { makeStateFolder } from '../../settings/state-folder.ts';
import { SCHEMA_VERSION } from './schema.ts';

const POINTER = 'current.json';
/** Left by a kill inside the engine: opening such a file can end the process that opens it. */
const LEFTOVERS = ['.wal', '.wal.checkpoint', '.shadow'];
const BUILDER = 'builder';

interface Pointer {
  schema: number;
  version: string;
  file: string;
  size: number;
  /** SHA-256 (hex) of the file. */
  sum: string;
  /** When it was published: milliseconds since 1970. */
  madeMs: number;
}

/** The published store, if there is one that is safe to open. */
export interface PublishedStore {
  version: string;
  database: string;
  /** What `sumOf` said when it was published: an engine reads a wrong byte as it stands. */
  sum: string;
  madeMs: number;
}

/** Looks before opening: schema, size, and leftovers of an engine that was killed. */
export function publishedStore(folder: string): PublishedStore | undefined {
  try {
    const pointer = JSON.parse(readFileSync(path.join(folder, POINTER), 'utf8')) as Pointer;
    const database = path.join(folder, pointer.file);
    if (pointer.schema !== SCHEMA_VERSION || statSync(database).size !== pointer.size) return undefined;
    if (LEFTOVERS.some((ending) => existsSync(database + ending))) return undefined;
    return { version: pointer.version, database, sum: pointer.sum, madeMs: pointer.madeMs };
  } catch {
    return undefined;
  }
}

export function sumOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** Makes a finished database file the store: renamed into place, then the pointer is swapped. */
export function publish(folder: string, built: string, version: string): void {
  const file = `graph-${version.slice(0, 16)}-${process.pid}.lbug`;
  const pointer: Pointer = {
    ...{ schema: SCHEMA_VERSION, version, file },
    ...{ size: statSync(built).size, sum: sumOf(built), madeMs: Date.now() },
  };
  renameSync(built, path.join(folder, file));
  const aside = path.join(folder, `${POINTER}.${process.pid}`);
  writeFileSync(aside, JSON.stringify(pointer));
  renameSync(aside, path.join(folder, POINTER));
  removeAbandoned(folder);
}

/** Drops a store that proved unfit to open, and leaves one that was published in its place since. */
export function discard(folder: string, { database }: PublishedStore): void {
  if (currentFile(folder) === path.basename(database)) rmSync(path.join(folder, POINTER), { force: true });
  for (const ending of ['', ...LEFTOVERS]) rmSync(database + ending, { force: true });
}

/** A new folder for what a build needs until it is published. */
export function makeAside(folder: string): string {
  const aside = path.join(folder, `building-${process.pid}-${Date.now().toString(36)}`);
  makeStateFolder(aside);
  return aside;
}

/** Says which process builds in a folder, so that nobody takes it away while that process lives. */
export function claim(aside: string): void {
  writeFileSync(path.join(aside, BUILDER), String(process.pid));
}

/** Takes away older stores, and what processes left that were killed; what a living one may still need stays. */
export function removeAbandoned(folder: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const current = currentFile(folder);
  for (const name of readdirSync(folder)) {
    const [, kind, owner] =
      /^(graph-\w+|building|current\.json|turn\.json|owner\.json)[-.](\d+)/.exec(name) ?? [];
    if (kind === undefined || (current !== undefined && name.startsWith(current))) continue;
    const at = path.join(folder, name);
    const owners = [Number(owner), ...(kind === 'building' ? builderOf(at) : [])];
    if (owners.some((pid) => pid !== process.pid && isAlive(pid))) continue;
    if (kind === 'building' && owners.includes(process.pid)) continue;
    try {
      rmSync(at, { recursive: true, force: true });
    } catch {
      // Another process still reads it (Windows); the next build takes it away.
    }
  }
}

function currentFile(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(path.join(folder, POINTER), 'utf8')) as Partial<Pointer>).file;
  } catch {
    return undefined;
  }
}

function builderOf(aside: string): number[] {
  try {
    return [Number(readFileSync(path.join(aside, BUILDER), 'utf8'))];
  } catch {
    return [];
  }
}
