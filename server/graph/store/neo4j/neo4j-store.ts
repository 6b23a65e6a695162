import { setTimeout as sleep } from 'node:timers/promises';
import { cannotRun } from '../../cypher-hints.ts';
import type { Graph } from '../../graph.ts';
import { UserError } from '../../../protocol/user-error.ts';
import type { AskOptions, GraphStore, Rows, WriteOptions, Written } from '../graph-store.ts';
import type { Neo4jAddress } from './address.ts';
import { asUserError, Neo4jConnection } from './connection.ts';
import { explainFailure } from './failures.ts';
import { GraphRows } from './graph-rows.ts';
import { push, PushLost, removeDropped } from './push.ts';
import { readRows } from './read-rows.ts';
import * as statements from './statements.ts';
import { updateFile } from './update-file.ts';

/** A query that may only see the nodes of one generation of a workspace. */
export interface ScopedQuery {
  text: string;
  parameters: Record<string, string | number | boolean>;
  /** The names that its columns are shown by; undefined: those that the engine gives. */
  columns?: string[] | undefined;
}

/** Makes such a query of one that a person or a model wrote, or throws `badInput`. */
export type ScopeQuery = (
  cypher: string,
  options: { workspace: string; rowLimit: number; parameters: AskOptions['parameters'] },
) => ScopedQuery;

export interface Neo4jStoreOptions {
  address: Neo4jAddress;
  password: string;
  /** Whose nodes these are among those of others: never equal for two workspaces, users or machines. */
  owner: string;
  scope: ScopeQuery;
  /** How long a server that went away is waited for in the middle of a push. Milliseconds. */
  patienceMs?: number;
}

const PATIENCE_MS = 60_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;
/** Above that many changed files, or that share of all, everything is pushed anew. */
const MOST_UPDATES = 50;
const MOST_UPDATED_SHARE = 0.2;
const MOST_TAKEOVERS = 1_000;

interface Seen {
  key: string;
  version: string;
  digests: Map<string, string>;
}

/**
 * A workspace's graph on a Neo4j 5 that workspaces and people share. The first write, and one that changes much, pushes
 * everything under a new generation and switches to it; others write file by file.
 */
