import * as vscode from 'vscode';
import type { FixReport } from '../../server/protocol/run.ts';
import { UserError } from '../../server/protocol/user-error.ts';
import type { ParamsOf } from '../../server/protocol/requests.ts';
import type { ServerClient } from '../server/client.ts';
import type { Runs } from '../state/runs.ts';

/** The one fix that goes on at a time, with its progress, and the way to stop it. */
export class Fixes implements vscode.Disposable {
  readonly #server: ServerClient;
  readonly #runs: Runs;
  #stop: vscode.CancellationTokenSource | undefined;

  constructor(server: ServerClient, runs: Runs) {
    this.#server = server;
    this.#runs = runs;
  }

  stop(): void {
    this.#stop?.cancel();
  }

  /** @throws UserError `badInput` while another fix goes on; else as the server says. */
  async start(params: ParamsOf<'fix/start'>): Promise<FixReport> {
    if (this.#stop) throw new UserError('badInput', 'A fix is going on already: stop it first');
    const stop = new vscode.CancellationTokenSource();
    this.#stop = stop;
    try {
      return await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: 'Weft', cancellable: true },
        (progress, token) => {
          token.onCancellationRequested(() => stop.cancel());
          progress.report({ message: 'fixing the failing tests' });
          let runId: string | undefined;
          return this.#server.request('fix/start', params, {
            token: stop.token,
            onProgress: (event) => {
              if (event.type === 'started') runId = event.runId;
              if (runId === undefined) return;
              this.#runs.tell(runId, event);
              const step = this.#runs.get(runId).steps.find(({ status }) => status === 'running');
              if (step) progress.report({ message: step.title });
            },
          });
        },
      );
    } finally {
      this.#stop = undefined;
      stop.dispose();
    }
  }

  dispose(): void {
    this.#stop?.cancel();
    this.#stop?.dispose();
  }
}
