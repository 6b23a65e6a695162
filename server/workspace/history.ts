import * as fs from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { lazy } from '../protocol/lazy.ts';
import type { Disk } from './disk.ts';

/** Steps kept per workspace; older ones go when a new one is kept. */
const MOST_STEPS = 200;

const MANIFEST = 'manifest.json';

/** Bytes kept in a step's folder, under the name `saved`. `mode` holds the permission bits. */
const savedSchema = lazy(() => z.object({ saved: z.string(), mode: z.int(), hash: z.string() }));

const stepFileSchema = lazy(() =>
  z.object({
    /** Relative to the workspace root. */
    file: z.string(),
    /** Where its bytes are, behind any symbolic link. */
    path: z.string(),
    /** Absent: there was no such file. */
    before: z.optional(savedSchema()),
    /** Absent: the step removed the file. */
    after: z.optional(savedSchema()),
    /** The hunks of the run that this step wrote. */
    hunkIds: z.array(z.string()),
    /** Folders that the step made for the file, outermost first. */
    folders: z.array(z.string()),
  }),
);
export type StepFile = z.infer<ReturnType<typeof stepFileSchema>>;

export const stepSchema = lazy(() =>
  z.object({
    /** Counts the steps of the workspace, from 1. */
    number: z.int(),
    runId: z.string(),
    kind: z.enum(['apply', 'undo', 'redo']),
    /** Milliseconds since the epoch. */
    at: z.number(),
    /** Numbers of the steps that this one takes back. */
    takesBack: z.array(z.int()),
    files: z.array(stepFileSchema()),
  }),
);
/** One change of the user's files by Weft: what each file was, what it became, and why. */
export type Step = z.infer<ReturnType<typeof stepSchema>>;

/** The steps of a workspace, in its state folder: one folder a step, the manifest is written last. */
export class History {
  readonly folder: string;

  constructor(stateFolder: string) {
    this.folder = path.join(stateFolder, 'history');
  }

  /** Every step kept, oldest first. */
  steps(): Step[] {
    return this.#numbers()
      .map((number) => this.step(number))
      .filter((step) => step !== undefined);
  }

  /** A step, or undefined where it is not kept, or was never finished. */
  step(number: number): Step | undefined {
    try {
      const text = fs.readFileSync(path.join(this.folderOf(number), MANIFEST), 'utf8');
      return stepSchema().parse(JSON.parse(text));
    } catch {
      return undefined;
    }
  }

  nextNumber(): number {
    return (this.#numbers().at(-1) ?? 0) + 1;
  }

  folderOf(number: number): string {
    return path.join(this.folder, `${number}`);
  }

  manifestOf(number: number): string {
    return path.join(this.folderOf(number), MANIFEST);
  }

  /** The bytes of one side of a step's file. */
  bytes(number: number, { saved }: { saved: string }): Uint8Array {
    return fs.readFileSync(path.join(this.folderOf(number), saved));
  }

  /** Without its manifest a step is not, so that goes first. */
  remove(number: number, disk: Disk): void {
    const folder = this.folderOf(number);
    if (!fs.existsSync(folder)) return;
    disk.remove(this.manifestOf(number));
    for (const name of fs.readdirSync(folder)) disk.remove(path.join(folder, name));
    disk.removeFolder(folder);
  }

  forgetOldest(disk: Disk): void {
    for (const number of this.#numbers().slice(0, -MOST_STEPS)) this.remove(number, disk);
  }

  #numbers(): number[] {
    try {
      return fs
        .readdirSync(this.folder)
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .sort((a, b) => a - b);
    } catch {
      return [];
    }
  }
}

/** The steps whose changes are in the user's files as far as Weft knows: no later step in effect takes them back. */
export function inEffect(steps: readonly Step[]): Step[] {
  const takenBack = new Set<number>();
  const standing: Step[] = [];
  for (const step of [...steps].sort((a, b) => b.number - a.number)) {
    if (takenBack.has(step.number)) continue;
    standing.unshift(step);
    for (const number of step.takesBack) takenBack.add(number);
  }
  return standing;
}
