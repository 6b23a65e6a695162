import { SYMBOL, symbolCount } from '../../index/facts.ts';
import type { NewEdge } from '../../link/edges.ts';
import type { Program } from '../../link/program.ts';
import type { SymbolKind } from '../../protocol/graph.ts';
import type { CoveredTest } from '../../protocol/overlays.ts';
import type { HashOf } from './content.ts';

/** What is executed as a part of what stands around it. */
const PARTS: ReadonlySet<SymbolKind> = new Set(['Field', 'Variable', 'TypeAlias', 'Interface', 'File']);
const REASON = 'executed in a run of this test';

/**
 * COVERS: the symbols whose lines a test executed, innermost at each line. A test is left out when its own file has
 * other contents than it ran with, and so are the lines of each file that has.
 */
export function coverEdges(program: Program, tests: readonly CoveredTest[], hashOf: HashOf): NewEdge[] {
  const added: NewEdge[] = [];
  const seen = new Set<string>();
  const owners = new Map<string, Int32Array | undefined>();
  for (const test of tests) {
    if (hashOf(test.file) !== test.hash) continue;
    const from = testSymbol(program, test);
    if (from === undefined) continue;
    const [line, column] = [program.column(from, SYMBOL.nameLine), program.column(from, SYMBOL.nameColumn)];
    for (const { file, hash, lines } of test.covered) {
      if (hashOf(file) !== hash) continue;
      if (!owners.has(file)) owners.set(file, ownersOf(program, file));
      for (const to of symbolsOn(program, owners.get(file), lines)) {
        if (to === from || seen.has(`${from} ${to}`)) continue;
        seen.add(`${from} ${to}`);
        added.push({
          ...{ kind: 'COVERS', from, to, line, column },
          ...{ tier: 'scope', confidence: 1, reason: REASON },
        });
      }
    }
  }
  return added.sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The symbol of a test by its runner's name and, where that names several or none, by its line. */
function testSymbol(program: Program, { file, name, line }: CoveredTest): number | undefined {
  const index = program.fileIndex(file);
  if (index === undefined || index >= program.workspaceFiles) return undefined;
  const tests: number[] = [];
  for (let s = 0; s < symbolCount(program.facts[index]!); s++) {
    const symbol = program.symbol(index, s);
    if (program.kind(symbol) === 'Test') tests.push(symbol);
  }
  const wanted = plain(name);
  const named = tests.filter(
    (t) => plain(program.name(t)) === wanted || plain(program.qualifiedName(t)) === wanted,
  );
  if (named.length === 1 || line === undefined) return named[0];
  const around = (named.length > 0 ? named : tests).filter(
    (t) => program.column(t, SYMBOL.startLine) <= line && line <= program.column(t, SYMBOL.endLine),
  );
  return around.at(-1) ?? named[0];
}

/** Names as different runners write them, without the parameters of one case: `A::b[1]`, `A > b`, `A.b`. */
function plain(name: string): string {
  return name.replace(/\[.*\]$/s, '').replaceAll(/::| > |\./g, ' ');
}

/** Per line of a file, the innermost symbol that is executed there. */
function ownersOf(program: Program, file: string): Int32Array | undefined {
  const index = program.fileIndex(file);
  if (index === undefined || index >= program.workspaceFiles) return undefined;
  const facts = program.facts[index]!;
  const owners = new Int32Array(facts.lines + 1).fill(program.moduleOf(index));
  const ranges: [symbol: number, start: number, end: number][] = [];
  for (let s = 1; s < symbolCount(facts); s++) {
    const symbol = program.symbol(index, s);
    if (PARTS.has(program.kind(symbol))) continue;
    ranges.push([symbol, program.column(symbol, SYMBOL.startLine), program.column(symbol, SYMBOL.endLine)]);
  }
  ranges.sort((a, b) => b[2] - b[1] - (a[2] - a[1]));
  for (const [symbol, start, end] of ranges) owners.fill(symbol, start, end + 1);
  return owners;
}

/** To execute the line that declares a longer function is not to execute the function. */
function* symbolsOn(
  program: Program,
  owners: Int32Array | undefined,
  lines: readonly number[],
): Generator<number> {
  if (!owners) return;
  for (let i = 0; i + 1 < lines.length; i += 2)
    for (let line = lines[i]!; line <= lines[i + 1]! && line < owners.length; line++) {
      const symbol = owners[line]!;
      const declared = program.column(symbol, SYMBOL.nameLine);
      const isDeclaration = line <= declared && program.column(symbol, SYMBOL.endLine) > declared;
      if (program.localOf(symbol) === 0 || !isDeclaration) yield symbol;
    }
}

/** Pairs of first and last line of a set of lines. */
export function toRanges(lines: Iterable<number>): number[] {
  const ranges: number[] = [];
  for (const line of [...new Set(lines)].sort((a, b) => a - b)) {
    if (ranges.at(-1) === line - 1) ranges[ranges.length - 1] = line;
    else ranges.push(line, line);
  }
  return ranges;
}
