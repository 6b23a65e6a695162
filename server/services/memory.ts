import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const EVERY_MS = 200;
/** To read a large process's memory takes long: no more than so small a part of the time goes into it. */
const MOST_OF_TIME = 0.02;

/**
 * Watches the memory of this process (workers are its threads) and of its children, as the sum of their proportional
 * set sizes; where the system tells none, this process's resident size.
 */
export class MemoryWatch {
  readonly #children = new Set<number>();
  #timer: NodeJS.Timeout | undefined;
  #peakMb = 0;

  constructor() {
    this.#sampleOften();
  }

  #sampleOften(): void {
    const started = performance.now();
    this.sample();
    const took = performance.now() - started;
    this.#timer = setTimeout(() => this.#sampleOften(), Math.max(EVERY_MS, took / MOST_OF_TIME)).unref();
  }

  readonly addProcess = (pid: number): void => {
    this.#children.add(pid);
  };

  /** Call it at the end of work that holds the event loop. */
  sample(): void {
    const own = pssMb('self') ?? process.memoryUsage.rss() / 1024 / 1024;
    const others = [...this.#children].reduce((sum, pid) => sum + (pssMb(pid) ?? 0), 0);
    this.#peakMb = Math.max(this.#peakMb, own + others);
  }

  /** Ends the watch; the peak in MiB. */
  stop(): number {
    this.sample();
    clearTimeout(this.#timer);
    return this.#peakMb;
  }
}

function pssMb(pid: number | 'self'): number | undefined {
  try {
    const [, kilobytes] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

/**
 * Gives back at once what nothing refers to any more. It takes some tenths of a second for a large heap: for commands that
 * are about to start another process which needs the room.
 */
export function freeMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
}
