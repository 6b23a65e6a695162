import * as vscode from 'vscode';
import type { Handler } from './handler.ts';

export const fix: Handler<'fix'> = async (_weft, { testCommand }) => {
  await vscode.commands.executeCommand('weft.fixFailingTest', testCommand ? { testCommand } : undefined);
};
