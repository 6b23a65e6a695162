import * as vscode from 'vscode';
import type { Contribution } from '../contribution.ts';
import { fileOf } from '../workspace-root.ts';
import { lensWords } from './lens-words.ts';

const LANGUAGES = [
  ...['typescript', 'typescriptreact', 'javascript', 'javascriptreact'],
  ...['python', 'java', 'go', 'rust'],
  ...['c', 'cpp', 'csharp', 'ruby', 'php', 'kotlin'],
];

/** Callers and tests above each function and class; a click lists the callers. */
export const graphLenses: Contribution = (weft) => {
  const changed = weft.own(new vscode.EventEmitter<void>());
  weft.own(vscode.workspace.onDidSaveTextDocument(() => changed.fire()));
  weft.own(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('weft.codeLens')) changed.fire();
    }),
  );
  weft.own(
    vscode.languages.registerCodeLensProvider(
      LANGUAGES.map((language) => ({ scheme: 'file', language })),
      {
        onDidChangeCodeLenses: changed.event,
        async provideCodeLenses(document, token) {
          const file = fileOf(document.uri);
          const wanted = vscode.workspace.getConfiguration('weft').get<boolean>('codeLens', true);
          if (file === undefined || !wanted) return [];
          try {
            const { lenses } = await weft.server.request('graph/lenses', { file }, { token });
            return lenses.map((lens) => {
              const range = new vscode.Range(lens.line, 0, lens.line, 0);
              const place = `${file}:${lens.line + 1}`;
              return new vscode.CodeLens(range, {
                title: lensWords(lens),
                command: 'weft.showCallers',
                arguments: [place],
              });
            });
          } catch (error) {
            weft.log.debug(
              `no lenses for ${file}: ${error instanceof Error ? error.message : String(error)}`,
            );
            return [];
          }
        },
      },
    ),
  );
};
