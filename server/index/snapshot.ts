import { deserialize, serialize } from 'node:v8';
import { buildId } from '../settings/build-id.ts';
import { readStateFile, writeStateFile } from '../settings/state-file.ts';
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

const fileIn = (folder: string) => ({ folder, name: 'facts.bin', magic: `weft-facts ${buildId()}\n` });

/** The last snapshot, or why it cannot be used (absent on a first start). */
export function readSnapshot(stateFolder: string): { snapshot: Snapshot; discarded?: string } {
  const content = readStateFile(fileIn(stateFolder));
  const anew = (why: string) => ({
    snapshot: new Map<string, KnownFile>(),
    discarded: `the saved index is ${why} and is made anew`,
  });
  if (!content) return { snapshot: new Map() };
  if ('discarded' in content) return anew(content.discarded === 'damaged' ? 'damaged' : 'of another version');
  try {
    return { snapshot: deserialize(content.body) as Snapshot };
  } catch {
    return anew('of another engine');
  }
}

/** Throws `badInput` where the state folder cannot be written. */
export function writeSnapshot(stateFolder: string, snapshot: Snapshot): void {
  writeStateFile(fileIn(stateFolder), [serialize(snapshot)]);
}
