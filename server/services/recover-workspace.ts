import { UserError } from '../protocol/user-error.ts';
import { RunLog } from '../session/run-log.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import type { Step } from '../workspace/history.ts';
import { recoverTransaction, type Recovered } from '../workspace/journal.ts';

/**
 * Finishes or takes back what a killed process left half written in a workspace, before anything else is done there.
 * It executes nothing.
 *
 * @returns one line for the person where there was something, or where it could not be done.
 */
export function recoverWorkspace(root: string, runs?: RunLog): string | undefined {
  try {
    const state = workspaceStateFolder(root);
    const recovered = recoverTransaction(state);
    if (!recovered) return undefined;
    if (recovered.outcome === 'finished') recordDecisions(runs ?? new RunLog(state), recovered.step);
    return describe(recovered);
  } catch (error) {
    if (UserError.is(error)) return error.message;
    throw error;
  }
}

/** Has the log of a step's run say which of its hunks are in the files since. */
export function recordDecisions(runs: RunLog, { runId, kind, files }: Step): void {
  if (!runs.get(runId)) return;
  const decision = kind === 'undo' ? 'pending' : 'accepted';
  for (const { file, hunkIds } of files)
    for (const hunkId of hunkIds) runs.append(runId, { type: 'decision', file, hunkId, decision });
  if (kind === 'undo') return;
  runs.append(runId, { type: 'written', files: files.map(({ file }) => file), by: 'server' });
}

function describe({ step, outcome, putBack, edited }: Recovered): string {
  const names = step.files.map(({ file }) => file).join(', ');
  const what =
    outcome === 'finished'
      ? `the change of ${names}, interrupted at its very end, is whole`
      : putBack.length > 0
        ? `an interrupted change of ${names} was taken back: every file is as it was before`
        : `a change of ${names} was interrupted before it began: no file was changed`;
  if (edited.length === 0) return what;
  return `${what}; ${edited.join(', ')} was edited since and is left as it is`;
}
