import * as vscode from 'vscode';
import type { Contribution } from '../contribution.ts';

export const stopRun: Contribution = (weft) => {
  weft.own(vscode.commands.registerCommand('weft.stopRun', () => weft.fixes.stop()));
};
