import * as fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { RunEvent } from '../protocol/run.ts';
import { UserError } from '../protocol/user-error.ts';
import { startFix } from '../services/start-fix.ts';
import { median, printTable } from './report.ts';

/** Steps of `fix`. */
const PHASES = ['tests', 'locate', 'repair', 'prove'];
const SHARED = [
  'conftest.py',
  'json_testcases',
  'python_testcases/load_testdata.py',
  'python_testcases/node.py',
];

/**
 * `bench quixbugs CHECKOUT [PROGRAM …] [--timeout S] [--phases] [--patches DIR]`: `fix` without a model on each Python program of
 * QuixBugs; with `--phases` also the seconds of each step and the candidates tried in a second of search. CPU seconds
 * are those of all processes that ran. `--patches` keeps each patch in a folder, to be compared with the known fixes.
 */
export async function quixbugs(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      timeout: { type: 'string', default: '60' },
      phases: { type: 'boolean', default: false },
      patches: { type: 'string' },
    },
    allowPositionals: true,
  });
  const timeoutSeconds = Number(values.timeout);
  const [checkout, ...chosen] = positionals;
  if (checkout === undefined || !fs.existsSync(path.join(checkout, 'python_programs')))
    throw new UserError('badInput', 'bench quixbugs: give the path of a checkout of QuixBugs');
  const programs = fs
    .readdirSync(path.join(checkout, 'python_testcases'))
    .flatMap((name) => /^test_(.+)\.py$/.exec(name)?.[1] ?? [])
    .filter((name) => chosen.length === 0 || chosen.includes(name))
    .sort();
  const rows: string[][] = [];
  const seconds: number[] = [];
  const cpu: number[] = [];
  if (values.patches !== undefined) fs.mkdirSync(values.patches, { recursive: true });
  let plausible = 0;
  for (const program of programs) {
    const root = workspaceOf(checkout, program);
    process.env.WEFT_STATE_FOLDER = path.join(root, '..', 'state');
    const phases = new Map<string, number>();
    const cpuBefore = cpuSeconds();
    try {
      const report = await startFix({
        root,
        testCommand: `python3 -m pytest -q python_testcases/test_${program}.py`,
        ...{ timeoutSeconds, trusted: true, onEvent: addTo(phases) },
      });
      if (report.status === 'fixed') plausible += 1;
      seconds.push(report.seconds);
      cpu.push(cpuSeconds() - cpuBefore);
      if (values.patches !== undefined)
        fs.writeFileSync(path.join(values.patches, `${program}.patch`), report.patch);
      const tried = report.candidatesTried;
      const rate = (tried / (phases.get('repair') || Infinity)).toFixed(1);
      const parts = values.phases ? [...PHASES.map((id) => (phases.get(id) ?? 0).toFixed(1)), rate] : [];
      const times = [report.seconds, cpu.at(-1) ?? 0].map((time) => time.toFixed(1));
      rows.push([program, report.status, ...times, String(tried), ...parts]);
    } catch (error) {
      rows.push([program, 'error', '', '', error instanceof Error ? error.message : String(error)]);
    } finally {
      fs.rmSync(path.dirname(root), { recursive: true, force: true });
    }
    process.stderr.write(`${rows.at(-1)?.join('  ')}\n`);
  }
  const head = values.phases ? [...PHASES, 'candidates/s'] : [];
  printTable(['program', 'status', 'seconds', 'CPU s', 'candidates', ...head], rows);
  const medians = [seconds, cpu].map((times) => `${median(times).toFixed(1)} s`);
  console.log(`plausible ${plausible} of ${programs.length}; median ${medians.join(', CPU ')}`);
}

/** CPU time of this process and of every child that has ended, in seconds; 0 where the system does not tell. */
function cpuSeconds(): number {
  const own = process.cpuUsage();
  const ownSeconds = (own.user + own.system) / 1e6;
  if (process.platform !== 'linux') return ownSeconds;
  const fields = fs
    .readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  // `cutime` and `cstime`, in ticks of a hundredth of a second.
  return ownSeconds + (Number(fields[13]) + Number(fields[14])) / 100;
}

/** Keeps the seconds that each step of the plan took. */
function addTo(phases: Map<string, number>) {
  return (event: RunEvent): void => {
    if (event.type === 'step' && event.seconds !== undefined) phases.set(event.id, event.seconds);
  };
}

/** One program with its tests: a bug elsewhere must not fail them. */
function workspaceOf(checkout: string, program: string): string {
  const root = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'weft-bench-')), 'workspace');
  fs.mkdirSync(root);
  const graphNode = 'python_programs/node.py';
  const own = [`python_programs/${program}.py`, `python_testcases/test_${program}.py`, graphNode];
  for (const file of [...SHARED, ...own])
    if (fs.existsSync(path.join(checkout, file)))
      fs.cpSync(path.join(checkout, file), path.join(root, file), { recursive: true });
  return root;
}
