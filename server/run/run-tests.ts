import { cleanEnvironment, runChild } from './child-process.ts';
import { runPytest } from './runners/pytest/run-pytest.ts';
import type { RunOptions, RunOutcome, TestCommand } from './types.ts';

/** Runs a test command where it stands; give it a shadow's folder when candidates or a baseline run. */
export function runTests(command: TestCommand, options: RunOptions): Promise<RunOutcome> {
  return command.runner === 'pytest' ? runPytest(command, options) : runByExitCode(command, options);
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
