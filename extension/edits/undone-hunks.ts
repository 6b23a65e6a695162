import * as vscode from 'vscode';
import type { Contribution } from '../contribution.ts';
import { fileOf } from '../workspace-root.ts';

/** Undo and redo of what Weft wrote, once saved, show in the view as decisions taken back or taken again. */
export const undoneHunks: Contribution = (weft) => {
  weft.own(
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      const file = fileOf(uri);
      if (file === undefined) return;
      weft.review.followSaved(file).catch((error: unknown) => {
        weft.log.error(`what was undone in ${file} is not known: ${String(error)}`);
      });
    }),
  );
};
