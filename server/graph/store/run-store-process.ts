import { fork, type ChildProcess } from 'node:child_process';
import { UserError } from '../../protocol/user-error.ts';
import { entryPath } from '../../settings/assets.ts';
import type { GoOn, StoreReply, StoreRequest } from './store-messages.ts';

export type StoreOutcome =
  | StoreReply
  /** The process ended without an answer: the file or the query took it down. */
  | { ok: false; why: 'crashed'; message: string }
  | { ok: false; why: 'deadline'; message: string };

export interface StoreProcessOptions {
  deadlineMs: number;
  signal?: AbortSignal | undefined;
  /** Lets the process finish on its own after the deadline instead of ending it. */
  leaveRunning?: boolean;
  /** Told once the process runs, so that its memory can be counted. */
  onStarted?: ((pid: number) => void) | undefined;
  /** A process that waits for its request already. */
  waiting?: ChildProcess | undefined;
}

/** Starts a process that loads the engine and waits for one request. It ends with its parent. */
export function startStoreProcess(detached = false): ChildProcess {
  return fork(entryPath('store-process'), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    detached,
  });
}

/** Starts a store process for one request. Its deadline is held here, since the engine's own does not always hold. */
export function runStoreProcess(request: StoreRequest, options: StoreProcessOptions): Promise<StoreOutcome> {
  const { deadlineMs, signal, leaveRunning = false, onStarted, waiting } = options;
  return new Promise((resolve, reject) => {
    const child = waiting?.connected ? waiting : startStoreProcess(leaveRunning);
    if (child.pid !== undefined) onStarted?.(child.pid);
    const finish = (settle: () => void, kill: boolean) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      child.removeAllListeners();
      child.on('error', () => undefined);
      if (kill) child.kill('SIGKILL');
      else if (child.connected) child.disconnect();
      child.unref();
      settle();
    };
    const cancel = () =>
      finish(() => reject(new UserError('cancelled', 'the work on the store was stopped')), true);
    const timer = setTimeout(() => {
      const message = `not done after ${deadlineMs / 1000} s`;
      if (leaveRunning && child.connected) child.send({ do: 'goOn' } satisfies GoOn, () => undefined);
      finish(() => resolve({ ok: false, why: 'deadline', message }), !leaveRunning);
    }, deadlineMs);
    child.once('message', (reply: StoreReply) => finish(() => resolve(reply), false));
    child.once('error', (error) =>
      finish(() => resolve({ ok: false, why: 'crashed', message: error.message }), true),
    );
    child.once('exit', (code, ended) => {
      const message = `the store process ended by itself (${ended ?? `code ${code}`})`;
      finish(() => resolve({ ok: false, why: 'crashed', message }), false);
    });
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) cancel();
    else child.send(request);
  });
}
