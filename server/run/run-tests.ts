import { cleanEnvironment, runChild } from './child-process.ts';
import { EmptyInput } from './empty-input.ts';
import { runNodeTest } from './runners/node-test/run-node-test.ts';
import { runPytest } from './runners/pytest/run-pytest.ts';
import { runUnittest } from './runners/unittest/run-unittest.ts';
import { runVitest } from './runners/vitest/run-vitest.ts';
import type { RunnerName, RunOptions, RunOutcome, TestCommand } from './types.ts';

/** Exit codes by which a shell tells that a program is not there, or is none. */
const NO_PROGRAM: ReadonlySet<number | null> = new Set([126, 127]);

/** A runner without an entry is judged by the exit code of its command. */
const RUNNERS: Partial<Record<RunnerName, typeof runByExitCode>> = {
  pytest: runPytest,
  'node:test': runNodeTest,
  unittest: runUnittest,
  vitest: runVitest,
};

/**
 * Runs a test command where it stands; give it a shadow's folder when candidates or a baseline run. An outcome that
 * is `notStarted` says why at the head of its output.
 */
export async function runTests(command: TestCommand, options: RunOptions): Promise<RunOutcome> {
  const outcome = await (RUNNERS[command.runner] ?? runByExitCode)(command, options);
  if (outcome.status !== 'notStarted' || outcome.output.head) return outcome;
  const head = `weft: the test command could not start: no program "${command.argv[0] ?? ''}" for ${command.cwd}; install it, or give another test command\n`;
  return { ...outcome, output: { head, tail: '', bytes: Buffer.byteLength(head) } };
}

/**
 * A command of no known runner is one test, named by the command, that passes when it exits with 0. One whose programs
 * are not there did not start, and the result of one that tried to read its input is none.
 */
async function runByExitCode(command: TestCommand, options: RunOptions): Promise<RunOutcome> {
  const env = cleanEnvironment(process.env);
  const input = await EmptyInput.open();
  try {
    const child = await runChild(command.argv, {
      ...options,
      cwd: command.cwd,
      env,
      stdin: input.descriptor,
    });
    const outcome = { ...child, command: command.command, runner: 'command' as const, tests: [] };
    if (child.status === 'completed' && NO_PROGRAM.has(child.exitCode))
      return { ...outcome, status: 'notStarted' };
    if (child.status === 'notStarted') return outcome;
    if (child.status === 'completed' && (await input.wasRead())) return { ...outcome, status: 'needsInput' };
    const status = child.status === 'timedOut' ? 'timedOut' : child.exitCode === 0 ? 'passed' : 'failed';
    const test = { id: command.command, name: command.command, status, seconds: child.seconds } as const;
    options.onTest?.(test);
    return { ...outcome, tests: [test] };
  } finally {
    await input.close();
  }
}
