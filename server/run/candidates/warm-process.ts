import { spawn } from 'node:child_process';
import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Duplex, Readable, Writable } from 'node:stream';
import { assetPath } from '../../settings/assets.ts';
import { cleanEnvironment } from '../child-process.ts';
import { guardGroup } from '../guardian.ts';
import { pytestArgv, pythonPath } from '../runners/pytest/run-pytest.ts';
import type { Shadow } from '../../workspace/shadow.ts';
import type { TestCommand } from '../types.ts';

/** Milliseconds that a process which is asked no more has to end by itself. */
const GRACE_MS = 1_500;

/** What a warm process says of itself or of a candidate; one JSON object a line. */
export interface Answer {
  ready?: boolean;
  /** Loaded from outside of the workspace, in the order of loading. */
  modules?: string[];
  /** Exit code of the candidate's fork; null when a signal ended it. */
  exit?: number | null;
  timedOut?: boolean;
}

/** A Python process that forks for each candidate. */
export interface WarmProcess {
  readonly pid: number;
  ask(request: object): void;
  /** Ends the candidate that is running. */
  stop(): void;
  /** The next line the process says; undefined when it ended or was silent for too long. */
  answer(timeoutMs: number): Promise<Answer | undefined>;
  isAlive(): boolean;
  /** Takes it out of what is killed with this process. */
  letGo(): void;
  kill(): Promise<void>;
  /** As it said when it was ready. */
  modules: readonly string[];
}

/**
 * Holds pytest and modules of others ready, and nothing of the workspace; undefined when it does not start in time, or
 * when one of the modules loads something of the workspace.
 */
export async function startBare(
  command: TestCommand,
  shadow: Shadow,
  modules: readonly string[],
  readyMs: number,
): Promise<WarmProcess | undefined> {
  const server = [assetPath('runners/weft_fork_server.py'), shadow.dir, ...modules];
  const [program = '', ...args] = shadow.command([command.argv[0] ?? 'python3', ...server]);
  const child = spawn(program, args, {
    ...{ cwd: command.cwd, env: environment(), detached: true },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return whenReady(warm(child, child.stdin, child.stdout), readyMs);
}

/**
 * Runs a command of pytest as far as its tests are collected; it then waits for candidates. Undefined when it does not
 * come to that in time. `folder`: for its socket.
 */
export async function startCollected(
  command: TestCommand,
  shadow: Shadow,
  folder: string,
  readyMs: number,
): Promise<WarmProcess | undefined> {
  const address = path.join(folder, 'candidates');
  const server = createServer().listen(address);
  await once(server, 'listening');
  const [program = '', ...args] = shadow.command(pytestArgv(command, ['weft_serve']));
  const child = spawn(program, args, {
    cwd: command.cwd,
    env: { ...environment(), WEFT_ROOT: shadow.dir, WEFT_SERVE: address, WEFT_BRIEF: '1' },
    ...{ detached: true, stdio: 'ignore' },
  });
  const connected = new Promise<Socket | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), readyMs);
    const done = (socket?: Socket) => {
      clearTimeout(timer);
      resolve(socket);
    };
    server.once('connection', done);
    child.once('exit', () => done()).once('error', () => done());
  });
  const socket = await connected;
  server.close();
  if (socket) return whenReady(warm(child, socket, socket), readyMs);
  await killGroup(child);
  return undefined;
}

function environment(): NodeJS.ProcessEnv {
  const env = cleanEnvironment(process.env);
  return { ...env, PYTHONPATH: pythonPath(env.PYTHONPATH) };
}

async function whenReady(started: WarmProcess, readyMs: number): Promise<WarmProcess | undefined> {
  const first = await started.answer(readyMs);
  if (first?.ready) {
    // From now on it sees by itself when nobody asks any more, and first ends what its candidate has started.
    started.letGo();
    return { ...started, modules: first.modules ?? [] };
  }
  await started.kill();
  return undefined;
}

type Child = ReturnType<typeof spawn>;

function warm(child: Child, requests: Writable, answers: Readable | Duplex): WarmProcess {
  const letGo = guardGroup(child.pid);
  const said: Answer[] = [];
  let heard: ((answer: Answer | undefined) => void) | undefined;
  let ended = child.exitCode !== null || child.signalCode !== null;
  const end = () => {
    ended = true;
    heard?.(undefined);
  };
  requests.on('error', end);
  createInterface({ input: answers }).on('line', (line) => {
    const answer = JSON.parse(line) as Answer;
    if (heard) heard(answer);
    else said.push(answer);
  });
  child.on('error', end).on('exit', end);
  answers.on('close', end);
  return {
    pid: child.pid ?? -1,
    ask: (request) => requests.write(JSON.stringify(request) + '\n'),
    stop: () => requests.write('\n'),
    answer: (timeoutMs) => {
      const early = said.shift();
      if (early || ended) return Promise.resolve(early);
      return new Promise((resolve) => {
        const timer = setTimeout(() => heard?.(undefined), timeoutMs);
        heard = (answer) => {
          clearTimeout(timer);
          heard = undefined;
          resolve(answer);
        };
      });
    },
    modules: [],
    isAlive: () => !ended,
    letGo,
    kill: async () => {
      // Asked no more, it first ends what its candidate has started: nothing else knows those processes.
      requests.end();
      await Promise.race([hasEnded(child), delay(GRACE_MS, undefined, { ref: false })]);
      await killGroup(child);
      letGo();
    },
  };
}

async function hasEnded(child: Child): Promise<void> {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined)
    await once(child, 'exit');
}

async function killGroup(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
  await ended;
}
