import { FLAG, HERITAGE, IMPORT } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';
import type { Program } from '../program.ts';
import type { Type } from '../types.ts';
import { Remembered } from '../remembered.ts';
import { isTypeKind, type JavaPackages } from './java-packages.ts';

/** What a static import brings into a file, by name; `all` are the classes whose static members all are. */
interface StaticImports {
  named: ReadonlyMap<string, readonly string[]>;
  all: readonly string[];
}

interface FileNames {
  /** Packages and classes whose types all are in scope. */
  wildcards: readonly string[];
  statics: StaticImports;
  /** Types in scope by their simple name, found so far. */
  types: Remembered<string, Type | undefined>;
}

/** What names mean across Java files: packages, imports and the classes around. */
export class JavaNames {
  readonly #program: Program;
  readonly #packages: JavaPackages;
  readonly #files: (FileNames | undefined)[] = [];
  readonly #unknownBases = new Remembered<number, boolean>();

  constructor(program: Program, packages: JavaPackages) {
    this.#program = program;
    this.#packages = packages;
  }

  isPackage(name: string): boolean {
    return this.#packages.isPackage(name);
  }

  /** The top-level class of a package; the one nearest to the file that asks, where there are several. */
  inPackage(packageName: string, name: string, file: number): number | undefined {
    const found = this.#packages.types(packageName, name);
    if (!found) return undefined;
    return found.length === 1 ? found[0] : nearest(this.#program, found, file);
  }

  /** A class by its full name, nested ones included: `a.b.Outer.Inner`. */
  byFullName(ev: Evaluation, name: string, file: number): Type | undefined {
    for (let at = name.lastIndexOf('.'); ; at = name.lastIndexOf('.', at - 1)) {
      const packageName = at < 0 ? '' : name.slice(0, at);
      const [first = '', ...nested] = name.slice(at + 1).split('.');
      const top = this.inPackage(packageName, first, file);
      if (top !== undefined) {
        let type: Type | undefined = ev.types.class(top);
        for (const inner of nested) type = ev.memberValue(type, inner);
        return type;
      }
      if (at < 0) return undefined;
    }
  }

  /** The file that declares a class of this full name, or the class that a nested one stands in. */
  fileOfClass(program: Program, name: string, from: number): number | undefined {
    for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
      const at = name.lastIndexOf('.', end - 1);
      const top = this.inPackage(at < 0 ? '' : name.slice(0, at), name.slice(at + 1, end), from);
      if (top !== undefined) return program.isBuiltIn(top) ? undefined : program.fileOf(top);
    }
    return undefined;
  }

  staticImports(file: number): StaticImports {
    return this.#fileNames(file).statics;
  }

  /** A type by its simple name, as a whole file sees it: its package, its wildcard imports, java.lang. */
  inFile(ev: Evaluation, file: number, name: string): Type | undefined {
    const names = this.#fileNames(file);
    return names.types.get(ev.program.reads, name, undefined, () => this.#findInFile(ev, file, name, names));
  }

  #findInFile(
    ev: Evaluation,
    file: number,
    name: string,
    { wildcards, statics }: FileNames,
  ): Type | undefined {
    if (this.#program.isBuiltInFile(file)) return typeOf(ev, this.#builtIn(file, name));
    const own = this.inPackage(this.#program.facts[file]!.package, name, file);
    if (own !== undefined) return ev.types.class(own);
    for (const from of wildcards) {
      const top = this.inPackage(from, name, file);
      if (top !== undefined) return ev.types.class(top);
      const nested = this.isPackage(from) ? undefined : ev.memberValue(this.byFullName(ev, from, file), name);
      if (nested?.t === 'class') return nested;
    }
    for (const from of statics.all) {
      const nested = ev.memberValue(this.byFullName(ev, from, file), name);
      if (nested?.t === 'class') return nested;
    }
    return typeOf(ev, this.inPackage('java.lang', name, file));
  }

  #builtIn(file: number, name: string): number | undefined {
    return this.#program.child(this.#program.moduleOf(file), name)?.find((s) => isTypeKind(this.#program, s));
  }

  #fileNames(file: number): FileNames {
    return (this.#files[file] ??= this.#readImports(file));
  }

  #readImports(file: number): FileNames {
    const { imports, strings } = this.#program.facts[file]!;
    const wildcards: string[] = [];
    const all: string[] = [];
    const named = new Map<string, string[]>();
    for (let row = 0; row < imports.length; row += IMPORT.width) {
      const from = strings[imports[row + IMPORT.from]!]!;
      const imported = strings[imports[row + IMPORT.imported]!]!;
      const isStatic = (imports[row + IMPORT.flags]! & FLAG.static) !== 0;
      if (imported === '*') (isStatic ? all : wildcards).push(from);
      else if (isStatic) {
        const known = named.get(imported);
        if (known) known.push(from);
        else named.set(imported, [from]);
      }
    }
    return { wildcards, statics: { named, all }, types: new Remembered() };
  }

  /** True where a class, or one it inherits from, has a base that is declared nowhere here. */
  hasUnknownBase(ev: Evaluation, symbol: number): boolean {
    return this.#unknownBases.get(ev.program.reads, symbol, false, () => {
      const { program } = ev;
      const file = program.fileOf(symbol);
      return program.heritage(symbol).some((row) => {
        const type = ev.type(file, program.heritageColumn(file, row, HERITAGE.type));
        return type?.t !== 'instance' || this.hasUnknownBase(ev, type.symbol);
      });
    });
  }
}

function typeOf(ev: Evaluation, symbol: number | undefined): Type | undefined {
  return symbol === undefined ? undefined : ev.types.class(symbol);
}

/** The class around a symbol, or the symbol itself if it is one; -1 for none. */
export function classAround(program: Program, symbol: number): number {
  let at = symbol;
  while (at >= 0 && !isTypeKind(program, at)) at = program.parent(at);
  return at;
}

/** The field, constant or nested type that a bare name means inside a class: its own, inherited, of classes around. */
export function inClasses(ev: Evaluation, around: number, name: string): Type | undefined {
  const { program } = ev;
  for (let at = around; at >= 0; at = classAround(program, program.parent(at))) {
    const self = ev.selfType(at);
    const [found] = ev.members(self, name);
    if (found) return ev.symbolValue(found.symbol, found.owner, self);
  }
  return undefined;
}

/** Of several symbols, the one whose file shares most of its path with another; then the first by path. */
function nearest(program: Program, symbols: readonly number[], file: number): number {
  const path = program.files[file]!;
  let best = symbols[0]!;
  let bestShared = -1;
  for (const symbol of symbols) {
    const other = program.files[program.fileOf(symbol)]!;
    const shared = sharedFolders(path, other);
    if (shared > bestShared || (shared === bestShared && other < program.files[program.fileOf(best)]!)) {
      best = symbol;
      bestShared = shared;
    }
  }
  return best;
}

function sharedFolders(a: string, b: string): number {
  let shared = 0;
  for (let i = 0; i < a.length && i < b.length && a[i] === b[i]; i++) if (a[i] === '/') shared++;
  return shared;
}
