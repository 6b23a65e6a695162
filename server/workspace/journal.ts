import * as fs from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { lazy } from '../protocol/lazy.ts';
import { UserError } from '../protocol/user-error.ts';
import { isAlive } from '../settings/is-alive.ts';
import { makeStateFolder } from '../settings/state-folder.ts';
import { realDisk, syncFolder, type Disk } from './disk.ts';
import { History, stepSchema, type Step, type StepFile } from './history.ts';
import { contentHash } from './text.ts';

/** A transaction takes seconds: a journal older than this is of a process that ended, whoever has its number now. */
const LONGEST_MS = 600_000;

const NAME = 'journal.json';

/** A file of a transaction, and the names beside it by which its new bytes come and its old ones stay. */
const journalSchema = lazy(() =>
  z.object({
    pid: z.int(),
    step: stepSchema(),
    /** One for each file of the step, in its order. */
    beside: z.array(z.object({ fresh: z.string(), old: z.string() })),
  }),
);
export type Journal = z.infer<ReturnType<typeof journalSchema>>;

/** What became of a transaction that a process did not finish. */
export interface Recovered {
  step: Step;
  outcome: 'takenBack' | 'finished';
  /** Files that had changed already, and were put back. */
  putBack: string[];
  /** Files that somebody edited since, and that were left as they are. */
  edited: string[];
}

/**
 * Writes down what a transaction is about to do. Its existence keeps every other transaction of the workspace out.
 *
 * @throws UserError `notAchieved` where another process is writing.
 */
export function openJournal(stateFolder: string, journal: Journal, disk: Disk): void {
  makeStateFolder(stateFolder);
  const file = path.join(stateFolder, NAME);
  const aside = `${file}.${process.pid}`;
  removeQuietly(aside, disk);
  try {
    disk.create(aside, Buffer.from(`${JSON.stringify(journal)}\n`), 0o600);
    // A second name appears with all its bytes or not at all, and never replaces another.
    give(aside, file, disk);
  } finally {
    removeQuietly(aside, disk);
  }
  syncFolder(stateFolder);
}

function give(aside: string, file: string, disk: Disk): void {
  try {
    disk.link(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw busy();
    // Some file systems have no hard links.
    disk.create(file, fs.readFileSync(aside), 0o600);
  }
}

/** Ends a transaction: what it changed stands. What cannot be taken away now is at the next start. */
export function closeJournal(stateFolder: string, journal: Journal, disk: Disk): void {
  const besides = journal.beside.flatMap(({ fresh, old }) => [fresh, old]);
  if (!besides.map((file) => removeQuietly(file, disk)).every(Boolean)) return;
  removeQuietly(path.join(stateFolder, NAME), disk);
  syncFolder(stateFolder);
}

/**
 * Finishes or takes back what a process that was killed left half done; undefined where there is nothing. A file that
 * is neither what it was nor what it should become is somebody's: it is left alone, and what is kept of it stays.
 *
 * @throws UserError `notAchieved` where a living process is writing, or the disk refuses; a later start tries again.
 */
export function recoverTransaction(stateFolder: string, disk: Disk = realDisk): Recovered | undefined {
  const journal = readJournal(stateFolder, disk);
  removeAbandoned(stateFolder, disk);
  if (!journal) return undefined;
  const { step } = journal;
  const history = new History(stateFolder);
  const isKept = history.step(step.number) !== undefined;
  const states = step.files.map(stateOf);
  const isStaged = journal.beside.some(({ fresh }) => fs.existsSync(fresh));
  if (isKept && !isStaged && !states.includes('before')) {
    closeJournal(stateFolder, journal, disk);
    const edited = step.files.filter((_, i) => states[i] === 'edited').map(({ file }) => file);
    return { step, outcome: 'finished', putBack: [], edited };
  }
  try {
    const { putBack, edited } = rollBack(stateFolder, journal, disk);
    return { step, outcome: 'takenBack', putBack, edited };
  } catch (error) {
    const names = step.files.map(({ file }) => file).join(', ');
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      'notAchieved',
      `an interrupted change of ${names} cannot be taken back (${why}); what the files were is in ${history.folderOf(step.number)}`,
    );
  }
}

/**
 * Puts every file back that a transaction has changed, takes away what lies beside them, and ends the transaction.
 *
 * @throws the disk's error where one cannot be put back: the journal then stays.
 */
