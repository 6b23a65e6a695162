import * as vscode from 'vscode';
import { uriOf } from '../../workspace-root.ts';
import type { Handler } from './handler.ts';

export const openFile: Handler<'openFile'> = async (_weft, { file, line }) => {
  const at = line === undefined ? undefined : new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(uriOf(file), at ? { selection: at } : {});
};
