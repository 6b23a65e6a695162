import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { makeTemporaryFolder } from '../../../workspace/temporary-folder.ts';
import { runChild } from '../../child-process.ts';
import type { RunOptions, RunOutcome, TestCommand } from '../../types.ts';
import { pythonEnvironment, pythonOutcome, type ReadPython } from '../python-rows.ts';

/**
 * Runs `python -m unittest` through a program of Weft's that takes the same arguments and reports through a file of
 * its own: what a test prints can't forge a result. Ids are unittest's, such as `tests.test_a.TestA.test_b`; a test
 * and its subtests are one.
 */
export async function runUnittest(command: TestCommand, options: RunOptions): Promise<RunOutcome> {
  const folder = await makeTemporaryFolder('unittest');
  const results = path.join(folder, 'results.jsonl');
  const select = path.join(folder, 'select.txt');
  const key = randomUUID();
  try {
    if (options.select) await fs.writeFile(select, options.select.join('\n'));
    const child = await runChild(unittestArgv(command.argv, options), {
      ...options,
      cwd: command.cwd,
      env: {
        ...pythonEnvironment(results, key, options),
        ...(options.select ? { WEFT_SELECT: select } : {}),
      },
    });
    const text = await fs.readFile(results, 'utf8').catch(() => '');
    const outcome = pythonOutcome(command, child, text, key, options, UNITTEST);
    const found = new Set(outcome.tests.map(({ id }) => id));
    const absent = (options.select ?? []).filter((id) => !found.has(id));
    const missing = absent.map((id) => ({
      id,
      ...UNITTEST.place(id),
      seconds: 0,
      status: 'didNotRun' as const,
    }));
    for (const test of missing) options.onTest?.(test);
    return { ...outcome, tests: [...outcome.tests, ...missing] };
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

const UNITTEST: ReadPython = {
  runner: 'unittest',
  place: (id) => ({ name: id }),
  holds: (broken, id) => {
    const inside = /\(([^)]*)\)/.exec(broken)?.[1];
    return inside !== undefined && id.startsWith(`${inside}.`);
  },
};

/** Where the module stands in the words, or -1. */
export function unittestAt(words: readonly string[]): number {
  return words.findIndex((word, i) => word === 'unittest' && words[i - 1] === '-m');
}

function unittestArgv(argv: readonly string[], { failFast }: RunOptions): string[] {
  const at = unittestAt(argv);
  const rest = argv.slice(at + 1);
  // Options of `discover` are its own; the others stand before it.
  const failFastAt = failFast === true && !rest.includes('-f') ? ['-f'] : [];
  const given =
    rest[0] === 'discover' ? ['discover', ...failFastAt, ...rest.slice(1)] : [...failFastAt, ...rest];
  // Without arguments it discovers; an option alone would do so too.
  return [...argv.slice(0, at), 'weft_unittest', ...given];
}