export function rollBack(
  stateFolder: string,
  journal: Journal,
  disk: Disk,
): { putBack: string[]; edited: string[] } {
  const history = new History(stateFolder);
  const { step, beside } = journal;
  const putBack: string[] = [];
  const edited: StepFile[] = [];
  const failed: { file: string; error: unknown }[] = [];
  step.files.toReversed().forEach((file, i) => {
    const names = beside[step.files.length - 1 - i];
    const state = stateOf(file);
    try {
      if (state === 'after') {
        putFileBack(file, names, history, step.number, disk);
        putBack.unshift(file.file);
      } else if (state === 'edited' && file.after && !(names && fs.existsSync(names.fresh)))
        edited.unshift(file);
      for (const folder of file.folders.toReversed()) removeIfEmpty(folder, disk);
    } catch (error) {
      failed.unshift({ file: file.file, error });
    }
  });
  if (failed.length > 0)
    throw new NotPutBack(
      failed.map(({ file }) => file),
      failed[0]?.error,
    );
  for (const folder of new Set(step.files.map((file) => path.dirname(file.path)))) syncFolder(folder);
  keepOnly(edited, step, history, disk);
  closeJournal(stateFolder, journal, disk);
  return { putBack, edited: edited.map(({ file }) => file) };
}

/** Some files of a transaction have their new bytes, and the others don't. */
export class NotPutBack extends Error {
  readonly files: string[];

  constructor(files: string[], cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause));
    this.files = files;
  }
}

type FileState = 'before' | 'after' | 'edited';

function stateOf({ path: target, before, after }: StepFile): FileState {
  const hash = hashAt(target);
  if (hash === before?.hash) return 'before';
  return hash === after?.hash ? 'after' : 'edited';
}

/** Undefined where there is no file. */
export function hashAt(target: string): string | undefined {
  try {
    return contentHash(fs.readFileSync(target));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function putFileBack(
  { path: target, before }: StepFile,
  names: Journal['beside'][number] | undefined,
  history: History,
  number: number,
  disk: Disk,
): void {
  if (!before) return disk.remove(target);
  // The second name brings back the very file: its owner, its attributes, its other names.
  if (names && hashAt(names.old) === before.hash) return disk.rename(names.old, target);
  const fresh = names?.fresh ?? `${target}.weft`;
  disk.remove(fresh);
  disk.create(fresh, history.bytes(number, before), before.mode);
  disk.rename(fresh, target);
}

/** What somebody edited on top of a change stays in the history, so that the change can still be taken out of it. */
function keepOnly(edited: readonly StepFile[], step: Step, history: History, disk: Disk): void {
  if (edited.length === 0 || !history.step(step.number)) return history.remove(step.number, disk);
  const manifest = history.manifestOf(step.number);
  const aside = `${manifest}.new`;
  disk.remove(aside);
  disk.create(aside, Buffer.from(JSON.stringify({ ...step, files: edited })), 0o600);
  disk.rename(aside, manifest);
}

/** Journals that were never given their name: of processes that were killed while they wrote them. */
function removeAbandoned(stateFolder: string, disk: Disk): void {
  if (!fs.existsSync(stateFolder)) return;
  for (const found of fs.readdirSync(stateFolder)) {
    const pid = Number(new RegExp(`^${NAME}\\.(\\d+)$`).exec(found)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid) || (pid !== process.pid && isAlive(pid))) continue;
    removeQuietly(path.join(stateFolder, found), disk);
  }
}

function readJournal(stateFolder: string, disk: Disk): Journal | undefined {
  const file = path.join(stateFolder, NAME);
  let text: string;
  let age: number;
  try {
    text = fs.readFileSync(file, 'utf8');
    age = Date.now() - fs.statSync(file).mtimeMs;
  } catch {
    return undefined;
  }
  let journal: Journal;
  try {
    journal = journalSchema().parse(JSON.parse(text));
  } catch {
    // Cut short: nothing was changed before it was whole.
    removeQuietly(file, disk);
    return undefined;
  }
  // No transaction waits for anything: one of this very process can't be under way here.
  if (journal.pid !== process.pid && isAlive(journal.pid) && age < LONGEST_MS) throw busy();
  return journal;
}

function busy(): UserError {
  return new UserError(
    'notAchieved',
    'another Weft is writing in this workspace; nothing was written, try again',
  );
}

function removeIfEmpty(folder: string, disk: Disk): void {
  if (fs.existsSync(folder) && fs.readdirSync(folder).length === 0) disk.removeFolder(folder);
}

function removeQuietly(file: string, disk: Disk): boolean {
  try {
    disk.remove(file);
    return true;
  } catch {
    return false;
  }
}
