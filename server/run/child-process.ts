import { spawn } from 'node:child_process';
import { guardGroup } from './guardian.ts';
import type { RunOptions, RunOutcome } from './types.ts';

/** Bytes kept of the beginning and of the end of what a command prints. */
const KEPT_BYTES = 64 * 1024;
const SECRET = /API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|TOKEN|SECRET|PASSW(OR)?D|PASSPHRASE|CREDENTIAL/i;
const EDITOR = /^(ELECTRON_|VSCODE_|NODE_CHANNEL_)/;
/** The exit code by which `env` and a shell's `exec` tell that there is no such program. */
const NOT_FOUND = 127;
/** How long output may still come after the end of a command whose group was killed. */
const DRAIN_MS = 2_000;

export interface ChildOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
  signal?: AbortSignal;
  /** Address space of each process, in MiB; not for programs that reserve much, such as Node. */
  maxMemoryMb?: number;
  /** Told the process once it runs; on POSIX it leads its process group. */
  onStart?(pid: number): void;
  shadow?: RunOptions['shadow'];
  /** A file descriptor; closed by default. */
  stdin?: number;
}

export type ChildOutcome = Pick<RunOutcome, 'exitCode' | 'seconds' | 'output'> & {
  status: 'completed' | 'timedOut' | 'crashed' | 'notStarted';
};

/** The environment of a user's command: no keys, nothing of the editor's, as on a build machine. */
export function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !SECRET.test(name) && !EDITOR.test(name) && name !== 'NODE_OPTIONS',
  );
  return { ...Object.fromEntries(kept), CI: '1', PYTHONDONTWRITEBYTECODE: '1' };
}

/**
 * Runs a program with stdin closed; at the time limit, on abort and when this process is killed, its whole process
 * group is killed.
 */
export function runChild(argv: readonly string[], options: ChildOptions): Promise<ChildOutcome> {
  const started = performance.now();
  const output = keepHeadAndTail();
  const limited = withMemoryLimit(argv, options.maxMemoryMb);
  const [program = '', ...args] = options.shadow?.command(limited) ?? limited;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env,
      detached: process.platform !== 'win32',
      stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const letGo = guardGroup(child.pid);
    if (child.pid !== undefined) options.onStart?.(child.pid);
    let status: ChildOutcome['status'] = 'completed';
    const finish = (exitCode: number | null) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
      killGroup(child.pid);
      letGo();
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve({ status, exitCode, seconds: (performance.now() - started) / 1000, output: output.read() });
    };
    const abort = () => {
      status = 'timedOut';
      killGroup(child.pid);
    };
    const timer = setTimeout(abort, options.timeoutMs);
    options.signal?.addEventListener('abort', abort, { once: true });
    if (options.signal?.aborted) abort();
    child.stdout?.on('data', output.add);
    child.stderr?.on('data', output.add);
    child.on('error', () => {
      status = 'notStarted';
      finish(null);
    });
    child.on('exit', (code) => {
      if (code === null && status === 'completed') status = 'crashed';
      // What takes a command into a shadow starts where the command itself does not.
      if (code === NOT_FOUND && options.shadow && status === 'completed') status = 'notStarted';
      // What the command left running holds its pipes open: it ends first, then what was printed is read out.
      killGroup(child.pid);
      const drained = setTimeout(() => finish(code), DRAIN_MS);
      child.on('close', () => {
        clearTimeout(drained);
        finish(code);
      });
    });
  });
}

function withMemoryLimit(argv: readonly string[], maxMemoryMb: number | undefined): readonly string[] {
  if (maxMemoryMb === undefined || process.platform === 'win32') return argv;
  return ['/bin/sh', '-c', `ulimit -v ${Math.ceil(maxMemoryMb * 1024)}; exec "$@"`, 'sh', ...argv];
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // The group has ended already.
  }
}

function keepHeadAndTail() {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let bytes = 0;
  return {
    add: (chunk: Buffer) => {
      bytes += chunk.length;
      const room = KEPT_BYTES - head.length;
      if (room > 0) head = Buffer.concat([head, chunk.subarray(0, room)]);
      const rest = chunk.subarray(Math.max(0, room));
      if (rest.length > 0) tail = Buffer.from(Buffer.concat([tail, rest]).subarray(-KEPT_BYTES));
    },
    read: () => ({ head: head.toString(), tail: tail.toString(), bytes }),
  };
}
