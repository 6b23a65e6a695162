import { SYMBOL, type FileFacts } from '../index/facts.ts';
import { SYMBOL_KINDS, type SymbolKind } from '../protocol/graph.ts';
import { StringNumbers, type Strings } from './strings.ts';

/** The columns of `SYMBOL` that answers are made from: all before the terms. */
export const SYMBOL_COLUMNS = SYMBOL.flags + 1;

export const TEXT_COLUMNS: readonly number[] = [
  ...[SYMBOL.name, SYMBOL.qualifiedName, SYMBOL.signature, SYMBOL.doc],
];
/** What is full grows by so much at once. */
const GROWTH = 1.25;

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

/** Where the symbols of a file went when its facts were replaced. */
export interface MovedSymbols {
  /** Number of the file's first old symbol. */
  first: number;
  /** For each old symbol of the file, its number now; -1 where it is gone. */
  now: Int32Array;
}

/** A workspace's symbols in columns, without the terms they were linked by: what graphs are read from and kept as. */
export class SymbolTable {
  readonly #files: string[];
  readonly #languages: string[];
  readonly #strings: Strings;
  #rows: Int32Array;
  /** By file: its first symbol, and the one after its last. */
  readonly #first: number[];
  readonly #end: number[];
  readonly #lines: number[];
  /** -1 for numbers whose symbol is gone. */
  #fileOfSymbol: Int32Array;
  #count: number;
  #gone = 0;
  #fileIndex: Map<string, number> | undefined;
  readonly #ids: (readonly string[] | undefined)[] = [];
  readonly #symbolsById: (ReadonlyMap<string, number> | undefined)[] = [];

  constructor({ files, languages, lines, bases, rows, strings }: SymbolColumns) {
    this.#files = [...files];
    this.#languages = [...languages];
    this.#strings = strings;
    this.#rows = rows;
    this.#first = [...bases.subarray(0, files.length)];
    this.#end = [...bases.subarray(1)];
    this.#lines = [...lines];
    this.#count = bases.at(-1) ?? 0;
    this.#fileOfSymbol = new Int32Array(this.#count);
    for (let file = 0; file < files.length; file++)
      this.#fileOfSymbol.fill(file, bases[file], bases[file + 1]);
  }

  /** In the order of their numbers; some may be gone. */
  get files(): readonly string[] {
    return this.#files;
  }

  get languages(): readonly string[] {
    return this.#languages;
  }

  /** How many files there are. */
  get existingFiles(): number {
    return this.#first.reduce((count, first, file) => count + (first < this.#end[file]! ? 1 : 0), 0);
  }

  /** How many numbers of symbols there are; those that are `isGone` belong to none. */
  get count(): number {
    return this.#count;
  }

  /** How many symbols there are. */
  get existing(): number {
    return this.#count - this.#gone;
  }

  isGone(symbol: number): boolean {
    return this.#fileOfSymbol[symbol]! < 0;
  }

  linesOf(file: number): number {
    return this.#lines[file]!;
  }

  /** Physical lines of all files. */
  get lines(): number {
    return this.#lines.reduce((sum, lines) => sum + lines, 0);
  }

  fileIndex(file: string): number | undefined {
    this.#fileIndex ??= new Map(this.files.map((known, i) => [known, i]));
    const found = this.#fileIndex.get(file);
    return found !== undefined && this.#first[found]! < this.#end[found]! ? found : undefined;
  }

