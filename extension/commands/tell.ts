import * as vscode from 'vscode';
import { UserError } from '../../server/protocol/user-error.ts';

/** Shows an error to the person; one that says "cancelled" is no news to who cancelled. */
export function tell(error: unknown): void {
  if (UserError.is(error, 'cancelled')) return;
  const text = error instanceof Error ? error.message : String(error);
  if (UserError.is(error, 'notAchieved')) void vscode.window.showInformationMessage(text);
  else void vscode.window.showErrorMessage(text);
}
