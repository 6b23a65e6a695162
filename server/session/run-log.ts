import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { reduceRun, runEventSchema, type RunEvent, type RunState } from '../protocol/run.ts';
import { cannotWriteState, makeStateFolder } from '../settings/state-folder.ts';

/** Runs kept per workspace; older logs are removed when a new run starts. */
const KEPT_RUNS = 50;

/**
 * The runs of one workspace: one append-only file a run, one JSON event a line, written before the event is
 * shown to anyone. A run's state is never stored, only rebuilt from its events, so a kill loses at most the
 * event being written, and a torn last line is left out and closed before the next event.
 */
export class RunLog {
  readonly #folder: string;
  readonly #live = new Map<string, RunState>();

  constructor(workspaceState: string) {
    this.#folder = path.join(workspaceState, 'runs');
  }

  /**
   * Records an event of a run and returns the run's state after it. The first event must be `started`. Throws
   * `badInput` where the state folder cannot be written.
   */
  append(runId: string, event: RunEvent): RunState {
    makeStateFolder(this.#folder);
    if (event.type === 'started') this.#forgetOldest();
    const before = this.#live.get(runId) ?? this.get(runId);
    try {
      appendLine(this.#fileOf(runId), JSON.stringify(event));
    } catch (error) {
      throw cannotWriteState(this.#folder, error);
    }
    const after = reduceRun(before, event);
    if (after.status === 'running') this.#live.set(runId, after);
    else this.#live.delete(runId);
    return after;
  }

  /** The state of one run, or undefined if there is none of this id. */
  get(runId: string): RunState | undefined {
    return this.#live.get(runId) ?? this.#read(runId);
  }

  /** Every run, newest first. A run that no process goes on with and that never finished is `interrupted`. */
  list(): RunState[] {
    return this.#ids()
      .map((id) => this.get(id))
      .filter((state) => state !== undefined)
      .sort((a, b) => b.startedAt - a.startedAt);
  }

  #read(runId: string): RunState | undefined {
    let text: string;
    try {
      text = readFileSync(this.#fileOf(runId), 'utf8');
    } catch {
      return undefined;
    }
    let state: RunState | undefined;
    for (const line of text.split('\n')) {
      const event = parseEvent(line);
      if (event) state = reduceRun(state, event);
    }
    if (!state?.runId) return undefined;
    return state.status === 'running' ? interrupted(state) : state;
  }

  #ids(): string[] {
    try {
      return readdirSync(this.#folder)
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) => name.slice(0, -'.jsonl'.length));
    } catch {
      return [];
    }
  }

  #forgetOldest(): void {
    const byAge = this.#ids()
      .map((id) => ({ id, at: statSync(this.#fileOf(id), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
      .sort((a, b) => b.at - a.at);
    for (const { id } of byAge.slice(KEPT_RUNS - 1))
      rmSync(this.#fileOf(id), { recursive: true, force: true });
  }

  #fileOf(runId: string): string {
    return path.join(this.#folder, `${runId.replace(/[^\w.-]/g, '_')}.jsonl`);
  }
}

/** A line that a kill or a full disk cut short keeps to itself: it must not swallow the one after it. */
function appendLine(file: string, line: string): void {
  const handle = openSync(file, 'a+');
  try {
    const { size } = fstatSync(handle);
    const last = Buffer.alloc(1);
    const isTorn = size > 0 && readSync(handle, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
    writeFileSync(handle, `${isTorn ? '\n' : ''}${line}\n`);
  } finally {
    closeSync(handle);
  }
}

function parseEvent(line: string): RunEvent | undefined {
  if (!line) return undefined;
  try {
    return runEventSchema().parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function interrupted(state: RunState): RunState {
  return {
    ...state,
    status: 'interrupted',
    steps: state.steps.map((step) =>
      step.status === 'running' ? { ...step, status: 'failed', detail: 'interrupted' } : step,
    ),
  };
}
