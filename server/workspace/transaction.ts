import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import {
  applyHunks,
  splitLines,
  type AcceptedHunks,
  type FileChange,
  type Hunk,
} from '../protocol/changes.ts';
import { UserError } from '../protocol/user-error.ts';
import { contentHash, decodeText, encodeText } from './text.ts';

/** What a transaction does to the disk; tests put failing ones in its place. */
export interface Disk {
  /** Creates a file that must not exist yet and returns once its bytes are on the disk. */
  create(file: string, bytes: Uint8Array, mode: number): void;
  /** Gives a file a second name. */
  link(from: string, to: string): void;
  rename(from: string, to: string): void;
}

export const realDisk: Disk = {
  create(file, bytes, mode) {
    const handle = fs.openSync(file, 'wx', 0o600);
    try {
      fs.writeFileSync(handle, bytes);
      fs.fchmodSync(handle, mode);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  },
  link: (from, to) => fs.linkSync(from, to),
  rename: (from, to) => fs.renameSync(from, to),
};

export interface WriteOptions {
  /** Takes `0`, `1`, … (the originals' bytes) and `manifest.json`; it must not hold a manifest yet. */
  backupFolder: string;
  disk?: Disk;
}

/** The manifest beside the originals: which file each of them is. */
export interface BackupManifest {
  files: { file: string; path: string; backup: string; mode: number; hash: string; newHash: string }[];
}

/** One file about to change; `target` is where its bytes really are, behind any symlink. */
interface Edit {
  file: string;
  target: string;
  mode: number;
  original: Uint8Array;
  bytes: Uint8Array;
}

/**
 * Writes the accepted hunks of all files, or changes no file at all. The originals are in `backupFolder` before
 * the first file changes. Every change's file is checked against its `baseHash`, even one without accepted hunks.
 * A process killed between two renames leaves some files renamed: the manifest says how to put them back.
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
  { backupFolder, disk = realDisk }: WriteOptions,
): { files: string[] } {
  const edits = prepareEdits(root, changes, accepted);
  if (edits.length > 0) commit(edits, path.resolve(backupFolder), disk);
  return { files: edits.map((edit) => edit.file) };
}

function prepareEdits(root: string, changes: readonly FileChange[], accepted: AcceptedHunks): Edit[] {
  const acceptedIds = new Map<string, Set<string>>();
  for (const { file, hunkIds } of accepted) {
    if (!changes.some((change) => change.file === file)) throw badInput(file, 'is not part of this patch');
    acceptedIds.set(file, new Set([...(acceptedIds.get(file) ?? []), ...hunkIds]));
  }
  const realRoot = fs.realpathSync(root);
  const targets = new Set<string>();
  const edits: Edit[] = [];
  for (const change of changes) {
    const target = locate(realRoot, change.file);
    if (targets.has(target)) throw badInput(change.file, 'is in this patch twice');
    targets.add(target);
    const original = fs.readFileSync(target);
    if (contentHash(original) !== change.baseHash) throw stale(change.file);
    const bytes = editedBytes(change, original, acceptedIds.get(change.file) ?? new Set());
    if (Buffer.compare(bytes, original) === 0) continue;
    edits.push({ file: change.file, target, mode: fs.statSync(target).mode & 0o7777, original, bytes });
  }
  return edits;
}

function locate(realRoot: string, file: string): string {
  const named = path.resolve(realRoot, file);
  if (path.isAbsolute(file) || !isInside(realRoot, named)) throw badInput(file, 'is outside the workspace');
  let target: string;
  try {
    target = fs.realpathSync(named);
  } catch {
    throw badInput(file, 'cannot be found; make the patch again');
  }
  if (!isInside(realRoot, target))
    throw badInput(file, 'leads outside the workspace through a symbolic link');
  const folders = path.relative(realRoot, target).split(path.sep);
  if (folders.some((name) => name.toLowerCase() === '.git'))
    throw badInput(file, "belongs to git's own data");
  if (!fs.statSync(target).isFile()) throw badInput(file, 'is not a file');
  return target;
}

function isInside(folder: string, target: string): boolean {
  const relative = path.relative(folder, target);
  return (
    relative !== '' &&
    relative !== '..' &&
    !relative.startsWith(`..${path.sep}`) &&
    !path.isAbsolute(relative)
  );
}

function editedBytes(change: FileChange, original: Uint8Array, ids: ReadonlySet<string>): Uint8Array {
  const { text, format } = decodeText(original);
  const hunks = change.hunks.filter((hunk) => ids.has(hunk.id));
  if (hunks.length !== ids.size) throw badInput(change.file, 'has no such hunk; make the patch again');
  if (!fit(splitLines(text), hunks))
    throw badInput(change.file, 'does not fit its hunks; make the patch again');
  const next = applyHunks(text, hunks);
  const bytes = encode(change.file, next, format);
  if (next !== text && decodeText(bytes).text !== next)
    throw badInput(change.file, `would read differently once saved as ${format.encoding}`);
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

function commit(edits: readonly Edit[], backupFolder: string, disk: Disk): void {
  const scrap: string[] = [];
  const backups: string[] = [];
  const replaced: { edit: Edit; undo: string }[] = [];
  try {
    saveOriginals(edits, backupFolder, disk, backups);
    const staged = edits.map((edit) => stage(edit, disk, scrap));
    for (const { edit, fresh, undo } of staged) {
      if (contentHash(fs.readFileSync(edit.target)) !== contentHash(edit.original)) throw stale(edit.file);
      disk.rename(fresh, edit.target);
      replaced.push({ edit, undo });
    }
  } catch (error) {
    const lost = putBack(replaced, disk);
    if (lost.length > 0) {
      const names = lost.join(', ');
      throw new UserError(
        'notAchieved',
        `${names} changed and could not be put back (${messageOf(error)}); the originals are in ${backupFolder}`,
        { files: lost },
      );
    }
    removeAll(backups);
    if (UserError.is(error)) throw error;
    throw new UserError('notAchieved', `No file was changed: ${messageOf(error)}`);
  } finally {
    removeAll(scrap);
  }
  for (const folder of new Set(edits.map((edit) => path.dirname(edit.target)))) syncFolder(folder);
}

function saveOriginals(edits: readonly Edit[], folder: string, disk: Disk, backups: string[]): void {
  fs.mkdirSync(folder, { recursive: true });
  const save = (name: string, bytes: Uint8Array): void => {
    const file = path.join(folder, name);
    if (fs.existsSync(file)) throw new Error(`${file} holds the originals of another patch`);
    backups.push(file);
    disk.create(file, bytes, 0o600);
  };
  const manifest: BackupManifest = {
    files: edits.map(({ file, target, mode, original, bytes }, i) => ({
      file,
      path: target,
      backup: `${i}`,
      mode,
      hash: contentHash(original),
      newHash: contentHash(bytes),
    })),
  };
  edits.forEach(({ original }, i) => save(`${i}`, original));
  save('manifest.json', Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`));
  syncFolder(folder);
}

/** Puts the new bytes and a way back beside the target, so that changing and undoing are one rename each. */
function stage(edit: Edit, disk: Disk, scrap: string[]): { edit: Edit; fresh: string; undo: string } {
  const besideTarget = path.join(path.dirname(edit.target), `.weft-${randomUUID()}`);
  const fresh = `${besideTarget}.new`;
  const undo = `${besideTarget}.old`;
  scrap.push(fresh, undo);
  disk.create(fresh, edit.bytes, edit.mode);
  keepOwner(edit, fresh);
  try {
    disk.link(edit.target, undo);
  } catch {
    // Some file systems have no hard links: a copy takes their place.
    disk.create(undo, edit.original, edit.mode);
    keepOwner(edit, undo);
  }
  return { edit, fresh, undo };
}

function keepOwner({ target, mode }: Edit, copy: string): void {
  const [wanted, given] = [fs.statSync(target), fs.statSync(copy)];
  if (wanted.uid === given.uid && wanted.gid === given.gid) return;
  try {
    fs.chownSync(copy, wanted.uid, wanted.gid);
    // Changing the owner clears the set-user-id bits.
    fs.chmodSync(copy, mode);
  } catch {
    // Only root may give files away: the file then belongs to the person who accepted the patch.
  }
}

/** @returns the files that still have their new bytes. */
function putBack(replaced: readonly { edit: Edit; undo: string }[], disk: Disk): string[] {
  const lost: string[] = [];
  for (const { edit, undo } of [...replaced].reverse()) {
    try {
      disk.rename(undo, edit.target);
    } catch {
      lost.push(edit.file);
    }
  }
  return lost;
}

function removeAll(files: readonly string[]): void {
  for (const file of files) {
    try {
      fs.rmSync(file, { force: true });
    } catch {
      // A leftover temporary is no reason to call a finished or undone patch anything else.
    }
  }
}

function syncFolder(folder: string): void {
  try {
    const handle = fs.openSync(folder, 'r');
    try {
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  } catch {
    // Windows cannot sync a folder.
  }
}

const badInput = (file: string, problem: string): UserError =>
  new UserError('badInput', `${file} ${problem}; nothing was written`, { file });

const stale = (file: string): UserError =>
  badInput(file, 'changed since the patch was made; make the patch again');

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
