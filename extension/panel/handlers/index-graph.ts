import * as vscode from 'vscode';
import type { Handler } from './handler.ts';

export const index: Handler<'index'> = async () => {
  await vscode.commands.executeCommand('weft.index');
};
