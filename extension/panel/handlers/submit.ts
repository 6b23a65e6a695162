import * as vscode from 'vscode';
import type { Handler } from './handler.ts';

/** The slash commands of the chat box; without a model, anything else is answered by what can be typed. */
export const submit: Handler<'submit'> = async (_weft, { text }, answer) => {
  const [, name, rest = ''] = /^\s*(\S*)\s*([\s\S]*?)\s*$/.exec(text) ?? [];
  switch (name) {
    case '/fix':
      await vscode.commands.executeCommand('weft.fixFailingTest', rest ? { testCommand: rest } : undefined);
      return;
    case '/callers':
      await vscode.commands.executeCommand('weft.showCallers', rest);
      return;
    case '/index':
      await vscode.commands.executeCommand('weft.index');
      return;
    default:
      answer({
        type: 'notice',
        level: 'info',
        text: 'Without a model Weft understands /fix [COMMAND], /callers NAME and /index.',
      });
  }
};
