import type neo4jDriver from 'neo4j-driver';
import type { Driver, ManagedTransaction, Record as Row, Session, Transaction } from 'neo4j-driver';
import { UserError } from '../../../protocol/user-error.ts';
import type { Neo4jAddress } from './address.ts';
import { explainFailure } from './failures.ts';

export type Neo4jTransaction = Transaction | ManagedTransaction;
export type Parameters = Record<string, unknown>;

const CONNECT_MS = 5_000;
const ACQUIRE_MS = 5_000;
/** Retries are ours: the driver's would hide a server that is gone for half a minute. */
const DRIVER_RETRY_MS = 0;
const LEAST_VERSION = 5;
const USER_AGENT = `weft/${process.env.WEFT_VERSION ?? '0.0.0-source'}`;

type Neo4j = typeof neo4jDriver;

/** Loaded at the first use: a workspace with the embedded store never pays for it. */
const load = async (): Promise<Neo4j> => (await import('neo4j-driver')).default;

/** The connections to one Neo4j, made when they are first needed. */
export class Neo4jConnection {
  readonly address: Neo4jAddress;
  readonly #password: string;
  #open: Promise<{ neo4j: Neo4j; driver: Driver }> | undefined;
  #checked = false;

  constructor(address: Neo4jAddress, password: string) {
    this.address = address;
    this.#password = password;
  }

  /** A session, on a server whose version was found to be one that Weft knows. */
  async session(mode: 'READ' | 'WRITE'): Promise<Session> {
    const { driver } = await this.#driver();
    const { database } = this.address;
    if (!this.#checked) {
      const { agent = '' } = await driver.getServerInfo(database === undefined ? {} : { database });
      const [, version, major] = /^Neo4j\/((\d+)\S*)/.exec(agent) ?? [];
      if (major !== undefined && Number(major) < LEAST_VERSION)
        throw new UserError(
          'notAchieved',
          `the Neo4j at ${this.address.uri} is ${version}; Weft needs ${LEAST_VERSION} or later`,
        );
      this.#checked = true;
    }
    return driver.session({
      defaultAccessMode: mode,
      ...(database === undefined ? {} : { database }),
    });
  }

  /** Does something in one transaction, which is taken back where it throws. Not tried again. */
  async transact<T>(work: (tx: Neo4jTransaction) => Promise<T>, timeoutMs?: number): Promise<T> {
    const session = await this.session('WRITE');
    try {
      const tx = await session.beginTransaction(timeoutMs === undefined ? {} : { timeout: timeoutMs });
      let result: T;
      try {
        result = await work(tx);
      } catch (error) {
        await tx.rollback().catch(() => undefined);
        throw error;
      }
      await tx.commit();
      return result;
    } finally {
      await session.close().catch(() => undefined);
    }
  }

  /** Runs one statement in a transaction of its own and gives its rows. */
  async run(text: string, parameters: Parameters = {}): Promise<Row[]> {
    const session = await this.session('WRITE');
    try {
      return (await session.run(text, parameters)).records;
    } finally {
      await session.close().catch(() => undefined);
    }
  }

  /** The module's own integers: plain numbers are sent as floating-point ones. */
  async integers(): Promise<(value: number) => unknown> {
    const { neo4j } = await this.#driver();
    return (value) => neo4j.int(value);
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.then(({ driver }) => driver.close()).catch(() => undefined);
  }

  #driver(): Promise<{ neo4j: Neo4j; driver: Driver }> {
    this.#open ??= this.#connect();
    return this.#open;
  }

  async #connect(): Promise<{ neo4j: Neo4j; driver: Driver }> {
    const neo4j = await load();
    const { uri, user } = this.address;
    const driver = neo4j.driver(uri, neo4j.auth.basic(user, this.#password), {
      disableLosslessIntegers: true,
      connectionTimeout: CONNECT_MS,
      connectionAcquisitionTimeout: ACQUIRE_MS,
      maxTransactionRetryTime: DRIVER_RETRY_MS,
      maxConnectionPoolSize: 8,
      userAgent: USER_AGENT,
      telemetryDisabled: true,
      // Warnings about what a query might have meant cost a round of planning and are shown to nobody.
      notificationFilter: { minimumSeverityLevel: 'OFF' },
    });
    return { neo4j, driver };
  }
}

/** Any error as one line for a person; ours already are. */
export function asUserError(error: unknown, address: Neo4jAddress): UserError {
  return error instanceof UserError
    ? error
    : new UserError('notAchieved', explainFailure(error, address).line);
}
