import { deserialize, serialize } from 'node:v8';
import type { Graph } from '../graph/graph.ts';
import {
  changesOf,
  noHistory,
  withCommits,
  type CoChange,
  type FileHistory,
} from '../graph/overlays/file-history.ts';
import type { SymbolRef } from '../protocol/graph.ts';
import { UserError } from '../protocol/user-error.ts';
import { readStateFile, writeStateFile } from '../settings/state-file.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import { commitsSince, headOf, lastChangeOf, type LineChange } from '../workspace/git-log.ts';
import { toSymbolRef } from './neighbours.ts';

/** What git's log says of a file or a symbol. */
export interface HistoryAnswer {
  file: string;
  symbol?: SymbolRef;
  /** Of the symbol's lines as they are committed, else of the file; `date` is ISO 8601. */
  lastChange?: { commit: string; date: string; subject?: string };
  /** Commits of at most 50 files that changed the file, by its earlier names too. */
  commits: number;
  /** Files that changed with it, the likeliest first. */
  changesWith: CoChange[];
}

const stateFileOf = (root: string) => ({
  ...{ folder: workspaceStateFolder(root), name: 'history.bin', magic: 'weft-history 1\n' },
});

/**
 * Brings what is kept of a workspace's history up to the commit that is checked out, reading only commits that are new.
 * Runs git, so it is not for workspaces that are not trusted. Throws `badInput` outside a repository.
 */
export async function refreshHistory(root: string): Promise<FileHistory> {
  const file = stateFileOf(root);
  const kept = readStateFile(file);
  let history = kept && 'body' in kept ? (deserialize(kept.body) as FileHistory) : noHistory();
  const head = await headOf(root);
  if (history.head === head) return history;
  const { commits, isAll } = await commitsSince(root, history.head === '' ? undefined : history.head);
  // A history that was rewritten is read anew.
  if (isAll) history = noHistory();
  history = withCommits(history, commits, head);
  writeStateFile(file, [serialize(history)]);
  return history;
}

/**
 * How likely files change together with some others, by what is kept of the history; git is not run. 0 where nothing is
 * kept.
 */
export function changedTogether(root: string, files: Iterable<string>): (file: string) => number {
  const kept = readStateFile(stateFileOf(root));
  const likeness = new Map<string, number>();
  if (kept && 'body' in kept) {
    const history = deserialize(kept.body) as FileHistory;
    for (const file of new Set(files))
      for (const other of changesOf(history, file)?.together ?? [])
        likeness.set(other.file, Math.max(likeness.get(other.file) ?? 0, other.likeness));
  }
  return (file) => likeness.get(file) ?? 0;
}

/** What changed a file last, and what changes with it. */
export async function historyOfFile(root: string, file: string): Promise<HistoryAnswer> {
  const found = changesOf(await refreshHistory(root), file);
  if (!found)
    throw new UserError(
      'notAchieved',
      `${file}: no commit of this repository has it; give a path from ${root}`,
    );
  const { commit, time } = found.last;
  return {
    file,
    lastChange: { commit, date: dateOf(time) },
    ...{ commits: found.commits, changesWith: found.together },
  };
}

/** What changed a symbol's lines last, and what changes with its file. A file that is not committed has no history. */
export async function historyOfSymbol(root: string, graph: Graph, wanted: string): Promise<HistoryAnswer> {
  const node = graph.find(wanted);
  const found = changesOf(await refreshHistory(root), node.file);
  const last = found && (await lastChangeOf(root, node.file, node.startLine + 1, node.endLine + 1));
  return {
    ...{ file: node.file, symbol: toSymbolRef(node) },
    ...(last ? { lastChange: told(last) } : {}),
    ...{ commits: found?.commits ?? 0, changesWith: found?.together ?? [] },
  };
}

function told({ commit, time, subject }: LineChange) {
  return { commit, date: dateOf(time), subject };
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
