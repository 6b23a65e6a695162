import * as vscode from 'vscode';
import type { Contribution } from '../contribution.ts';

/** The running step in the status bar; a click stops the run. Hidden when nothing runs. */
export const runningStep: Contribution = (weft) => {
  const item = weft.own(vscode.window.createStatusBarItem('weft.step', vscode.StatusBarAlignment.Left, 10));
  item.name = 'Weft: Running Step';
  item.command = 'weft.stopRun';
  item.tooltip = 'Weft: click to stop';
  weft.own(
    weft.runs.onNews(({ runId }) => {
      const run = weft.runs.get(runId);
      if (run.status !== 'running') return item.hide();
      const step = run.steps.find(({ status }) => status === 'running');
      item.text = `$(loading~spin) Weft: ${step?.title ?? 'starting'}`;
      item.accessibilityInformation = {
        label: `Weft: ${step?.title ?? 'starting'}. Press to stop.`,
        role: 'button',
      };
      item.show();
    }),
  );
  weft.own(weft.runs.onReplaced(() => item.hide()));
};
