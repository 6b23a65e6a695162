import { OP, TERM, VARIABLE } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';
import { Remembered } from '../remembered.ts';
import { boundOf } from '../substitute.ts';
import type { FunctionType, InstanceType, ParameterType, Type } from '../types.ts';
import { firstBound } from './java-bounds.ts';
import type { JavaNames } from './java-names.ts';

/** How an argument fits a parameter: not, by boxing, as far as is known, or as a subtype. */
export const FIT = { no: 0, boxed: 1, open: 2, yes: 3 } as const;
export type Fit = (typeof FIT)[keyof typeof FIT];

/** A type that is written and declared nowhere here, by the name it is written with. */
export interface Outside {
  readonly t: 'outside';
  readonly name: string;
}

/** What is known of a parameter's or argument's type; undefined is nothing. */
export type Known = Type | Outside | undefined;

/** The primitive types that each widens to. */
const WIDENS: Record<string, readonly string[]> = {
  $byte: ['$short', '$int', '$long', '$float', '$double'],
  $short: ['$int', '$long', '$float', '$double'],
  $char: ['$int', '$long', '$float', '$double'],
  $int: ['$long', '$float', '$double'],
  $long: ['$float', '$double'],
  $float: ['$double'],
};

const BOXES: Record<string, string> = {
  ...{ $byte: 'Byte', $short: 'Short', $char: 'Character', $int: 'Integer', $long: 'Long' },
  ...{ $float: 'Float', $double: 'Double', $boolean: 'Boolean' },
};
const UNBOXED = new Map(Object.entries(BOXES).map(([primitive, box]) => [box, primitive]));

/** Whether values of one type can be given where another is declared. */
export class JavaFit {
  readonly #names: () => JavaNames;
  readonly #ancestors = new Remembered<number, ReadonlySet<number>>();

  constructor(names: () => JavaNames) {
    this.#names = names;
  }

  /** What is not known fits. `isOwn` says whether a symbol's type parameters are settled by the call. */
  fit(ev: Evaluation, given: Known, declared: Known, isOwn: (owner: number) => boolean): Fit {
    if (!given || !declared) return FIT.open;
    if (given.t === 'union') {
      let best: Fit = FIT.no;
      for (const item of given.items) best = Math.max(best, this.fit(ev, item, declared, isOwn)) as Fit;
      return best;
    }
    if (given.t === 'outside') return this.#outsideFit(ev, given, declared);
    if (declared.t === 'outside') return this.#fitsOutside(ev, given);
    if (declared.t === 'parameter') {
      if (isOwn(declared.owner)) return this.fit(ev, given, firstBound(ev, declared), isOwn);
      return this.#fitsParameter(ev, given, declared);
    }
    if (declared.t === 'union') {
      for (const item of declared.items) if (this.fit(ev, given, item, isOwn) === FIT.no) return FIT.no;
      return FIT.yes;
    }
    if (given.t === 'parameter') return this.fit(ev, firstBound(ev, given), declared, isOwn);
    if (given.t !== 'instance' || declared.t !== 'instance') return FIT.open;
    return this.#instanceFit(ev, given, declared, isOwn);
  }

