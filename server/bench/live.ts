import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Graph } from '../graph/graph.ts';
import { UserError } from '../protocol/user-error.ts';
import { WorkspaceIndex } from '../services/workspace-index.ts';
import { generator } from './random.ts';

const USAGE = 'npm run bench -- live REPOSITORY [--commits N] [--check EVERY] [--edits N] [--seed N]';

/**
 * `bench live REPOSITORY`: how long a graph takes to follow a change, from when it is told to the answer. `--commits`
 * replays the last N commits of a repository in a checkout of its own and, every so many, holds each node, edge and open
 * site against a graph that is linked anew. `--edits` makes N edits of one line in random files, as text that is not
 * saved.
 */
export async function live(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      commits: { type: 'string', default: '0' },
      check: { type: 'string', default: '10' },
      edits: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
    },
    allowPositionals: true,
  });
  const [repository] = positionals;
  if (repository === undefined) throw new UserError('badInput', `bench live: give a repository: ${USAGE}`);
  const home = mkdtempSync(path.join(os.tmpdir(), 'weft-live-'));
  try {
    const [commits, edits] = [Number(values.commits), Number(values.edits)];
    if (commits > 0) await replay(path.resolve(repository), home, commits, Number(values.check));
    if (edits > 0) await editLines(path.resolve(repository), home, edits, Number(values.seed));
    if (commits + edits === 0) throw new UserError('badInput', `bench live: nothing to do: ${USAGE}`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function replay(repository: string, home: string, count: number, every: number): Promise<void> {
  const root = path.join(home, 'checkout');
  const git = (...command: string[]) =>
    execFileSync('git', ['-C', root, ...command], { encoding: 'utf8', maxBuffer: 1 << 28 });
  execFileSync('git', ['clone', '-q', '--shared', '--no-checkout', repository, root]);
  const commits = git('log', '--first-parent', '--format=%H', '-n', String(count + 1))
    .trim()
    .split('\n')
    .reverse();
  git('checkout', '-q', '--force', commits[0]!);
  const followed = indexIn(root, path.join(home, 'live'), true);
  const anew = indexIn(root, path.join(home, 'anew'), false);
  const first = await followed.graph();
  console.log(
    `${commits.length - 1} commits from ${commits[0]!.slice(0, 10)}: ${first.symbols.lines} lines at first`,
  );
  const times: number[] = [];
  const sizes: number[] = [];
  let [checked, wrong] = [0, 0];
  for (const [i, commit] of commits.slice(1).entries()) {
    const files = git('diff', '--name-only', '-z', commits[i]!, commit).split('\0').filter(Boolean);
    git('checkout', '-q', '--force', commit);
    const start = performance.now();
    await followed.edited(files.map((file) => ({ file })));
    const graph = await followed.graph();
    times.push(performance.now() - start);
    sizes.push(files.length);
    if ((i + 1) % every !== 0 && i + 2 !== commits.length) continue;
    checked++;
    const differences = compare(graph, await anew.graph());
    if (differences.length === 0) continue;
    wrong++;
    console.log(`${commit.slice(0, 10)}: ${differences.length} rows differ`, ...differences.slice(0, 4));
  }
  console.log(`files a commit     ${percentiles(sizes, 0)}`);
  console.log(`ms a commit        ${percentiles(times)}`);
  console.log(`equal to a clean link at ${checked - wrong} of ${checked} commits`);
}

async function editLines(root: string, home: string, count: number, seed: number): Promise<void> {
  const index = indexIn(root, path.join(home, 'edits'), true);
  const graph = await index.graph();
  const files = graph.symbols.files;
  const random = generator(seed);
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const file = files[Math.floor(random() * files.length)]!;
    const text = edited(readFileSync(path.join(root, file), 'utf8'), random);
    const start = performance.now();
    await index.edited([{ file, text }]);
    (await index.graph()).symbolsOf(file);
    times.push(performance.now() - start);
  }
  console.log(`${graph.symbols.lines} lines, ${files.length} files; ms an edit  ${percentiles(times)}`);
}

/** One line of a text taken out, put in twice, left empty, or given another word of the text in the place of one. */
function edited(text: string, random: () => number): string {
  const lines = text.split('\n');
  const at = Math.floor(random() * lines.length);
  const words = text.match(/[A-Za-z_]\w{2,}/g) ?? ['x'];
  switch (Math.floor(random() * 4)) {
    case 0:
      lines.splice(at, 1);
      break;
    case 1:
      lines.splice(at, 0, lines[at]!);
      break;
    case 2:
      lines.splice(at, 0, '');
      break;
    default:
      lines[at] = lines[at]!.replace(/[A-Za-z_]\w{2,}/, words[Math.floor(random() * words.length)]!);
  }
  return lines.join('\n');
}

function indexIn(root: string, stateFolder: string, isLive: boolean): WorkspaceIndex {
  process.env.WEFT_STATE_FOLDER = stateFolder;
  return new WorkspaceIndex(root, { live: isLive });
}

function compare(a: Graph, b: Graph): string[] {
  const [own, other] = [rowsOf(a), rowsOf(b)];
  return [
    ...[...own].filter((row) => !other.has(row)).map((row) => `+ ${row}`),
    ...[...other].filter((row) => !own.has(row)).map((row) => `- ${row}`),
  ];
}

function rowsOf(graph: Graph): Set<string> {
  const rows = new Set<string>();
  for (const node of graph.nodes()) rows.add(JSON.stringify(node));
  for (const edge of graph.edges()) rows.add(JSON.stringify(edge));
  for (const symbol of graph.numbers())
    for (const site of graph.unresolvedIn(symbol)) rows.add(`open ${JSON.stringify(site)}`);
  return rows;
}

function percentiles(values: readonly number[], digits = 1): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!.toFixed(digits);
  return `p50 ${at(0.5)} · p95 ${at(0.95)} · p99 ${at(0.99)} · most ${at(1)}`;
}
