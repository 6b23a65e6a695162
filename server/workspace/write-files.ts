import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../protocol/user-error.ts';
import { makeStateFolder } from '../settings/state-folder.ts';
import { realDisk, syncFolder, type Disk } from './disk.ts';
import { History, type Step, type StepFile } from './history.ts';
import {
  closeJournal,
  hashAt,
  NotPutBack,
  openJournal,
  recoverTransaction,
  rollBack,
  type Journal,
} from './journal.ts';
import { refused } from './locate.ts';
import { contentHash } from './text.ts';

/** One file about to change. */
export interface FileEdit {
  /** Relative to the workspace root. */
  file: string;
  /** Where its bytes really are, behind any symbolic link. */
  target: string;
  /** What it is now; absent: it is to be made. */
  before?: Uint8Array | undefined;
  /** What it shall be; absent: it is to go. */
  after?: Uint8Array | undefined;
  /** Permission bits. */
  mode: number;
  /** The hunks of the run that this writes. */
  hunkIds: readonly string[];
}

export interface WriteOptions {
  /** The workspace's state folder: the journal and the history are there. */
  stateFolder: string;
  step: Pick<Step, 'runId' | 'kind' | 'takesBack'>;
  disk?: Disk | undefined;
}

/**
 * Changes all files or none, and keeps what each was and became as a step of the history. Before the first file
 * changes, a journal says what is to happen: when the process is killed, the next start of any finishes it or takes it
 * back (`recoverTransaction`).
 *
 * @throws UserError `badInput`: a file changed meanwhile; `notAchieved`: the disk refused, or another process is
 *   writing. Both leave every file as it was, unless the message names those that could not be put back.
 */
export function writeFiles(edits: readonly FileEdit[], options: WriteOptions): Step {
  const { stateFolder, disk = realDisk } = options;
  recoverTransaction(stateFolder, disk);
  const history = new History(stateFolder);
  const step = newStep(edits, options, history.nextNumber());
  const journal: Journal = {
    pid: process.pid,
    step,
    beside: edits.map(({ target }) => {
      const beside = path.join(path.dirname(target), `.weft-${randomUUID()}`);
      return { fresh: `${beside}.new`, old: `${beside}.old` };
    }),
  };
  try {
    openJournal(stateFolder, journal, disk);
  } catch (error) {
    throw nothingChanged(error);
  }
  try {
    keep(edits, step, history, disk);
    edits.forEach((edit, i) => stage(edit, step.files[i], journal.beside[i], disk));
    edits.forEach((edit, i) => change(edit, journal.beside[i], disk));
  } catch (error) {
    takeBack(stateFolder, journal, error, disk);
    throw nothingChanged(error);
  }
  for (const folder of new Set(edits.map((edit) => path.dirname(edit.target)))) syncFolder(folder);
  closeJournal(stateFolder, journal, disk);
  forget(history, disk);
  return step;
}

/** Keeps as a step what the editor wrote; no file is changed. */
export function keepStep(edits: readonly FileEdit[], options: WriteOptions): Step {
  const { stateFolder, disk = realDisk } = options;
  recoverTransaction(stateFolder, disk);
  const history = new History(stateFolder);
  const step = newStep(edits, options, history.nextNumber());
  keep(edits, step, history, disk);
  forget(history, disk);
  return step;
}

function forget(history: History, disk: Disk): void {
  try {
    history.forgetOldest(disk);
  } catch {
    // Too much kept is no reason to call a finished write anything else.
  }
}

function newStep(edits: readonly FileEdit[], { step }: WriteOptions, number: number): Step {
  const files = edits.map(({ file, target, before, after, mode, hunkIds }, i): StepFile => {
    const saved = (bytes: Uint8Array, name: string) => ({ saved: name, mode, hash: contentHash(bytes) });
    return {
      ...{ file, path: target, hunkIds: [...hunkIds], folders: after ? missingFolders(target) : [] },
      ...(before ? { before: saved(before, `${i}.before`) } : {}),
      ...(after ? { after: saved(after, `${i}.after`) } : {}),
    };
  });
  return { number, ...step, at: Date.now(), files };
}

function missingFolders(target: string): string[] {
  const missing: string[] = [];
  for (let at = path.dirname(target); !fs.existsSync(at); at = path.dirname(at)) missing.unshift(at);
  return missing;
}

/** The manifest comes last: without it, a step is not. */
function keep(edits: readonly FileEdit[], step: Step, history: History, disk: Disk): void {
  const folder = history.folderOf(step.number);
  makeStateFolder(folder);
  edits.forEach(({ before, after }, i) => {
    if (before) disk.create(path.join(folder, `${i}.before`), before, 0o600);
    if (after) disk.create(path.join(folder, `${i}.after`), after, 0o600);
  });
  disk.create(history.manifestOf(step.number), Buffer.from(JSON.stringify(step)), 0o600);
  syncFolder(folder);
  syncFolder(history.folder);
}

/** Puts the new bytes and a way back beside the target, so that changing and undoing are one rename each. */
function stage(
  edit: FileEdit,
  file: StepFile | undefined,
  beside: Journal['beside'][number] | undefined,
  disk: Disk,
): void {
  if (!beside) return;
  for (const folder of file?.folders ?? []) if (!fs.existsSync(folder)) disk.makeFolder(folder);
  const { before, after, target, mode } = edit;
  if (after) {
    disk.create(beside.fresh, after, mode);
    keepOwner(edit, beside.fresh);
  }
  if (!before) return;
  try {
    disk.link(target, beside.old);
  } catch {
    // Some file systems have no hard links: a copy takes their place.
    disk.create(beside.old, before, mode);
    keepOwner(edit, beside.old);
  }
}

function keepOwner({ target, mode, before }: FileEdit, copy: string): void {
  if (!before) return;
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

function change(
  { file, target, before, after }: FileEdit,
  beside: Journal['beside'][number] | undefined,
  disk: Disk,
): void {
  if (hashAt(target) !== (before && contentHash(before))) throw stale(file);
  if (!after) disk.remove(target);
  else if (beside) disk.rename(beside.fresh, target);
}

function takeBack(stateFolder: string, journal: Journal, cause: unknown, disk: Disk): void {
  let edited: string[];
  try {
    ({ edited } = rollBack(stateFolder, journal, disk));
  } catch (error) {
    if (!(error instanceof NotPutBack)) return;
    removeBeside(journal, disk);
    throw new UserError(
      'notAchieved',
      `${error.files.join(', ')} changed and could not be put back (${messageOf(cause)}); the originals are in ${new History(stateFolder).folderOf(journal.step.number)}, and the next start of Weft tries again`,
      { files: error.files },
    );
  }
  if (edited.length === 0) return;
  throw new UserError(
    'notAchieved',
    `${edited.join(', ')} was edited while the patch was written, and is left as it is; the other files are as before (${messageOf(cause)})`,
    { files: edited },
  );
}

function removeBeside(journal: Journal, disk: Disk): void {
  for (const file of journal.beside.flatMap(({ fresh, old }) => [fresh, old])) {
    try {
      disk.remove(file);
    } catch {
      // The journal names it: the next start takes it away.
    }
  }
}

function nothingChanged(error: unknown): UserError {
  if (UserError.is(error)) return error;
  return new UserError('notAchieved', `No file was changed: ${messageOf(error)}`);
}

export const stale = (file: string): UserError =>
  refused(file, 'changed since the patch was made; make the patch again');

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
