import * as vscode from 'vscode';
import { reportUri } from '../report.ts';
import type { Handler } from './handler.ts';

export const showReport: Handler<'showReport'> = async (_weft, { runId }) => {
  await vscode.commands.executeCommand('markdown.showPreview', reportUri(runId));
};
