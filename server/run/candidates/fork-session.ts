import { randomUUID } from 'node:crypto';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { assetPath } from '../../settings/assets.ts';
import { makeTemporaryFolder } from '../../workspace/temporary-folder.ts';
import { createShadow, type Shadow } from '../../workspace/shadow.ts';
import { cleanEnvironment, type ChildOutcome } from '../child-process.ts';
import { pytestArgv, pytestOutcome } from '../runners/pytest/run-pytest.ts';
import type { CandidateRunOptions, CandidateSession, RunOutcome, TestCommand } from '../types.ts';
import { PlainSession } from './plain-session.ts';

const MOST_SLOTS = 2;
const READY_MS = 20_000;
/** Beyond the limit that the server holds itself; then the server is taken for dead. */
const GRACE_MS = 2_000;
/** Address space of one candidate's process. */
const MEMORY_MB = 4_096;

interface Answer {
  ready?: boolean;
  exit?: number | null;
  timedOut?: boolean;
  seconds?: number;
}

/** A warm Python process in a shadow of its own. */
interface Slot {
  shadow: Shadow;
  folder: string;
  process: ChildProcessByStdio<Writable, Readable, null>;
  /** The next line the process says; undefined when it ended or was silent for too long. */
  answer(timeoutMs: number): Promise<Answer | undefined>;
}

/** Whether a command can run in a warm process: `PYTHON -m pytest …` on Linux. */
export function canFork(command: TestCommand): boolean {
  return process.platform === 'linux' && command.runner === 'pytest' && moduleAt(command) === 2;
}

/** Where the arguments of pytest come before: 2 in `python -m pytest`. */
const moduleAt = ({ argv }: TestCommand): number =>
  /(^|\/)python[\d.]*$/.test(argv[0] ?? '') && argv[1] === '-m' && argv[2] === 'pytest' ? 2 : -1;

/**
 * Python candidates in a warm process that forks for each: importing pytest is paid once. Runs with coverage, and all
 * runs where the warm process does not start or dies twice, take a fresh process.
 */
export class ForkSession implements CandidateSession {
  readonly width = Math.max(1, Math.min(MOST_SLOTS, os.availableParallelism()));
  readonly #root: string;
  readonly #command: TestCommand;
  readonly #plain: PlainSession;
  readonly #slots: (Promise<Slot | undefined> | undefined)[] = [];
  readonly #free: number[];
  readonly #waiting: ((slot: number) => void)[] = [];
  #failures = 0;

  constructor(root: string, command: TestCommand) {
    this.#root = path.resolve(root);
    this.#command = command;
    this.#plain = new PlainSession(root, command);
    this.#free = Array.from({ length: this.width }, (_, i) => i);
  }

