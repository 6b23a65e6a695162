import { FLAG, FUNCTION, SYMBOL, VARIABLE } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';
import { Remembered } from '../remembered.ts';
import type { FunctionType, InstanceType, Type } from '../types.ts';
import { firstBound } from './java-bounds.ts';
import { type Known, knownParameter } from './java-fit.ts';
import { classAround, type JavaNames } from './java-names.ts';
import { isTypeKind } from './java-packages.ts';

const NONE: readonly FunctionType[] = [];

/** Methods by name, through a class and everything it inherits, less what is overridden. */
export class JavaMethods {
  readonly #names: () => JavaNames;
  /** By the type's id. */
  readonly #found: (Remembered<string, readonly FunctionType[]> | undefined)[] = [];
  readonly #constructors = new Remembered<number, readonly FunctionType[]>();
  readonly #single = new Remembered<number, FunctionType | undefined>();

  constructor(names: () => JavaNames) {
    this.#names = names;
  }

  /** All methods of a name that a type has. */
  of(ev: Evaluation, type: Type | undefined, name: string): readonly FunctionType[] {
    switch (type?.t) {
      case 'instance':
        return this.#ofInstance(ev, type, name, type);
      case 'class':
        return this.#ofInstance(ev, ev.types.instance(type.symbol, type.args), name, type);
      case 'parameter':
        return this.of(ev, firstBound(ev, type), name);
      case 'union': {
        const found = type.items.flatMap((item) => this.of(ev, item, name));
        return found.filter((f, i) => found.findIndex((g) => g.symbol === f.symbol) === i);
      }
      default:
        return NONE;
    }
  }

  /** One of the methods of a name, standing for all of them. */
  one(ev: Evaluation, type: Type | undefined, name: string): FunctionType | undefined {
    return this.of(ev, type, name)[0];
  }

  /** Every method that shares a name with one that was found by `of`. */
  siblings(ev: Evaluation, { symbol, owner, receiver }: FunctionType): readonly FunctionType[] {
    const found = this.of(ev, receiver ?? owner, ev.program.name(symbol));
    return found.length > 0 ? found : NONE;
  }

  /** The constructors that a class declares, seen from inside it. */
  constructors(ev: Evaluation, cls: number): readonly FunctionType[] {
    const { program } = ev;
    return this.#constructors.get(program.reads, cls, NONE, () => {
      const self = ev.selfType(cls);
      return (program.child(cls, program.name(cls)) ?? [])
        .filter((s) => (program.flags(s) & FLAG.constructor) !== 0)
        .map((s) => ev.types.function(s, self, self));
    });
  }

  #ofInstance(ev: Evaluation, type: InstanceType, name: string, receiver: Type): readonly FunctionType[] {
    const known = (this.#found[receiver.id] ??= new Remembered<string, readonly FunctionType[]>());
    return known.get(ev.program.reads, name, NONE, () => {
      const found: FunctionType[] = [];
      this.#collect(ev, type, name, receiver, found, new Set());
      return found;
    });
  }

  #collect(
    ev: Evaluation,
    type: InstanceType,
    name: string,
    receiver: Type,
    found: FunctionType[],
    seen: Set<number>,
  ): void {
    if (seen.has(type.symbol)) return;
    seen.add(type.symbol);
    const { program } = ev;
    const inherited = found.length;
    for (const symbol of program.child(type.symbol, name) ?? []) {
      const kind = program.kind(symbol);
      if ((kind !== 'Method' && kind !== 'Test') || (program.flags(symbol) & FLAG.constructor) !== 0)
        continue;
      const method = ev.types.function(symbol, type, receiver);
      let same = 0;
      while (same < inherited && !sameParameters(ev, found[same]!, method)) same++;
      if (same === inherited) found.push(method);
      // Of two that a class inherits along different bases, one may override the other.
      else if (inherits(ev, type, found[same]!.owner)) found[same] = method;
    }
    for (const base of ev.basesOf(type.symbol)) {
      const as = ev.substitute(base, type, type);
      if (as?.t === 'instance') this.#collect(ev, as, name, receiver, found, seen);
    }
  }

  /** The methods that a method overrides: of its name and parameters, the nearest along each base. */
  overridden(ev: Evaluation, method: number): number[] {
    const owner = ev.program.parent(method);
    if (owner < 0 || !isTypeKind(ev.program, owner)) return [];
    const self = ev.types.function(method, ev.selfType(owner));
    const found = new Set<number>();
    for (const base of ev.basesOf(owner))
      for (const other of this.of(ev, base, ev.program.name(method)))
        if (!isStaticOrPrivate(ev, other.symbol) && sameParameters(ev, self, other)) found.add(other.symbol);
    return [...found];
  }

  /**
   * A method by its bare name: of the innermost class around that has one, own or inherited, else a static import.
   * Where a class around has a base that is declared elsewhere, the name may be inherited from there.
   */
  bare(ev: Evaluation, file: number, name: string, around: number): FunctionType | undefined {
    const { program } = ev;
    for (let at = around; at >= 0; at = classAround(program, program.parent(at))) {
      const found = this.of(ev, ev.selfType(at), name).find((f) => isVisible(ev, f.symbol, file));
      if (found) return found;
    }
    const names = this.#names();
    const { named, all } = names.staticImports(file);
    for (const from of named.get(name) ?? all) {
      const found = this.one(ev, names.byFullName(ev, from, file), name);
      if (found) return found;
    }
    return undefined;
  }

  /** The single abstract method of a functional interface, as its instance has it. */
  single(ev: Evaluation, type: InstanceType): FunctionType | undefined {
    if (ev.program.kind(type.symbol) !== 'Interface') return undefined;
    return this.#single.get(ev.program.reads, type.id, undefined, () => {
      const abstract: FunctionType[] = [];
      this.#collectAbstract(ev, type, abstract, [], new Set());
      return abstract.length === 1 ? abstract[0] : undefined;
    });
  }

  #collectAbstract(
    ev: Evaluation,
    type: InstanceType,
    abstract: FunctionType[],
    concrete: FunctionType[],
    seen: Set<number>,
  ): void {
    if (seen.has(type.symbol)) return;
    seen.add(type.symbol);
    const { program } = ev;
    for (const [name, symbols] of program.children(type.symbol))
      for (const symbol of symbols) {
        if (program.kind(symbol) !== 'Method' || OF_OBJECT.has(name)) continue;
        const method = ev.types.function(symbol, type, type);
        const isSame = (f: FunctionType) => program.name(f.symbol) === name && sameParameters(ev, f, method);
        if (abstract.some(isSame) || concrete.some(isSame)) continue;
        ((program.flags(symbol) & FLAG.abstract) !== 0 ? abstract : concrete).push(method);
      }
    for (const base of ev.basesOf(type.symbol)) {
      const as = ev.substitute(base, type, type);
      if (as?.t === 'instance' && program.kind(as.symbol) === 'Interface')
        this.#collectAbstract(ev, as, abstract, concrete, seen);
    }
  }
}

