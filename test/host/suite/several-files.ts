import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { FileChange } from '../../../server/protocol/changes.ts';
import { openDiff } from '../../../extension/edits/open-diff.ts';
import { activated } from './activation.ts';
import type { HostTest } from './host-test.ts';

export const severalFilesTests: readonly HostTest[] = [
  {
    name: 'changes of several files open in one multi-file diff',
    async run() {
      const { weft } = await activated();
      const runId = 'several-files';
      const changes = await Promise.all(['hello.ts', 'main.ts'].map(prepended));
      const started = { type: 'started', runId, title: 'two files', command: 'none', at: 0 } as const;
      weft.runs.tell(runId, started);
      weft.runs.tell(runId, { type: 'changes', changes });
      await openDiff(weft, runId, ['hello.ts', 'main.ts']);
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      assert.equal(tab?.label, 'Weft: proposed changes (2 files)');
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    },
  },
];

/** A change that puts one line before the first. */
async function prepended(file: string): Promise<FileChange> {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(root);
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(root, file));
  return {
    file,
    baseHash: createHash('sha256').update(bytes).digest('hex'),
    format: { encoding: 'utf8', eol: 'lf' },
    hunks: [{ id: 'h1', startLine: 0, oldLines: [], newLines: ['// new\n'], decision: 'pending' }],
  };
}
