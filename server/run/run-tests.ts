import { cleanEnvironment, runChild } from './child-process.ts';
import { runNodeTest } from './runners/node-test/run-node-test.ts';
import { runPytest } from './runners/pytest/run-pytest.ts';
import { runUnittest } from './runners/unittest/run-unittest.ts';
import { runVitest } from './runners/vitest/run-vitest.ts';
import type { RunnerName, RunOptions, RunOutcome, TestCommand } from './types.ts';

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

/** A command of no known runner is one test, named by the command, that passes when it exits with 0. */
async function runByExitCode(command: TestCommand, options: RunOptions): Promise<RunOutcome> {
  const env = cleanEnvironment(process.env);
  const child = await runChild(command.argv, { ...options, cwd: command.cwd, env });
  const status = child.status === 'timedOut' ? 'timedOut' : child.exitCode === 0 ? 'passed' : 'failed';
  const test = { id: command.command, name: command.command, status, seconds: child.seconds } as const;
  if (child.status !== 'notStarted') options.onTest?.(test);
  return {
    ...child,
    command: command.command,
    runner: 'command',
    tests: child.status === 'notStarted' ? [] : [test],
  };
}
