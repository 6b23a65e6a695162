import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { median, printTable } from './report.ts';

/** The first line of a unified diff. */
const DIFF = /^(?:--- a\/|diff --git )/m;

/**
 * `bench sample [--runs N]`: seconds of `npm start` on the sample workspace, once all is installed and built: to the
 * first line of the diff, to the end, and of CPU in all its processes, which other work on the machine changes less.
 */
export async function sample(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { runs: { type: 'string', default: '5' } } });
  const rows: string[][] = [];
  const toDiff: number[] = [];
  const toEnd: number[] = [];
  const ofCpu: number[] = [];
  for (let run = 1; run <= Number(values.runs); run++) {
    const { diff, end, cpu } = await start();
    toDiff.push(diff);
    toEnd.push(end);
    ofCpu.push(cpu);
    rows.push([String(run), ...[diff, end, cpu, os.loadavg()[0] ?? 0].map((n) => n.toFixed(1))]);
  }
  printTable(['run', 'to the diff s', 'to the end s', 'CPU s', 'load'], rows);
  const middle = (values: number[]) => `median ${median(values).toFixed(1)} s`;
  console.log(`npm start to the diff: ${middle(toDiff)} (target ≤ 8 s)`);
  console.log(`to the end: ${middle(toEnd)}, CPU ${middle(ofCpu)}`);
}

/** Runs the command and then tells, apart from its output, the CPU time of all that it started and waited for. */
const TIMED = 'npm start --silent; code=$?; times >&3; exit $code';

/** One `npm start` with a state folder and copies of its own; in seconds. */
async function start(): Promise<{ diff: number; end: number; cpu: number }> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'weft-bench-'));
  try {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    const child = spawn('sh', ['-c', TIMED], {
      env: { ...process.env, TMPDIR: home, WEFT_STATE_FOLDER: path.join(home, 'state') },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const [, stdout, stderr, times] = child.stdio as (Readable | null)[];
    let said = '';
    let diff: number | undefined;
    let timed = '';
    times?.setEncoding('utf8').on('data', (text: string) => (timed += text));
    for (const stream of [stdout, stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (diff === undefined && DIFF.test(stripVTControlCharacters(said))) diff = seconds();
      });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0 || diff === undefined) throw new Error(`npm start ended with ${code}:\n${said}`);
    return { diff, end: seconds(), cpu: cpuSeconds(timed) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Reads what `times` of a POSIX shell prints: its own user and system time, and below that of its children. */
function cpuSeconds(timed: string): number {
  const [, children = ''] = timed.split('\n');
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}
