import os from 'node:os';
import path from 'node:path';
import { createShadow, type Shadow } from '../../workspace/shadow.ts';
import { runTests } from '../run-tests.ts';
import type { CandidateRunOptions, CandidateSession, RunOutcome, TestCommand } from '../types.ts';

/** Two keep the machine usable and a slow test runner busy; each has a copy of the workspace. */
const MOST_SLOTS = 2;

/** A fresh process for every candidate, in a shadow that is put back after each. */
export class PlainSession implements CandidateSession {
  readonly width = Math.max(1, Math.min(MOST_SLOTS, os.availableParallelism()));
  readonly #root: string;
  readonly #command: TestCommand;
  readonly #free: Shadow[] = [];
  readonly #waiting: ((shadow: Shadow) => void)[] = [];
  readonly #shadows = new Set<Promise<Shadow>>();

  constructor(root: string, command: TestCommand) {
    this.#root = path.resolve(root);
    this.#command = command;
  }

  async run(
    files: ReadonlyMap<string, Uint8Array>,
    options: CandidateRunOptions,
  ): Promise<RunOutcome & { changedFilesRan: boolean | null }> {
    const shadow = await this.#take(options.signal);
    try {
      for (const [file, bytes] of files) await shadow.write(file, bytes);
      const outcome = await runTests(this.#commandIn(shadow), { ...options, root: shadow.dir, shadow });
      const ran = outcome.executedFiles;
      return {
        ...outcome,
        command: this.#command.command,
        changedFilesRan: ran && files.size > 0 ? [...files.keys()].every((file) => ran.has(file)) : null,
      };
    } finally {
      await this.#give(shadow);
    }
  }

  async dispose(): Promise<void> {
    for (const shadow of this.#shadows) await (await shadow.catch(() => undefined))?.dispose();
    this.#shadows.clear();
  }

  #take(signal: AbortSignal | undefined): Shadow | Promise<Shadow> {
    const free = this.#free.pop();
    if (free) return free;
    if (this.#shadows.size >= this.width) return new Promise((resolve) => this.#waiting.push(resolve));
    return this.#make(signal);
  }

  #make(signal?: AbortSignal): Promise<Shadow> {
    const made = createShadow(this.#root, { signal });
    this.#shadows.add(made);
    made.catch(() => this.#shadows.delete(made));
    return made;
  }

  async #give(used: Shadow): Promise<void> {
    const shadow = (await used.reset()) ? used : await this.#renew(used);
    const next = this.#waiting.shift();
    if (next) next(shadow);
    else this.#free.push(shadow);
  }

  async #renew(used: Shadow): Promise<Shadow> {
    for (const made of this.#shadows) if ((await made) === used) this.#shadows.delete(made);
    await used.dispose();
    return this.#make();
  }

  /** Absolute paths of the workspace in the command mean those of the shadow. */
  #commandIn(shadow: Shadow): TestCommand {
    const moved = (text: string) =>
      text === this.#root || text.startsWith(this.#root + path.sep)
        ? shadow.dir + text.slice(this.#root.length)
        : text;
    return { ...this.#command, cwd: moved(this.#command.cwd), argv: this.#command.argv.map(moved) };
  }
}
