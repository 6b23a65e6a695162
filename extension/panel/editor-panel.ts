import * as vscode from 'vscode';
import type { Contribution } from '../contribution.ts';

const VIEW_TYPE = 'weft.panel';

/** The same app as an editor; the serializer brings it back after a reload. */
export const editorPanel: Contribution = (weft) => {
  let open: vscode.WebviewPanel | undefined;
  const adopt = (panel: vscode.WebviewPanel) => {
    open = panel;
    const icon = (name: string) => vscode.Uri.joinPath(weft.extensionUri, 'media', name);
    panel.iconPath = { dark: icon('weft.svg'), light: icon('weft-light.svg') };
    panel.onDidDispose(() => {
      if (open === panel) open = undefined;
    });
    weft.views.attach(panel.webview, panel.onDidDispose);
  };
  weft.own(
    vscode.commands.registerCommand('weft.openPanel', () => {
      if (open) open.reveal();
      else adopt(vscode.window.createWebviewPanel(VIEW_TYPE, 'Weft', vscode.ViewColumn.Active));
    }),
  );
  weft.own(
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      async deserializeWebviewPanel(panel) {
        adopt(panel);
      },
    }),
  );
};
