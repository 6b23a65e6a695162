import * as vscode from 'vscode';
import type { Contribution } from '../contribution.ts';

export const showLog: Contribution = (weft) => {
  weft.own(vscode.commands.registerCommand('weft.showLog', () => weft.log.show(true)));
};
