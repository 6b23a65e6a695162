import path from 'node:path';
import { UserError } from '../protocol/user-error.ts';

/** Folders whose changes say nothing of sources, and that change much. */
const IGNORED = ['**/.git/**', '**/node_modules/**'];

/** Where nothing is told of for so long, something may have been missed. */
const QUIET_MS = 15_000;

/**
 * Batches of files that change under a folder, relative to it with `/`, until the signal ends them. An empty one says that
 * all files are to be looked at: the first, from which on changes are told of, and one after each `quietMs` (milliseconds)
 * without a change, since systems drop some. A change may be told of more than once. Throws `badInput` where the platform
 * cannot watch.
 */
export async function* watchFiles(
  root: string,
  signal: AbortSignal,
  quietMs = QUIET_MS,
): AsyncGenerator<string[]> {
  const pending = new Set<string>();
  let wake: (() => void) | undefined;
  let failed: Error | undefined;
  const subscription = await subscribe(root, (error, files) => {
    failed ??= error;
    for (const file of files) pending.add(file);
    wake?.();
  });
  const end = () => wake?.();
  signal.addEventListener('abort', end, { once: true });
  try {
    yield [];
    while (!signal.aborted) {
      if (failed) throw new UserError('badInput', `${root}: cannot be watched any more (${failed.message})`);
      if (pending.size === 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, quietMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        if (signal.aborted || failed) continue;
      }
      const files = [...pending];
      pending.clear();
      yield files;
    }
  } finally {
    signal.removeEventListener('abort', end);
    await subscription.unsubscribe();
  }
}

async function subscribe(root: string, tell: (error: Error | undefined, files: string[]) => void) {
  try {
    const { default: watcher } = await import('@parcel/watcher');
    return await watcher.subscribe(
      root,
      (error, events) =>
        tell(
          error ?? undefined,
          events.map(({ path: at }) => path.relative(root, at).replaceAll('\\', '/')),
        ),
      { ignore: IGNORED },
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      'badInput',
      `${root}: cannot be watched (${why}); run "weft index" after changes instead`,
    );
  }
}
