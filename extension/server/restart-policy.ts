const WINDOW_MS = 3 * 60_000;
const MOST_IN_WINDOW = 5;
const FIRST_DELAY_MS = 200;

/** Decides when a crashed server starts again: at once at first, then slower, and not for ever. */
export class RestartPolicy {
  readonly #crashes: number[] = [];

  /** Milliseconds to wait before the next start, or undefined when it crashed too often to go on by itself. */
  afterCrash(now: number): number | undefined {
    this.#crashes.push(now);
    const recent = this.#crashes.filter((at) => now - at < WINDOW_MS).length;
    return recent > MOST_IN_WINDOW ? undefined : FIRST_DELAY_MS * 2 ** (recent - 1);
  }

  reset(): void {
    this.#crashes.length = 0;
  }
}
