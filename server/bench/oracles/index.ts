import type { TruthRow } from '../graph-truth.ts';
import { comparePairs } from '../graph-pairs.ts';
import { pycgTruth } from './pycg.ts';
import { typescriptTruth } from './typescript.ts';

export interface Oracle {
  /** What judges, for the person who waits. */
  asks: string;
  /** Names of the files that its answer depends on. */
  sources: RegExp;
  truth(checkout: string, folders: readonly string[]): Iterable<TruthRow> | AsyncIterable<TruthRow>;
  /** A comparison in a unit of its own, where the truth has no call sites. */
  compare?(
    checkout: string,
    folders: readonly string[],
    truthFile: string,
    options: { failures?: string },
  ): Promise<void>;
}

/** The languages of `bench graph`. */
export const oracles: Record<string, Oracle> = {
  typescript: {
    asks: 'the TypeScript compiler',
    sources: /\.(ts|tsx|mts|cts)$|^(tsconfig.*|package)\.json$/,
    truth: typescriptTruth,
  },
  python: {
    asks: 'the micro benchmark of PyCG',
    sources: /^callgraph\.json$/,
    truth: pycgTruth,
    compare: comparePairs,
  },
};
