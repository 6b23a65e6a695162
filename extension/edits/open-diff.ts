import path from 'node:path';
import * as vscode from 'vscode';
import type { WeftContext } from '../context.ts';
import { uriOf } from '../workspace-root.ts';
import { proposalUri } from './proposal-uri.ts';
import { readFile } from './read-file.ts';

/**
 * Shows what a run proposes for these files beside what they hold now, in the native diff editor.
 *
 * @throws UserError `badInput` if a file changed since the run read it.
 */
export async function openDiff(
  { runs }: WeftContext,
  runId: string,
  files: readonly string[],
  options: { preserveFocus?: boolean } = {},
): Promise<void> {
  await runs.load();
  const changes = files.map((file) => runs.change(runId, file));
  for (const change of changes) await readFile(change);
  const pairs = changes.map(({ file }) => ({ left: uriOf(file), right: proposalUri(runId, file) }));
  const [only] = pairs;
  const [change] = changes;
  if (!only || !change) return;
  if (pairs.length > 1) {
    await vscode.commands.executeCommand(
      'vscode.changes',
      'Weft: proposed changes',
      pairs.map(({ left, right }) => [left, left, right]),
    );
    return;
  }
  const title = `${path.basename(change.file)}: proposed by Weft`;
  await vscode.commands.executeCommand('vscode.diff', only.left, only.right, title, {
    preview: false,
    ...options,
  });
}
