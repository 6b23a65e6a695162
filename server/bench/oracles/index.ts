import type { TruthRow } from '../graph-truth.ts';
import { comparePairs } from '../graph-pairs.ts';
import { UserError } from '../../protocol/user-error.ts';
import { go, java, rowsOf, rust, type Program } from './program.ts';
import { goSample, javaSample, judgeSample, rustSample, type Sample } from './samples.ts';
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
  java: {
    asks: 'the compiler of Eclipse',
    sources: /\.java$/,
    truth: (checkout, folders) => askProgram(java, javaSample, checkout, folders),
  },
  go: {
    asks: 'go/types',
    sources: /\.go$|^go\.(mod|sum)$/,
    truth: (checkout, folders) => askProgram(go, goSample, checkout, folders),
  },
  rust: {
    asks: 'rust-analyzer',
    sources: /\.rs$|^Cargo\.(toml|lock)$/,
    truth: (checkout, folders) => askProgram(rust, rustSample, checkout, folders),
  },
};

/** The rows of a checkout, once the oracle has judged its sample as it should. */
async function* askProgram(
  program: Program,
  sample: Sample,
  checkout: string,
  folders: readonly string[],
): AsyncIterable<TruthRow> {
  const said = await judgeSample(program, sample);
  const wrong = said.find((site, i) => site !== sample.sites[i]) ?? sample.sites[said.length];
  if (wrong !== undefined)
    throw new UserError('badInput', `bench graph: the ${program.name} oracle misjudges its sample: ${wrong}`);
  yield* rowsOf(program, checkout, folders);
}
