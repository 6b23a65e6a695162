import * as vscode from 'vscode';
import { Review } from './edits/review.ts';
import { Fixes } from './fix/fixes.ts';
import { Views } from './panel/views.ts';
import { chosenStore } from './server/chosen-store.ts';
import { ServerClient } from './server/client.ts';
import { languageCallbacks } from './server/language-callbacks.ts';
import { Runs } from './state/runs.ts';
import { WorkspaceState } from './state/workspace-state.ts';
import { rootFolder } from './workspace-root.ts';

/** The one owner of everything disposable, and what contributions share. */
export class WeftContext implements vscode.Disposable {
  readonly log: vscode.LogOutputChannel;
  readonly server: ServerClient;
  readonly runs: Runs;
  readonly workspace: WorkspaceState;
  readonly fixes: Fixes;
  readonly review: Review;
  readonly views: Views;
  readonly extensionUri: vscode.Uri;
  readonly secrets: vscode.SecretStorage;
  readonly #extension: vscode.ExtensionContext;

  constructor(extension: vscode.ExtensionContext) {
    this.#extension = extension;
    this.log = this.own(vscode.window.createOutputChannel('Weft', { log: true }));
    this.server = this.own(
      new ServerClient({
        entry: vscode.Uri.joinPath(extension.extensionUri, 'dist', 'server', 'main.mjs').fsPath,
        log: this.log,
        root: () => rootFolder()?.uri.fsPath,
        trusted: () => vscode.workspace.isTrusted,
        store: () => chosenStore(extension.secrets),
        callbacks: languageCallbacks,
      }),
    );
    this.extensionUri = extension.extensionUri;
    this.secrets = extension.secrets;
    this.runs = this.own(new Runs(this.server));
    this.workspace = this.own(new WorkspaceState(this.server));
    this.fixes = this.own(new Fixes(this.server, this.runs));
    this.review = new Review(this.server, this.runs);
    this.views = this.own(new Views(extension.extensionUri, this.log));
  }

  own<T extends vscode.Disposable>(disposable: T): T {
    this.#extension.subscriptions.push(disposable);
    return disposable;
  }

  dispose(): void {
    for (const disposable of this.#extension.subscriptions) void disposable.dispose();
  }
}