  async run(
    files: ReadonlyMap<string, Uint8Array>,
    options: CandidateRunOptions,
  ): Promise<RunOutcome & { changedFilesRan: boolean | null }> {
    if (options.coverage || this.#failures > 1) return this.#plain.run(files, options);
    const at = await this.#take();
    try {
      const slot = await (this.#slots[at] ??= this.#open(options.signal));
      if (!slot) {
        this.#failures = 2;
        return await this.#plain.run(files, options);
      }
      const outcome = await this.#runIn(slot, files, options);
      const hasEnded = slot.process.exitCode !== null || slot.process.signalCode !== null;
      if (hasEnded) this.#failures += 1;
      if (hasEnded || !(await slot.shadow.reset())) {
        this.#slots[at] = undefined;
        await close(slot);
      }
      return { ...outcome, changedFilesRan: null };
    } finally {
      const next = this.#waiting.shift();
      if (next) next(at);
      else this.#free.push(at);
    }
  }

  async dispose(): Promise<void> {
    for (const slot of this.#slots) {
      const opened = await slot?.catch(() => undefined);
      if (opened) await close(opened);
    }
    this.#slots.length = 0;
    await this.#plain.dispose();
  }

  #take(): number | Promise<number> {
    return this.#free.pop() ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  async #open(signal: AbortSignal | undefined): Promise<Slot | undefined> {
    const shadow = await createShadow(this.#root, { signal });
    const folder = await makeTemporaryFolder('fork');
    const server = assetPath('runners/weft_fork_server.py');
    const env = cleanEnvironment(process.env);
    const plugins = path.dirname(assetPath('runners/weft_pytest.py'));
    const [program = '', ...args] = shadow.command([this.#command.argv[0] ?? 'python3', server]);
    const child = spawn(program, args, {
      cwd: path.join(shadow.dir, path.relative(this.#root, this.#command.cwd)),
      env: { ...env, PYTHONPATH: [plugins, env.PYTHONPATH].filter(Boolean).join(path.delimiter) },
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
    });
    child.stdin.on('error', () => undefined);
    const slot: Slot = { shadow, folder, process: child, answer: answersOf(child) };
    const first = await slot.answer(READY_MS);
    if (first?.ready && child.pid !== undefined) {
      shadow.attach(child.pid);
      return slot;
    }
    await close(slot);
    return undefined;
  }

  async #runIn(
    slot: Slot,
    files: ReadonlyMap<string, Uint8Array>,
    options: CandidateRunOptions,
  ): Promise<RunOutcome> {
    const key = randomUUID();
    const results = path.join(slot.folder, 'results.jsonl');
    const output = path.join(slot.folder, 'output.txt');
    await fs.rm(results, { force: true });
    const stop = () => slot.process.stdin.write('\n');
    try {
      for (const [file, bytes] of files) await slot.shadow.write(file, bytes);
      const request = {
        arguments: pytestArgv(this.#inShadow(slot.shadow), options).slice(moduleAt(this.#command) + 1),
        seconds: options.timeoutMs / 1000,
        maxMemoryMb: MEMORY_MB,
        output,
        env: {
          WEFT_RESULTS: results,
          WEFT_RESULTS_KEY: key,
          WEFT_ROOT: slot.shadow.dir,
          WEFT_COVERAGE: '0',
          WEFT_BRIEF: '1',
          WEFT_END_AT_TIMEOUT: options.failFast === 'timeout' ? '1' : '0',
          WEFT_TEST_SECONDS: String((options.testTimeoutMs ?? 0) / 1000),
        },
      };
      const started = performance.now();
      slot.process.stdin.write(JSON.stringify(request) + '\n');
      options.signal?.addEventListener('abort', stop, { once: true });
      const answer = await slot.answer(options.timeoutMs + GRACE_MS);
      if (!answer) await kill(slot);
      const said = await headAndTail(output);
      const child: ChildOutcome = {
        status: answer === undefined ? 'crashed' : answer.timedOut ? 'timedOut' : 'completed',
        exitCode: answer?.exit ?? null,
        seconds: (performance.now() - started) / 1000,
        output: said,
      };
      if (child.status === 'completed' && child.exitCode === null) child.status = 'crashed';
      const text = await fs.readFile(results, 'utf8').catch(() => '');
      return pytestOutcome(this.#command, child, text, key, options);
    } finally {
      options.signal?.removeEventListener('abort', stop);
    }
  }

  #inShadow(shadow: Shadow): TestCommand {
    const moved = (text: string) =>
      text === this.#root || text.startsWith(this.#root + path.sep)
        ? shadow.dir + text.slice(this.#root.length)
        : text;
    return { ...this.#command, cwd: moved(this.#command.cwd), argv: this.#command.argv.map(moved) };
  }
}

function answersOf(child: Slot['process']): Slot['answer'] {
  const said: Answer[] = [];
  let heard: ((answer: Answer | undefined) => void) | undefined;
  let ended = false;
  const end = () => {
    ended = true;
    heard?.(undefined);
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as Answer;
    if (heard) heard(answer);
    else said.push(answer);
  });
  child.on('error', end);
  child.on('exit', end);
  return (timeoutMs) => {
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
  };
}

async function close(slot: Slot): Promise<void> {
  await kill(slot);
  await slot.shadow.dispose();
  await fs.rm(slot.folder, { recursive: true, force: true });
}

async function kill({ process: child }: Slot): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** A test may print much: only the ends of it are read. */
async function headAndTail(file: string): Promise<RunOutcome['output']> {
  const handle = await fs.open(file, 'r').catch(() => undefined);
  if (!handle) return { head: '', tail: '', bytes: 0 };
  try {
    const { size } = await handle.stat();
    const part = Buffer.alloc(Math.min(size, 64 * 1024));
    await handle.read(part, 0, part.length, 0);
    const end = Buffer.alloc(Math.min(64 * 1024, size - part.length));
    await handle.read(end, 0, end.length, size - end.length);
    return { head: part.toString(), tail: end.toString(), bytes: size };
  } finally {
    await handle.close();
  }
}