  /** The first symbol of a file, which is the module itself, and the one after its last. */
  rangeOf(file: number): { first: number; end: number } {
    return { first: this.#first[file]!, end: this.#end[file]! };
  }

  moduleOf(file: number): number {
    return this.#first[file]!;
  }

  fileOf(symbol: number): number {
    return this.#fileOfSymbol[symbol]!;
  }

  isModule(symbol: number): boolean {
    return this.#first[this.fileOf(symbol)] === symbol;
  }

  /** One column of one symbol, such as `SYMBOL.startLine`. */
  column(symbol: number, column: number): number {
    return this.#rows[symbol * SYMBOL_COLUMNS + column]!;
  }

  text(symbol: number, column: number): string {
    return this.#strings.get(this.column(symbol, column));
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
    return this.languages[this.fileOf(symbol)]!;
  }

  /** The symbol around; -1 for a module. */
  parent(symbol: number): number {
    const parent = this.column(symbol, SYMBOL.parent);
    return parent < 0 ? -1 : this.#first[this.fileOf(symbol)]! + parent;
  }

  /**
   * The id of a symbol: file, qualified name and, for the second and later of one name, a number in source order.
   * Never a line, so that an edit above a symbol leaves its id alone.
   */
  id(symbol: number): string {
    const file = this.fileOf(symbol);
    return this.#idsOf(file)[symbol - this.#first[file]!]!;
  }

  /** A symbol's number by its id. */
  symbolOf(id: string): number | undefined {
    const hash = id.indexOf('#');
    const file = this.fileIndex(hash < 0 ? id : id.slice(0, hash));
    if (file === undefined) return undefined;
    const first = this.#first[file]!;
    const known = (this.#symbolsById[file] ??= new Map(this.#idsOf(file).map((own, i) => [own, first + i])));
    return known.get(id);
  }

  #idsOf(file: number): readonly string[] {
    const known = this.#ids[file];
    if (known) return known;
    const { first, end } = this.rangeOf(file);
    const ids: string[] = first < end ? [this.files[file]!] : [];
    const counts = new Map<number, number>();
    for (let symbol = first + 1; symbol < end; symbol++) {
      const name = this.column(symbol, SYMBOL.qualifiedName);
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      ids.push(`${this.files[file]!}#${this.qualifiedName(symbol)}${count > 1 ? `~${count}` : ''}`);
    }
    return (this.#ids[file] = ids);
  }

  /**
   * Puts a file's new symbols in the place of its old ones. Where they are the same symbols they keep their numbers and
   * nothing is returned; else all of the file get new ones.
   */
  replace(file: number, facts: FileFacts): MovedSymbols | undefined {
    this.#lines[file] = facts.lines;
    const { first, end } = this.rangeOf(file);
    const count = facts.symbols.length / SYMBOL.width;
    if (this.#isSame(first, end, facts)) {
      for (let i = 0; i < count; i++) this.#write(first + i, facts, i, first + i);
      return undefined;
    }
    const before = new Map(this.#idsOf(file).map((id, i) => [id, i]));
    const now = new Int32Array(end - first).fill(-1);
    const base = this.#count;
    this.#grow(base + count);
    for (let i = 0; i < count; i++) this.#write(base + i, facts, i);
    this.#fileOfSymbol.fill(-1, first, end);
    this.#fileOfSymbol.fill(file, base, base + count);
    this.#gone += end - first;
    [this.#first[file], this.#end[file], this.#count] = [base, base + count, base + count];
    [this.#ids[file], this.#symbolsById[file]] = [undefined, undefined];
    for (const [i, id] of this.#idsOf(file).entries()) {
      const old = before.get(id);
      if (old !== undefined) now[old] = base + i;
    }
    return { first, now };
  }

  /** Adds a file without symbols; gives its number. */
  addFile(path: string, language: string): number {
    const file = this.#files.push(path) - 1;
    this.#languages.push(language);
    this.#first.push(this.#count);
    this.#end.push(this.#count);
    this.#lines.push(0);
    this.#fileIndex?.set(path, file);
    return file;
  }

  #isSame(first: number, end: number, { symbols, strings }: FileFacts): boolean {
    if (symbols.length / SYMBOL.width !== end - first) return false;
    for (let i = 1; i < end - first; i++) {
      const name = strings[symbols[i * SYMBOL.width + SYMBOL.qualifiedName]!]!;
      if (name !== this.qualifiedName(first + i)) return false;
      if (symbols[i * SYMBOL.width + SYMBOL.kind] !== this.column(first + i, SYMBOL.kind)) return false;
    }
    return true;
  }

  /** Writes a row; texts that the row `like` has already keep their numbers. */
  #write(symbol: number, { symbols, strings }: FileFacts, local: number, like = -1): void {
    const at = symbol * SYMBOL_COLUMNS;
    for (let column = 0; column < SYMBOL_COLUMNS; column++) {
      const value = symbols[local * SYMBOL.width + column]!;
      if (!TEXT_COLUMNS.includes(column)) this.#rows[at + column] = value;
      else if (like < 0 || this.text(like, column) !== strings[value]!)
        this.#rows[at + column] = this.#strings.add(strings[value]!);
    }
  }

  #grow(count: number): void {
    if (count * SYMBOL_COLUMNS > this.#rows.length) {
      const rows = new Int32Array(Math.ceil(count * GROWTH) * SYMBOL_COLUMNS);
      rows.set(this.#rows);
      this.#rows = rows;
    }
    if (count > this.#fileOfSymbol.length) {
      const files = new Int32Array(Math.ceil(count * GROWTH)).fill(-1);
      files.set(this.#fileOfSymbol);
      this.#fileOfSymbol = files;
    }
  }

  /** The symbols file by file without gaps, and the number that each has then; -1 for those that are gone. */
  compact(files: readonly number[] = [...this.#files.keys()]): { columns: SymbolColumns; now: Int32Array } {
    const bases = new Int32Array(files.length + 1);
    const rows = new Int32Array(this.existing * SYMBOL_COLUMNS);
    const now = new Int32Array(this.#count).fill(-1);
    const numbers = new StringNumbers();
    let next = 0;
    for (const [place, file] of files.entries()) {
      for (let symbol = this.#first[file]!; symbol < this.#end[file]!; symbol++, next++) {
        now[symbol] = next;
        for (let column = 0; column < SYMBOL_COLUMNS; column++)
          rows[next * SYMBOL_COLUMNS + column] = TEXT_COLUMNS.includes(column)
            ? numbers.number(this.text(symbol, column))
            : this.column(symbol, column);
      }
      bases[place + 1] = next;
    }
    const columns: SymbolColumns = {
      files: files.map((file) => this.#files[file]!),
      languages: files.map((file) => this.#languages[file]!),
      lines: Int32Array.from(files, (file) => this.#lines[file]!),
      ...{ bases, rows, strings: numbers.strings() },
    };
    return { columns, now };
  }

  /** The columns as they lie, where nothing was replaced since they were made; else made anew. */
  get columns(): SymbolColumns {
    if (this.#gone > 0 || this.#strings.isGrown) return this.compact().columns;
    const bases = new Int32Array(this.files.length + 1);
    bases.set(this.#end, 1);
    const { files, languages } = this;
    const lines = Int32Array.from(this.#lines);
    return { files, languages, lines, bases, rows: this.#rows, strings: this.#strings };
  }
}
