import { SYMBOL, symbolCount } from '../index/facts.ts';
import type { Program } from './program.ts';
import { StringNumbers } from './strings.ts';
import { SYMBOL_COLUMNS, SymbolTable, TEXT_COLUMNS } from './symbol-table.ts';

/** The symbols of a program's workspace; each keeps its number. */
export function packSymbols(program: Program): SymbolTable {
  const files = program.workspaceFiles().length;
  const facts = program.facts.slice(0, files);
  const bases = new Int32Array(files + 1);
  facts.forEach((own, file) => (bases[file + 1] = bases[file]! + symbolCount(own)));
  const rows = new Int32Array(bases[files]! * SYMBOL_COLUMNS);
  const numbers = new StringNumbers();
  let at = 0;
  for (const { symbols, strings } of facts)
    for (let row = 0; row < symbols.length; row += SYMBOL.width, at += SYMBOL_COLUMNS) {
      for (let column = 0; column < SYMBOL_COLUMNS; column++) rows[at + column] = symbols[row + column]!;
      for (const column of TEXT_COLUMNS) rows[at + column] = numbers.number(strings[symbols[row + column]!]!);
    }
  return new SymbolTable({
    ...{ files: program.files.slice(0, files), languages: facts.map((own) => own.language) },
    ...{ lines: Int32Array.from(facts, (own) => own.lines), bases, rows, strings: numbers.strings() },
  });
}
