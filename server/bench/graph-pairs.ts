import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Graph } from '../graph/graph.ts';
import type { SymbolNode } from '../protocol/graph.ts';
import { openGraph } from '../services/index-workspace.ts';
import { readTruth, type TruthPair } from './graph-truth.ts';
import { pycgCases } from './oracles/pycg.ts';
import { printTable } from './report.ts';

/** A pair of qualified names as PyCG writes them, with the best confidence that an edge gives it. */
export interface Pair {
  from: string;
  to: string;
  confidence: number;
}

interface CaseScore {
  category: string;
  wanted: number;
  found: number;
  drawn: number;
  misses: string[];
  wrong: string[];
}

/** Compares the CALLS of each case, indexed as a workspace of its own, with the pairs of the truth. */
export async function comparePairs(
  checkout: string,
  folders: readonly string[],
  truthFile: string,
  { failures }: { failures?: string },
): Promise<void> {
  const truth = new Map<string, TruthPair[]>();
  for await (const row of readTruth(truthFile))
    if (row.row === 'pair') truth.set(caseOf(row), [...(truth.get(caseOf(row)) ?? []), row]);
  const state = mkdtempSync(path.join(os.tmpdir(), 'weft-bench-'));
  process.env.WEFT_STATE_FOLDER = state;
  const scores: { strict: CaseScore[]; all: CaseScore[] } = { strict: [], all: [] };
  try {
    for (const { category, name, folder } of pycgCases(checkout, folders)) {
      const drawn = pairsOf(await openGraph(folder, { rebuild: true }), folder);
      const wanted = truth.get(caseOf({ category, case: name })) ?? [];
      scores.strict.push(
        scoreCase(
          { category, name },
          wanted,
          drawn.filter((p) => p.confidence >= 0.8),
        ),
      );
      scores.all.push(scoreCase({ category, name }, wanted, drawn));
    }
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
  for (const [title, cases] of [
    ['confidence ≥ .8', scores.strict],
    ['all edges', scores.all],
  ] as const)
    printScores(title, cases);
  const failed = scores.strict.flatMap(({ misses }) => misses.map((m) => `miss   ${m}`));
  failed.push(...scores.all.flatMap(({ wrong }) => wrong.map((w) => `wrong  ${w}`)));
  console.log(`\nmisses (confidence ≥ .8) and wrong pairs (all edges)\n${failed.join('\n')}`);
  if (failures !== undefined) writeFileSync(failures, `${failed.join('\n')}\n`);
}

/** The CALLS of a graph in PyCG's names: modules by their dotted path, lambdas folded into what is around them. */
export function pairsOf(graph: Graph, folder: string): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const edge of graph.edges()) {
    const [caller, callee] = [graph.node(edge.from), graph.node(edge.to)];
    // PyCG has no pair for the construction of a class without an `__init__`.
    if (edge.kind !== 'CALLS' || !caller || !callee || callee.kind === 'Class') continue;
    const [from, to] = [pycgName(caller, folder), pycgName(callee, folder)];
    const key = `${from}\0${to}`;
    const confidence = Math.max(edge.confidence, pairs.get(key)?.confidence ?? 0);
    pairs.set(key, { from, to, confidence });
  }
  return [...pairs.values()];
}

export function scoreCase(
  { category, name }: { category: string; name: string },
  wanted: readonly { from: string; to: string }[],
  drawn: readonly { from: string; to: string }[],
): CaseScore {
  const keys = new Set(wanted.map(keyOf));
  const answered = new Set(drawn.map(keyOf));
  const show = (p: { from: string; to: string }) => `${category}/${name}: ${p.from} → ${p.to}`;
  const misses = wanted.filter((p) => !answered.has(keyOf(p))).map(show);
  const wrong = drawn.filter((p) => !keys.has(keyOf(p))).map(show);
  return {
    ...{ category, wanted: keys.size, found: keys.size - misses.length, drawn: answered.size, misses, wrong },
  };
}

function printScores(title: string, cases: readonly CaseScore[]): void {
  console.log(`\n${title}`);
  const categories = [...new Set(cases.map((c) => c.category))];
  const rows = categories.map((category) =>
    rowOf(
      category,
      cases.filter((c) => c.category === category),
    ),
  );
  printTable(
    ['category', 'cases', 'pairs', 'recall', 'precision', 'sound cases', 'complete cases'],
    [...rows, rowOf('all', cases)],
  );
}

function rowOf(title: string, cases: readonly CaseScore[]): string[] {
  const sum = (of: (c: CaseScore) => number) => cases.reduce((total, c) => total + of(c), 0);
  const [wanted, found, drawn] = [sum((c) => c.wanted), sum((c) => c.found), sum((c) => c.drawn)];
  return [
    title,
    String(cases.length),
    String(wanted),
    wanted === 0 ? '–' : (found / wanted).toFixed(3),
    drawn === 0 ? '–' : (found / drawn).toFixed(3),
    String(cases.filter((c) => c.misses.length === 0).length),
    String(cases.filter((c) => c.wrong.length === 0).length),
  ];
}

function pycgName(symbol: SymbolNode, folder: string): string {
  const module = symbol.file
    .replace(/\.pyi?$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.');
  if (symbol.kind === 'Module') return module;
  const name = `${module}.${symbol.qualifiedName}`;
  const holder = symbol.kind === 'Variable' || symbol.kind === 'Field' || isLambda(symbol, folder);
  return holder ? name.slice(0, name.lastIndexOf('.')) : name;
}

function isLambda({ file, startLine, name }: SymbolNode, folder: string): boolean {
  const full = path.join(folder, file);
  const line = existsSync(full) ? readFileSync(full, 'utf8').split('\n')[startLine] : undefined;
  return line !== undefined && new RegExp(`\\b${name}\\s*(:[^=]+)?=\\s*\\(?lambda\\b`).test(line);
}

function caseOf(row: { category: string; case: string }): string {
  return `${row.category}/${row.case}`;
}

function keyOf({ from, to }: { from: string; to: string }): string {
  return `${from}\0${to}`;
}
