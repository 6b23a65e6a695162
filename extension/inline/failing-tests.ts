import * as vscode from 'vscode';
import type { Evidence } from '../../server/protocol/evidence.ts';
import type { RunState } from '../../server/protocol/run.ts';
import type { Contribution } from '../contribution.ts';
import type { WeftContext } from '../context.ts';
import { fileOf, uriOf } from '../workspace-root.ts';
import { lineOfTest, testPlace } from './test-place.ts';

const SOURCE = 'Weft';

/** The failing tests of the last run as problems on their lines, with "Fix with Weft" as their quick fix. */
export const failingTests: Contribution = (weft) => {
  const problems = weft.own(vscode.languages.createDiagnosticCollection('weft'));
  const show = (run: RunState) => void showFailing(weft, problems, run);
  weft.own(
    weft.runs.onNews(({ runId, event }) => {
      if (event.type === 'evidence') show(weft.runs.get(runId));
    }),
  );
  weft.own(
    vscode.languages.registerCodeActionsProvider(
      { scheme: 'file' },
      { provideCodeActions: (document, _range, { diagnostics }) => fixes(document, diagnostics) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
};

/** Of the user's own tree: before the fix, or after it was written. What a shadow proved is no problem here. */
function evidenceOfTree({ evidence }: RunState): Evidence | undefined {
  return evidence.find(({ phase }) => phase === 'after') ?? evidence.find(({ phase }) => phase === 'before');
}

async function showFailing(
  weft: WeftContext,
  problems: vscode.DiagnosticCollection,
  run: RunState,
): Promise<void> {
  const byFile = new Map<string, vscode.Diagnostic[]>();
  for (const test of evidenceOfTree(run)?.failing ?? []) {
    const place = testPlace(test);
    if (!place) continue;
    const uri = uriOf(place.file);
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      const line = lineOfTest(document.getText(), place) ?? 0;
      const text = document.lineAt(line);
      const range = new vscode.Range(line, text.firstNonWhitespaceCharacterIndex, line, text.text.length);
      const problem = new vscode.Diagnostic(range, test.message ?? `${place.names.at(-1)} fails`);
      problem.source = SOURCE;
      problem.code = 'failing-test';
      byFile.set(uri.toString(), [...(byFile.get(uri.toString()) ?? []), problem]);
    } catch (error) {
      weft.log.info(`no place for the failing test "${test.id}": ${String(error)}`);
    }
  }
  problems.clear();
  for (const [uri, found] of byFile) problems.set(vscode.Uri.parse(uri), found);
}

function fixes(document: vscode.TextDocument, problems: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
  const file = fileOf(document.uri);
  if (file === undefined) return [];
  return problems
    .filter(({ source, code }) => source === SOURCE && code === 'failing-test')
    .map((problem) => {
      const action = new vscode.CodeAction('Fix with Weft', vscode.CodeActionKind.QuickFix);
      action.diagnostics = [problem];
      action.isPreferred = true;
      action.command = {
        title: 'Fix with Weft',
        command: 'weft.fixFailingTest',
        arguments: [{ at: { file, line: problem.range.start.line } }],
      };
      return action;
    });
}
