import * as vscode from 'vscode';

export const PROPOSAL_SCHEME = 'weft-proposal';

/** The proposed text of a file, as a run would leave it. The path ends in the file's own, for its language. */
export function proposalUri(runId: string, file: string): vscode.Uri {
  return vscode.Uri.from({ scheme: PROPOSAL_SCHEME, path: `/${runId}/${file}` });
}

/** Undefined for what is no proposal. */
export function proposalOf({ scheme, path }: vscode.Uri): { runId: string; file: string } | undefined {
  if (scheme !== PROPOSAL_SCHEME) return undefined;
  const [, runId, file] = /^\/([^/]+)\/(.+)$/.exec(path) ?? [];
  return runId !== undefined && file !== undefined ? { runId, file } : undefined;
}
