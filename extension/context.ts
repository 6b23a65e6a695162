import * as vscode from 'vscode';
import { ServerClient } from './server/client.ts';

/** The one owner of everything disposable, and what contributions share. */
export class WeftContext implements vscode.Disposable {
  readonly log: vscode.LogOutputChannel;
  readonly server: ServerClient;
  readonly #extension: vscode.ExtensionContext;

  constructor(extension: vscode.ExtensionContext) {
    this.#extension = extension;
    this.log = this.own(vscode.window.createOutputChannel('Weft', { log: true }));
    this.server = this.own(
      new ServerClient({
        entry: vscode.Uri.joinPath(extension.extensionUri, 'dist', 'server', 'main.mjs').fsPath,
        log: this.log,
        root: () => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
        trusted: () => vscode.workspace.isTrusted,
      }),
    );
  }

  own<T extends vscode.Disposable>(disposable: T): T {
    this.#extension.subscriptions.push(disposable);
    return disposable;
  }

  dispose(): void {
    for (const disposable of this.#extension.subscriptions) void disposable.dispose();
  }
}
