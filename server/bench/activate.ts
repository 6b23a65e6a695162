import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { UserError } from '../protocol/user-error.ts';

/** `bench activate [--runs N]`: measured inside VS Code, by a program beside the tests that run there. */
export async function activate(args: readonly string[]): Promise<void> {
  const program = path.resolve(import.meta.dirname, '../../test/host/activate-bench.mjs');
  const { status } = spawnSync(process.execPath, [program, ...args], { stdio: 'inherit' });
  if (status !== 0) throw new UserError('notAchieved', 'bench activate: VS Code did not answer');
}
