import * as vscode from 'vscode';
import type { Contribution } from '../contribution.ts';
import { isPending, isProposed, lineOf } from './hunks.ts';
import { PROPOSAL_SCHEME, proposalOf } from './proposal-uri.ts';

/** "Accept hunk" and "Reject hunk" above each pending hunk of a proposal. */
export const hunkLenses: Contribution = (weft) => {
  const changed = weft.own(new vscode.EventEmitter<void>());
  weft.own(
    weft.runs.onNews(({ event }) => {
      if (event.type === 'decision' || event.type === 'changes') changed.fire();
    }),
  );
  weft.own(
    vscode.languages.registerCodeLensProvider(
      { scheme: PROPOSAL_SCHEME },
      {
        onDidChangeCodeLenses: changed.event,
        async provideCodeLenses(document) {
          const place = proposalOf(document.uri);
          if (!place) return [];
          await weft.runs.load();
          const { hunks } = weft.runs.change(place.runId, place.file);
          return hunks.filter(isPending).flatMap((hunk) => {
            const line = Math.min(lineOf(hunk, hunks, isProposed), document.lineCount - 1);
            const range = new vscode.Range(line, 0, line, 0);
            const given = [{ ...place, hunkId: hunk.id }];
            return [
              new vscode.CodeLens(range, {
                title: '✓ Accept hunk',
                command: 'weft.acceptHunk',
                arguments: given,
              }),
              new vscode.CodeLens(range, {
                title: '✗ Reject hunk',
                command: 'weft.rejectHunk',
                arguments: given,
              }),
            ];
          });
        },
      },
    ),
  );
};
