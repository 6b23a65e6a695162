import * as fs from 'node:fs';
import {
  applyHunks,
  splitLines,
  type AcceptedHunks,
  type FileChange,
  type Hunk,
} from '../protocol/changes.ts';
import { UserError } from '../protocol/user-error.ts';
import type { Disk } from './disk.ts';
import { locate, refused } from './locate.ts';
import { contentHash, decodeText, encodeText } from './text.ts';
import { stale, writeFiles, type FileEdit } from './write-files.ts';

export interface WriteChanges {
  /** The workspace's state folder: the journal and the history are there. */
  stateFolder: string;
  runId: string;
  /** What the run calls the hunks that are written, by file; by default, their own ids. */
  hunkIds?: ReadonlyMap<string, readonly string[]> | undefined;
  disk?: Disk | undefined;
}

/**
 * Writes the accepted hunks of all files, or changes no file at all (`writeFiles`). Every change's file is checked
 * against its `baseHash`, even one without accepted hunks.
 *
 * @returns the changed files, relative to `root`.
 * @throws UserError `badInput`: a file is missing, outside `root`, has changed since, or does not fit its hunks;
 *   `notAchieved`: the disk refused. Both leave every file as it was, unless the message names those that could
 *   not be put back.
 */
export function writeChanges(
  root: string,
  changes: readonly FileChange[],
  accepted: AcceptedHunks,
  { stateFolder, runId, hunkIds, disk }: WriteChanges,
): { files: string[] } {
  const edits = prepareEdits(root, changes, accepted).map((edit) => ({
    ...edit,
    hunkIds: hunkIds?.get(edit.file) ?? edit.hunkIds,
  }));
  if (edits.length > 0)
    writeFiles(edits, { stateFolder, step: { runId, kind: 'apply', takesBack: [] }, disk });
  return { files: edits.map((edit) => edit.file) };
}

function prepareEdits(root: string, changes: readonly FileChange[], accepted: AcceptedHunks): FileEdit[] {
  const acceptedIds = new Map<string, Set<string>>();
  for (const { file, hunkIds } of accepted) {
    if (!changes.some((change) => change.file === file)) throw refused(file, 'is not part of this patch');
    acceptedIds.set(file, new Set([...(acceptedIds.get(file) ?? []), ...hunkIds]));
  }
  const realRoot = fs.realpathSync(root);
  const targets = new Set<string>();
  const edits: FileEdit[] = [];
  for (const change of changes) {
    const target = locate(realRoot, change.file);
    if (targets.has(target)) throw refused(change.file, 'is in this patch twice');
    targets.add(target);
    const original = fs.readFileSync(target);
    if (contentHash(original) !== change.baseHash) throw stale(change.file);
    const ids = acceptedIds.get(change.file) ?? new Set();
    const after = editedBytes(change, original, ids);
    if (Buffer.compare(after, original) === 0) continue;
    const mode = fs.statSync(target).mode & 0o7777;
    edits.push({ file: change.file, target, before: original, after, mode, hunkIds: [...ids] });
  }
  return edits;
}

function editedBytes(change: FileChange, original: Uint8Array, ids: ReadonlySet<string>): Uint8Array {
  const { text, format } = decodeText(original);
  const hunks = change.hunks.filter((hunk) => ids.has(hunk.id));
  if (hunks.length !== ids.size) throw refused(change.file, 'has no such hunk; make the patch again');
  if (!fit(splitLines(text), hunks))
    throw refused(change.file, 'does not fit its hunks; make the patch again');
  const next = applyHunks(text, hunks);
  const bytes = encode(change.file, next, format);
  if (next !== text && decodeText(bytes).text !== next)
    throw refused(change.file, `would read differently once saved as ${format.encoding}`);
  return bytes;
}

function encode(file: string, text: string, format: FileChange['format']): Uint8Array {
  try {
    return encodeText(text, format);
  } catch (error) {
    if (UserError.is(error)) throw new UserError(error.reason, `${file}: ${error.message}`, error.details);
    throw error;
  }
}

function fit(lines: readonly string[], hunks: readonly Hunk[]): boolean {
  let free = 0;
  return [...hunks]
    .sort((a, b) => a.startLine - b.startLine)
    .every(({ startLine, oldLines }) => {
      const apart = startLine >= free && startLine <= lines.length;
      free = startLine + oldLines.length;
      return apart && oldLines.every((line, i) => lines[startLine + i] === line);
    });
}
