import type { FileFacts, Reference, SymbolFact } from '../index/facts.ts';
import type { ModuleResolver } from './module-resolution.ts';

/** A symbol of the whole workspace. */
export interface Located {
  file: string;
  symbol: number;
}

const MOST_STEPS = 24;
const CLASS_LIKE = new Set(['Class', 'Interface']);

/**
 * The facts of all files and the look-ups across them: what a file exports, what a class's member is, what a
 * name chain means. Knows nothing of edges.
 */
export class Program {
  readonly facts: ReadonlyMap<string, FileFacts>;
  readonly #resolveModule: (file: string, specifier: string) => string | undefined;
  readonly #members = new Map<string, Map<string, number>>();
  readonly #bases = new Map<string, Reference[]>();

  constructor(facts: ReadonlyMap<string, FileFacts>, resolvers: Record<string, ModuleResolver>) {
    this.facts = facts;
    this.#resolveModule = (file, specifier) => {
      const language = facts.get(file)?.language;
      return language === undefined ? undefined : resolvers[language]?.(file, specifier);
    };
    for (const [file, { symbols, heritage }] of facts) {
      symbols.forEach((symbol, i) => {
        if (symbol.parent < 0) return;
        const key = `${file}#${symbol.parent}`;
        let names = this.#members.get(key);
        if (!names) this.#members.set(key, (names = new Map<string, number>()));
        // The first declaration counts; overloads and redefinitions are its siblings.
        if (!names.has(symbol.name)) names.set(symbol.name, i);
      });
      for (const { symbol, base } of heritage) {
        const key = `${file}#${symbol}`;
        this.#bases.set(key, [...(this.#bases.get(key) ?? []), base]);
      }
    }
  }

  fact({ file, symbol }: Located): SymbolFact | undefined {
    return this.facts.get(file)?.symbols[symbol];
  }

  moduleOf(file: string, specifier: string): Located | undefined {
    const target = this.#resolveModule(file, specifier);
    return target === undefined ? undefined : { file: target, symbol: 0 };
  }

  /** What a file exports under a name, followed through re-exports (cycles end). */
  exported(file: string, name: string, steps = 0): Located | undefined {
    const facts = this.facts.get(file);
    if (!facts || steps > MOST_STEPS) return undefined;
    for (const e of facts.exports) {
      if (e.name !== name) continue;
      if (e.from === undefined) return this.#topLevel(file, e.local, steps);
      const target = this.#resolveModule(file, e.from);
      if (target === undefined) return undefined;
      return e.local === '*' ? { file: target, symbol: 0 } : this.exported(target, e.local, steps + 1);
    }
    if (facts.language === 'python') return this.#topLevel(file, name, steps);
    for (const e of facts.exports) {
      if (e.name !== '*' || e.from === undefined || name === 'default') continue;
      const target = this.#resolveModule(file, e.from);
      const found = target === undefined ? undefined : this.exported(target, name, steps + 1);
      if (found) return found;
    }
    return undefined;
  }

  /** A member of a class or module, looked for in the class's bases as well. */
  member(owner: Located, name: string, steps = 0): Located | undefined {
    if (steps > MOST_STEPS) return undefined;
    const kind = this.fact(owner)?.kind;
    if (owner.symbol === 0)
      return this.exported(owner.file, name, steps) ?? this.#submodule(owner.file, name);
    const own = this.#members.get(`${owner.file}#${owner.symbol}`)?.get(name);
    if (own !== undefined && kind !== 'Function' && kind !== 'Method')
      return { file: owner.file, symbol: own };
    for (const base of this.basesOf(owner)) {
      const found = this.member(base, name, steps + 1);
      if (found) return found;
    }
    return undefined;
  }

  /** The classes a class extends or implements, as far as they are in the workspace. */
  basesOf(owner: Located): Located[] {
    const references = this.#bases.get(`${owner.file}#${owner.symbol}`) ?? [];
    return references
      .map((base) => this.resolve(owner.file, base)?.target)
      .filter((target) => target !== undefined && !same(target, owner))
      .filter((target) => target !== undefined);
  }

  /** What a name chain means, and whether the type of a receiver was needed to say so. */
  resolve(
    file: string,
    { root, members }: Reference,
    steps = 0,
  ): { target: Located; byType: boolean } | undefined {
    if (steps > MOST_STEPS) return undefined;
    let byType = false;
    let at: Located | undefined;
    switch (root.at) {
      case 'symbol':
        at = { file, symbol: root.symbol };
        break;
      case 'import':
        at = this.#imported(file, root.import, steps);
        break;
      case 'this':
        at = { file, symbol: root.symbol };
        break;
      case 'super':
        return this.#superMember({ file, symbol: root.symbol }, members);
      case 'typed':
        at = this.resolve(file, root.type, steps + 1)?.target;
        if (at && !CLASS_LIKE.has(this.fact(at)?.kind ?? '')) at = undefined;
        byType = true;
        break;
      case 'global':
        at = this.#fromStarImports(file, root.name, steps);
        break;
      case 'local':
      case 'expression':
        return undefined;
    }
    for (const name of members) {
      if (!at) return undefined;
      const typed = this.#typeOfValue(at, steps);
      if (typed) byType = true;
      at = this.member(typed ?? at, name, steps + 1);
    }
    return at && { target: at, byType };
  }

  /** The class of a field or variable whose type is known; undefined for what is itself a class or module. */
  #typeOfValue(at: Located, steps: number): Located | undefined {
    const fact = this.fact(at);
    if (!fact?.type || (fact.kind !== 'Field' && fact.kind !== 'Variable')) return undefined;
    return this.resolve(at.file, fact.type, steps + 1)?.target;
  }

  #superMember(owner: Located, members: readonly string[]) {
    const [name = this.facts.get(owner.file)?.language === 'python' ? '__init__' : 'constructor'] = members;
    if (members.length > 1) return undefined;
    for (const base of this.basesOf(owner)) {
      const target = this.member(base, name) ?? (members.length === 0 ? base : undefined);
      if (target) return { target, byType: false };
    }
    return undefined;
  }

  #imported(file: string, index: number, steps: number): Located | undefined {
    const fact = this.facts.get(file)?.imports[index];
    if (!fact) return undefined;
    const target = this.#resolveModule(file, fact.from);
    if (target === undefined) return this.#importedSubmodule(file, fact.from, fact.imported);
    if (fact.imported === '*') {
      // `const f = require('./f')` is the module's one value where it exports one.
      return this.exported(target, 'default', steps + 1) && this.facts.get(target)?.language === 'javascript'
        ? this.exported(target, 'default', steps + 1)
        : { file: target, symbol: 0 };
    }
    return (
      this.exported(target, fact.imported, steps + 1) ??
      this.#importedSubmodule(file, fact.from, fact.imported)
    );
  }

  /** `from package import module`. */
  #importedSubmodule(file: string, from: string, name: string): Located | undefined {
    if (this.facts.get(file)?.language !== 'python' || name === '*') return undefined;
    const target = this.#resolveModule(file, from.endsWith('.') ? from + name : `${from}.${name}`);
    return target === undefined ? undefined : { file: target, symbol: 0 };
  }

  /** `import a.b` binds `a`; `b` is then a member of the package. */
  #submodule(file: string, name: string): Located | undefined {
    if (!/(^|\/)__init__\.pyi?$/.test(file)) return undefined;
    const target = this.#resolveModule(file, `.${name}`);
    return target === undefined ? undefined : { file: target, symbol: 0 };
  }

  #topLevel(file: string, name: string, steps: number): Located | undefined {
    const own = this.#members.get(`${file}#0`)?.get(name);
    if (own !== undefined) return { file, symbol: own };
    const index = this.facts.get(file)?.imports.findIndex((i) => i.local === name && i.local !== '*') ?? -1;
    if (index >= 0) return this.#imported(file, index, steps + 1);
    return this.#fromStarImports(file, name, steps + 1);
  }

  /** Python's `from m import *`. */
  #fromStarImports(file: string, name: string, steps: number): Located | undefined {
    if (steps > MOST_STEPS) return undefined;
    for (const fact of this.facts.get(file)?.imports ?? []) {
      if (fact.local !== '*') continue;
      const target = this.#resolveModule(file, fact.from);
      const found = target === undefined ? undefined : this.exported(target, name, steps + 1);
      if (found) return found;
    }
    return undefined;
  }
}

export function same(a: Located, b: Located): boolean {
  return a.file === b.file && a.symbol === b.symbol;
}
