import {
  EXPORT,
  FLAG,
  FUNCTION,
  HERITAGE,
  IMPORT,
  emptyFacts,
  kindOf,
  listItems,
  MEMBER,
  SYMBOL,
  symbolCount,
  VARIABLE,
  type FileFacts,
} from '../index/facts.ts';
import type { SymbolKind } from '../protocol/graph.ts';
import { FileIdentity } from './live/identity.ts';
import type { Reads } from './live/reads.ts';

/**
 * All files' facts, under numbers of their own: a file by its place in the list, a symbol by its file's base plus
 * its place in the file. Files of `built-in` declarations come last; nothing points out of the program into nothing.
 */
export class Program {
  readonly #files: string[];
  readonly facts: readonly FileFacts[];
  /** Where look-ups are written down, if they are. */
  reads: Reads | undefined;
  /** Files from here to `#builtInEnd` declare built-ins. */
  readonly #builtInFirst: number;
  readonly #builtInEnd: number;
  /** By file: its place in the order of paths. */
  #order: Int32Array | undefined;
  #symbolCount = 0;
  readonly #facts: FileFacts[];
  readonly #identities: (FileIdentity | undefined)[] = [];
  readonly #versions: number[] = [];
  /** Every language that there are files of. */
  readonly languages: readonly string[];
  readonly #languageOf: number[];
  readonly #filesOf = new Map<string, number[]>();
  /** Files that declare members outside their class. */
  readonly #extending = new Set<number>();
  readonly #bases: number[];
  #fileOfSymbol: Int32Array;
  readonly #fileIndex = new Map<string, number>();
  readonly #children: (Map<string, number[]> | undefined)[] = [];
  readonly #exports: (Map<string, number[]> | undefined)[] = [];
  readonly #heritage = new Map<number, number[]>();
  readonly #extensions = new Map<number, Map<string, number[]>>();
  readonly #containers: boolean[] = [];
  readonly #signatures: (Map<number, number[]> | undefined)[] = [];

