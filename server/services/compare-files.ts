import { createHash } from 'node:crypto';
import path from 'node:path';
import type { KnownStat } from '../index/snapshot.ts';
import { MOST_BYTES, type WorkspaceFile } from '../workspace/discover.ts';
import { isUnchanged } from '../workspace/file-stamp.ts';
import { readRegularFile } from '../workspace/read-file.ts';

export interface Compared<Known> {
  /** What is still known, under the stats of now. */
  next: Map<string, Known>;
  /** Files to be read, parsed and linked. */
  changed: WorkspaceFile[];
  /** Those of `next` whose stat is another, though their contents are not. */
  restamped: string[];
}

/**
 * Holds the files that there are against those that are known. A stat that is equal says that the contents are, unless
 * it is so young that a later change may have left it as it was; of those, and of files of the same size under other
 * times, the contents are looked at.
 */
export function compareFiles<Known extends KnownStat>(
  root: string,
  files: readonly WorkspaceFile[],
  known: ReadonlyMap<string, Known>,
): Compared<Known> {
  const compared: Compared<Known> = { next: new Map(), changed: [], restamped: [] };
  for (const found of files) {
    const before = known.get(found.file);
    // What could not be read has no hash, and may be readable now without looking different.
    if (!before || before.hash === '') compared.changed.push(found);
    else if (isUnchanged(before, found)) compared.next.set(found.file, before);
    else if (before.size === found.size && hashOf(path.join(root, found.file)) === before.hash) {
      const { size, mtimeMs, ctimeMs, isFresh } = found;
      const { isFresh: _, ...content } = before;
      const stamp = { size, mtimeMs, ctimeMs, ...(isFresh ? { isFresh } : {}) };
      compared.next.set(found.file, { ...(content as Known), ...stamp });
      compared.restamped.push(found.file);
    } else compared.changed.push(found);
  }
  return compared;
}

function hashOf(file: string): string | undefined {
  try {
    return createHash('sha256').update(readRegularFile(file, MOST_BYTES)).digest('hex');
  } catch {
    // Gone or locked since the look: who reads it next says so.
    return undefined;
  }
}
