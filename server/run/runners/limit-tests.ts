import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What `weft-test-watch.mjs` tells of a test: it began, it ended, it ran into its limit, or it executed lines. */
export interface WatchRow {
  key?: string;
  started?: string;
  /** Of the process that runs it. */
  pid?: number;
  finished?: string;
  timedOut?: string;
  id?: string;
  lines?: Record<string, number[]>;
  loaded?: string[];
}

/** Beyond its limit that a test gets to end by itself. */
const GRACE_MS = 1_000;
/** The same where a thread beside it first reads its lines and then ends it. */
const COVERAGE_GRACE_MS = 5_000;

/**
 * Ends the process of a test that is far beyond its limit where nothing inside that process did, also when it is
 * busy. Ends no process outside the group of the test command. Windows has no such groups: there the whole run is
 * bounded only.
 */
export class TestLimit {
  /** Tests whose process was ended. */
  readonly timedOut = new Set<string>();
  /** The process group of the test command. */
  group: number | undefined;
  readonly #limitMs: number;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /** `limitMs` of 0 is none. */
  constructor(limitMs: number, coverage = false) {
    this.#limitMs = limitMs > 0 ? limitMs + (coverage ? COVERAGE_GRACE_MS : GRACE_MS) : 0;
  }

  hear({ started, pid, finished, timedOut }: WatchRow): void {
    if (started !== undefined && pid !== undefined && this.#limitMs > 0)
      this.#timers.set(
        started,
        setTimeout(() => void this.#end(started, pid), this.#limitMs),
      );
    for (const id of [finished, timedOut]) {
      clearTimeout(this.#timers.get(id ?? ''));
      this.#timers.delete(id ?? '');
    }
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #end(id: string, pid: number): Promise<void> {
    if (this.group === undefined || (await groupOf(pid)) !== this.group || !this.#timers.has(id)) return;
    this.timedOut.add(id);
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** The number of a process may be another's by now: undefined when it is gone. */
async function groupOf(pid: number): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined;
  try {
    if (process.platform === 'linux') {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
    }
    const { stdout } = await promisify(execFile)('ps', ['-o', 'pgid=', '-p', String(pid)]);
    return Number(stdout);
  } catch {
    return undefined;
  }
}
