import * as vscode from 'vscode';
import type { Contribution } from '../contribution.ts';

/** The app in the activity bar's container. Hidden, it is dropped, and rebuilt from a snapshot. */
export const sideBar: Contribution = (weft) => {
  weft.own(
    vscode.window.registerWebviewViewProvider('weft.view', {
      resolveWebviewView: (view) => weft.views.attach(view.webview, view.onDidDispose),
    }),
  );
};
