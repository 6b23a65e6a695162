import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../protocol/user-error.ts';
import { exportRows } from '../services/export.ts';
import { openGraph } from '../services/index-workspace.ts';
import { compareImplements } from './graph-implements.ts';
import { loadTruth, type AnswerEdge } from './graph-compare.ts';
import { printAccuracy, writeFailures } from './graph-print.ts';
import { readTruth, writeTruth } from './graph-truth.ts';
import { oracles, type Oracle } from './oracles/index.ts';
import { cacheFolder } from './oracles/cache.ts';

const USAGE = 'npm run bench -- graph LANGUAGE CHECKOUT [SUBDIR…]';

/**
 * `bench graph LANGUAGE CHECKOUT [SUBDIR…] [--truth FILE] [--edges FILE] [--failures FILE] [--classes N]`: the CALLS of
 * Weft's graph of a checkout against what a compiler says of the call sites under the folders. `--truth` keeps the
 * truth in a file, or takes it from there; `--edges` compares the rows of an export made earlier, or by another
 * indexer; `--failures` writes every miss and wrong edge as JSON lines; `--truth-only` makes the truth and stops.
 */
export async function graph(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      truth: { type: 'string' },
      edges: { type: 'string' },
      failures: { type: 'string' },
      classes: { type: 'string', default: '15' },
      'truth-only': { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const [language = '', checkout, ...folders] = positionals;
  const oracle = oracles[language];
  if (!oracle)
    throw new UserError('badInput', `bench graph: give one of ${Object.keys(oracles).join(', ')}: ${USAGE}`);
  const root = path.resolve(checkout ?? '');
  for (const folder of checkout === undefined ? [''] : ['', ...folders])
    if (checkout === undefined || !existsSync(path.join(root, folder)))
      throw new UserError('badInput', `bench graph: ${path.join(root, folder)} is no folder: ${USAGE}`);

  const file = await truthFile(oracle, root, folders.length > 0 ? folders : ['.'], values.truth);
  if (values['truth-only']) return;
  if (oracle.compare) {
    await oracle.compare(root, folders, file, { failures: values.failures });
    return;
  }
  const truth = await loadTruth(readTruth(file));
  const edges = values.edges === undefined ? await edgesOf(root, file) : readEdges(values.edges);
  printAccuracy(truth, edges, Number(values.classes));
  if (values.failures !== undefined) writeFailures(values.failures, truth, edges);
}

/** The file with the truth: the given one where it exists, else one made for exactly these sources and this oracle. */
async function truthFile(
  oracle: Oracle,
  root: string,
  folders: readonly string[],
  given: string | undefined,
): Promise<string> {
  const kept =
    given ?? path.join(cacheFolder('truth'), `${path.basename(root)}-${digest(oracle, root, folders)}.jsonl`);
  if (existsSync(kept)) {
    process.stderr.write(`truth: ${kept}\n`);
    return kept;
  }
  mkdirSync(path.dirname(path.resolve(kept)), { recursive: true });
  const started = performance.now();
  process.stderr.write(`truth: asking ${oracle.asks}\n`);
  await writeTruth(kept, oracle.truth(root, folders));
  process.stderr.write(`truth: ${kept}, ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
  return kept;
}

/** A hash of the oracle's own text and of every source of its language in the checkout. */
function digest(oracle: Oracle, root: string, folders: readonly string[]): string {
  const hash = createHash('sha256').update(folders.join('\0'));
  const own = path.join(import.meta.dirname, 'oracles');
  for (const [folder, wanted] of [
    [own, /./],
    [root, oracle.sources],
  ] as const)
    for (const file of filesIn(folder, wanted))
      hash.update(`${file}\0`).update(readFileSync(path.join(folder, file)));
  return hash.digest('hex').slice(0, 16);
}

function* filesIn(root: string, wanted: RegExp, folder = ''): Iterable<string> {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inner = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && entry.name !== '.git') yield* filesIn(root, wanted, inner);
    } else if (entry.isFile() && wanted.test(entry.name)) yield inner;
  }
}

/** Weft's CALLS, from an index made anew in a state folder of its own. */
async function edgesOf(root: string, truthFile: string): Promise<AnswerEdge[]> {
  const state = mkdtempSync(path.join(os.tmpdir(), 'weft-bench-'));
  process.env.WEFT_STATE_FOLDER = state;
  try {
    const made = await openGraph(root, { rebuild: true });
    const pairs = await compareImplements(readTruth(truthFile), made);
    if (pairs)
      process.stdout.write(
        `IMPLEMENTS: ${pairs.right} of ${pairs.drawn} edges right, ${pairs.right} of ${pairs.wanted} pairs found\n`,
      );
    return [...exportRows(made, { edges: 'CALLS' })] as AnswerEdge[];
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

function readEdges(file: string): AnswerEdge[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as AnswerEdge);
}
