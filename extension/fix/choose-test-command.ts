import * as vscode from 'vscode';
import type { ServerClient } from '../server/client.ts';
import { configuredTestCommand } from '../state/workspace-state.ts';

/** The user's setting, else what the project's files tell, else what the person types. Undefined: cancelled. */
export async function chooseTestCommand(server: ServerClient): Promise<string | undefined> {
  const configured = configuredTestCommand();
  if (configured !== undefined) return configured;
  const { commands } = await server.request('tests/detect', {});
  const [only] = commands;
  if (only && commands.length === 1) return only.command;
  if (only) {
    const items = commands.map(({ command, runner, why }) => ({
      label: command,
      description: runner,
      detail: why,
    }));
    const chosen = await vscode.window.showQuickPick(items, {
      title: 'Which command runs the tests?',
      matchOnDescription: true,
    });
    return chosen?.label;
  }
  const typed = await vscode.window.showInputBox({
    title: 'Which command runs the tests?',
    prompt: 'None was found in the project’s files. It runs in the workspace folder.',
    placeHolder: 'pytest -q',
    ignoreFocusOut: true,
  });
  return typed?.trim() ? typed.trim() : undefined;
}
