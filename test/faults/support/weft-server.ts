import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  ProgressType,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { ParamsOf, ProgressOf, RequestName, ResultOf } from '../../../server/protocol/requests.ts';
import type { Place } from './place.ts';

const checkout = path.resolve(import.meta.dirname, '../../..');
const preload = pathToFileURL(path.join(import.meta.dirname, 'die-at.mjs')).href;

/** The packed server where it is newer than every source, since it starts four times as fast; else the source. */
function entry(packed: string, source: string): string {
  const built = statSync(path.join(checkout, 'dist/server', packed), { throwIfNoEntry: false });
  const sources = readdirSync(path.join(checkout, 'server'), { recursive: true, withFileTypes: true });
  const isNewer = sources.every(
    (file) => statSync(path.join(file.parentPath, file.name)).mtimeMs < (built?.mtimeMs ?? 0),
  );
  return path.join(checkout, isNewer ? `dist/server/${packed}` : `server/${source}`);
}

export const serverEntry = entry('main.mjs', 'main.ts');
const cliEntry = entry('cli.mjs', 'cli/main.ts');

/** The change of the disk that the process, or one that it starts, does not survive; see die-at.mjs. */
export interface DieAt {
  call?: string;
  file?: string;
  nth?: number;
  half?: boolean;
}

export interface StartOptions {
  dieAt?: DieAt;
  env?: NodeJS.ProcessEnv;
}

function environment(place: Place, { dieAt, env }: StartOptions): NodeJS.ProcessEnv {
  return {
    ...place.env,
    ...env,
    ...(dieAt ? { NODE_OPTIONS: `--import=${preload}`, WEFT_DIE_AT: JSON.stringify(dieAt) } : {}),
  };
}

/** The real server process, asked as the extension asks it. */
export class WeftServer {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #connection: MessageConnection;
  /** Settles with the signal or exit code that ended the process. */
  readonly ended: Promise<NodeJS.Signals | number | null>;
  #tokens = 0;
  said = '';

  private constructor(place: Place, options: StartOptions) {
    this.#child = spawn(process.execPath, [serverEntry], {
      cwd: place.root,
      env: environment(place, options),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.said += text));
    this.#child.stdin.on('error', () => undefined);
    this.#connection = createMessageConnection(
      new StreamMessageReader(this.#child.stdout),
      new StreamMessageWriter(this.#child.stdin),
    );
    this.#connection.onError(() => undefined);
    this.#connection.listen();
    this.ended = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => {
        this.#connection.dispose();
        resolve(signal ?? code);
      });
    });
  }

  static async start(place: Place, options: StartOptions = {}): Promise<WeftServer> {
    const server = new WeftServer(place, options);
    await server.request('initialize', { root: place.root, trusted: true });
    return server;
  }

  async request<N extends RequestName>(
    name: N,
    params: ParamsOf<N>,
    onProgress?: (value: ProgressOf<N>) => void,
  ): Promise<ResultOf<N>> {
    if (!onProgress) return this.#connection.sendRequest<ResultOf<N>>(name, params);
    const partialResultToken = `${name}#${++this.#tokens}`;
    this.#connection.onProgress(new ProgressType<ProgressOf<N>>(), partialResultToken, onProgress);
    return this.#connection.sendRequest<ResultOf<N>>(name, { ...(params as object), partialResultToken });
  }

  /** Ends the process at once, in the middle of whatever it does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  /** Ends it as the editor does when it closes. */
  async close(): Promise<void> {
    this.#child.stdin.end();
    await this.ended;
  }
}

export interface CommandResult {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A started `weft ARGS`. */
export function startWeft(place: Place, args: string[], options: StartOptions & { wrapper?: string[] } = {}) {
  const argv = [...(options.wrapper ?? []), process.execPath, cliEntry, ...args];
  const child = spawn(argv[0] ?? '', argv.slice(1), {
    cwd: place.home,
    env: environment(place, options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const done = new Promise<CommandResult>((resolve) => {
    child.once('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
  return { child, done };
}

export function weft(place: Place, ...args: string[]): Promise<CommandResult> {
  return startWeft(place, args).done;
}
