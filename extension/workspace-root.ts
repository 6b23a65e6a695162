import path from 'node:path';
import * as vscode from 'vscode';

/** The folder that the server works on: the first of a multi-root workspace. */
export function rootFolder(): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.workspaceFolders?.[0];
}

/** A path of the protocol (relative to the root, forward slashes) as a place on disk. */
export function uriOf(file: string): vscode.Uri {
  const root = rootFolder();
  if (!root || path.isAbsolute(file)) return vscode.Uri.file(file);
  return vscode.Uri.joinPath(root.uri, file);
}

/** The protocol's path of a file, or undefined when it lies outside the root. */
export function fileOf(uri: vscode.Uri): string | undefined {
  const root = rootFolder();
  if (!root || uri.scheme !== root.uri.scheme) return undefined;
  const relative = path.relative(root.uri.fsPath, uri.fsPath).replaceAll('\\', '/');
  return relative === '' || relative.startsWith('../') || path.isAbsolute(relative) ? undefined : relative;
}
