/** Work that can be left and taken up again between its steps. */
export type Steps<T> = Generator<void, T, void>;

/** Does all of it at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Does it bit by bit, so that other work of the thread is not kept waiting.
 *
 * @param pause waits until there is time again; what it throws ends the work.
 * @param sliceMs how long to work without a pause; one step may take longer.
 */
export async function finishBetween<T>(
  steps: Steps<T>,
  pause: () => Promise<void>,
  sliceMs: number,
): Promise<T> {
  for (;;) {
    const end = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await pause();
  }
}
