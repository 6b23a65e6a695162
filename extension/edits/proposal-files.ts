import * as vscode from 'vscode';
import { applyHunks } from '../../server/protocol/changes.ts';
import type { Contribution } from '../contribution.ts';
import type { WeftContext } from '../context.ts';
import { isProposed } from './hunks.ts';
import { PROPOSAL_SCHEME, proposalOf, proposalUri } from './proposal-uri.ts';
import { readFile } from './read-file.ts';

/** Serves the proposed texts as read-only files, computed from the user's file and the hunks not refused. */
class ProposalFiles implements vscode.FileSystemProvider {
  readonly #weft: WeftContext;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  /** Milliseconds since the epoch: VS Code reads a file again when this grew. */
  #changedAt = Date.now();

  constructor(weft: WeftContext) {
    this.#weft = weft;
  }

  changed(runId: string, files: readonly string[]): void {
    this.#changedAt = Math.max(Date.now(), this.#changedAt + 1);
    this.#changed.fire(
      files.map((file) => ({ type: vscode.FileChangeType.Changed, uri: proposalUri(runId, file) })),
    );
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const place = proposalOf(uri);
    if (!place) throw vscode.FileSystemError.FileNotFound(uri);
    await this.#weft.runs.load();
    const change = this.#weft.runs.change(place.runId, place.file);
    const { base } = await readFile(change);
    return Buffer.from(applyHunks(base, change.hunks.filter(isProposed)), 'utf8');
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { byteLength } = await this.readFile(uri);
    const permissions = vscode.FilePermission.Readonly;
    return { type: vscode.FileType.File, ctime: 0, mtime: this.#changedAt, size: byteLength, permissions };
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }
  readDirectory(): [string, vscode.FileType][] {
    return [];
  }
  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}

export const proposalFiles: Contribution = (weft) => {
  const files = new ProposalFiles(weft);
  weft.own(
    vscode.workspace.registerFileSystemProvider(PROPOSAL_SCHEME, files, {
      isCaseSensitive: true,
      isReadonly: true,
    }),
  );
  weft.own(
    weft.runs.onNews(({ runId, event }) => {
      if (event.type === 'decision') files.changed(runId, [event.file]);
      if (event.type === 'changes')
        files.changed(
          runId,
          event.changes.map(({ file }) => file),
        );
    }),
  );
};
