import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated } from './activation.ts';
import { eventually } from './eventually.ts';
import type { HostTest } from './host-test.ts';

export const viewTests: readonly HostTest[] = [
  {
    name: 'the view opens, asks for a snapshot and gets it',
    async run() {
      const { weft } = await activated();
      let ready = 0;
      weft.own(
        weft.views.onMessage(({ message }) => {
          if (message.type === 'ready') ready++;
        }),
      );
      await vscode.commands.executeCommand('weft.view.focus');
      await eventually('the app in the side bar says that it is ready', () => ready === 1);
      await vscode.commands.executeCommand('weft.openPanel');
      await eventually('the app in the editor says that it is ready', () => ready === 2);
      assert.equal(weft.views.size, 2);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await eventually('a closed panel is forgotten', () => weft.views.size === 1);
    },
  },
  {
    name: 'CodeLens shows callers above a function',
    async run() {
      await activated();
      const root = vscode.workspace.workspaceFolders?.[0]?.uri;
      assert.ok(root);
      const uri = vscode.Uri.joinPath(root, 'hello.ts');
      await vscode.workspace.openTextDocument(uri);
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        uri,
        10,
      );
      assert.deepEqual(
        lenses.map(({ command, range }) => [command?.title, range.start.line]),
        [['1 caller · 0 tests', 0]],
      );
    },
  },
];
