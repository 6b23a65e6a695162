import * as vscode from 'vscode';
import type { IndexReport } from '../../server/protocol/graph.ts';
import type { Contribution } from '../contribution.ts';
import { tell } from './tell.ts';

/** Brings the graph up to date, with progress that can be cancelled; returns the report. */
export const indexWorkspace: Contribution = (weft) => {
  weft.own(
    vscode.commands.registerCommand('weft.index', async (): Promise<IndexReport | undefined> => {
      try {
        const report = await vscode.window.withProgress(
          { location: vscode.ProgressLocation.Window, title: 'Weft: indexing', cancellable: true },
          (progress, token) => weft.workspace.index(token, (message) => progress.report({ message })),
        );
        const { files, symbols, skipped, seconds } = report;
        weft.log.info(`${files} files, ${symbols} symbols, ${seconds.total.toFixed(2)} s`);
        for (const { file, reason } of skipped) weft.log.info(`skipped ${file}: ${reason}`);
        vscode.window.setStatusBarMessage(
          `Weft: ${files.toLocaleString()} files, ${symbols.toLocaleString()} symbols`,
          5_000,
        );
        return report;
      } catch (error) {
        tell(error);
        return undefined;
      }
    }),
  );
};
