import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { indexReportSchema } from '../protocol/graph.ts';
import { UserError } from '../protocol/user-error.ts';
import { measure, type Measured } from './measure-process.ts';
import { median, printTable } from './report.ts';

const USAGE = 'npm run bench -- index CHECKOUT [--runs N] [--rival COMMAND] [--rival-runs N]';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

interface Runs {
  name: string;
  runs: Measured[];
}

/**
 * `bench index CHECKOUT`: a cold index, store included, beside the same workers that only parse and run queries (`limit`),
 * each in processes of their own, turn by turn; medians. `--rival` is a command that another index is made with, run in
 * the checkout: give a copy, since it may write there.
 */
export async function index(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', default: '3' },
      rival: { type: 'string' },
      'rival-runs': { type: 'string', default: '1' },
    },
    allowPositionals: true,
  });
  const [checkout] = positionals;
  if (checkout === undefined) throw new UserError('badInput', `bench index: give a checkout: ${USAGE}`);
  const root = path.resolve(checkout);
  const limit: Runs = { name: 'limit', runs: [] };
  const own: Runs = { name: 'weft index', runs: [] };
  const rival: Runs = { name: values.rival ?? '', runs: [] };
  let [lines, disk, source] = [0, 0, 0];
  for (let run = 0; run < Number(values.runs); run++) {
    limit.runs.push(await measure([process.execPath, here('limit.ts'), root]));
    source = (JSON.parse(limit.runs.at(-1)!.output) as { bytes: number }).bytes;
    const home = mkdtempSync(path.join(os.tmpdir(), 'weft-index-'));
    try {
      const cold = [process.execPath, here('../cli/main.ts'), 'index', root, '--json'];
      const measured = await measure(cold, { env: { WEFT_STATE_FOLDER: home } });
      own.runs.push(measured);
      const report = indexReportSchema().parse(JSON.parse(measured.output));
      lines = report.linesOfCode;
      disk = sizeOf(path.join(home, 'workspaces'));
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
    if (values.rival !== undefined && run < Number(values['rival-runs']))
      rival.runs.push(await measure(['bash', '-c', values.rival], { cwd: root }));
  }
  print([limit, own, ...(rival.runs.length > 0 ? [rival] : [])], lines);
  console.log(`on disk: ${(disk / 1e6).toFixed(0)} MB, ${(disk / source).toFixed(2)} × the sources`);
}

function print(all: readonly Runs[], lines: number): void {
  const of = (runs: readonly Measured[], what: (one: Measured) => number) => median(runs.map(what));
  const [first] = all;
  const limit = first!.runs;
  printTable(
    ['', 'seconds', '× limit', 'CPU s', '× limit', 'peak PSS MB', 'M lines a minute'],
    all.map(({ name, runs }) => {
      const [seconds, cpu] = [of(runs, (r) => r.seconds), of(runs, (r) => r.cpuSeconds)];
      return [
        name,
        seconds.toFixed(1),
        (seconds / of(limit, (r) => r.seconds)).toFixed(2),
        cpu.toFixed(1),
        (cpu / of(limit, (r) => r.cpuSeconds)).toFixed(2),
        of(runs, (r) => r.peakMb).toFixed(0),
        ((lines / seconds / 1e6) * 60).toFixed(1),
      ];
    }),
  );
}

function sizeOf(at: string): number {
  const stat = statSync(at);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(at).reduce((sum, name) => sum + sizeOf(path.join(at, name)), 0);
}
