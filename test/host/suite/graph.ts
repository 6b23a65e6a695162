import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import * as vscode from 'vscode';
import type { IndexReport, NeighboursAnswer } from '../../../server/protocol/graph.ts';
import { activated } from './activation.ts';
import type { HostTest } from './host-test.ts';

export const graphTests: readonly HostTest[] = [
  {
    name: 'Index Workspace counts files and writes nothing into the folder',
    async run() {
      await activated();
      const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
      assert.ok(root);
      const before = readdirSync(root);
      const report = await vscode.commands.executeCommand<IndexReport>('weft.index');
      assert.equal(report.files, 2);
      assert.equal(report.edges.CALLS, 1);
      assert.deepEqual(readdirSync(root), before);
    },
  },
  {
    name: 'Show Callers answers for the symbol under the cursor',
    async run() {
      await activated();
      const root = vscode.workspace.workspaceFolders?.[0]?.uri;
      assert.ok(root);
      const editor = await vscode.window.showTextDocument(vscode.Uri.joinPath(root, 'hello.ts'));
      editor.selection = new vscode.Selection(1, 3, 1, 3);
      const answer = await vscode.commands.executeCommand<NeighboursAnswer>('weft.showCallers');
      assert.deepEqual(
        answer.results.map(({ symbol, edge }) => [symbol.qualifiedName, edge.sites[0]?.line]),
        [['main', 4]],
      );
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    },
  },
];
