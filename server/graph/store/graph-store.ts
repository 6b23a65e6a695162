import type { Graph } from '../graph.ts';

export interface StoreOptions {
  signal?: AbortSignal | undefined;
  /** Told the id of each process that is started. */
  onStarted?: ((pid: number) => void) | undefined;
}

export interface WriteOptions extends StoreOptions {
  /** Answers `stillWriting` after that time, while the writing goes on by itself. Milliseconds. */
  waitMs?: number | undefined;
  /**
   * The files whose symbols or edges differ from those of the version written last by this object, where the caller knows
   * them: a store that can write files one by one need not look for them.
   */
  files?: readonly string[] | undefined;
  /** Told how many of all parts of a long write are done. */
  onPart?: ((done: number, all: number) => void) | undefined;
}

/**
 * `others`: another process keeps the store up to date; nothing was written. `unavailable`: no such engine here.
 * `failed`: one line that says what was in the way.
 */
export type Written =
  'written' | 'current' | 'stillWriting' | 'others' | { unavailable: string } | { failed: string };

export interface Rows {
  columns: string[];
  rows: unknown[][];
  truncated: boolean;
}

export interface AskOptions extends StoreOptions {
  deadlineMs: number;
  rowLimit: number;
  parameters?: Record<string, string | number | boolean>;
}

/**
 * A store of a workspace's graph: derived data, written behind the answers, that can be dropped at any moment. Labels,
 * properties and answers are the same whichever engine holds them (`schema.ts`; test/contract/graph-store.test.ts).
 */
export interface GraphStore {
  readonly name: 'ladybug' | 'neo4j';
  /**
   * The graph version that queries are answered from; undefined where there is none. Throws `notAchieved` where a server
   * cannot be asked.
   */
  currentVersion(): Promise<string | undefined>;
  /** When that version was made, where it is kept: milliseconds since 1970. */
  readonly madeMs?: number | undefined;
  /** Brings the store to the graph's version. Until all of it is there, queries see what was there before. */
  write(graph: Graph, options?: WriteOptions): Promise<Written>;
  /**
   * Runs a query that only reads. Undefined where nothing is there to be asked: write, then ask again. Throws `badInput`
   * for a text that is refused, `notAchieved` for one that takes too long or a server that does not answer.
   */
  query(cypher: string, options: AskOptions): Promise<Rows | undefined>;
  /** Makes ready for a query while its caller is still at work. Returns what ends that where none came. */
  expectQuery(): () => void;
  /** Takes away all that the store holds of the workspace. */
  drop(): Promise<void>;
  close(): Promise<void>;
}
