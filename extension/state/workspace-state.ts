import * as vscode from 'vscode';
import type { IndexReport } from '../../server/protocol/graph.ts';
import { UserError } from '../../server/protocol/user-error.ts';
import type { WorkspaceStatus } from '../../server/protocol/view.ts';
import type { ServerClient } from '../server/client.ts';
import { fileOf, rootFolder } from '../workspace-root.ts';

/** What the view's head shows: the graph, trust, the test command, the file in front. */
export class WorkspaceState implements vscode.Disposable {
  readonly #server: ServerClient;
  readonly #changed = new vscode.EventEmitter<WorkspaceStatus>();
  readonly #subscriptions: vscode.Disposable[];
  #graph: Pick<WorkspaceStatus, 'graph' | 'files' | 'symbols' | 'detail'> = {
    graph: 'none',
    files: 0,
    symbols: 0,
    detail: '',
  };
  #detected: string | undefined;
  #indexing: Promise<IndexReport> | undefined;

  readonly onChanged = this.#changed.event;

  constructor(server: ServerClient) {
    this.#server = server;
    this.#subscriptions = [
      vscode.window.onDidChangeActiveTextEditor(() => this.#tell()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('weft.testCommand')) this.#tell();
      }),
    ];
  }

  get status(): WorkspaceStatus {
    const testCommand = configuredTestCommand() ?? this.#detected;
    const active = vscode.window.activeTextEditor?.document.uri;
    const activeFile = active && fileOf(active);
    return {
      name: rootFolder()?.name ?? 'no folder',
      ...this.#graph,
      trusted: vscode.workspace.isTrusted,
      model: 'No model',
      ...(testCommand ? { testCommand } : {}),
      ...(activeFile ? { activeFile } : {}),
    };
  }

  /** Brings the graph up to date. Who asks while it is being made gets the same answer. */
  index(token?: vscode.CancellationToken, onDetail?: (detail: string) => void): Promise<IndexReport> {
    this.#indexing ??= this.#index(token, onDetail).finally(() => (this.#indexing = undefined));
    return this.#indexing;
  }

  async #index(token?: vscode.CancellationToken, onDetail?: (detail: string) => void): Promise<IndexReport> {
    this.#set({ graph: 'indexing', detail: '' });
    try {
      const report = await this.#server.request(
        'index/refresh',
        { history: vscode.workspace.getConfiguration('weft').get<boolean>('history.enabled', false) },
        {
          ...(token ? { token } : {}),
          onProgress: ({ files, totalFiles }) => {
            const detail = `${files.toLocaleString()} of ${totalFiles.toLocaleString()} files`;
            onDetail?.(detail);
            this.#set({ graph: 'indexing', detail: `Indexing ${detail}` });
          },
        },
      );
      this.#set({ graph: 'live', files: report.files, symbols: report.symbols, detail: '' });
      return report;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      if (UserError.is(error, 'cancelled')) this.#set({ graph: 'none', detail: '' });
      else this.#set({ graph: 'failed', detail });
      throw error;
    }
  }

  /** Finds the test command, for the view's offer to fix. */
  async detectTests(): Promise<void> {
    if (this.#detected !== undefined || configuredTestCommand() !== undefined) return;
    const { commands } = await this.#server.request('tests/detect', {});
    this.#detected = commands[0]?.command;
    this.#tell();
  }

  trustGranted(): void {
    this.#tell();
  }

  #set(graph: Partial<Pick<WorkspaceStatus, 'graph' | 'files' | 'symbols' | 'detail'>>): void {
    this.#graph = { ...this.#graph, ...graph };
    this.#tell();
  }

  #tell(): void {
    this.#changed.fire(this.status);
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions, this.#changed).dispose();
  }
}

/** The command of the user's own settings: of this machine, never of the workspace. */
export function configuredTestCommand(): string | undefined {
  const given = vscode.workspace.getConfiguration('weft').get<string>('testCommand')?.trim();
  return given ? given : undefined;
}
