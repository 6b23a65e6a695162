import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../protocol/user-error.ts';
import { startFix } from '../services/start-fix.ts';
import { median, printTable } from './report.ts';

const SHARED = [
  'conftest.py',
  'json_testcases',
  'python_testcases/load_testdata.py',
  'python_testcases/node.py',
];

/** `bench quixbugs CHECKOUT [PROGRAM …] [--timeout S]`: `fix` without a model on each Python program of QuixBugs. */
export async function quixbugs(args: readonly string[]): Promise<void> {
  const timeout = args.indexOf('--timeout');
  const timeoutSeconds = timeout === -1 ? 60 : Number(args[timeout + 1]);
  const [checkout, ...chosen] =
    timeout === -1 ? args : args.filter((_, i) => i !== timeout && i !== timeout + 1);
  if (checkout === undefined || !existsSync(path.join(checkout, 'python_programs')))
    throw new UserError('badInput', 'bench quixbugs: give the path of a checkout of QuixBugs');
  const programs = readdirSync(path.join(checkout, 'python_testcases'))
    .flatMap((name) => /^test_(.+)\.py$/.exec(name)?.[1] ?? [])
    .filter((name) => chosen.length === 0 || chosen.includes(name))
    .sort();
  const rows: string[][] = [];
  const seconds: number[] = [];
  let plausible = 0;
  for (const program of programs) {
    const root = workspaceOf(checkout, program);
    process.env.WEFT_STATE_FOLDER = path.join(root, '..', 'state');
    try {
      const report = await startFix({
        root,
        testCommand: `python3 -m pytest -q python_testcases/test_${program}.py`,
        ...{ timeoutSeconds, trusted: true, onEvent: () => undefined },
      });
      if (report.status === 'fixed') plausible += 1;
      seconds.push(report.seconds);
      rows.push([program, report.status, report.seconds.toFixed(1), String(report.candidatesTried)]);
    } catch (error) {
      rows.push([program, 'error', '', error instanceof Error ? error.message : String(error)]);
    } finally {
      rmSync(path.dirname(root), { recursive: true, force: true });
    }
    process.stderr.write(`${rows.at(-1)?.join('  ')}\n`);
  }
  printTable(['program', 'status', 'seconds', 'candidates'], rows);
  console.log(`plausible ${plausible} of ${programs.length}; median ${median(seconds).toFixed(1)} s`);
}

/** One program with its tests: a bug elsewhere must not fail them. */
function workspaceOf(checkout: string, program: string): string {
  const root = path.join(mkdtempSync(path.join(os.tmpdir(), 'weft-bench-')), 'workspace');
  mkdirSync(root);
  const graphNode = 'python_programs/node.py';
  const own = [`python_programs/${program}.py`, `python_testcases/test_${program}.py`, graphNode];
  for (const file of [...SHARED, ...own])
    if (existsSync(path.join(checkout, file)))
      cpSync(path.join(checkout, file), path.join(root, file), { recursive: true });
  return root;
}
