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
import { deserialize, serialize } from 'node:v8';
import { isAlive } from '../settings/is-alive.ts';
import { cannotWriteState, makeStateFolder } from '../settings/state-folder.ts';
import type { FileFacts } from './facts.ts';

/** Raised when the shape or the meaning of facts changes: older snapshots are then made anew. */
export const FACTS_VERSION = 3;
const MAGIC = `weft-facts ${FACTS_VERSION}\n`;

/** What is known of one file, and the stat that says whether it is still so. */
export interface KnownFile {
  size: number;
  mtimeMs: number;
  hash: string;
  facts?: FileFacts;
  skipped?: string;
}

export type Snapshot = Map<string, KnownFile>;

const fileIn = (stateFolder: string) => path.join(stateFolder, 'facts.bin');

/** The last snapshot, or why it cannot be used (absent on a first start). */
export function readSnapshot(stateFolder: string): { snapshot: Snapshot; discarded?: string } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(fileIn(stateFolder));
  } catch {
    return { snapshot: new Map() };
  }
  if (bytes.subarray(0, MAGIC.length).toString('latin1') !== MAGIC)
    return { snapshot: new Map(), discarded: 'the saved index is of another version and is made anew' };
  const sum = bytes.subarray(MAGIC.length, MAGIC.length + 32);
  const body = bytes.subarray(MAGIC.length + 32);
  if (!createHash('sha256').update(body).digest().equals(sum))
    return { snapshot: new Map(), discarded: 'the saved index is damaged and is made anew' };
  try {
    return { snapshot: deserialize(body) as Snapshot };
  } catch {
    return { snapshot: new Map(), discarded: 'the saved index is of another engine and is made anew' };
  }
}

/** Written aside and renamed into place: a kill leaves the old snapshot or the new one, never a half. */
export function writeSnapshot(stateFolder: string, snapshot: Snapshot): void {
  makeStateFolder(stateFolder);
  const body = serialize(snapshot);
  const aside = `${fileIn(stateFolder)}.${process.pid}`;
  try {
    writeDurably(aside, [Buffer.from(MAGIC, 'latin1'), createHash('sha256').update(body).digest(), body]);
    renameSync(aside, fileIn(stateFolder));
    removeAbandoned(stateFolder);
  } catch (error) {
    rmSync(aside, { force: true });
    throw cannotWriteState(stateFolder, error);
  }
}

/** What processes left that were killed while they wrote. */
function removeAbandoned(stateFolder: string): void {
  for (const name of readdirSync(stateFolder)) {
    const [, pid] = /^facts\.bin\.(\d+)$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(path.join(stateFolder, name), { force: true });
  }
}

function writeDurably(file: string, parts: readonly Uint8Array[]): void {
  const handle = openSync(file, 'w');
  try {
    for (const part of parts) writeFileSync(handle, part);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
