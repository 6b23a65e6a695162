import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const EVERY_MS = 100;

export interface Measured {
  seconds: number;
  /** User and system time of the process and of all that it waited for. */
  cpuSeconds: number;
  /** Of the whole tree: the largest sum of proportional set sizes, sampled every 100 ms; MiB. */
  peakMb: number;
  output: string;
}

/** Runs a command (Linux, with bash) and measures it with all its children. Rejects where it fails. */
export async function measure(
  command: readonly string[],
  { cwd, env }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Measured> {
  const child = spawn('bash', ['-c', 'TIMEFORMAT="%R %U %S"; time "$@"', 'bash', ...command], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errors, peakKb] = ['', '', 0];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const timer = setInterval(() => {
    if (child.pid !== undefined) peakKb = Math.max(peakKb, treeKb(child.pid, parents()));
  }, EVERY_MS);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearInterval(timer));
  const [real, user, system] = (errors.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  if (code !== 0 || real === undefined || user === undefined || system === undefined)
    throw new Error(`${command.join(' ')} ended with ${code}: ${errors.trim()}`);
  return { seconds: real, cpuSeconds: user + system, peakMb: peakKb / 1024, output };
}

/** The children of each process. */
function parents(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  return children;
}

function treeKb(pid: number, children: ReadonlyMap<number, readonly number[]>): number {
  const [, own = '0'] = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`)) ?? [];
  return (children.get(pid) ?? []).reduce((sum, child) => sum + treeKb(child, children), Number(own));
}

/** Empty for a process that has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
