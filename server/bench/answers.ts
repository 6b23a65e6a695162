import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Graph } from '../graph/graph.ts';
import { UserError } from '../protocol/user-error.ts';
import { indexWorkspace } from '../services/index-workspace.ts';
import { callers, impact } from '../services/neighbours.ts';
import { WorkspaceIndex } from '../services/workspace-index.ts';
import { printTable } from './report.ts';
import { generator } from './random.ts';

const SYMBOLS = 2_000;
const WARM = 200;
const STARTS = 3;
const SLOWEST = 5;
const DEPTH = 4;
const MEBI = 2 ** 20;

/**
 * `bench answers CHECKOUT`: `callers` and `impact` in process over random symbols; a warm start of the command line to its
 * first answer; what is kept on the disk beside the bytes of the sources. Set WEFT_STATE_FOLDER to an empty folder.
 */
export async function answers([root, seed = '1', ...rest]: readonly string[]): Promise<void> {
  if (root === undefined || rest.length > 0)
    throw new UserError('badInput', 'bench answers: give the path of a checkout, and a seed where you like');
  const index = new WorkspaceIndex(root);
  const report = await indexWorkspace(index);
  const graph = await index.graph();
  await index.store.close();
  console.log(`${report.files} files, ${report.linesOfCode} lines, ${graph.size} symbols, seed ${seed}`);
  const symbols = pick(graph, generator(Number(seed)));
  const timed = [
    timeAll('callers', symbols, (id) => callers(graph, id).results.length),
    timeAll(`impact --depth ${DEPTH}`, symbols, (id) => impact(graph, id, DEPTH).results.length),
  ];
  printTable(
    ['answer', 'p50 ms', 'p99 ms', 'p99 CPU ms', 'most ms', 'results p50', 'results most'],
    timed.map(({ name, times, cpu, results }) => [
      name,
      ...[
        at(times, 0.5).toFixed(3),
        at(times, 0.99).toFixed(2),
        at(cpu, 0.99).toFixed(2),
        at(times, 1).toFixed(1),
      ],
      ...[String(at(results, 0.5)), String(at(results, 1))],
    ]),
  );
  for (const { name, slowest } of timed) console.log(`slowest ${name}: ${slowest.join(', ')}`);
  warmStart(root, symbols[0]!);
  sizes(graph, root, index.stateFolder);
}

/** Evenly over all symbols but fields, each by its place: names of several symbols are no question. */
function pick(graph: Graph, random: () => number): string[] {
  const all = [...graph.nodes()].filter(({ kind }) => kind !== 'Field');
  return Array.from({ length: SYMBOLS }, () => {
    const { file, startLine } = all[Math.floor(random() * all.length)]!;
    return `${file}:${startLine + 1}`;
  });
}

function timeAll(name: string, ids: readonly string[], ask: (id: string) => number) {
  for (const id of ids.slice(0, WARM)) ask(id);
  const asked = ids.map((id) => {
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    const results = ask(id);
    const { user, system } = process.cpuUsage(cpu);
    return { id, results, ms: performance.now() - started, cpuMs: (user + system) / 1000 };
  });
  const slowest = [...asked]
    .sort((a, b) => b.ms - a.ms)
    .slice(0, SLOWEST)
    .map(({ id, results, ms }) => `${id} (${results} results, ${ms.toFixed(1)} ms)`);
  return {
    name,
    times: asked.map(({ ms }) => ms),
    cpu: asked.map(({ cpuMs }) => cpuMs),
    results: asked.map(({ results }) => results),
    slowest,
  };
}

/** A command that answers from what is kept: the program's start is in it. */
function warmStart(root: string, id: string): void {
  const main = path.resolve(import.meta.dirname, '../../dist/server/cli.mjs');
  if (!statSync(main, { throwIfNoEntry: false })) return console.log('warm start: no dist/; npm run build');
  const argv = [main, 'callers', root, id, '--json'];
  // The program that is built keeps a graph of its own.
  spawnSync(process.execPath, argv);
  for (let run = 0; run < STARTS; run++) {
    const started = performance.now();
    const script = 'time "$0" "$@" > /dev/null';
    const { status, stderr } = spawnSync('bash', ['-c', script, process.execPath, ...argv], {
      encoding: 'utf8',
      env: { ...process.env, TIMEFORMAT: 'user %U s, system %S s' },
    });
    const wall = ((performance.now() - started) / 1000).toFixed(2);
    console.log(`warm start: exit ${status}, wall ${wall} s, ${stderr.trim()}`);
  }
}

function sizes(graph: Graph, root: string, stateFolder: string): void {
  const { files } = graph.symbols;
  const source = files.reduce((sum, file) => sum + statSync(path.join(root, file)).size, 0);
  const kept = readdirSync(stateFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const rows = kept.map((file) => ({ name: path.relative(stateFolder, file), size: statSync(file).size }));
  const all = rows.reduce((sum, { size }) => sum + size, 0);
  for (const { name, size } of rows) console.log(`${(size / MEBI).toFixed(1).padStart(8)} MB  ${name}`);
  console.log(
    `${(all / MEBI).toFixed(1)} MB kept, ${(all / source).toFixed(2)} × ${(source / MEBI).toFixed(1)} MB of sources`,
  );
}

function at(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
}
