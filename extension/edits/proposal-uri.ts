import * as vscode from 'vscode';

export const PROPOSAL_SCHEME = 'weft-proposal';

/** The proposed text of a file, as a run would leave it. The path is the file's own, for its language and breadcrumb. */
export function proposalUri(runId: string, file: string): vscode.Uri {
  return vscode.Uri.from({ scheme: PROPOSAL_SCHEME, path: `/${file}`, query: runId });
}

/** Undefined for what is no proposal. */
export function proposalOf({ scheme, path, query }: vscode.Uri): { runId: string; file: string } | undefined {
  return scheme === PROPOSAL_SCHEME ? { runId: query, file: path.slice(1) } : undefined;
}
