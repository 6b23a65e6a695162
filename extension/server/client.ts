import { fork, type ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import {
  ConnectionError,
  createMessageConnection,
  ErrorCodes,
  ProgressType,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import * as z from 'zod/mini';
import {
  notifications,
  requests,
  type ParamsOf,
  type ProgressOf,
  type RequestName,
  type ResultOf,
} from '../../server/protocol/requests.ts';
import {
  callbacks,
  type CallbackHandlers,
  type CallbackName,
} from '../../server/protocol/language-server.ts';
import { UserError } from '../../server/protocol/user-error.ts';
import { RestartPolicy } from './restart-policy.ts';
import { startOptions } from './start-options.ts';

interface ServerSurroundings {
  /** Absolute path of the server's entry point. */
  entry: string;
  log: vscode.LogOutputChannel;
  root(): string | undefined;
  trusted(): boolean;
  /** The store that the person chose, and its password. */
  store?(): Promise<Pick<ParamsOf<'initialize'>, 'store' | 'storePassword'>>;
  /** What the server may ask of VS Code; absent: nothing. */
  callbacks?: CallbackHandlers;
}

interface RequestOptions<N extends RequestName> {
  token?: vscode.CancellationToken;
  onProgress?: (value: ProgressOf<N>) => void;
}

const REASONS = new Map<number, UserError['reason']>([
  [-32001, 'badInput'],
  [-32002, 'notAchieved'],
  [-32003, 'cancelled'],
]);

const ENDED: ReadonlySet<number> = new Set([
  ErrorCodes.PendingResponseRejected,
  ErrorCodes.ConnectionInactive,
]);

/**
 * The server process and the typed way to ask it. It starts at the first request, so that activation costs
 * nothing; when it dies, the person is told, and it starts again with its state read back from disk.
 */
export class ServerClient implements vscode.Disposable {
  readonly #around: ServerSurroundings;
  readonly #policy = new RestartPolicy();
  readonly #restarted = new vscode.EventEmitter<void>();
  #running: Promise<MessageConnection> | undefined;
  #child: ChildProcess | undefined;
  #disposed = false;
  #tokens = 0;
  #endings: readonly string[] = [];

  /** Fires after a crash, when the new server is ready to be asked again. */
  readonly onRestarted = this.#restarted.event;

  readonly #connectedNow = new vscode.EventEmitter<void>();
  /** Fires when a server, the first or a later one, can be told of things. */
  readonly onConnected = this.#connectedNow.event;

  constructor(around: ServerSurroundings) {
    this.#around = around;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Asks the server. Rejects with a `UserError` where the server gave one for a person. */
  async request<N extends RequestName>(
    name: N,
    params: ParamsOf<N>,
    options: RequestOptions<N> = {},
  ): Promise<ResultOf<N>> {
    const connection = await this.#connected();
    return this.#ask(connection, name, params, options);
  }

  /** Whether the graph is made from files like this one; false while no server has said so. */
  reads(file: string): boolean {
    return this.#endings.some((ending) => file.toLowerCase().endsWith(ending));
  }

  /** Tells a server that runs; for one that does not, nothing is lost and none is started. */
  async tell<N extends RequestName>(name: N, params: ParamsOf<N>): Promise<void> {
    if (this.#endings.length === 0) return;
    try {
      await this.request(name, params);
    } catch (error) {
      this.#around.log.debug(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** A start that failed is not remembered: the next request tries again. */
  #connected(): Promise<MessageConnection> {
    if (this.#running) return this.#running;
    const started = this.#start();
    this.#running = started;
    started.catch(() => {
      if (this.#running !== started) return;
      this.#running = undefined;
      const child = this.#child;
      this.#child = undefined;
      child?.kill();
    });
    return started;
  }

  async #ask<N extends RequestName>(
    connection: MessageConnection,
    name: N,
    params: ParamsOf<N>,
    { token, onProgress }: RequestOptions<N> = {},
  ): Promise<ResultOf<N>> {
    const schemas: { result(): z.ZodMiniType; progress?(): z.ZodMiniType } = requests[name];
    const partialResultToken = `${name}#${++this.#tokens}`;
    const subscription = onProgress
      ? connection.onProgress(new ProgressType<unknown>(), partialResultToken, (value) => {
          const parsed = schemas.progress && z.safeParse(schemas.progress(), value);
          if (parsed?.success) onProgress(parsed.data as ProgressOf<N>);
        })
      : undefined;
    try {
      const sent = onProgress ? { ...(params as object), partialResultToken } : params;
      // An undefined token would be sent as a second parameter.
      const result: unknown = await (token
        ? connection.sendRequest(name, sent, token)
        : connection.sendRequest(name, sent));
      return z.parse(schemas.result(), result) as ResultOf<N>;
    } catch (error) {
      throw forPerson(error);
    } finally {
      subscription?.dispose();
    }
  }

  async #start(): Promise<MessageConnection> {
    const root = this.#around.root();
    if (root === undefined)
      throw new UserError('badInput', 'Weft needs an open folder: open one with File › Open Folder');
    const child = fork(this.#around.entry, [], startOptions(process.env, root));
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#around.log.info(text.trimEnd()));
    const { stdout, stdin } = child;
    if (!stdout || !stdin) throw new Error('the server process has no pipes');
    const connection = createMessageConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    connection.onNotification('log', (value: unknown) => {
      const parsed = z.safeParse(notifications.log(), value);
      if (parsed.success) this.#around.log.info(parsed.data.text);
    });
    const { callbacks: answers } = this.#around;
    if (answers)
      for (const name of Object.keys(callbacks) as CallbackName[]) answer(connection, name, answers[name]);
    connection.listen();
    child.once('exit', (code, signal) => {
      connection.dispose();
      this.#ended(child, signal ?? `exit code ${code}`);
    });
    child.once('error', (error) => {
      connection.dispose();
      this.#ended(child, error.message);
    });
    const languageServer = answers !== undefined;
    const store = await this.#around.store?.();
    const trusted = this.#around.trusted();
    const about = { root, trusted, languageServer, ...store };
    const { endings } = await this.#ask(connection, 'initialize', about);
    this.#endings = endings;
    setTimeout(() => this.#connectedNow.fire());
    return connection;
  }

  #ended(child: ChildProcess, why: string): void {
    if (this.#disposed || child !== this.#child) return;
    this.#running = undefined;
    this.#child = undefined;
    this.#endings = [];
    this.#around.log.error(`the server process ended (${why})`);
    const delay = this.#policy.afterCrash(Date.now());
    if (delay === undefined) {
      void this.#offerRestart(why);
      return;
    }
    void vscode.window.showWarningMessage(
      `Weft's server ended (${why}) and is starting again; nothing was lost.`,
    );
    setTimeout(() => void this.#restart(), delay);
  }

  async #restart(): Promise<void> {
    if (this.#disposed) return;
    try {
      await this.#connected();
      this.#restarted.fire();
    } catch (error) {
      this.#around.log.error(`the server did not start again: ${String(error)}`);
    }
  }

  async #offerRestart(why: string): Promise<void> {
    const choice = await vscode.window.showErrorMessage(
      `Weft's server ended five times in three minutes (last: ${why}). The log says more.`,
      'Start Again',
      'Show Log',
    );
    if (choice === 'Show Log') this.#around.log.show();
    if (choice !== 'Start Again') return;
    this.#policy.reset();
    await this.#restart();
  }

  dispose(): void {
    this.#disposed = true;
    this.#child?.kill();
    this.#restarted.dispose();
    this.#connectedNow.dispose();
  }
}

/** Answers the server, with parameters and result checked here as well. */
function answer<N extends CallbackName>(
  connection: MessageConnection,
  name: N,
  handler: CallbackHandlers[N],
): void {
  const schemas: { params(): z.ZodMiniType; result(): z.ZodMiniType } = callbacks[name];
  connection.onRequest(name, async (raw: unknown) => {
    const params = z.parse(schemas.params(), raw) as Parameters<CallbackHandlers[N]>[0];
    return z.parse(schemas.result(), await handler(params));
  });
}

function forPerson(error: unknown): Error {
  // The person was told already that the server ended: who asked hears of it as of an end that was asked for.
  if (hasEnded(error)) return new UserError('cancelled', "Weft's server ended before it answered");
  if (error instanceof ResponseError) {
    const reason = REASONS.get(error.code);
    if (reason) return new UserError(reason, error.message, (error.data ?? {}) as Record<string, unknown>);
  }
  return error instanceof Error ? error : new Error(String(error));
}

function hasEnded(error: unknown): boolean {
  if (error instanceof ConnectionError) return true;
  return error instanceof ResponseError && ENDED.has(error.code);
}
