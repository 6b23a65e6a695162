import type { TestResult } from '../protocol/evidence.ts';

export type RunnerName = 'pytest' | 'unittest' | 'node:test' | 'vitest' | 'command';

export interface TestCommand {
  command: string;
  argv: string[];
  runner: RunnerName;
  /** Absolute; inside the workspace. */
  cwd: string;
  why: string;
}

/** Test id → file (relative to the run's root, forward slashes) → executed 0-based lines. */
export interface Coverage {
  byTest: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<number>>>;
}

export interface RunOutcome {
  command: string;
  runner: RunnerName;
  tests: TestResult[];
  exitCode: number | null;
  status: 'completed' | 'timedOut' | 'crashed' | 'needsInput' | 'outputLimit' | 'notStarted';
  seconds: number;
  output: { head: string; tail: string; bytes: number };
  coverage?: Coverage;
  /** Files of the root that ran, relative to it. */
  executedFiles?: ReadonlySet<string>;
}

export interface RunOptions {
  root: string;
  coverage?: boolean;
  /** The runner's own test ids. */
  select?: readonly string[];
  timeoutMs: number;
  signal?: AbortSignal;
  onTest?(test: TestResult): void;
  maxMemoryMb?: number;
}

/** Runs candidate patches in shadows only, never in the user's tree. */
export interface CandidateSession {
  /** How many `run` calls may be in flight. */
  readonly width: number;
  /** `files`: path relative to root → replaced bytes. */
  run(
    files: ReadonlyMap<string, Uint8Array>,
    options: { select?: readonly string[]; timeoutMs: number; signal?: AbortSignal },
  ): Promise<RunOutcome & { changedFilesRan: boolean | null }>;
  dispose(): Promise<void>;
}
