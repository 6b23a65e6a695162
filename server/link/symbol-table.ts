import { SYMBOL } from '../index/facts.ts';
import { SYMBOL_KINDS, type SymbolKind } from '../protocol/graph.ts';
import type { Strings } from './strings.ts';

/** The columns of `SYMBOL` that answers are made from: all before the terms. */
export const SYMBOL_COLUMNS = SYMBOL.flags + 1;

export interface SymbolColumns {
  /** Sorted as the workspace's files are. */
  readonly files: readonly string[];
  readonly languages: readonly string[];
  /** Physical lines by file. */
  readonly lines: Int32Array;
  /** First symbol by file, and their number at the end. */
  readonly bases: Int32Array;
  /** Rows of `SYMBOL_COLUMNS`; texts are numbers of `strings`, a parent counts within its file. */
  readonly rows: Int32Array;
  readonly strings: Strings;
}

/** A workspace's symbols in columns, without the terms they were linked by: what graphs are read from and kept as. */
export class SymbolTable {
  readonly columns: SymbolColumns;
  readonly files: readonly string[];
  readonly count: number;
  readonly #fileOfSymbol: Int32Array;
  #fileIndex: Map<string, number> | undefined;
  readonly #ids: (readonly string[] | undefined)[] = [];
  readonly #symbolsById: (ReadonlyMap<string, number> | undefined)[] = [];

  constructor(columns: SymbolColumns) {
    this.columns = columns;
    this.files = columns.files;
    this.count = columns.bases.at(-1) ?? 0;
    this.#fileOfSymbol = new Int32Array(this.count);
    for (let file = 0; file < this.files.length; file++)
      this.#fileOfSymbol.fill(file, columns.bases[file], columns.bases[file + 1]);
  }

  fileIndex(file: string): number | undefined {
    this.#fileIndex ??= new Map(this.files.map((known, i) => [known, i]));
    return this.#fileIndex.get(file);
  }

  /** The first symbol of a file, which is the module itself, and the first of the next file. */
  rangeOf(file: number): { first: number; end: number } {
    return { first: this.columns.bases[file]!, end: this.columns.bases[file + 1]! };
  }

  moduleOf(file: number): number {
    return this.columns.bases[file]!;
  }

  fileOf(symbol: number): number {
    return this.#fileOfSymbol[symbol]!;
  }

  isModule(symbol: number): boolean {
    return this.columns.bases[this.fileOf(symbol)] === symbol;
  }

  /** One column of one symbol, such as `SYMBOL.startLine`. */
  column(symbol: number, column: number): number {
    return this.columns.rows[symbol * SYMBOL_COLUMNS + column]!;
  }

  text(symbol: number, column: number): string {
    return this.columns.strings.get(this.column(symbol, column));
  }

  kind(symbol: number): SymbolKind {
    return SYMBOL_KINDS[this.column(symbol, SYMBOL.kind)]!;
  }

  name(symbol: number): string {
    return this.text(symbol, SYMBOL.name);
  }

  qualifiedName(symbol: number): string {
    return this.text(symbol, SYMBOL.qualifiedName);
  }

  flags(symbol: number): number {
    return this.column(symbol, SYMBOL.flags);
  }

  language(symbol: number): string {
    return this.columns.languages[this.fileOf(symbol)]!;
  }

  /** The symbol around; -1 for a module. */
  parent(symbol: number): number {
    const parent = this.column(symbol, SYMBOL.parent);
    return parent < 0 ? -1 : this.columns.bases[this.fileOf(symbol)]! + parent;
  }

  /**
   * The id of a symbol: file, qualified name and, for the second and later of one name, a number in source order.
   * Never a line, so that an edit above a symbol leaves its id alone.
   */
  id(symbol: number): string {
    const file = this.fileOf(symbol);
    return this.#idsOf(file)[symbol - this.columns.bases[file]!]!;
  }

  /** A symbol's number by its id. */
  symbolOf(id: string): number | undefined {
    const hash = id.indexOf('#');
    const file = this.fileIndex(hash < 0 ? id : id.slice(0, hash));
    if (file === undefined) return undefined;
    const first = this.columns.bases[file]!;
    const known = (this.#symbolsById[file] ??= new Map(this.#idsOf(file).map((own, i) => [own, first + i])));
    return known.get(id);
  }

  #idsOf(file: number): readonly string[] {
    const known = this.#ids[file];
    if (known) return known;
    const ids: string[] = [this.files[file]!];
    const counts = new Map<number, number>();
    const { first, end } = this.rangeOf(file);
    for (let symbol = first + 1; symbol < end; symbol++) {
      const name = this.column(symbol, SYMBOL.qualifiedName);
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      ids.push(`${this.files[file]!}#${this.qualifiedName(symbol)}${count > 1 ? `~${count}` : ''}`);
    }
    return (this.#ids[file] = ids);
  }
}
