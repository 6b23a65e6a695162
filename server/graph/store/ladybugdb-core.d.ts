/**
 * The part of LadybugDB (0.19) that the store's process uses. The package is optional and has no binary for some
 * platforms, so that Weft is checked against this declaration and not against the package's own.
 */
declare module '@ladybugdb/core' {
  type LbugValue =
    | null
    | boolean
    | number
    | bigint
    | string
    | Date
    | LbugValue[]
    | Map<LbugValue, LbugValue>
    | { [key: string]: LbugValue };

  class Database {
    /** `bufferManagerSize` and `maxDBSize` are in bytes. */
    constructor(
      databasePath: string,
      bufferManagerSize: number,
      enableCompression: boolean,
      readOnly: boolean,
      maxDBSize: number,
      autoCheckpoint?: boolean,
    );
    close(): Promise<void>;
  }

  class Connection {
    constructor(database: Database, numThreads: number);
    setQueryTimeout(timeoutMs: number): void;
    prepare(statement: string): Promise<PreparedStatement>;
    execute(
      prepared: PreparedStatement,
      params?: Record<string, LbugValue>,
    ): Promise<QueryResult | QueryResult[]>;
    query(statement: string): Promise<QueryResult | QueryResult[]>;
    close(): Promise<void>;
  }

  interface PreparedStatement {
    isSuccess(): boolean;
    isReadOnly(): boolean;
    getErrorMessage(): string;
  }

  interface QueryResult {
    getColumnNames(): Promise<string[]>;
    hasNext(): boolean;
    getNext(): Promise<Record<string, LbugValue> | null>;
    close(): void;
  }
}
