import { createHash, randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { makeTemporaryFolder } from '../../workspace/temporary-folder.ts';
import { createShadow, type Shadow } from '../../workspace/shadow.ts';
import type { ChildOutcome } from '../child-process.ts';
import { pytestArgv, pytestEnvironment, pytestOutcome } from '../runners/pytest/run-pytest.ts';
import type { CandidateRunOptions, CandidateSession, RunOutcome, TestCommand } from '../types.ts';
import { PlainSession } from './plain-session.ts';
import { startBare, startCollected, type WarmProcess } from './warm-process.ts';

const MOST_SLOTS = 2;
/** Milliseconds until a warm process must be ready, beside thrice the time of the run before any change. */
const READY_MS = 20_000;
/** Beyond the limit that the server holds itself; then the server is taken for dead. */
const GRACE_MS = 2_000;
/** Address space of one candidate's process. */
const MEMORY_MB = 4_096;
/** Exit code of a fork in which the candidate cannot be put in place of what is loaded. */
const FRESH = 71;
/** Of a kind of warm process, in one session; then others do its work. */
const MOST_DEATHS = 2;

type Kind = 'collected' | 'bare';

/** A warm process, and the copy of the workspace that it runs in. */
interface Warm {
  process: WarmProcess;
  shadow: Shadow;
}

/** Where one candidate at a time runs: a warm process of each kind, when it is needed. */
interface Slot {
  folder: string;
  warm: Partial<Record<Kind, Promise<Warm | undefined>>>;
}

/** Whether a command's candidates can run in warm processes: pytest on Linux. */
export function canFork(command: TestCommand): boolean {
  return process.platform === 'linux' && command.runner === 'pytest';
}

/** Where the arguments of pytest come before: 2 in `python -m pytest`; -1 where the interpreter is not known. */
const moduleAt = ({ argv }: TestCommand): number =>
  /(^|\/)python[\d.]*$/.test(argv[0] ?? '') && argv[1] === '-m' && argv[2] === 'pytest' ? 2 : -1;

/**
 * Python candidates in warm processes that fork for each. One has the tests collected, and a fork swaps the functions
 * that a candidate changes: what the tests import is loaded once. Candidates that change what runs at import take a
 * fork of one that has loaded pytest alone. Runs with coverage, and all runs where the warm processes do not start or
 * die twice, take a fresh process.
 */
export class ForkSession implements CandidateSession {
  readonly width = Math.max(1, Math.min(MOST_SLOTS, os.availableParallelism()));
  readonly #root: string;
  readonly #command: TestCommand;
  readonly #plain: PlainSession;
  readonly #slots: (Promise<Slot> | undefined)[] = [];
  readonly #free: number[];
  readonly #waiting: ((slot: number) => void)[] = [];
  readonly #deaths = { collected: 0, bare: 0 };
  /** File → 0-based lines that ran before any test. */
  #imported: ReadonlyMap<string, ReadonlySet<number>> = new Map();
  /** Hashes of changed files that the process with the collected tests cannot run. */
  readonly #fresh = new Set<string>();
  #readyMs = READY_MS;

  constructor(root: string, command: TestCommand) {
    this.#root = path.resolve(root);
    this.#command = command;
    this.#plain = new PlainSession(root, command);
    this.#free = Array.from({ length: this.width }, (_, i) => i);
    if (moduleAt(command) < 0) this.#deaths.bare = MOST_DEATHS;
  }

  async run(
    files: ReadonlyMap<string, Uint8Array>,
    options: CandidateRunOptions,
  ): Promise<RunOutcome & { changedFilesRan: boolean | null }> {
    if (options.coverage) {
      const outcome = await this.#plain.run(files, options);
      if (files.size === 0 && outcome.coverage?.imported) {
        this.#imported = outcome.coverage.imported;
        this.#readyMs = READY_MS + outcome.seconds * 3_000;
      }
      return outcome;
    }
    const at = await this.#take();
    try {
      const slot = await (this.#slots[at] ??= this.#open());
      const key = hashOf(files);
      for (const kind of ['collected', 'bare'] as const) {
        if (kind === 'collected' && this.#fresh.has(key)) continue;
        const warm = await this.#warm(slot, kind, options.signal);
        const outcome = warm && (await this.#runIn(warm, kind, slot, files, options));
        if (outcome) return { ...outcome, changedFilesRan: null };
        if (warm) this.#fresh.add(key);
        if (warm && options.quick) return notRun(this.#command);
      }
    } finally {
      const next = this.#waiting.shift();
      if (next) next(at);
      else this.#free.push(at);
    }
    return this.#plain.run(files, options);
  }

  async dispose(): Promise<void> {
    for (const slot of this.#slots) {
      if (!slot) continue;
      const { folder, warm } = await slot;
      for (const started of Object.values(warm)) await end(await started?.catch(() => undefined));
      await fs.rm(folder, { recursive: true, force: true });
    }
    this.#slots.length = 0;
    await this.#plain.dispose();
  }

  #take(): number | Promise<number> {
    return this.#free.pop() ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  async #open(): Promise<Slot> {
    return { folder: await makeTemporaryFolder('fork'), warm: {} };
  }

  async #warm(slot: Slot, kind: Kind, signal: AbortSignal | undefined): Promise<Warm | undefined> {
    const started = await slot.warm[kind];
    if (started?.process.isAlive()) return started;
    if (started) {
      this.#deaths[kind] += 1;
      await end(started);
    }
    if (this.#deaths[kind] >= MOST_DEATHS) return undefined;
    slot.warm[kind] = this.#start(slot, kind, signal);
    const ready = await slot.warm[kind];
    if (!ready) this.#deaths[kind] = MOST_DEATHS;
    return ready;
  }

  async #start(slot: Slot, kind: Kind, signal: AbortSignal | undefined): Promise<Warm | undefined> {
    const shadow = await createShadow(this.#root, { signal });
    const command = this.#inShadow(shadow);
    const process =
      kind === 'bare'
        ? await this.#startBare(slot, command, shadow)
        : await startCollected(command, shadow, slot.folder, this.#readyMs);
    if (!process) {
      await shadow.dispose();
      return undefined;
    }
    shadow.attach(process.pid);
    return { process, shadow };
  }

  async #startBare(slot: Slot, command: TestCommand, shadow: Shadow): Promise<WarmProcess | undefined> {
    const start = (modules: readonly string[]) => startBare(command, shadow, modules, this.#readyMs);
    const modules = (await slot.warm.collected)?.process.modules ?? [];
    return (modules.length > 0 && (await start(modules))) || start([]);
  }

  /** Undefined where the candidate needs another kind of process. */
  async #runIn(
    { process: warm, shadow }: Warm,
    kind: Kind,
    slot: Slot,
    files: ReadonlyMap<string, Uint8Array>,
    options: CandidateRunOptions,
  ): Promise<RunOutcome | undefined> {
    const key = randomUUID();
    const results = path.join(slot.folder, 'results.jsonl');
    const output = path.join(slot.folder, 'output.txt');
    await fs.rm(results, { force: true });
    const stop = () => warm.stop();
    try {
      for (const [file, bytes] of files) await shadow.write(file, bytes);
      const started = performance.now();
      warm.ask({
        ...(kind === 'bare' ? this.#arguments(shadow, options) : this.#swap(files, options)),
        seconds: options.timeoutMs / 1000,
        maxMemoryMb: MEMORY_MB,
        output,
        env: {
          ...pytestEnvironment({ ...options, root: shadow.dir }, results, key),
          WEFT_COVERAGE: '0',
          WEFT_BRIEF: '1',
        },
      });
      options.signal?.addEventListener('abort', stop, { once: true });
      const answer = await warm.answer(options.timeoutMs + GRACE_MS);
      if (!answer) await warm.kill();
      if (kind === 'collected' && answer?.exit === FRESH) return undefined;
      const child: ChildOutcome = {
        status: answer === undefined ? 'crashed' : answer.timedOut ? 'timedOut' : 'completed',
        exitCode: answer?.exit ?? null,
        seconds: (performance.now() - started) / 1000,
        output: await headAndTail(output),
      };
      if (child.status === 'completed' && child.exitCode === null) child.status = 'crashed';
      const text = await fs.readFile(results, 'utf8').catch(() => '');
      return pytestOutcome(this.#command, child, text, key, options);
    } finally {
      options.signal?.removeEventListener('abort', stop);
      if (!(await shadow.reset())) {
        slot.warm[kind] = undefined;
        await end({ process: warm, shadow });
      }
    }
  }

  #arguments(shadow: Shadow, options: CandidateRunOptions): object {
    const argv = pytestArgv(this.#inShadow(shadow), [], options.select);
    return { arguments: argv.slice(moduleAt(this.#command) + 1) };
  }

  #swap(files: ReadonlyMap<string, Uint8Array>, options: CandidateRunOptions): object {
    const names = [...files.keys()];
    const imported = names.map((file) => [file, [...(this.#imported.get(file) ?? [])]]);
    const byFile = Object.fromEntries(imported) as Record<string, number[]>;
    return { files: names, imported: byFile, select: options.select ?? null };
  }

  #inShadow(shadow: Shadow): TestCommand {
    const moved = (text: string) =>
      text === this.#root || text.startsWith(this.#root + path.sep)
        ? shadow.dir + text.slice(this.#root.length)
        : text;
    return { ...this.#command, cwd: moved(this.#command.cwd), argv: this.#command.argv.map(moved) };
  }
}

async function end(warm: Warm | undefined): Promise<void> {
  await warm?.process.kill();
  await warm?.shadow.dispose();
}

function hashOf(files: ReadonlyMap<string, Uint8Array>): string {
  const hash = createHash('sha256');
  for (const [file, bytes] of files) hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  return hash.digest('base64');
}

function notRun({ command }: TestCommand): RunOutcome & { changedFilesRan: null } {
  const output = { head: '', tail: '', bytes: 0 };
  const nothing = { tests: [], exitCode: null, seconds: 0, changedFilesRan: null };
  return { command, runner: 'pytest', status: 'notStarted', output, ...nothing };
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
