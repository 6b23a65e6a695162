import type { WeftContext } from '../../../extension/context.ts';
import type { RunEvent } from '../../../server/protocol/run.ts';
import { RunLog } from '../../../server/session/run-log.ts';
import { workspaceStateFolder } from '../../../server/settings/state-folder.ts';
import { diffToHunks } from '../../../server/workspace/diff.ts';
import { contentHash, decodeText, encodeText } from '../../../server/workspace/text.ts';
import { bytesOf, inWorkspace } from './workspace.ts';

/** A run, known to server and extension, that proposes to change a file as `change` does its text. */
export function propose(
  weft: WeftContext,
  runId: string,
  file: string,
  change: (text: string) => string,
): void {
  const bytes = bytesOf(file);
  const { text, format } = decodeText(bytes);
  const next = decodeText(encodeText(change(text), format)).text;
  const baseHash = contentHash(bytes);
  const events: RunEvent[] = [
    { type: 'started', runId, title: file, command: 'node --version', at: Date.now() },
    { type: 'changes', changes: [{ file, baseHash, format, hunks: diffToHunks(text, next) }] },
  ];
  const log = new RunLog(workspaceStateFolder(inWorkspace('').fsPath));
  for (const event of events) {
    log.append(runId, event);
    weft.runs.tell(runId, event);
  }
}
