import type { EdgeType, SymbolKind } from '../../protocol/graph.ts';

/** What the parent asks of a store process: one thing, then the process ends. */
export type StoreRequest =
  | {
      do: 'build';
      /** The store's folder; the finished file is published there. */
      folder: string;
      /** Folder with the CSV files, removed at the end. */
      aside: string;
      version: string;
      /** The turn that this build is done in, and that it ends. */
      turn: string;
      nodes: { kind: SymbolKind; csv: string }[];
      /** `hasLines`: a text in the file has line breaks, which the parallel reader cannot read. */
      edges: { type: EdgeType; from: SymbolKind; to: SymbolKind; csv: string; hasLines: boolean }[];
    }
  | {
      do: 'query';
      database: string;
      /** The sum that the file must have; absent where it was compared before. */
      sum?: string;
      cypher: string;
      parameters: Record<string, string | number | boolean>;
      rowLimit: number;
      timeoutMs: number;
    };

/** Tells a build to go on when its parent lets go of it; one whose parent dies ends. */
export interface GoOn {
  do: 'goOn';
}

export type StoreReply =
  | { ok: true; columns: string[]; rows: unknown[][]; truncated: boolean }
  /** `unavailable`: no LadybugDB here. `query`: the engine refused the text. `memory`: it wanted too much. */
  | { ok: false; why: 'unavailable' | 'query' | 'memory' | 'failed'; message: string };
