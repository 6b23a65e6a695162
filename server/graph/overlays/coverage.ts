import { SYMBOL } from '../../index/facts.ts';
import type { NewEdge } from '../../link/edges.ts';
import type { SymbolTable } from '../../link/symbol-table.ts';
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
export function coverEdges(symbols: SymbolTable, tests: readonly CoveredTest[], hashOf: HashOf): NewEdge[] {
  const added: NewEdge[] = [];
  const seen = new Set<string>();
  const owners = new Map<string, Int32Array | undefined>();
  for (const test of tests) {
    if (hashOf(test.file) !== test.hash) continue;
    const from = testSymbol(symbols, test);
    if (from === undefined) continue;
    const [line, column] = [symbols.column(from, SYMBOL.nameLine), symbols.column(from, SYMBOL.nameColumn)];
    for (const { file, hash, lines } of test.covered) {
      if (hashOf(file) !== hash) continue;
      if (!owners.has(file)) owners.set(file, ownersOf(symbols, file));
      for (const to of symbolsOn(symbols, owners.get(file), lines)) {
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
function testSymbol(symbols: SymbolTable, { file, name, line }: CoveredTest): number | undefined {
  const index = symbols.fileIndex(file);
  if (index === undefined) return undefined;
  const tests: number[] = [];
  const { first, end } = symbols.rangeOf(index);
  for (let s = first; s < end; s++) if (symbols.kind(s) === 'Test') tests.push(s);
  const wanted = plain(name);
  const named = tests.filter(
    (t) => plain(symbols.name(t)) === wanted || plain(symbols.qualifiedName(t)) === wanted,
  );
  if (named.length === 1 || line === undefined) return named[0];
  const around = (named.length > 0 ? named : tests).filter(
    (t) => symbols.column(t, SYMBOL.startLine) <= line && line <= symbols.column(t, SYMBOL.endLine),
  );
  return around.at(-1) ?? named[0];
}

/** Names as different runners write them, without the parameters of one case: `A::b[1]`, `A > b`, `A.b`. */
function plain(name: string): string {
  return name.replace(/\[.*\]$/s, '').replaceAll(/::| > |\./g, ' ');
}

/** Per line of a file, the innermost symbol that is executed there. */
function ownersOf(symbols: SymbolTable, file: string): Int32Array | undefined {
  const index = symbols.fileIndex(file);
  if (index === undefined) return undefined;
  const { first, end } = symbols.rangeOf(index);
  const owners = new Int32Array(symbols.linesOf(index) + 1).fill(first);
  const ranges: [symbol: number, start: number, end: number][] = [];
  for (let symbol = first + 1; symbol < end; symbol++) {
    if (PARTS.has(symbols.kind(symbol))) continue;
    ranges.push([symbol, symbols.column(symbol, SYMBOL.startLine), symbols.column(symbol, SYMBOL.endLine)]);
  }
  ranges.sort((a, b) => b[2] - b[1] - (a[2] - a[1]));
  for (const [symbol, start, end] of ranges) owners.fill(symbol, start, end + 1);
  return owners;
}

/** To execute the line that declares a longer function is not to execute the function. */
function* symbolsOn(
  symbols: SymbolTable,
  owners: Int32Array | undefined,
  lines: readonly number[],
): Generator<number> {
  if (!owners) return;
  for (let i = 0; i + 1 < lines.length; i += 2)
    for (let line = lines[i]!; line <= lines[i + 1]! && line < owners.length; line++) {
      const symbol = owners[line]!;
      const declared = symbols.column(symbol, SYMBOL.nameLine);
      const isDeclaration = line <= declared && symbols.column(symbol, SYMBOL.endLine) > declared;
      if (symbols.isModule(symbol) || !isDeclaration) yield symbol;
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
