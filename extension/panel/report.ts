import * as vscode from 'vscode';
import type { Contribution } from '../contribution.ts';

const SCHEME = 'weft-report';

export function reportUri(runId: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/Weft report.md`, query: runId });
}

/** A run's report as a read-only Markdown document. */
export const reports: Contribution = (weft) => {
  weft.own(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      async provideTextDocumentContent(uri) {
        await weft.runs.load();
        return weft.runs.get(uri.query).report?.report ?? 'This run has not ended yet.';
      },
    }),
  );
};
