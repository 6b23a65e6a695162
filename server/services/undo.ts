import * as fs from 'node:fs';
import type { UndoneFile, UndoReport } from '../protocol/undo.ts';
import { UserError } from '../protocol/user-error.ts';
import { RunLog } from '../session/run-log.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import { History, inEffect, type Step, type StepFile } from '../workspace/history.ts';
import { locatePlace } from '../workspace/locate.ts';
import { mergeBytes } from '../workspace/merge.ts';
import { keepStep, writeFiles, type FileEdit } from '../workspace/write-files.ts';
import { recordDecisions } from './recover-workspace.ts';

export interface Undo {
  root: string;
  /** Absent: the run that changed files last. */
  runId?: string | undefined;
  /** One write of the run, counted from 1; absent: all of them. */
  step?: number | undefined;
  /** Brings back what the last undo took back. */
  redo?: boolean | undefined;
  runs?: RunLog | undefined;
}

/**
 * Takes back what a run wrote, in all files or in none. A file that was edited since keeps those edits, where they
 * touch no line of the run's. What an undo replaces is kept like everything that Weft replaces: it can be undone too.
 *
 * @throws UserError `notAchieved`: there is nothing to take back, or files were edited in the same lines (`conflicts`);
 *   `badInput`: no such run or step. No file is changed then.
 */
export function undo({ root, runId, step, redo = false, runs }: Undo): UndoReport {
  const stateFolder = workspaceStateFolder(root);
  const history = new History(stateFolder);
  const steps = history.steps();
  const targets = redo ? lastUndo(steps, runId) : written(steps, runId, step);
  const [newest] = targets;
  if (!newest) throw nothingTo(redo);
  const plans = plan(root, history, targets);
  const conflicts = plans.flatMap(({ file, conflict: reason }) => (reason ? [{ file, reason }] : []));
  const log = runs ?? new RunLog(stateFolder);
  if (conflicts.length > 0) {
    const said = conflicts.map(({ file, reason }) => `${file} ${reason}`).join(', ');
    throw new UserError('notAchieved', `${said}; no file was changed. Take your edit there back first`, {
      status: 'conflict',
      runId: newest.runId,
      conflicts,
    });
  }
  const kind = redo ? ('redo' as const) : ('undo' as const);
  const takesBack = targets.map(({ number }) => number);
  const edits = plans.filter(({ change }) => change !== 'unchanged').map(({ edit }) => edit);
  const options = { stateFolder, step: { runId: newest.runId, kind, takesBack } };
  const made = edits.length > 0 ? writeFiles(edits, options) : keepStep([], options);
  removeMadeFolders(targets);
  recordDecisions(log, { ...made, files: targets.flatMap(({ files }) => files) });
  const own = steps.filter((s) => s.kind === 'apply' && s.runId === newest.runId).map((s) => s.number);
  const undone = redo ? targets.flatMap((target) => target.takesBack) : takesBack;
  return {
    status: redo ? 'redone' : 'undone',
    runId: newest.runId,
    title: log.get(newest.runId)?.title ?? '',
    steps: undone.map((number) => own.indexOf(number) + 1).sort((a, b) => a - b),
    files: plans.map(({ file, change }) => ({ file, change })),
  };
}

/** Newest first. */
function written(steps: readonly Step[], runId: string | undefined, step: number | undefined): Step[] {
  const applied = steps.filter(({ kind }) => kind === 'apply');
  const standing = inEffect(steps).filter(({ kind }) => kind === 'apply');
  const wanted = runId ?? standing.at(-1)?.runId;
  if (wanted === undefined) return [];
  const own = applied.filter((s) => s.runId === wanted);
  if (own.length === 0)
    throw new UserError('badInput', `run "${wanted}" has written no file of this workspace`);
  if (step !== undefined && !own[step - 1])
    throw new UserError('badInput', `run "${wanted}" has no step ${step}; it wrote ${own.length} times`);
  const chosen = step === undefined ? own : own.slice(step - 1, step);
  const left = chosen.filter((s) => standing.includes(s)).reverse();
  if (left.length === 0)
    throw new UserError('notAchieved', `run "${wanted}" is taken back already; --redo brings it again`);
  return left;
}

function lastUndo(steps: readonly Step[], runId: string | undefined): Step[] {
  const undone = inEffect(steps).filter(
    (s) => s.kind === 'undo' && (runId === undefined || s.runId === runId),
  );
  return undone.slice(-1);
}

interface Plan extends UndoneFile {
  edit: FileEdit;
  conflict?: string;
}

/** What each file is to become, when the steps are taken back one after the other. */
function plan(root: string, history: History, targets: readonly Step[]): Plan[] {
  const realRoot = fs.realpathSync(root);
  const plans = new Map<string, Plan>();
  for (const step of targets)
    for (const file of step.files) {
      const known = plans.get(file.path) ?? planOf(realRoot, file);
      plans.set(file.path, known);
      if (known.conflict === undefined) takeBack(known, step.number, file, history);
    }
  return [...plans.values()];
}

function planOf(realRoot: string, { file, path: target, before, after, hunkIds }: StepFile): Plan {
  const stat = fs.statSync(target, { throwIfNoEntry: false });
  const bytes = stat?.isFile() ? fs.readFileSync(target) : undefined;
  const mode = stat ? stat.mode & 0o7777 : (before ?? after)?.mode;
  const edit = { file, target, before: bytes, after: bytes, mode: mode ?? 0o644, hunkIds };
  const plan: Plan = { file, change: 'unchanged', edit };
  if (locatePlace(realRoot, file) !== target) return { ...plan, conflict: 'is another file since' };
  if (stat && !bytes) return { ...plan, conflict: 'is no file any more' };
  return plan;
}

function takeBack(plan: Plan, number: number, { before, after, hunkIds }: StepFile, history: History): void {
  const { edit } = plan;
  edit.hunkIds = [...new Set([...edit.hunkIds, ...hunkIds])];
  const [was, became] = [before, after].map((kept) => kept && history.bytes(number, kept));
  const now = edit.after;
  if (isSame(now, was)) return;
  if (isSame(now, became)) {
    edit.after = was;
    if (plan.change !== 'merged') plan.change = was ? (now ? 'restored' : 'made') : 'removed';
    return;
  }
  if (!now) plan.conflict = 'was removed since';
  else if (!was) plan.conflict = 'was edited since, and would have to go';
  else if (!became) plan.conflict = 'was made again since';
  else {
    const merged = mergeBytes(became, now, was);
    if (!merged) plan.conflict = 'was edited since in the same lines';
    else if (!isSame(merged, now)) {
      edit.after = merged;
      plan.change = 'merged';
    }
  }
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a && b ? Buffer.compare(a, b) === 0 : a === b;
}

/** Folders that were made for files that are gone again, unless something else is in them. */
function removeMadeFolders(targets: readonly Step[]): void {
  for (const folder of targets.flatMap(({ files }) => files.flatMap(({ folders }) => folders)).reverse()) {
    try {
      fs.rmdirSync(folder);
    } catch {
      // In use.
    }
  }
}

function nothingTo(redo: boolean): UserError {
  return redo
    ? new UserError('notAchieved', 'nothing to bring back: no undo is left to take back')
    : new UserError('notAchieved', 'nothing to take back: no change of Weft is left in these files');
}
