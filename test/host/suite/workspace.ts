import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';

export function inWorkspace(file: string): vscode.Uri {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(root);
  return vscode.Uri.joinPath(root, file);
}

export function bytesOf(file: string): Buffer {
  return readFileSync(path.normalize(inWorkspace(file).fsPath));
}

/** Titles and 0-based lines of the CodeLenses of a document. */
export async function lensesOf(uri: vscode.Uri): Promise<[string | undefined, number][]> {
  await vscode.workspace.openTextDocument(uri);
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
    10,
  );
  return lenses.map(({ command, range }) => [command?.title, range.start.line]);
}

/** Takes back the last change of a file's editor, as a person does, and saves. */
export async function undoIn(file: string): Promise<void> {
  const { document } = await vscode.window.showTextDocument(inWorkspace(file));
  const { version } = document;
  // A busy window gives the editor the keyboard later than it says: until then "undo" undoes nothing.
  await eventually('the change is undone', async () => {
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await vscode.commands.executeCommand('undo');
    return document.version > version;
  });
  await document.save();
  await eventually('it is saved, by auto save where that came first', () => !document.isDirty);
}
