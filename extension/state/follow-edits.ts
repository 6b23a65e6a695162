import * as vscode from 'vscode';
import type { Contribution } from '../contribution.ts';
import { fileOf, rootFolder } from '../workspace-root.ts';

/** Typing that rests for so long is told of. */
const PAUSE_MS = 150;
/** Typing that does not rest is told of all the same. */
const MOST_WAIT_MS = 1000;
/** Files that say which modules there are. */
const SETTINGS = '{package.json,tsconfig*.json,jsconfig*.json,pnpm-workspace.yaml,go.mod,Cargo.toml}';

/** Tells the server which files are others now, with the text of those that are not saved. */
export const followEdits: Contribution = (weft) => {
  const files = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let since = 0;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const unsaved = new Map(
      vscode.workspace.textDocuments
        .filter((document) => document.isDirty)
        .map((document) => [fileOf(document.uri), document] as const),
    );
    const edits = [...files].map((file) => {
      const document = unsaved.get(file);
      return document ? { file, text: document.getText() } : { file };
    });
    files.clear();
    if (edits.length > 0) void weft.server.tell('files/edited', { edits });
  };

  const changed = (uri: vscode.Uri, isSetting = false) => {
    const file = fileOf(uri);
    if (file === undefined || !(isSetting || weft.server.reads(file))) return;
    if (files.size === 0) since = Date.now();
    files.add(file);
    clearTimeout(timer);
    timer = setTimeout(flush, Math.min(PAUSE_MS, Math.max(0, since + MOST_WAIT_MS - Date.now())));
  };

  const tellUnsaved = () => {
    for (const document of vscode.workspace.textDocuments) if (document.isDirty) changed(document.uri);
  };

  weft.own(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) changed(document.uri);
    }),
  );
  weft.own(vscode.workspace.onDidSaveTextDocument(({ uri }) => changed(uri)));
  // What was not saved and is closed is what the disk has again.
  weft.own(vscode.workspace.onDidCloseTextDocument(({ uri }) => changed(uri)));
  const watch = (pattern: string, isSetting: boolean) => {
    const root = rootFolder();
    if (!root) return;
    const watcher = weft.own(
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(root, pattern)),
    );
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete])
      weft.own(event((uri) => changed(uri, isSetting)));
  };
  let isWatching = false;
  weft.own(
    weft.server.onConnected(() => {
      if (!isWatching) {
        watch('**/*', false);
        watch(`**/${SETTINGS}`, true);
        isWatching = true;
      }
      tellUnsaved();
    }),
  );
  weft.own({ dispose: () => clearTimeout(timer) });
};
