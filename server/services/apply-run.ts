import { readFileSync } from 'node:fs';
import path from 'node:path';
import { applyHunks, type AcceptedHunks, type FileChange } from '../protocol/changes.ts';
import { readHunks } from '../protocol/read-hunks.ts';
import type { RunState } from '../protocol/run.ts';
import { UserError } from '../protocol/user-error.ts';
import { RunLog } from '../session/run-log.ts';
import { recoverWorkspace } from './recover-workspace.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import { diffToHunks } from '../workspace/diff.ts';
import { contentHash, decodeText, hashIn } from '../workspace/text.ts';
import { writeChanges } from '../workspace/transaction.ts';

export interface ApplyRun {
  root: string;
  runId: string;
  /** Absent: every hunk. Hunks accepted later are written on top of those accepted before. */
  accepted?: AcceptedHunks;
  runs?: RunLog;
}

/**
 * Writes hunks of a run into the user's files, all files or none, and keeps the originals. Which hunks a file holds
 * already, whoever wrote them, is read from the file itself.
 *
 * @returns the files that hold the accepted hunks now.
 * @throws UserError `badInput` where the run has no such change or a file was changed by anything but its hunks.
 */
export function applyRun({ root, runId, accepted, runs }: ApplyRun): { files: string[] } {
  const state = workspaceStateFolder(root);
  const log = runs ?? new RunLog(state);
  recoverWorkspace(root, log);
  const run = log.get(runId);
  if (!run) throw new UserError('badInput', `no run "${runId}" in this workspace`);
  const wanted = accepted ?? allHunks(run);
  const added = new Map<string, string[]>();
  const changes = wanted.map(({ file, hunkIds }) => {
    const change = run.changes.find((c) => c.file === file);
    if (!change) throw new UserError('badInput', `${file}: is not part of run "${runId}"`);
    const next = onTopOfWhatIsIn(root, change, hunkIds);
    added.set(file, next.added);
    return next.change;
  });
  const all = changes.map(({ file, hunks }) => ({ file, hunkIds: hunks.map((hunk) => hunk.id) }));
  writeChanges(root, changes, all, { stateFolder: state, runId, hunkIds: added });
  const files = wanted.map(({ file }) => file);
  for (const { file, hunkIds } of wanted)
    for (const hunkId of hunkIds) log.append(runId, { type: 'decision', file, hunkId, decision: 'accepted' });
  log.append(runId, { type: 'written', files, by: 'server' });
  return { files };
}

/** The change from what a file holds now to the same with these hunks too, and which of them it adds. */
function onTopOfWhatIsIn(
  root: string,
  change: FileChange,
  hunkIds: readonly string[],
): { change: FileChange; added: string[] } {
  const chosen = (ids: readonly string[]) => change.hunks.filter(({ id }) => ids.includes(id));
  if (chosen(hunkIds).length !== new Set(hunkIds).size)
    throw new UserError('badInput', `${change.file} has no such hunk; run the fix again`);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path.join(root, change.file));
  } catch {
    // The write says what is wrong with the file.
    return { change: { ...change, hunks: chosen(hunkIds) }, added: [...hunkIds] };
  }
  const { text, format } = decodeText(bytes);
  const isBase = (base: string) => hashIn(base, format) === change.baseHash;
  const read = readHunks(text, change.hunks, isBase);
  if (!read)
    throw new UserError(
      'badInput',
      `${change.file} changed since the fix read it; nothing was written. Run the fix again`,
    );
  const next = applyHunks(read.base, chosen([...read.applied, ...hunkIds]));
  const added = hunkIds.filter((id) => !read.applied.includes(id));
  return { change: { ...change, baseHash: contentHash(bytes), hunks: diffToHunks(text, next) }, added };
}

function allHunks({ changes }: RunState): AcceptedHunks {
  return changes.map(({ file, hunks }) => ({ file, hunkIds: hunks.map((hunk) => hunk.id) }));
}
