import type { Coverage, RunOutcome } from '../types.ts';
import type { WatchRow } from './limit-tests.ts';

/** The executed lines of each test that is wanted, and the files that ran. */
export function toCoverage(
  rows: readonly Pick<WatchRow, 'id' | 'lines' | 'loaded'>[],
  isWanted: (id: string) => boolean,
): Required<Pick<RunOutcome, 'coverage' | 'executedFiles'>> {
  const byTest = new Map<string, Map<string, Set<number>>>();
  const executedFiles = new Set<string>();
  for (const { id, lines, loaded } of rows) {
    for (const file of loaded ?? []) executedFiles.add(file);
    if (id === undefined || lines === undefined || !isWanted(id)) continue;
    const files = byTest.get(id) ?? new Map<string, Set<number>>();
    byTest.set(id, files);
    for (const [file, numbers] of Object.entries(lines)) {
      executedFiles.add(file);
      files.set(file, new Set([...(files.get(file) ?? []), ...numbers]));
    }
  }
  return { coverage: { byTest } satisfies Coverage, executedFiles };
}
