/** A hidden page gets no animation frames: after this many milliseconds the work is done without one. */
const LONGEST_WAIT = 250;

/** Returns a function that runs `work` once in the next animation frame, however often it is called. */
export function oncePerFrame(work: () => void): () => void {
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    if (timer !== undefined) clearTimeout(timer);
    frame = timer = undefined;
    work();
  };
  return () => {
    if (timer !== undefined) return;
    timer = setTimeout(flush, LONGEST_WAIT);
    frame = requestAnimationFrame(flush);
  };
}
