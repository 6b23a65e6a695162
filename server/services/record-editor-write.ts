import * as fs from 'node:fs';
import { applyHunks, type FileChange } from '../protocol/changes.ts';
import { readHunks } from '../protocol/read-hunks.ts';
import { UserError } from '../protocol/user-error.ts';
import type { RunLog } from '../session/run-log.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import { locate } from '../workspace/locate.ts';
import { decodeText, encodeText, hashIn } from '../workspace/text.ts';
import { keepStep, type FileEdit } from '../workspace/write-files.ts';

export interface EditorWrite {
  root: string;
  runId: string;
  files: readonly string[];
  runs: RunLog;
}

/**
 * Keeps what the editor wrote itself as a step that `undo` can take back: the files hold the new hunks already, and
 * those that were decided on before say what they were. A file that somebody else changed meanwhile is left out.
 */
export function recordEditorWrite({ root, runId, files, runs }: EditorWrite): void {
  const run = runs.get(runId);
  if (!run) throw new UserError('badInput', `no run "${runId}" in this workspace`);
  runs.append(runId, { type: 'written', files: [...files], by: 'editor' });
  try {
    const edits = files.flatMap((file) => {
      const change = run.changes.find((c) => c.file === file);
      const edit = change && writtenEdit(fs.realpathSync(root), change);
      return edit ? [edit] : [];
    });
    const stateFolder = workspaceStateFolder(root);
    if (edits.length > 0) keepStep(edits, { stateFolder, step: { runId, kind: 'apply', takesBack: [] } });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const text = `"weft undo" cannot take this back, the editor's undo can: ${why}`;
    runs.append(runId, { type: 'message', level: 'warning', text });
  }
}

function writtenEdit(realRoot: string, { file, hunks, baseHash }: FileChange): FileEdit | undefined {
  const target = locate(realRoot, file);
  const after = fs.readFileSync(target);
  const { text, format } = decodeText(after);
  const read = readHunks(text, hunks, (base) => hashIn(base, format) === baseHash);
  if (!read) return undefined;
  const wasIn = hunks.filter(({ id, decision }) => decision === 'accepted' && read.applied.includes(id));
  const hunkIds = read.applied.filter((id) => !wasIn.some((hunk) => hunk.id === id));
  if (hunkIds.length === 0) return undefined;
  const before = encodeText(applyHunks(read.base, wasIn), format);
  return { file, target, before, after, mode: fs.statSync(target).mode & 0o7777, hunkIds };
}