function inherits(ev: Evaluation, type: InstanceType, from: Type | undefined): boolean {
  return (
    from?.t === 'instance' && from.symbol !== type.symbol && ev.asInstanceOf(type, from.symbol) !== undefined
  );
}

/** What every object has, so that an interface that names it again asks for nothing. */
const OF_OBJECT = new Set(['equals', 'hashCode', 'toString']);

function isStaticOrPrivate(ev: Evaluation, symbol: number): boolean {
  return (ev.program.flags(symbol) & (FLAG.static | FLAG.private)) !== 0;
}

/** A private method is seen in the file that declares it. */
function isVisible(ev: Evaluation, symbol: number, file: number): boolean {
  return (ev.program.flags(symbol) & FLAG.private) === 0 || ev.program.fileOf(symbol) === file;
}

/** The variables of a method's parameters. */
export function parametersOf(ev: Evaluation, symbol: number): Int32Array {
  const fn = ev.program.column(symbol, SYMBOL.function);
  if (fn < 0) return NO_PARAMETERS;
  const file = ev.program.fileOf(symbol);
  return ev.program.list(file, ev.program.functionColumn(file, fn, FUNCTION.parameters));
}

const NO_PARAMETERS = new Int32Array(0);

export function isVarargs(ev: Evaluation, symbol: number, parameters: Int32Array): boolean {
  const last = parameters.at(-1);
  if (last === undefined) return false;
  return (ev.program.variableColumn(ev.program.fileOf(symbol), last, VARIABLE.flags) & FLAG.rest) !== 0;
}

/** True where two methods of a name take the same parameters, as far as that is known: one overrides the other. */
function sameParameters(ev: Evaluation, a: FunctionType, b: FunctionType): boolean {
  const [own, other] = [parametersOf(ev, a.symbol), parametersOf(ev, b.symbol)];
  if (own.length !== other.length) return false;
  for (let i = 0; i < own.length; i++) {
    const [x, y] = [erased(ev, knownParameter(ev, a, own[i]!)), erased(ev, knownParameter(ev, b, other[i]!))];
    if (x !== undefined && y !== undefined && x !== y) return false;
  }
  return true;
}

/** What is left of a type when its arguments are gone, as a key. */
function erased(ev: Evaluation, type: Known): string | number | undefined {
  switch (type?.t) {
    case 'outside':
      return type.name.slice(type.name.lastIndexOf('.') + 1);
    case 'instance': {
      if (ev.program.name(type.symbol) !== '$Array') return type.symbol;
      const item = erased(ev, type.args[0]);
      return item === undefined ? undefined : `${item}[]`;
    }
    case 'parameter':
      return erased(ev, firstBound(ev, type));
    case 'union':
      return erased(ev, type.items[0]);
    default:
      return undefined;
  }
}
