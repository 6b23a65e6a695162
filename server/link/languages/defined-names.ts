import { symbolCount } from '../../index/facts.ts';
import type { SymbolKind } from '../../protocol/graph.ts';
import type { Program } from '../program.ts';

/** What a call, a base or an import may name. */
const NAMED: ReadonlySet<SymbolKind> = new Set([
  ...(['Class', 'Interface', 'Enum', 'TypeAlias', 'Function', 'Method', 'Test'] as const),
]);

/** More definitions of one name say nothing of a call. */
const MOST_NAMESAKES = 64;

/** All definitions of some languages by their names. */
export class DefinedNames {
  readonly #program: Program;
  readonly #languages: ReadonlySet<string>;
  /** By name, and by the name of the owner, a dot and the name. */
  readonly #symbols = new Map<string, number[]>();
  /** By file, for those that were asked about. */
  readonly #inFile: (ReadonlyMap<string, readonly number[]> | undefined)[] = [];

  constructor(program: Program, languages: ReadonlySet<string>) {
    this.#program = program;
    this.#languages = languages;
    for (const file of program.workspaceFiles()) this.add(file);
  }

  /** Adds the definitions of a file as the program has them now. */
  add(file: number): void {
    for (const { name, symbol } of this.#definitionsOf(file))
      for (const key of [name, ownedKey(ownerName(this.#program, symbol), name)])
        push(this.#symbols, key, symbol);
  }

  /** Takes the definitions of a file away; to be called before the program has others in their place. */
  remove(file: number): void {
    this.#inFile[file] = undefined;
    for (const { name, symbol } of this.#definitionsOf(file))
      for (const key of [name, ownedKey(ownerName(this.#program, symbol), name)]) {
        const left = (this.#symbols.get(key) ?? []).filter((other) => other !== symbol);
        if (left.length > 0) this.#symbols.set(key, left);
        else this.#symbols.delete(key);
      }
  }

  /** The definitions of a name, in no order that means anything; none where there are too many to choose from. */
  of(name: string): readonly number[] {
    this.#program.reads?.definedName(name);
    const found = this.#symbols.get(name) ?? [];
    return found.length > MOST_NAMESAKES ? [] : found;
  }

  /** Those that are members of a class or namespace of a name, wherever they stand. */
  ofOwner(owner: string, name: string): readonly number[] {
    this.#program.reads?.definedName(name);
    const found = this.#symbols.get(ownedKey(owner, name)) ?? [];
    return found.length > MOST_NAMESAKES ? [] : found;
  }

  /** Those of a file. */
  inFile(file: number, name: string): readonly number[] {
    let own = this.#inFile[file];
    if (!own) {
      const made = new Map<string, number[]>();
      for (const { name: key, symbol } of this.#definitionsOf(file)) push(made, key, symbol);
      this.#inFile[file] = own = made;
    }
    const found = own.get(name) ?? [];
    return found.length > MOST_NAMESAKES ? [] : found;
  }

  *#definitionsOf(file: number): Generator<{ name: string; symbol: number }> {
    const facts = this.#program.facts[file]!;
    if (!this.#languages.has(facts.language)) return;
    for (let s = 1, count = symbolCount(facts); s < count; s++) {
      const symbol = this.#program.symbol(file, s);
      if (NAMED.has(this.#program.kind(symbol))) yield { name: this.#program.name(symbol), symbol };
    }
  }
}

/** The name of the class or namespace that a symbol is a member of, wherever it stands. */
export function ownerName(program: Program, symbol: number): string {
  const qualified = program.qualifiedName(symbol);
  const end = qualified.length - program.name(symbol).length - 1;
  const owner = end > 0 ? qualified.slice(0, end) : program.facts[program.fileOf(symbol)]!.package;
  return owner.slice(owner.lastIndexOf('.') + 1);
}

const ownedKey = (owner: string, name: string): string => `${owner}.${name}`;

function push(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