  constructor(facts: ReadonlyMap<string, FileFacts>, builtIns: ReadonlyMap<string, FileFacts>) {
    this.#files = [...facts.keys(), ...builtIns.keys()];
    this.facts = this.#facts = [...facts.values(), ...builtIns.values()];
    this.#builtInFirst = facts.size;
    this.#builtInEnd = facts.size + builtIns.size;
    this.languages = [...new Set(this.facts.map((f) => f.language))];
    this.#languageOf = this.facts.map((f) => this.languages.indexOf(f.language));
    shareTexts(this.facts);
    this.#bases = new Array<number>(this.facts.length);
    let count = 0;
    this.facts.forEach((f, i) => {
      this.#bases[i] = count;
      this.#fileIndex.set(this.files[i]!, i);
      count += symbolCount(f);
    });
    this.#symbolCount = count;
    this.#fileOfSymbol = new Int32Array(count);
    this.facts.forEach((f, i) =>
      this.#fileOfSymbol.fill(i, this.#bases[i], this.#bases[i]! + symbolCount(f)),
    );
    this.facts.forEach(({ language, members }, file) => {
      this.#readHeritage(file);
      if (members.length > 0) this.#extending.add(file);
      if (!this.isBuiltInFile(file)) push(this.#filesOf, language, file);
    });
  }

  /** How many numbers of symbols there are; after replacements, some belong to no symbol any more. */
  get symbolCount(): number {
    return this.#symbolCount;
  }

  /**
   * Puts new facts in the place of a file's old ones. Its symbols get numbers that no symbol had before; what was
   * evaluated with the old ones is to be forgotten.
   */
  replace(file: number, facts: FileFacts): void {
    const first = this.#symbolCount;
    const count = symbolCount(facts);
    for (let old = this.#bases[file]!, i = symbolCount(this.facts[file]!); i > 0; i--) {
      this.#heritage.delete(old + i - 1);
      this.#children[old + i - 1] = undefined;
    }
    this.#facts[file] = facts;
    shareTexts([facts]);
    this.#identities[file] = undefined;
    this.#versions[file] = this.version(file) + 1;
    this.#exports[file] = undefined;
    this.#containers[file] = false;
    this.#signatures[file] = undefined;
    if (first + count > this.#fileOfSymbol.length) {
      const grown = new Int32Array(Math.ceil((first + count) * 1.25));
      grown.set(this.#fileOfSymbol);
      this.#fileOfSymbol = grown;
    }
    this.#fileOfSymbol.fill(file, first, first + count);
    this.#bases[file] = first;
    this.#symbolCount = first + count;
    this.#readHeritage(file);
    if (facts.members.length > 0) this.#extending.add(file);
    else this.#extending.delete(file);
  }

  #readHeritage(file: number): void {
    const { heritage } = this.facts[file]!;
    for (let h = 0; h < heritage.length; h += HERITAGE.width)
      push(this.#heritage, this.symbol(file, heritage[h + HERITAGE.symbol]!), h / HERITAGE.width);
  }

  /** How often a file's facts have been replaced. */
  version(file: number): number {
    return this.#versions[file] ?? 0;
  }

  /** What a file's symbols and terms are called, whatever their numbers. */
  identity(file: number): FileIdentity {
    return (this.#identities[file] ??= new FileIdentity(this.files[file]!, this.facts[file]!));
  }

  /** The place of a file's language among `languages`. */
  languageOf(file: number): number {
    return this.#languageOf[file]!;
  }

  /** The workspace's files in a language. */
  filesOf(language: string): readonly number[] {
    return this.#filesOf.get(language) ?? [];
  }

  fileIndex(file: string): number | undefined {
    return this.#fileIndex.get(file);
  }

  isBuiltIn(symbol: number): boolean {
    return this.isBuiltInFile(this.#fileOfSymbol[symbol]!);
  }

  get files(): readonly string[] {
    return this.#files;
  }

  isBuiltInFile(file: number): boolean {
    return file >= this.#builtInFirst && file < this.#builtInEnd;
  }

  /** The workspace's files. */
  workspaceFiles(): number[] {
    return [...this.#files.keys()].filter((file) => !this.isBuiltInFile(file));
  }

  /** The place of a file among all, by path; built-ins come last. */
  orderOf(file: number): number {
    if (!this.#order) {
      const sorted = this.workspaceFiles().sort((a, b) => (this.#files[a]! < this.#files[b]! ? -1 : 1));
      this.#order = new Int32Array(this.#files.length);
      for (const [place, at] of sorted.entries()) this.#order[at] = place;
      for (let at = this.#builtInFirst; at < this.#builtInEnd; at++)
        this.#order[at] = sorted.length + at - this.#builtInFirst;
    }
    return this.#order[file]!;
  }

  /** Adds a file of a known language that says nothing yet; gives its number. */
  addFile(path: string, language: string): number {
    const file = this.#files.push(path) - 1;
    this.#facts.push(emptyFacts(language));
    this.#languageOf.push(this.languages.indexOf(language));
    this.#bases.push(this.#symbolCount);
    this.#fileIndex.set(path, file);
    push(this.#filesOf, language, file);
    this.#order = undefined;
    return file;
  }

  /** A number that orders symbols by file and place, whatever their numbers are. */
  rank(symbol: number): number {
    const file = this.#fileOfSymbol[symbol]!;
    return this.orderOf(file) * MOST_IN_FILE + symbol - this.#bases[file]!;
  }

  /** The global number of a file's symbol. */
  symbol(file: number, local: number): number {
    return this.#bases[file]! + local;
  }

  fileOf(symbol: number): number {
    return this.#fileOfSymbol[symbol]!;
  }

  localOf(symbol: number): number {
    return symbol - this.#bases[this.#fileOfSymbol[symbol]!]!;
  }

  column(symbol: number, column: number): number {
    const file = this.#fileOfSymbol[symbol]!;
    return this.facts[file]!.symbols[(symbol - this.#bases[file]!) * SYMBOL.width + column]!;
  }

  kind(symbol: number): SymbolKind {
    return kindOf(this.facts[this.fileOf(symbol)]!, this.localOf(symbol));
  }

  name(symbol: number): string {
    return this.facts[this.fileOf(symbol)]!.strings[this.column(symbol, SYMBOL.name)]!;
  }

  qualifiedName(symbol: number): string {
    return this.facts[this.fileOf(symbol)]!.strings[this.column(symbol, SYMBOL.qualifiedName)]!;
  }

  flags(symbol: number): number {
    return this.column(symbol, SYMBOL.flags);
  }

  isStatic(symbol: number): boolean {
    return (this.flags(symbol) & FLAG.static) !== 0;
  }

  /** The symbol around; -1 for a module. */
  parent(symbol: number): number {
    const parent = this.column(symbol, SYMBOL.parent);
    return parent < 0 ? -1 : this.symbol(this.fileOf(symbol), parent);
  }

  moduleOf(file: number): number {
    return this.symbol(file, 0);
  }

  functionColumn(file: number, fn: number, column: number): number {
    return this.facts[file]!.functions[fn * FUNCTION.width + column]!;
  }

  variableColumn(file: number, variable: number, column: number): number {
    return this.facts[file]!.variables[variable * VARIABLE.width + column]!;
  }

  importText(file: number, index: number, column: 'from' | 'imported' | 'local'): string {
    const facts = this.facts[file]!;
    return facts.strings[facts.imports[index * IMPORT.width + IMPORT[column]]!]!;
  }

  list(file: number, list: number): Int32Array {
    return listItems(this.facts[file]!, list);
  }

  text(file: number, id: number): string {
    return this.facts[file]!.strings[id]!;
  }

  /** Symbols of a name declared in a symbol's body, in source order. */
  child(symbol: number, name: string): readonly number[] | undefined {
    this.reads?.member(symbol, name);
    return this.#childrenOf(symbol).get(name);
  }

  /** Symbols declared in a symbol's body, by name, in source order. */
  children(symbol: number): ReadonlyMap<string, readonly number[]> {
    this.reads?.members(symbol);
    return this.#childrenOf(symbol);
  }

  #childrenOf(symbol: number): ReadonlyMap<string, readonly number[]> {
    const file = this.fileOf(symbol);
    if (!this.#containers[file]) this.#readContainers(file);
    return this.#children[symbol] ?? NONE;
  }

  /** The functions that are the signatures of a symbol, where it has several; none for others. */
  signatures(symbol: number): readonly number[] {
    const file = this.#fileOfSymbol[symbol]!;
    return (this.#signatures[file] ??= this.#readSignatures(file)).get(symbol) ?? [];
  }

  #readSignatures(file: number): Map<number, number[]> {
    const { functions } = this.facts[file]!;
    const found = new Map<number, number[]>();
    for (let row = 0; row < functions.length; row += FUNCTION.width)
      if (functions[row]! >= 0 && (functions[row + FUNCTION.flags]! & FLAG.abstract) !== 0)
        push(found, this.symbol(file, functions[row]!), row / FUNCTION.width);
    for (const [symbol, own] of found) if (own.length < 2) found.delete(symbol);
    return found;
  }

  #readContainers(file: number): void {
    this.#containers[file] = true;
    const { symbols, strings } = this.facts[file]!;
    const base = this.#bases[file]!;
    for (let s = 1, row = SYMBOL.width; row < symbols.length; s++, row += SYMBOL.width) {
      if ((symbols[row + SYMBOL.flags]! & FLAG.replaced) !== 0) continue;
      const parent = base + symbols[row + SYMBOL.parent]!;
      const children = (this.#children[parent] ??= new Map<string, number[]>());
      push(children, strings[symbols[row + SYMBOL.name]!]!, base + s);
    }
  }

  /** Rows of what a file exports under a name. */
  exported(file: number, name: string): readonly number[] | undefined {
    this.reads?.exported(file, name);
    return this.#exportsOf(file).get(name);
  }

  #exportsOf(file: number): ReadonlyMap<string, readonly number[]> {
    let exports = this.#exports[file];
    if (!exports) {
      exports = this.#exports[file] = new Map();
      const facts = this.facts[file]!;
      for (let e = 0; e < facts.exports.length; e += EXPORT.width)
        push(exports, facts.strings[facts.exports[e + EXPORT.name]!]!, e / EXPORT.width);
    }
    return exports;
  }

  exportColumn(file: number, row: number, column: number): number {
    return this.facts[file]!.exports[row * EXPORT.width + column]!;
  }

  /** Rows of the heritage that a class's own head names. */
  heritage(symbol: number): readonly number[] {
    this.reads?.heritage(symbol);
    return this.#heritage.get(symbol) ?? [];
  }

  heritageColumn(file: number, row: number, column: number): number {
    return this.facts[file]!.heritage[row * HERITAGE.width + column]!;
  }

  /** Members that files declare outside their class: each row's file and number. */
  *extensionRows(): Generator<{ file: number; target: number; symbol: number; trait: number }> {
    for (const file of [...this.#extending].sort((a, b) => this.orderOf(a) - this.orderOf(b))) {
      const { members } = this.facts[file]!;
      for (let m = 0; m < members.length; m += MEMBER.width)
        yield {
          file,
          target: members[m + MEMBER.target]!,
          symbol: this.symbol(file, members[m + MEMBER.symbol]!),
          trait: members[m + MEMBER.trait]!,
        };
    }
  }

  /** Forgets what has been made a member from outside. */
  forgetExtensions(): void {
    this.#extensions.clear();
  }

  /** What has been made a member of classes from outside, by class and name. */
  get allExtensions(): ReadonlyMap<number, ReadonlyMap<string, readonly number[]>> {
    return this.#extensions;
  }

  /** Makes a symbol a member of a class that stands elsewhere. */
  extend(target: number, symbol: number): void {
    let members = this.#extensions.get(target);
    if (!members) this.#extensions.set(target, (members = new Map<string, number[]>()));
    push(members, this.name(symbol), symbol);
  }

  extensions(symbol: number): ReadonlyMap<string, readonly number[]> {
    this.reads?.members(symbol);
    return this.#extensions.get(symbol) ?? NONE;
  }

  /** Members of a name that stand outside a symbol's body. */
  extension(symbol: number, name: string): readonly number[] | undefined {
    this.reads?.member(symbol, name);
    return this.#extensions.get(symbol)?.get(name);
  }
}

const MOST_IN_FILE = 1 << 22;

/** Makes equal texts of all files one object: look-ups by name compare them without reading them. */
function shareTexts(facts: readonly FileFacts[]): void {
  const shared = new Map<string, string>();
  for (const { strings } of facts)
    for (let i = 0; i < strings.length; i++) {
      const text = strings[i]!;
      const known = shared.get(text);
      if (known === undefined) shared.set(text, text);
      else strings[i] = known;
    }
}

const NONE: ReadonlyMap<string, readonly number[]> = new Map();

function push<K>(map: Map<K, number[]>, key: K, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
