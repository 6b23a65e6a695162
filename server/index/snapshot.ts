import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { buildId } from '../settings/build-id.ts';
import { replaceStateFile } from '../settings/state-file.ts';
import { cannotWriteState } from '../settings/state-folder.ts';
import type { FileStamp } from '../workspace/file-stamp.ts';
import type { FileFacts } from './facts.ts';

/** The stat of one file, and what its contents are known to be. */
export interface KnownStat extends FileStamp {
  /** Of the contents; empty for what could not be read. */
  hash: string;
  /** Why there are no facts. */
  skipped?: string;
}

/** What is known of one file, and the stat that says whether it is still so. */
export interface KnownFile extends KnownStat {
  facts?: FileFacts;
}

export type Snapshot = Map<string, KnownFile>;
export type Entry = [file: string, known: KnownFile];

/**
 * A snapshot is a log of frames, each a length, a sum and compressed entries; a later entry of a file takes the place of
 * an earlier one. So it grows as files are parsed: what is killed in the middle goes on from what it had written.
 */
const NAME = 'facts.bin';
const SUM_BYTES = 16;
const HEAD_BYTES = 4 + SUM_BYTES;
const IN_FRAME = 500;
/** A log that holds so many times the entries that are still meant is written anew. */
const MOST_REPEATED = 1.5;

const magic = (): Buffer => Buffer.from(`weft-facts ${buildId()}\n`, 'latin1');

export interface ReadSnapshot {
  snapshot: Snapshot;
  /** One line, where there is something that cannot be used. */
  discarded?: string;
  /** Entries in the file, outdated ones too; undefined where nothing may be added to it. */
  entries?: number;
}

/** The last snapshot; what of it is damaged or of another version is left out. */
export function readSnapshot(stateFolder: string): ReadSnapshot {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path.join(stateFolder, NAME));
  } catch {
    return { snapshot: new Map() };
  }
  const head = magic();
  if (!bytes.subarray(0, head.length).equals(head))
    return { snapshot: new Map(), discarded: 'the saved index is of another version and is made anew' };
  const snapshot: Snapshot = new Map();
  let entries = 0;
  for (let at = head.length; at < bytes.length;) {
    const frame = frameAt(bytes, at);
    if (!frame) {
      const what =
        snapshot.size === 0 ? 'is damaged and is made anew' : 'is damaged in part, which is made anew';
      return { snapshot, discarded: `the saved index ${what}` };
    }
    for (const [file, known] of frame.entries) snapshot.set(file, known);
    entries += frame.entries.length;
    at = frame.end;
  }
  return { snapshot, entries };
}

function frameAt(bytes: Buffer, at: number): { entries: Entry[]; end: number } | undefined {
  if (at + HEAD_BYTES > bytes.length) return undefined;
  const end = at + HEAD_BYTES + bytes.readUInt32LE(at);
  const body = bytes.subarray(at + HEAD_BYTES, end);
  if (end > bytes.length || !sumOf(body).equals(bytes.subarray(at + 4, at + HEAD_BYTES))) return undefined;
  try {
    return { entries: deserialize(zstdDecompressSync(body)) as Entry[], end };
  } catch {
    // Of another engine.
    return undefined;
  }
}

/** Entries as they are added to a log. */
export function packEntries(entries: readonly Entry[]): Uint8Array<ArrayBuffer> {
  const packed = zstdCompressSync(serialize(entries), { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32LE(packed.length);
  sumOf(packed).copy(head, 4);
  const frame = new Uint8Array(HEAD_BYTES + packed.length);
  frame.set(head);
  frame.set(packed, HEAD_BYTES);
  return frame;
}

function sumOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest().subarray(0, SUM_BYTES);
}

/** Takes the place of the last snapshot at once. Throws `badInput` where the state folder cannot be written. */
export function writeSnapshot(stateFolder: string, snapshot: ReadonlyMap<string, KnownFile>): void {
  const all = [...snapshot];
  replaceStateFile({ folder: stateFolder, name: NAME }, function* () {
    yield magic();
    for (let i = 0; i < all.length; i += IN_FRAME) yield packEntries(all.slice(i, i + IN_FRAME));
  });
}

/** Adds to the last snapshot. */
export class SnapshotLog {
  readonly #folder: string;
  readonly #handle: number;
  #entries: number;

  /**
   * `read` says what is there, `kept` what of it is still meant: where much is not, or nothing may be added, that is
   * written anew first. Throws `badInput` where the state folder cannot be written.
   */
  constructor(
    folder: string,
    { entries }: Pick<ReadSnapshot, 'entries'>,
    kept: ReadonlyMap<string, KnownFile>,
  ) {
    this.#folder = folder;
    const isGood = entries !== undefined && entries <= kept.size * MOST_REPEATED;
    if (!isGood) writeSnapshot(folder, kept);
    this.#entries = isGood ? entries : kept.size;
    this.#handle = openSync(path.join(folder, NAME), 'a');
  }

  /** What `readSnapshot` would say. */
  get entries(): number {
    return this.#entries;
  }

  add(frame: Uint8Array, entries: number): void {
    try {
      // One write: what two processes add at once stands one after the other.
      if (writeSync(this.#handle, frame) < frame.length) throw new Error('the disk is full');
    } catch (error) {
      throw cannotWriteState(this.#folder, error);
    }
    this.#entries += entries;
  }

  close(): void {
    try {
      fsyncSync(this.#handle);
    } finally {
      closeSync(this.#handle);
    }
  }
}
