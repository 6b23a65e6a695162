/** More files in one commit say nothing of what belongs together. */
const MOST_FILES = 50;

/** What a commit changes; see `workspace/git-log.ts`. */
interface NewCommit {
  id: string;
  time: number;
  files: readonly { path: string; from?: string; isGone: boolean }[];
}

/** Which files were changed together, by numbers that stay through renames. Plain data, to be kept. */
export interface FileHistory {
  /** The last commit that is in it. */
  head: string;
  /** How many commits were read. */
  commits: number;
  /** By number: the path that the file has now, or had last. */
  paths: string[];
  /** By number: whether the file is there. */
  exists: boolean[];
  /** By number: its last commit and the time of that in seconds, large commits included. */
  last: { commit: string; time: number }[];
  /** The files of each commit of at most 50. */
  together: number[][];
}

/** How often two files were changed by one commit. */
export interface CoChange {
  file: string;
  /** Commits that changed both. */
  commits: number;
  /** Of the commits that changed the one asked about: 0 to 1. */
  share: number;
  /** Of the commits that changed either (the Jaccard index): 0 to 1. */
  likeness: number;
}

export function noHistory(): FileHistory {
  return { head: '', commits: 0, paths: [], exists: [], last: [], together: [] };
}

/** A history with more commits, oldest first. The one that is given is not to be used any more. */
export function withCommits(history: FileHistory, commits: readonly NewCommit[], head: string): FileHistory {
  const numbers = new Map<string, number>();
  history.paths.forEach((path, number) => {
    if (history.exists[number]) numbers.set(path, number);
  });
  for (const { id, time, files } of commits) {
    const changed = new Set<number>();
    for (const { path, from, isGone } of files) {
      const number = numberOf(history, numbers, path, from);
      history.exists[number] = !isGone;
      if (isGone) numbers.delete(path);
      history.last[number] = { commit: id, time };
      changed.add(number);
    }
    if (changed.size <= MOST_FILES) history.together.push([...changed]);
  }
  history.commits += commits.length;
  history.head = head;
  return history;
}

function numberOf(
  history: FileHistory,
  numbers: Map<string, number>,
  path: string,
  from: string | undefined,
): number {
  let number = numbers.get(from ?? path);
  if (number === undefined) {
    number = history.paths.push(path) - 1;
    history.last[number] = { commit: '', time: 0 };
  }
  if (from !== undefined) numbers.delete(from);
  history.paths[number] = path;
  numbers.set(path, number);
  return number;
}

/** How often a file was changed, when last, and with which files that are still there, the likeliest first. */
export function changesOf(
  history: FileHistory,
  file: string,
): { commits: number; last: { commit: string; time: number }; together: CoChange[] } | undefined {
  const own = history.paths.findIndex((path, number) => path === file && history.exists[number]);
  if (own < 0) return undefined;
  const counts = new Uint32Array(history.paths.length);
  const both = new Map<number, number>();
  for (const files of history.together) {
    const isOwn = files.includes(own);
    for (const other of files) {
      counts[other]!++;
      if (isOwn && other !== own) both.set(other, (both.get(other) ?? 0) + 1);
    }
  }
  const together = [...both]
    .filter(([other]) => history.exists[other])
    .map(([other, commits]) => ({
      ...{ file: history.paths[other]!, commits, share: commits / counts[own]! },
      likeness: commits / (counts[own]! + counts[other]! - commits),
    }))
    .sort((a, b) => b.likeness - a.likeness || b.commits - a.commits || (a.file < b.file ? -1 : 1));
  return { commits: counts[own]!, last: history.last[own]!, together };
}
