import type { TestResult } from '../protocol/evidence.ts';
import type { Shadow } from '../workspace/shadow.ts';

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
  /** File → lines that ran while modules were imported: before any test, or for the first test that needed them. */
  imported?: ReadonlyMap<string, ReadonlySet<number>>;
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
  /** Bounds the whole run. */
  timeoutMs: number;
  /** Bounds each test where the runner can end one test and go on with the next (pytest on POSIX). */
  testTimeoutMs?: number;
  /** As `testTimeoutMs`, in CPU time: on a busy machine a test that waits for its turn is not cut short. */
  testCpuMs?: number;
  /**
   * Ends the run at the first test that does not pass, or only at the first that runs into its limit; the rest is
   * reported as `didNotRun`. Runners that cannot do so run on.
   */
  failFast?: boolean | 'timeout';
  signal?: AbortSignal;
  onTest?(test: TestResult): void;
  maxMemoryMb?: number;
  /** What keeps the command's writes away from the user's files; `root` is then its folder. */
  shadow?: Pick<Shadow, 'command'>;
}

export interface CandidateRunOptions {
  /** The runner's own test ids; absent: all tests of the command. */
  select?: readonly string[];
  timeoutMs: number;
  /** Bounds each test where the runner can end one test and go on with the next (pytest on POSIX). */
  testTimeoutMs?: number;
  /** As `testTimeoutMs`, in CPU time: on a busy machine a test that waits for its turn is not cut short. */
  testCpuMs?: number;
  signal?: AbortSignal;
  /**
   * Ends the run at the first test that does not pass, or only at the first that runs into its limit; the rest is
   * reported as `didNotRun`. Runners that cannot do so run on.
   */
  failFast?: boolean | 'timeout';
  /** Runs nothing (`notStarted`) where a session that has quick processes would need another one for these files. */
  quick?: boolean;
  /** Per-test line coverage; such a run always takes a fresh process. */
  coverage?: boolean;
  onTest?(test: TestResult): void;
}

/** Runs candidate patches in shadows only, never in the user's tree. Ids are those of a run in the root. */
export interface CandidateSession {
  /** How many `run` calls may be in flight; more wait for their turn. */
  readonly width: number;
  /**
   * `files`: path relative to root → replaced bytes; an empty map runs the workspace as it is (the baseline).
   * Nothing of one run is seen by the next.
   */
  run(
    files: ReadonlyMap<string, Uint8Array>,
    options: CandidateRunOptions,
  ): Promise<RunOutcome & { changedFilesRan: boolean | null }>;
  dispose(): Promise<void>;
}
