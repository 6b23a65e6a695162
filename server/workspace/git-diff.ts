import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UserError } from '../protocol/user-error.ts';

const run = promisify(execFile);
/** Nothing that a repository configures is run to read it. */
const SAFE = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', '-c', 'core.pager=cat'];
const MOST_BYTES = 256 << 20;

/** Lines of one file that differ from a revision: 0-based, end exclusive; an empty range stands where lines were taken out. */
export interface ChangedLines {
  start: number;
  end: number;
}

/**
 * What differs between a revision and the files on disk, by path relative to `root`. Files that git does not track
 * yet are not in it. Throws `badInput` where git, the repository or the revision is missing.
 */
export async function linesChangedSince(
  root: string,
  revision: string,
): Promise<Map<string, ChangedLines[]>> {
  if (revision.startsWith('-'))
    throw new UserError('badInput', `${revision}: give a revision, such as HEAD~1`);
  const args = [
    'diff',
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    '--relative',
    '-U0',
    revision,
    '--',
    '.',
  ];
  try {
    const { stdout } = await run('git', [...SAFE, ...args], { cwd: root, maxBuffer: MOST_BYTES });
    return changedLines(stdout);
  } catch (error) {
    const said =
      error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n')[0] : '';
    throw new UserError(
      'badInput',
      `--diff ${revision}: ${said || 'git cannot be run'}; give a revision of this repository`,
    );
  }
}

/** Reads a unified diff without context. */
export function changedLines(diff: string): Map<string, ChangedLines[]> {
  const files = new Map<string, ChangedLines[]>();
  let current: ChangedLines[] | undefined;
  for (const line of diff.split('\n')) {
    const [, file] = /^\+\+\+ (?:"?b\/(.*?)"?|\/dev\/null)\t?$/.exec(line) ?? [];
    if (line.startsWith('+++ ')) {
      current = file === undefined ? undefined : [];
      if (file !== undefined && current) files.set(file, current);
    }
    const [, at, count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (at === undefined || !current) continue;
    const lines = Number(count);
    const start = Number(at) - (lines === 0 ? 0 : 1);
    current.push({ start, end: start + lines });
  }
  return files;
}
