import { recoverWorkspace } from '../services/recover-workspace.ts';
import { workspaceFolder } from './arguments.ts';
import type { CommandInput } from './command.ts';

/** The workspace that an argument names; what a killed process left half written there is put right first. */
export function openWorkspace(
  argument: string | undefined,
  { progress }: Pick<CommandInput, 'progress'>,
): string {
  const root = workspaceFolder(argument);
  const said = recoverWorkspace(root);
  if (said !== undefined) progress.line(`weft: ${said}`);
  return root;
}