  /** A class of a library may be a subclass of anything but a primitive type or text. */
  #outsideFit(ev: Evaluation, given: Outside, declared: Type | Outside): Fit {
    if (declared.t === 'outside') return given.name === declared.name ? FIT.yes : FIT.open;
    if (declared.t !== 'instance') return FIT.open;
    const name = ev.program.isBuiltIn(declared.symbol) ? ev.program.name(declared.symbol) : '';
    if (name === 'Object') return FIT.yes;
    return name.startsWith('$') || name === 'String' ? FIT.no : FIT.open;
  }

  /** The classes of the JDK that are declared here, and those of the workspace, say what they extend. */
  #fitsOutside(ev: Evaluation, given: Type): Fit {
    if (given.t !== 'instance') return FIT.open;
    if (ev.program.name(given.symbol) === '$null') return FIT.yes;
    return this.#names().hasUnknownBase(ev, given.symbol) ? FIT.open : FIT.no;
  }

  /** A type parameter of a class around is a type of its own: only it and what is bounded by it are of it. */
  #fitsParameter(ev: Evaluation, given: Type, declared: ParameterType): Fit {
    for (let at: Type | undefined = given, steps = 0; at?.t === 'parameter' && steps < 8; steps++) {
      if (at === declared) return FIT.yes;
      at = firstBoundStep(ev, at);
    }
    if (given.t === 'parameter') return FIT.no;
    if (given.t !== 'instance') return FIT.open;
    return ev.program.name(given.symbol) === '$null' ? FIT.yes : FIT.no;
  }

  #instanceFit(
    ev: Evaluation,
    given: InstanceType,
    declared: InstanceType,
    isOwn: (owner: number) => boolean,
  ): Fit {
    if (given.symbol === declared.symbol) return this.#sameClassFit(ev, given, declared, isOwn);
    const [from, to] = [builtInName(ev, given.symbol), builtInName(ev, declared.symbol)];
    if (from === '' && to === '') return this.#subclassFit(ev, given, declared);
    if (from === '$null') return BOXES[to] ? FIT.no : FIT.yes;
    if (BOXES[from]) {
      if (BOXES[to]) return WIDENS[from]?.includes(to) ? FIT.yes : FIT.no;
      const box = ev.builtIn(ev.program.fileOf(given.symbol), BOXES[from]);
      return box?.t === 'instance' && this.fit(ev, box, declared, isOwn) !== FIT.no ? FIT.boxed : FIT.no;
    }
    if (BOXES[to]) {
      const unboxed = UNBOXED.get(from);
      return unboxed !== undefined && (unboxed === to || WIDENS[unboxed]?.includes(to)) ? FIT.boxed : FIT.no;
    }
    if (from === '$Array')
      return to === 'Object' || to === 'Cloneable' || to === 'Serializable' ? FIT.yes : FIT.no;
    if (to === '$Array') return FIT.no;
    return this.#subclassFit(ev, given, declared);
  }

  #subclassFit(ev: Evaluation, given: InstanceType, declared: InstanceType): Fit {
    if (this.#ancestorsOf(ev, given.symbol).has(declared.symbol)) return FIT.yes;
    return this.#names().hasUnknownBase(ev, given.symbol) ? FIT.open : FIT.no;
  }

  /** Arrays of different items are different types; the arguments of other classes are not looked at. */
  #sameClassFit(
    ev: Evaluation,
    given: InstanceType,
    declared: InstanceType,
    isOwn: (owner: number) => boolean,
  ): Fit {
    if (ev.program.name(given.symbol) !== '$Array') return FIT.yes;
    const [from, to] = [given.args[0], declared.args[0]];
    const isPrimitive = (t: Type | undefined) =>
      t?.t === 'instance' && BOXES[ev.program.name(t.symbol)] !== undefined;
    if (isPrimitive(from) || isPrimitive(to)) return from === to ? FIT.yes : from && to ? FIT.no : FIT.open;
    return this.fit(ev, from, to, isOwn);
  }

  #ancestorsOf(ev: Evaluation, symbol: number): ReadonlySet<number> {
    return this.#ancestors.get(ev.program.reads, symbol, NO_ANCESTORS, () => {
      const all = new Set<number>();
      const open = [symbol];
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        if (all.has(at)) continue;
        all.add(at);
        for (const base of ev.basesOf(at)) open.push(base.symbol);
      }
      return all;
    });
  }
}

/** Of a class that the language brings; empty for others. */
function builtInName({ program }: Evaluation, symbol: number): string {
  return program.isBuiltIn(symbol) ? program.name(symbol) : '';
}

const NO_ANCESTORS: ReadonlySet<number> = new Set();

function firstBoundStep(ev: Evaluation, parameter: ParameterType): Type | undefined {
  return parameter.owner < 0 ? undefined : boundOf(ev, parameter.owner, parameter.index);
}

/** The type of a method's parameter as its owner sees it, or how it is written where that is declared outside. */
export function knownParameter(ev: Evaluation, { symbol, owner }: FunctionType, variable: number): Known {
  const file = ev.program.fileOf(symbol);
  const written = ev.program.variableColumn(file, variable, VARIABLE.type);
  const type = ev.type(file, written);
  return type ? ev.substitute(type, owner, owner) : outside(ev, file, written);
}

/** What is known of an argument: its value's type, or how the type of the variable is written. */
export function knownArgument(ev: Evaluation, file: number, term: number): Known {
  const value = ev.value(file, term);
  if (value || term < 0) return value;
  const { terms } = ev.program.facts[file]!;
  if (terms[term * TERM.width] !== OP.variable) return undefined;
  return outside(
    ev,
    file,
    ev.program.variableColumn(file, terms[term * TERM.width + TERM.a]!, VARIABLE.type),
  );
}

function outside(ev: Evaluation, file: number, term: number): Outside | undefined {
  const name = writtenName(ev, file, term);
  return name === undefined ? undefined : { t: 'outside', name };
}

/** The name that a type which is not known is written with: that of its import, where it has one. */
function writtenName(ev: Evaluation, file: number, term: number): string | undefined {
  if (term < 0) return undefined;
  const { program } = ev;
  const { terms } = program.facts[file]!;
  const a = terms[term * TERM.width + TERM.a]!;
  switch (terms[term * TERM.width]) {
    case OP.import:
      return program.importText(file, a, 'from');
    case OP.global:
      return program.text(file, a);
    case OP.apply:
      return writtenName(ev, file, a);
    case OP.member: {
      const of = writtenName(ev, file, a);
      return of === undefined ? undefined : `${of}.${program.text(file, terms[term * TERM.width + TERM.b]!)}`;
    }
    default:
      return undefined;
  }
}
