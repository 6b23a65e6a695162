import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { applyHunks, type AcceptedHunks, type FileChange } from '../protocol/changes.ts';
import type { RunState } from '../protocol/run.ts';
import { UserError } from '../protocol/user-error.ts';
import { RunLog } from '../session/run-log.ts';
import { makeStateFolder, workspaceStateFolder } from '../settings/state-folder.ts';
import { diffToHunks } from '../workspace/diff.ts';
import { contentHash, decodeText } from '../workspace/text.ts';
import { writeChanges } from '../workspace/transaction.ts';

export interface ApplyRun {
  root: string;
  runId: string;
  /** Absent: every hunk. Hunks accepted later are written on top of those accepted before. */
  accepted?: AcceptedHunks;
  runs?: RunLog;
}

/**
 * Writes hunks of a run into the user's files, all files or none, and keeps the originals.
 * Throws `badInput` where the run has no change or a file is not as the run read it, or as Weft wrote it.
 */
export function applyRun({ root, runId, accepted, runs }: ApplyRun): { files: string[] } {
  const state = workspaceStateFolder(root);
  const log = runs ?? new RunLog(state);
  const run = log.get(runId);
  if (!run) throw new UserError('badInput', `no run "${runId}" in this workspace`);
  const wanted = accepted ?? allHunks(run);
  const backups = path.join(state, 'backups', runId.replace(/[^\w.-]/g, '_'));
  makeStateFolder(backups);
  const before = writtenBefore(backups);
  const next = new Map(before.files);
  const changes: FileChange[] = [];
  const hunksToWrite: AcceptedHunks = [];
  for (const { file, hunkIds } of wanted) {
    const change = run.changes.find((c) => c.file === file);
    if (!change) throw new UserError('badInput', `${file}: is not part of run "${runId}"`);
    const earlier = before.files.get(file);
    const ids = [...new Set([...(earlier?.hunkIds ?? []), ...hunkIds])];
    const rebased = earlier ? onTopOf(root, change, earlier, ids) : change;
    changes.push(rebased);
    hunksToWrite.push({ file, hunkIds: earlier ? rebased.hunks.map((hunk) => hunk.id) : hunkIds });
    const base = earlier?.base ?? readFileSync(path.join(root, file)).toString('base64');
    next.set(file, { hunkIds: ids, base });
  }
  const backupFolder = path.join(backups, String(before.count));
  mkdirSync(backupFolder);
  const { files } = writeChanges(root, changes, hunksToWrite, { backupFolder });
  writeFileSync(path.join(backupFolder, 'written.json'), JSON.stringify([...next]));
  for (const { file, hunkIds } of wanted)
    for (const hunkId of hunkIds) log.append(runId, { type: 'decision', file, hunkId, decision: 'accepted' });
  log.append(runId, { type: 'written', files, by: 'server' });
  return { files };
}

/** What Weft wrote of a file so far, and its bytes (base64) before the first hunk. */
interface Written {
  hunkIds: string[];
  base: string;
}

function writtenBefore(backups: string): { files: Map<string, Written>; count: number } {
  const numbers = readdirSync(backups).map(Number).filter(Number.isInteger);
  const count = Math.max(-1, ...numbers) + 1;
  for (let at = count - 1; at >= 0; at--) {
    try {
      const text = readFileSync(path.join(backups, String(at), 'written.json'), 'utf8');
      return { files: new Map(JSON.parse(text) as [string, Written][]), count };
    } catch {
      // That write did not come to its end; the one before it is the last that did.
    }
  }
  return { files: new Map(), count };
}

/** The change from what Weft wrote before to the same with more hunks. */
function onTopOf(root: string, change: FileChange, earlier: Written, ids: readonly string[]): FileChange {
  const base = decodeText(Buffer.from(earlier.base, 'base64')).text;
  const withHunks = (chosen: readonly string[]) =>
    applyHunks(
      base,
      change.hunks.filter((hunk) => chosen.includes(hunk.id)),
    );
  const now = readFileSync(path.join(root, change.file));
  const expected = withHunks(earlier.hunkIds);
  if (decodeText(now).text !== expected)
    throw new UserError('badInput', `${change.file}: changed since Weft wrote it; run the fix again`);
  return { ...change, baseHash: contentHash(now), hunks: diffToHunks(expected, withHunks(ids)) };
}

function allHunks({ changes }: RunState): AcceptedHunks {
  return changes.map(({ file, hunks }) => ({ file, hunkIds: hunks.map((hunk) => hunk.id) }));
}
