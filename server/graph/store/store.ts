import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { rmSync } from 'node:fs';
import { UserError } from '../../protocol/user-error.ts';
import type { Graph } from '../graph.ts';
import { cannotRun } from '../cypher-hints.ts';
import { makeStateFolder } from '../../settings/state-folder.ts';
import { prepareQuery } from '../cypher/prepare.ts';
import { writeEdges, writeNodes } from './csv.ts';
import type { AskOptions, GraphStore, Rows, WriteOptions, Written } from './graph-store.ts';
import { runStoreProcess, startStoreProcess } from './run-store-process.ts';
import { StoreOwner } from './store-owner.ts';
import { takeTurn, type Turn } from './store-turn.ts';
import { discard, makeAside, publishedStore, removeAbandoned, type PublishedStore } from './store-files.ts';

const BUILD_DEADLINE_MS = 600_000;
/** An owner that has not been idle for so long is not waited for: who asks writes a store of its own. */
const OLDEST_COPY_MS = 600_000;
/** Stores that may be published in the place of the one that is asked, before a query is given up. */
const MOST_SWITCHES = 3;

/**
 * The embedded store of one workspace: a LadybugDB file derived from the graph, made whole and swapped in, only ever
 * read afterwards. It can be dropped at any moment. No engine is ever loaded into this process.
 */
export class Store implements GraphStore {
  readonly name = 'ladybug';
  readonly #folder: string;
  readonly #owner: StoreOwner;
  readonly #isOwner: boolean;
  #waiting: ChildProcess | undefined;
  /** The published file that was found to be whole. */
  #whole: string | undefined;

  /** `isOwner`: of a process that goes on, and writes the store when it is idle. */
  constructor(stateFolder: string, { isOwner = false } = {}) {
    this.#folder = path.join(stateFolder, 'store');
    this.#owner = new StoreOwner(this.#folder);
    this.#isOwner = isOwner;
  }

