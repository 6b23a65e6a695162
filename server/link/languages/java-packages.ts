import type { Program } from '../program.ts';
import { javaPackages } from './java-built-ins.ts';

/** The top-level types of every package. */
export class JavaPackages {
  readonly #program: Program;
  /** By package and name, in the order of files; several where a workspace declares one of a name more than once. */
  readonly #own = new Map<string, Map<string, number[]>>();
  readonly #builtIn = new Map<string, Map<string, number[]>>();
  /** How many types stand in every package and every prefix of one. */
  readonly #prefixes = new Map<string, number>();
  /** Whether packages that have come or gone since the last question are there now. */
  readonly #changed = new Map<string, boolean>();

  constructor(program: Program) {
    this.#program = program;
    for (const [file, facts] of program.facts.entries()) if (facts.language === 'java') this.add(file);
    this.#changed.clear();
  }

  /** Adds the types of a file as the program has them now. */
  add(file: number): void {
    for (const { packageName, name, symbol } of this.#typesOf(file)) {
      const names = this.#namesOf(file, packageName);
      const known = names.get(name) ?? [];
      known.push(symbol);
      const program = this.#program;
      names.set(
        name,
        known.sort((a, b) => program.rank(a) - program.rank(b)),
      );
      this.#count(packageName, 1);
    }
  }

  /** Takes the types of a file away; to be called before the program has others in their place. */
  remove(file: number): void {
    for (const { packageName, name, symbol } of this.#typesOf(file)) {
      const names = this.#namesOf(file, packageName);
      const left = (names.get(name) ?? []).filter((other) => other !== symbol);
      if (left.length > 0) names.set(name, left);
      else names.delete(name);
      this.#count(packageName, -1);
    }
  }

  isPackage(name: string): boolean {
    this.#program.reads?.packageName(name);
    return this.#prefixes.has(name);
  }

  /** The types of a name in a package: those that the workspace declares, else the built-in ones. */
  types(packageName: string, name: string): readonly number[] | undefined {
    this.#program.reads?.typeName(packageName, name);
    return this.#own.get(packageName)?.get(name) ?? this.#builtIn.get(packageName)?.get(name);
  }

  *#typesOf(file: number): Generator<{ packageName: string; name: string; symbol: number }> {
    const program = this.#program;
    // A file that is not there has no module to ask.
    if (program.facts[file]!.symbols.length === 0) return;
    const isBuiltIn = program.isBuiltInFile(file);
    for (const [name, symbols] of program.children(program.moduleOf(file))) {
      const types = symbols.filter((s) => isTypeKind(program, s));
      const packages = isBuiltIn ? javaPackages().get(name) : undefined;
      for (const [i, symbol] of types.entries())
        yield { packageName: packages?.[i] ?? program.facts[file]!.package, name, symbol };
    }
  }

  #namesOf(file: number, packageName: string): Map<string, number[]> {
    const packages = this.#program.isBuiltInFile(file) ? this.#builtIn : this.#own;
    let names = packages.get(packageName);
    if (!names) packages.set(packageName, (names = new Map<string, number[]>()));
    return names;
  }

  #count(packageName: string, by: number): void {
    for (let at = packageName.length; at > 0; at = packageName.lastIndexOf('.', at - 1)) {
      const prefix = packageName.slice(0, at);
      const count = (this.#prefixes.get(prefix) ?? 0) + by;
      if (count > 0) this.#prefixes.set(prefix, count);
      else this.#prefixes.delete(prefix);
      const isNow = count > 0;
      if (count - by > 0 === isNow) continue;
      if (this.#changed.get(prefix) === !isNow) this.#changed.delete(prefix);
      else this.#changed.set(prefix, isNow);
    }
  }

  /** The packages that have come or gone since this was asked last. */
  changedPackages(): string[] {
    const changed = [...this.#changed.keys()];
    this.#changed.clear();
    return changed;
  }
}

export function isTypeKind(program: Program, symbol: number): boolean {
  const kind = program.kind(symbol);
  return kind === 'Class' || kind === 'Interface' || kind === 'Enum';
}
