import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { fromViewSchema, type FromView, type ToView } from '../../server/protocol/view.ts';
import { page } from './page.ts';

/** Every open view of the app, in the side bar or as an editor: what is told, all of them hear. */
export class Views implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #log: vscode.LogOutputChannel;
  readonly #open = new Set<vscode.Webview>();
  readonly #said = new vscode.EventEmitter<{ message: FromView; answer: (message: ToView) => void }>();

  readonly onMessage = this.#said.event;

  constructor(extensionUri: vscode.Uri, log: vscode.LogOutputChannel) {
    this.#extensionUri = extensionUri;
    this.#log = log;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Makes a webview the app; `onDidDispose` is the event of who owns it. */
  attach(webview: vscode.Webview, onDidDispose: vscode.Event<void>): void {
    const folder = vscode.Uri.joinPath(this.#extensionUri, 'dist', 'webview');
    const addressOf = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    const answer = (message: ToView) => void webview.postMessage(message);
    const listening = webview.onDidReceiveMessage((raw: unknown) => {
      const parsed = fromViewSchema().safeParse(raw);
      if (parsed.success) this.#said.fire({ message: parsed.data, answer });
      else this.#log.error(`a message of the view was not understood: ${parsed.error.message}`);
    });
    this.#open.add(webview);
    onDidDispose(() => {
      listening.dispose();
      this.#open.delete(webview);
    });
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    webview.html = page({
      script: addressOf('main.js'),
      style: addressOf('main.css'),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
    });
  }

  post(message: ToView): void {
    for (const webview of this.#open) void webview.postMessage(message);
  }

  dispose(): void {
    this.#said.dispose();
  }
}
