import { statSync } from 'node:fs';
import path from 'node:path';
import { toRanges } from '../graph/overlays/coverage.ts';
import { OverlayStore } from '../graph/overlays/overlay-store.ts';
import type { CoveredTest } from '../protocol/overlays.ts';
import type { RunOutcome } from '../run/types.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import { MOST_BYTES } from '../workspace/discover.ts';
import { readRegularFile } from '../workspace/read-file.ts';
import { contentHash } from '../workspace/text.ts';

/**
 * Keeps what each test of a run executed, for COVERS: tests that ran, with lines and contents. Files that changed
 * since `since` (milliseconds since the epoch, when the run's copy was made) may differ from what ran and are left out.
 */
export function recordCoverage(root: string, { runner, tests, coverage }: RunOutcome, since: number): void {
  if (!coverage) return;
  const hashes = new Map<string, string | undefined>();
  const hashOf = (file: string) => {
    if (!hashes.has(file)) hashes.set(file, hashIn(root, file));
    return hashes.get(file);
  };
  const asItRan = (file: string) => {
    const changed = statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    return changed < since ? hashOf(file) : undefined;
  };
  const covered: CoveredTest[] = [];
  for (const { id, name, file, line, status } of tests) {
    const lines = coverage.byTest.get(id);
    const hash = file === undefined ? undefined : asItRan(file);
    // One that was ended has executed more or less than it will.
    if (!lines || file === undefined || hash === undefined) continue;
    if (status !== 'passed' && status !== 'failed') continue;
    covered.push({
      ...{ id, name, file, hash, runner },
      ...(line === undefined ? {} : { line }),
      covered: [...lines].flatMap(([at, executed]) => {
        const contents = asItRan(at);
        return contents === undefined ? [] : [{ file: at, hash: contents, lines: toRanges(executed) }];
      }),
    });
  }
  new OverlayStore(workspaceStateFolder(root)).recordCoverage(covered, hashOf);
}

function hashIn(root: string, file: string): string | undefined {
  if (path.isAbsolute(file)) return undefined;
  try {
    return contentHash(readRegularFile(path.join(root, file), MOST_BYTES));
  } catch {
    return undefined;
  }
}
