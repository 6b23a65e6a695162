import type { Graph } from '../graph/graph.ts';
import { meantBy, testsCovering, testsReaching } from '../graph/reach.ts';
import type { TestsAnswer } from '../protocol/graph.ts';
import { linesChangedSince } from '../workspace/git-diff.ts';
import { toSymbolRef } from './neighbours.ts';

const HOPS = 8;
/** What is only read from the source, and was not seen to run, scores at most so much. */
const MOST_STATIC = 0.5;

export interface TestsForOptions {
  /** Adds every test of files that import what changed, however far: none that could be affected is left out. */
  safe?: boolean;
  /** How likely a file changes together with what is asked about, 0 to 1: it decides between equals alone. */
  likeness?: (file: string) => number;
}

/**
 * The tests that reach symbols, best first: those that were seen to execute them, the more of them and the less else
 * the better; then those with a path of calls to them.
 */
export function testsFor(
  graph: Graph,
  symbols: readonly number[],
  { safe = false, likeness = () => 0 }: TestsForOptions = {},
): TestsAnswer {
  const meant = [...new Set(symbols.flatMap((symbol) => meantBy(graph, symbol)))];
  const found = new Map(
    testsReaching(graph, meant, HOPS).map(({ test, distance, confidence }) => [
      test,
      {
        score: (MOST_STATIC * confidence) / (1 + distance / 4),
        why:
          distance === 0
            ? 'static: the test itself'
            : `static: ${distance} ${distance === 1 ? 'call' : 'calls'} away`,
      },
    ]),
  );
  for (const { test, covered, executed } of testsCovering(graph, meant)) {
    const how =
      meant.length > 1 ? `covers: executed ${covered} of ${meant.length} symbols` : 'covers: executed it';
    const share = covered / meant.length;
    found.set(test, {
      score: MOST_STATIC + (1 - MOST_STATIC) * share * (0.5 + 0.5 / executed),
      why: `${how}, and ${executed - covered} more, in its last run`,
    });
  }
  if (safe)
    for (const [test, why] of importingTests(graph, meant))
      if (!found.has(test)) found.set(test, { score: 0.01, why });
  const tests = [...found].map(([test, { score, why }]) => {
    const { file, name, qualifiedName, kind, startLine } = graph.nodeOf(test);
    return {
      file,
      name: kind === 'Test' && !name.includes(' ') ? qualifiedName : name,
      line: startLine + 1,
      score,
      why,
    };
  });
  const likely = new Map(tests.map(({ file }) => [file, likeness(file)]));
  const likelier = (a: string, b: string) => likely.get(b)! - likely.get(a)!;
  tests.sort(
    (a, b) =>
      b.score - a.score ||
      likelier(a.file, b.file) ||
      (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line),
  );
  const names = new Set(meant.map((symbol) => graph.symbols.name(symbol)));
  return {
    tests,
    symbols: symbols.map((symbol) => toSymbolRef(graph.nodeOf(symbol))),
    lowerBound: [...names].some((name) => graph.unresolvedSites(name).length > 0),
  };
}

/** The innermost symbols whose lines differ from a revision; a file's own top level counts as its module. */
export async function symbolsChangedSince(graph: Graph, root: string, revision: string): Promise<number[]> {
  const symbols = new Set<number>();
  for (const [file, ranges] of await linesChangedSince(root, revision)) {
    const inFile = graph.symbolsOf(file);
    if (inFile.length === 0) continue;
    for (const { start, end } of ranges)
      for (let line = start; line < Math.max(end, start + 1); line++) {
        const at = graph.symbolAt(file, line);
        const symbol = at && graph.symbolOf(at.id);
        if (symbol !== undefined) symbols.add(symbol);
      }
  }
  return [...symbols];
}

/** Tests of the files that import the symbols' files, directly or through others. */
function importingTests(graph: Graph, symbols: readonly number[]): Map<number, string> {
  const { packed } = graph;
  const seen = new Map<number, number>();
  let ring = [...new Set(symbols.map((symbol) => graph.symbols.fileOf(symbol)))];
  for (const file of ring) seen.set(file, 0);
  for (let distance = 1; ring.length > 0; distance++) {
    const next: number[] = [];
    for (const file of ring)
      for (const e of graph.inEdges(graph.symbols.moduleOf(file))) {
        const from = graph.symbols.fileOf(packed.from[e]!);
        if (seen.has(from)) continue;
        seen.set(from, distance);
        next.push(from);
      }
    ring = next;
  }
  const tests = new Map<number, string>();
  for (const symbol of graph.numbers()) {
    const distance =
      graph.symbols.kind(symbol) === 'Test' ? seen.get(graph.symbols.fileOf(symbol)) : undefined;
    if (distance !== undefined)
      tests.set(
        symbol,
        distance === 0 ? 'static: in the same file' : `static: its file imports it over ${distance} files`,
      );
  }
  return tests;
}
