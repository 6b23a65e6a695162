import * as vscode from 'vscode';
import type { FileChange } from '../../server/protocol/changes.ts';
import { reduceRun, type RunEvent, type RunState } from '../../server/protocol/run.ts';
import { UserError } from '../../server/protocol/user-error.ts';
import type { ServerClient } from '../server/client.ts';

export interface RunNews {
  runId: string;
  event: RunEvent;
}

/** The runs as the server tells them, reduced from its events; read again after the server started again. */
export class Runs implements vscode.Disposable {
  readonly #server: ServerClient;
  readonly #states = new Map<string, RunState>();
  readonly #news = new vscode.EventEmitter<RunNews>();
  readonly #replaced = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #loaded: Promise<void> | undefined;

  readonly onNews = this.#news.event;
  /** Fires when all runs were read anew: what is shown has to be rebuilt. */
  readonly onReplaced = this.#replaced.event;

  constructor(server: ServerClient) {
    this.#server = server;
    this.#subscriptions = [
      server.onRestarted(() => {
        this.#loaded = undefined;
        this.load().then(
          () => this.#replaced.fire(),
          () => undefined,
        );
      }),
    ];
  }

  /** Reads the runs of earlier sessions, once. Rejects as the server does. */
  load(): Promise<void> {
    this.#loaded ??= this.#server.request('runs/list', {}).then(
      ({ runs }) => {
        for (const run of runs) this.#states.set(run.runId, run);
      },
      (error: unknown) => {
        this.#loaded = undefined;
        throw error;
      },
    );
    return this.#loaded;
  }

  /** Takes in what happened to a run and passes it on to who listens. */
  tell(runId: string, event: RunEvent): void {
    const before = this.#states.get(runId);
    if (!before && event.type !== 'started') return;
    this.#states.set(runId, reduceRun(before, event));
    this.#news.fire({ runId, event });
  }

  /** Oldest first. */
  list(): RunState[] {
    return [...this.#states.values()].sort((a, b) => a.startedAt - b.startedAt);
  }

  get(runId: string): RunState {
    const run = this.#states.get(runId);
    if (!run) throw new UserError('badInput', `No run "${runId}" is known here; start the fix again`);
    return run;
  }

  change(runId: string, file: string): FileChange {
    const change = this.get(runId).changes.find((c) => c.file === file);
    if (!change) throw new UserError('badInput', `The run proposes no change of ${file}`);
    return change;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions, this.#news, this.#replaced).dispose();
  }
}
