/** What a look at a file's stat says of its contents: two that are equal are of equal contents, but for `isFresh`. */
export interface FileStamp {
  size: number;
  mtimeMs: number;
  /** Set by the system whenever a file or its times are changed: who sets `mtimeMs` cannot set it. */
  ctimeMs: number;
  /** It was changed so shortly before the look that a later change may have left the same times. */
  isFresh?: true;
}

/** A system's clock for files advances in steps of 1 to 16 ms. */
const CLOCK_STEP_MS = 100;
/** Where times have whole seconds only, as on some network disks, or every second one, as on FAT. */
const COARSE_STEP_MS = 2_000;

type Stat = Pick<FileStamp, 'size' | 'mtimeMs' | 'ctimeMs'>;

/** `beforeMs`: the time before the stat was taken. A clock that went backwards since the change makes it fresh too. */
export function stampOf({ size, mtimeMs, ctimeMs }: Stat, beforeMs: number): FileStamp {
  const changedMs = ctimeMs || mtimeMs;
  const stepMs = changedMs % 1_000 === 0 ? COARSE_STEP_MS : CLOCK_STEP_MS;
  return { size, mtimeMs, ctimeMs, ...(changedMs > beforeMs - stepMs ? { isFresh: true } : {}) };
}

/** False where the contents have to be looked at, too. */
export function isUnchanged(before: FileStamp, now: FileStamp): boolean {
  return (
    before.isFresh !== true &&
    before.size === now.size &&
    before.mtimeMs === now.mtimeMs &&
    before.ctimeMs === now.ctimeMs
  );
}
