import { readFileSync } from 'node:fs';

const EVERY_MS = 200;

/**
 * Watches the memory of this process (workers are its threads) and of its children, as the sum of their proportional
 * set sizes; where the system tells none, this process's resident size.
 */
export class MemoryWatch {
  readonly #children = new Set<number>();
  readonly #timer: NodeJS.Timeout;
  #peakMb = 0;

  constructor() {
    this.#timer = setInterval(() => this.sample(), EVERY_MS).unref();
    this.sample();
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
    clearInterval(this.#timer);
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
