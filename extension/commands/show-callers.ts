import * as vscode from 'vscode';
import type { NeighboursAnswer } from '../../server/protocol/graph.ts';
import type { Contribution } from '../contribution.ts';
import type { WeftContext } from '../context.ts';
import { UserError } from '../../server/protocol/user-error.ts';
import { fileOf, rootFolder, uriOf } from '../workspace-root.ts';
import { tell } from './tell.ts';

type Site = vscode.QuickPickItem & { location?: vscode.Location };

/** Lists who calls the symbol under the cursor (or the one named); returns the answer. */
export const showCallers: Contribution = (weft) => {
  weft.own(
    vscode.commands.registerCommand('weft.showCallers', async (named?: string) => {
      try {
        const symbol = typeof named === 'string' ? named : (symbolUnderCursor() ?? (await askForName()));
        if (!symbol) return undefined;
        const answer = await weft.server.request('graph/callers', { symbol });
        void pickSite(weft, answer);
        return answer;
      } catch (error) {
        tell(error);
        return undefined;
      }
    }),
  );
};

/** FILE:LINE of the cursor, relative to the folder that the graph is of. */
function symbolUnderCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.document.uri.scheme !== 'file') return undefined;
  const file = fileOf(editor.document.uri);
  if (file === undefined)
    throw new UserError(
      'badInput',
      `The graph is of the folder "${rootFolder()?.name ?? ''}" alone; this file lies outside it`,
    );
  return `${file}:${editor.selection.active.line + 1}`;
}

function askForName(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    prompt: 'Callers of which symbol?',
    placeHolder: 'name or qualified name',
  });
}

async function pickSite(
  weft: WeftContext,
  { symbol, results, unresolvedSites }: NeighboursAnswer,
): Promise<void> {
  const at = (file: string, line: number, column: number) =>
    new vscode.Location(uriOf(file), new vscode.Position(line - 1, column));
  const items: Site[] = results.flatMap(({ symbol: from, edge }) =>
    edge.sites.map((site) => ({
      label: from.qualifiedName,
      description: `${site.file}:${site.line}`,
      detail: `${edge.tier}: ${edge.reason}`,
      location: at(site.file, site.line, site.column),
    })),
  );
  if (unresolvedSites.length > 0) {
    items.push({ label: 'Could not be resolved', kind: vscode.QuickPickItemKind.Separator });
    for (const { file, line, column, name } of unresolvedSites)
      items.push({ label: name, description: `${file}:${line}`, location: at(file, line, column) });
  }
  if (items.length === 0) {
    void vscode.window.showInformationMessage(`No caller of ${symbol.qualifiedName} was found.`);
    return;
  }
  const chosen = await vscode.window.showQuickPick(items, {
    title: `Callers of ${symbol.qualifiedName}`,
    matchOnDescription: true,
  });
  if (!chosen?.location) return;
  const { uri, range } = chosen.location;
  await vscode.window.showTextDocument(uri, { selection: range });
  weft.log.debug(`opened ${uri.fsPath}`);
}