  /**
   * Starts the process of the next query while its caller is still at work. Returns what ends one that was not needed.
   */
  expectQuery(): () => void {
    const waiting = startStoreProcess();
    waiting.on('error', () => undefined);
    this.#waiting = waiting;
    return () => {
      if (this.#waiting !== waiting) return;
      this.#waiting = undefined;
      waiting.kill('SIGKILL');
    };
  }

  /** The graph version that the published store holds; undefined where there is none fit to open. */
  get version(): string | undefined {
    return publishedStore(this.#folder)?.version;
  }

  get madeMs(): number | undefined {
    return publishedStore(this.#folder)?.madeMs;
  }

  currentVersion(): Promise<string | undefined> {
    return Promise.resolve(this.version);
  }

  /**
   * Brings the store to the graph's version. With `waitMs` it answers `stillWriting` after that time while the
   * writing goes on by itself.
   */
  async write(graph: Graph, options: WriteOptions = {}): Promise<Written> {
    removeAbandoned(this.#folder);
    if (this.version === graph.version) return 'current';
    if (this.#leavesToOthers()) return 'others';
    makeStateFolder(this.#folder);
    const started = performance.now();
    const { waitMs, signal } = options;
    let turn: Turn | undefined;
    try {
      turn = await takeTurn(this.#folder, { waitMs, signal });
      // Whoever had the turn before may have written the same.
      if (this.version === graph.version) return 'current';
      if (!turn) return 'stillWriting';
      if (this.#isOwner) this.#owner.claim();
      const leftMs = waitMs === undefined ? undefined : Math.max(0, waitMs - (performance.now() - started));
      const written = await this.#build(graph, turn.token, { ...options, waitMs: leftMs });
      if (written === 'stillWriting') turn = undefined;
      return written;
    } catch (error) {
      if (signal?.aborted)
        throw new UserError('cancelled', 'the work on the store was stopped', { cause: String(error) });
      if (UserError.is(error)) throw error;
      return { failed: error instanceof Error ? error.message : String(error) };
    } finally {
      turn?.end();
    }
  }

  /** What another process keeps is read as it is, unless it has not been written for long. */
  #leavesToOthers(): boolean {
    const published = publishedStore(this.#folder);
    return (
      published !== undefined &&
      Math.abs(Date.now() - published.madeMs) < OLDEST_COPY_MS &&
      this.#owner.isOthers
    );
  }

  async #build(graph: Graph, turn: string, options: WriteOptions): Promise<Written> {
    const aside = makeAside(this.#folder);
    let isLeft = false;
    try {
      const csv = { nodes: writeNodes(graph, aside), edges: writeEdges(graph, aside) };
      const outcome = await runStoreProcess(
        { do: 'build', folder: this.#folder, aside, version: graph.version, turn, ...csv },
        {
          ...options,
          deadlineMs: options.waitMs ?? BUILD_DEADLINE_MS,
          leaveRunning: options.waitMs !== undefined,
        },
      );
      if (outcome.ok) return 'written';
      isLeft = outcome.why === 'deadline' && options.waitMs !== undefined;
      if (isLeft) return 'stillWriting';
      return outcome.why === 'unavailable' ? { unavailable: outcome.message } : { failed: outcome.message };
    } finally {
      if (!isLeft) rmSync(aside, { recursive: true, force: true });
    }
  }

  /**
   * Runs a query that only reads. Throws `badInput` for a query that is refused or wrong, `notAchieved` where it takes
   * too long or too much memory. Undefined: the store could not be opened and is dropped; write it again.
   */
  async query(cypher: string, options: AskOptions): Promise<Rows | undefined> {
    const { rowLimit, parameters = {} } = options;
    const prepared = prepareQuery(cypher, { engine: { name: 'ladybug' }, rowLimit, parameters });
    removeAbandoned(this.#folder);
    for (let switches = 0; switches < MOST_SWITCHES; switches++) {
      const published = publishedStore(this.#folder);
      if (!published) return undefined;
      const answer = await this.#queryOnce(published, prepared, options);
      if (answer) return answer;
      // Another process may have published a new one and taken this one away under the query.
      if (publishedStore(this.#folder)?.database === published.database) {
        discard(this.#folder, published);
        return undefined;
      }
    }
    return undefined;
  }

  /** Undefined where the file could not be opened, or the query ended the process. */
  async #queryOnce(
    published: PublishedStore,
    prepared: ReturnType<typeof prepareQuery>,
    options: AskOptions,
  ): Promise<Rows | undefined> {
    const { deadlineMs, rowLimit } = options;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    const outcome = await runStoreProcess(
      {
        ...{ do: 'query', database: published.database, cypher: prepared.text },
        ...(this.#whole === published.database ? {} : { sum: published.sum }),
        ...{ parameters: prepared.parameters, rowLimit, timeoutMs: deadlineMs },
      },
      { ...options, deadlineMs, waiting },
    );
    if (outcome.ok) {
      this.#whole = published.database;
      const { columns, rows, truncated } = outcome;
      const named = prepared.columns?.length === columns.length ? prepared.columns : columns;
      return { columns: named, rows, truncated };
    }
    switch (outcome.why) {
      case 'query':
        if (outcome.message.startsWith('Interrupted')) throw tooLong(deadlineMs);
        if (outcome.message.startsWith('Buffer manager'))
          throw tooLarge(
            'it needed too much memory; write fewer hops, as in *1..3, and name labels at both ends, as in (a:Function)-[:CALLS*1..6]->(b:Function)',
          );
        throw cannotRun(firstLine(outcome.message));
      case 'deadline':
        throw tooLong(deadlineMs);
      case 'memory':
        throw tooLarge(`${outcome.message}; narrow it`);
      case 'unavailable':
        throw new UserError('notAchieved', unavailableMessage(outcome.message));
      case 'crashed':
      case 'failed':
        return undefined;
    }
  }

  drop(): Promise<void> {
    const published = publishedStore(this.#folder);
    if (published) discard(this.#folder, published);
    rmSync(this.#folder, { recursive: true, force: true });
    return Promise.resolve();
  }

  /** Nothing is held open between requests but a process that waits for one. */
  close(): Promise<void> {
    this.#owner.release();
    this.#waiting?.kill('SIGKILL');
    this.#waiting = undefined;
    return Promise.resolve();
  }
}

/** The one line that says why there is no store on this machine. */
export function unavailableMessage(reason: string): string {
  return `Cypher queries need LadybugDB, which cannot be loaded here (${firstLine(reason)}); everything else works without it`;
}

function tooLong(deadlineMs: number): UserError {
  return new UserError(
    'notAchieved',
    `the query was stopped after ${deadlineMs / 1000} s; narrow it, or give it a larger time limit`,
  );
}

function tooLarge(what: string): UserError {
  return new UserError('notAchieved', `the query was stopped: ${what}`);
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? text).trim();
}
