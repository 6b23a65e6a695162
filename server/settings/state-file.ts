import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { isAlive } from './is-alive.ts';
import { cannotWriteState, makeStateFolder } from './state-folder.ts';

const SUM_BYTES = 32;

/** A file of derived data in a state folder, checked by a sum when it is read. */
export interface StateFile {
  folder: string;
  name: string;
  /** What the first line says: of another version is what begins otherwise. */
  magic: string;
}

export type StateContent = { body: Buffer } | { discarded: 'another version' | 'damaged' } | undefined;

/** The body of a state file, or why it cannot be used; undefined where there is none. */
export function readStateFile({ folder, name, magic }: StateFile): StateContent {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path.join(folder, name));
  } catch {
    return undefined;
  }
  const head = Buffer.byteLength(magic, 'latin1');
  if (bytes.subarray(0, head).toString('latin1') !== magic) return { discarded: 'another version' };
  const sum = bytes.subarray(head, head + SUM_BYTES);
  const body = bytes.subarray(head + SUM_BYTES);
  return createHash('sha256').update(body).digest().equals(sum) ? { body } : { discarded: 'damaged' };
}

/**
 * Written aside and renamed into place: a kill leaves the old file or the new one, never a half. Throws `badInput`
 * where the state folder cannot be written.
 */
export function writeStateFile({ folder, name, magic }: StateFile, parts: readonly Uint8Array[]): void {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  replaceStateFile({ folder, name }, () => [Buffer.from(magic, 'latin1'), hash.digest(), ...parts]);
}

/** The same for a file that has sums of its own; its parts are made one by one. */
export function replaceStateFile(
  { folder, name }: Pick<StateFile, 'folder' | 'name'>,
  parts: () => Iterable<Uint8Array>,
): void {
  makeStateFolder(folder);
  const file = path.join(folder, name);
  const aside = `${file}.${process.pid}`;
  try {
    writeDurably(aside, parts());
    renameSync(aside, file);
    removeAbandoned(folder, name);
  } catch (error) {
    rmSync(aside, { force: true });
    throw cannotWriteState(folder, error);
  }
}

/** What processes left that were killed while they wrote. */
function removeAbandoned(folder: string, name: string): void {
  for (const found of readdirSync(folder)) {
    if (!found.startsWith(`${name}.`)) continue;
    const pid = found.slice(name.length + 1);
    if (/^\d+$/.test(pid) && !isAlive(Number(pid))) rmSync(path.join(folder, found), { force: true });
  }
}

function writeDurably(file: string, parts: Iterable<Uint8Array>): void {
  const handle = openSync(file, 'w');
  try {
    for (const part of parts) writeFileSync(handle, part);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
