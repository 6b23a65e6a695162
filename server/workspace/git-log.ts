import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UserError } from '../protocol/user-error.ts';

const run = promisify(execFile);
/** Nothing that a repository configures is run to read it: no hook, no monitor, no pager, no check of signatures. */
const SAFE = [
  ...['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', '-c', 'core.pager=cat'],
  ...['-c', 'log.showSignature=false', '-c', 'core.quotePath=false'],
];
const PLAIN = ['--no-ext-diff', '--no-textconv', '--no-color'];
const MOST_BYTES = 256 << 20;
/** Older commits say little of what changes together now. */
const MOST_COMMITS = 20_000;
const MARK = '\x01';

/** One commit and the files that it changes, relative to the folder asked about. Merges change none of their own. */
export interface Commit {
  id: string;
  /** Seconds since 1970. */
  time: number;
  /** `from` is the path before, where the file was renamed. */
  files: { path: string; from?: string; isGone: boolean }[];
}

/** Where lines were changed last. */
export interface LineChange {
  commit: string;
  /** Seconds since 1970. */
  time: number;
  subject: string;
}

async function git(root: string, args: readonly string[]): Promise<string> {
  // A partial clone is not completed from the network.
  const env = { ...process.env, GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
  try {
    const { stdout } = await run('git', [...SAFE, ...args], { cwd: root, maxBuffer: MOST_BYTES, env });
    return stdout;
  } catch (error) {
    const said =
      error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n')[0] : '';
    throw new UserError(
      'badInput',
      `${root}: ${said || 'git cannot be run'}; history needs a git repository`,
    );
  }
}

/** The commit that is checked out. Throws `badInput` outside a repository, or where it has no commit. */
export async function headOf(root: string): Promise<string> {
  return (await git(root, ['rev-parse', '--verify', 'HEAD^{commit}'])).trim();
}

/** The commits after one that is known, oldest first; all of them (at most 20,000) where it is none of this history. */
export async function commitsSince(
  root: string,
  known: string | undefined,
): Promise<{ commits: Commit[]; isAll: boolean }> {
  const isKnown = known !== undefined && (await isAncestor(root, known));
  const range = isKnown ? `${known}..HEAD` : 'HEAD';
  const format = [`--format=${MARK}%H %ct`, '--name-status', '-z', '-M', '--relative', '--reverse'];
  const stdout = await git(root, ['log', ...PLAIN, ...format, '-n', String(MOST_COMMITS), range, '--', '.']);
  return { commits: readLog(stdout), isAll: !isKnown };
}

async function isAncestor(root: string, commit: string): Promise<boolean> {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return false;
  try {
    await git(root, ['merge-base', '--is-ancestor', commit, 'HEAD']);
    return true;
  } catch {
    return false;
  }
}

/** Reads `git log --name-status -z` with a mark before each commit. */
export function readLog(text: string): Commit[] {
  const commits: Commit[] = [];
  const parts = text.split('\0');
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!.replace(/^\n+/, '');
    if (part.startsWith(MARK)) {
      const [id = '', time] = part.slice(1).split(' ');
      commits.push({ id, time: Number(time), files: [] });
      continue;
    }
    const status = part.charAt(0);
    if (status === '') continue;
    const first = parts[++i] ?? '';
    const isMove = status === 'R' || status === 'C';
    const path = isMove ? (parts[++i] ?? '') : first;
    const from = status === 'R' ? { from: first } : {};
    commits.at(-1)?.files.push({ path, ...from, isGone: status === 'D' });
  }
  return commits;
}

/**
 * Who changed lines of a file last, as it is committed; undefined where the file or the lines are none of a commit.
 *
 * @param start 1-based, like `end`, which belongs to them.
 */
export async function lastChangeOf(
  root: string,
  file: string,
  start: number,
  end: number,
): Promise<LineChange | undefined> {
  let text: string;
  try {
    const lines = ['-L', `${start},${end}`];
    text = await git(root, ['blame', '--no-textconv', '-p', ...lines, 'HEAD', '--', file]);
  } catch {
    return undefined;
  }
  let last: LineChange | undefined;
  for (const block of text.split(/^(?=[0-9a-f]{40,64} \d+ \d+ \d+$)/m)) {
    const time = Number(/^committer-time (\d+)$/m.exec(block)?.[1] ?? Number.NaN);
    if (Number.isNaN(time) || (last && last.time >= time)) continue;
    last = {
      commit: block.slice(0, block.indexOf(' ')),
      time,
      subject: /^summary (.*)$/m.exec(block)?.[1] ?? '',
    };
  }
  return last;
}
