import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { makeTemporaryFolder } from '../../../workspace/temporary-folder.ts';
import { runChild, type ChildOutcome } from '../../child-process.ts';
import type { RunOptions, RunOutcome, TestCommand } from '../../types.ts';
import { pythonEnvironment, pythonOutcome, type ReadPython } from '../python-rows.ts';

/** Runs pytest with Weft's plugin, which reports through a file of its own: what a test prints can't forge a result. */
export async function runPytest(command: TestCommand, options: RunOptions): Promise<RunOutcome> {
  const folder = await makeTemporaryFolder('pytest');
  const results = path.join(folder, 'results.jsonl');
  const key = randomUUID();
  try {
    const argv = pytestArgv(command, options);
    const child = await runChild(argv, {
      ...options,
      cwd: command.cwd,
      env: pythonEnvironment(results, key, options),
    });
    const text = await fs.readFile(results, 'utf8').catch(() => '');
    return pytestOutcome(command, child, text, key, options);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** The command with Weft's plugin and what the options ask for. */
export function pytestArgv(command: TestCommand, options: Pick<RunOptions, 'select' | 'failFast'>): string[] {
  return [
    ...(options.select ? withoutPaths(command) : command.argv),
    ...['-p', 'weft_pytest', '-p', 'no:cacheprovider'],
    ...(options.failFast === true ? ['-x'] : []),
    ...(options.select ?? []),
  ];
}

/** What the plugin's rows say of a run that ended as `child` tells. */
export function pytestOutcome(
  command: TestCommand,
  child: ChildOutcome,
  text: string,
  key: string,
  options: Pick<RunOptions, 'coverage' | 'onTest'>,
): RunOutcome {
  return pythonOutcome(command, child, text, key, options, PYTEST);
}

const PYTEST: ReadPython = {
  runner: 'pytest',
  place: (id) => {
    const [file = '', ...names] = id.split('::');
    return { name: names.join('::') || id, file };
  },
};

/** The command without the files, folders and ids it names: a selection takes their place. */
function withoutPaths({ argv, cwd }: TestCommand): string[] {
  const pytest = argv.findLastIndex((arg) => /^(.*[\\/])?py\.?test(-3)?$/.test(arg));
  return argv.filter((arg, i) => i <= pytest || !existsSync(path.resolve(cwd, arg.split('::', 1)[0] ?? '')));
}