export class Neo4jStore implements GraphStore {
  readonly name = 'neo4j';
  readonly #connection: Neo4jConnection;
  readonly #options: Neo4jStoreOptions;
  #seen: Seen | undefined;
  #hasSchema = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: Neo4jStoreOptions) {
    this.#options = options;
    this.#connection = new Neo4jConnection(options.address, options.password);
  }

  async currentVersion(): Promise<string | undefined> {
    return (await this.#forPerson(() => this.#current()))?.version;
  }

  async write(graph: Graph, options: WriteOptions = {}): Promise<Written> {
    const { waitMs } = options;
    const written = this.#last.then(() => this.#write(graph, options));
    this.#last = written.catch(() => undefined);
    if (waitMs === undefined) return written;
    const timer = new AbortController();
    const late = sleep(waitMs, 'stillWriting' as const, { signal: timer.signal, ref: true }).catch(
      () => 'stillWriting' as const,
    );
    try {
      return await Promise.race([written, late]);
    } finally {
      timer.abort();
    }
  }

  async query(cypher: string, options: AskOptions): Promise<Rows | undefined> {
    const { address, scope, owner } = this.#options;
    const { rowLimit, deadlineMs, parameters, signal } = options;
    const prepare = (workspace: string) => scope(cypher, { workspace, rowLimit, parameters });
    // A text that is refused is refused whether the server is there or not.
    prepare('none');
    try {
      return await readRows(this.#connection, { owner, prepare, rowLimit, deadlineMs, signal });
    } catch (error) {
      if (error instanceof UserError) throw error;
      const { kind, line } = explainFailure(error, address);
      switch (kind) {
        case 'query':
          throw cannotRun(line);
        case 'late':
          throw new UserError(
            'notAchieved',
            `the query was stopped after ${deadlineMs / 1000} s; narrow it, or give it a larger time limit`,
          );
        case 'memory':
          throw new UserError('notAchieved', `the query was stopped: ${line}; narrow it`);
        case 'connection':
        case 'other':
          throw new UserError('notAchieved', line);
      }
    }
  }

  /** Connects, so that the query finds the way open. */
  expectQuery(): () => void {
    void this.#current().catch(() => undefined);
    return () => undefined;
  }

  async drop(): Promise<void> {
    this.#seen = undefined;
    const { owner } = this.#options;
    await this.#forPerson(async () => {
      await this.#connection.run(statements.dropWorkspace, { owner });
      await removeDropped(this.#connection, owner);
    });
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  async #write(graph: Graph, options: WriteOptions): Promise<Written> {
    const { address, patienceMs = PATIENCE_MS } = this.#options;
    let waitedMs = 0;
    let waitMs = FIRST_WAIT_MS;
    for (let takeovers = 0; takeovers < MOST_TAKEOVERS;) {
      try {
        options.signal?.throwIfAborted();
        return await this.#writeOnce(graph, options);
      } catch (error) {
        this.#seen = undefined;
        if (options.signal?.aborted)
          throw new UserError('cancelled', 'the work on the store was stopped', { cause: String(error) });
        if (error instanceof PushLost) {
          takeovers++;
          await removeDropped(this.#connection, this.#options.owner).catch(() => undefined);
          continue;
        }
        if (error instanceof UserError) return { failed: error.message };
        const { kind, line } = explainFailure(error, address);
        // A server that was never reached is not waited for: who asks wants to know.
        if (kind !== 'connection' || !this.#hasSchema || waitedMs >= patienceMs) return { failed: line };
        await sleep(waitMs);
        waitedMs += waitMs;
        waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      }
    }
    return { failed: 'other processes keep pushing this workspace to the same store; stop one of them' };
  }

  async #writeOnce(graph: Graph, { files, signal, onPart }: WriteOptions): Promise<Written> {
    await this.#makeSchema();
    const { owner } = this.#options;
    const connection = this.#connection;
    const current = await this.#current();
    if (current?.version === graph.version) return 'current';
    const rows = new GraphRows(graph, await connection.integers());
    const changes = current && (await this.#changes(current, rows, files));
    if (!current || !changes || !isSmall(changes.length, rows.files.length)) {
      await connection.run(statements.giveUpPushes, {
        ...{ owner, plan: `${statements.PLAN_VERSION} ${graph.version}` },
      });
      await push(connection, graph, rows, { owner, signal, onBatch: onPart });
      this.#seen = undefined;
      // What is no longer seen may stay until the next write, too.
      await removeDropped(connection, owner, signal).catch(() => undefined);
      return 'written';
    }
    const { key } = current;
    const later = new Set(changes.map(({ file }) => file));
    const digests = this.#seen?.digests;
    this.#seen = undefined;
    for (const { file, digest } of changes) {
      signal?.throwIfAborted();
      later.delete(file);
      const version = later.size === 0 ? graph.version : `${graph.version} in part`;
      await updateFile(connection, rows, { owner, key, file, digest, later, version });
      if (digest === undefined) digests?.delete(file);
      else digests?.set(file, digest);
    }
    if (changes.length === 0) await connection.run(statements.setVersion, { owner, version: graph.version });
    if (digests) this.#seen = { key, version: graph.version, digests };
    return 'written';
  }

  /** The files that are not in the store as they are in the graph. */
  async #changes(
    current: { key: string; version: string },
    rows: GraphRows,
    hinted: readonly string[] | undefined,
  ): Promise<{ file: string; digest: string | undefined }[]> {
    const seen = this.#seen;
    const isFresh = seen?.key === current.key && seen.version === current.version;
    const digests = isFresh ? seen.digests : await this.#digests(current.key);
    this.#seen = { ...current, digests };
    const own = new Set(rows.files);
    const looked = isFresh && hinted ? hinted : [...own, ...digests.keys()];
    return [...new Set(looked)].flatMap((file) => {
      const digest = own.has(file) ? rows.digestOf(file) : undefined;
      return digest === digests.get(file) ? [] : [{ file, digest }];
    });
  }

  async #digests(key: string): Promise<Map<string, string>> {
    const known = await this.#connection.run(statements.knownFiles, { key });
    return new Map(known.map((row) => [row.get('file') as string, row.get('digest') as string]));
  }

  async #current(): Promise<{ key: string; version: string } | undefined> {
    const [row] = await this.#connection.run(statements.current, { owner: this.#options.owner });
    return row && { key: row.get('key') as string, version: row.get('version') as string };
  }

  async #makeSchema(): Promise<void> {
    if (this.#hasSchema) return;
    const known = await this.#connection.run(statements.knownSchema);
    const names = new Set(known.map((row) => row.get('name') as string));
    const missing = statements.schema.filter(({ name }) => !names.has(name));
    if (missing.length > 0)
      await this.#connection.transact(async (tx) => {
        for (const { text } of missing) await tx.run(text);
      });
    if (missing.length > 0) await this.#connection.run(statements.awaitSchema);
    this.#hasSchema = true;
  }

  async #forPerson<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asUserError(error, this.#options.address);
    }
  }
}

function isSmall(changed: number, files: number): boolean {
  return changed <= Math.max(MOST_UPDATES, files * MOST_UPDATED_SHARE);
}
