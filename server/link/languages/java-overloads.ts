import { FLAG, FUNCTION, OP, TERM } from '../../index/facts.ts';
import { parameterVariable } from '../calls.ts';
import type { Evaluation } from '../evaluation.ts';
import type { FunctionType, InstanceType, Type } from '../types.ts';
import type { JavaNames } from './java-names.ts';
import { firstBound, isVarargs, parameterAt, parametersOf, type JavaMethods } from './java-methods.ts';

interface Fitting {
  c: FunctionType;
  fit: Fit;
}

type Given = readonly (Type | undefined)[];

/** How an argument fits a parameter: not, by boxing, as far as is known, or as a subtype. */
const FIT = { no: 0, boxed: 1, open: 2, yes: 3 } as const;
type Fit = (typeof FIT)[keyof typeof FIT];

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

/** Picks among methods of one name as Java does: by arity, by the types of arguments, the most specific. */
export class JavaOverloads {
  readonly #names: () => JavaNames;
  readonly #methods: JavaMethods;
  readonly #ancestors = new Map<number, ReadonlySet<number>>();

  constructor(names: () => JavaNames, methods: JavaMethods) {
    this.#names = names;
    this.#methods = methods;
  }

  /** The best first; several where nothing tells them apart; none where none takes so many arguments. */
  pick(
    ev: Evaluation,
    candidates: readonly FunctionType[],
    file: number,
    call: number,
    skip: number,
  ): readonly FunctionType[] {
    const given = ev.argumentsOf(file, call);
    return this.#pick(ev, candidates, given.length, (i, declared) =>
      i === skip ? FIT.yes : this.#argumentFit(ev, file, given[i]!, declared),
    );
  }

  /** The same for arguments of known types. */
  pickFor(ev: Evaluation, candidates: readonly FunctionType[], given: Given): readonly FunctionType[] {
    return this.#pick(ev, candidates, given.length, (i, declared) => this.#fit(ev, given[i], declared));
  }

  #pick(
    ev: Evaluation,
    candidates: readonly FunctionType[],
    count: number,
    argument: (index: number, declared: Type | undefined) => Fit,
  ): readonly FunctionType[] {
    const fitting = candidates.filter((c) => this.#takes(ev, c, count));
    if (fitting.length <= 1) return fitting;
    const applicable = this.#applicable(ev, fitting, count, argument);
    const methods = applicable.map((f) => f.c);
    if (methods.length <= 1) return methods;
    const [best, ...others] = this.#mostSpecific(ev, methods, count);
    // The most specific of those that may fit need not be the one that does.
    const isOpen = applicable.some((f) => f.fit === FIT.open);
    return isOpen && others.length === 0 ? [best!, ...methods.filter((m) => m !== best)] : [best!, ...others];
  }

  #takes(ev: Evaluation, { symbol }: FunctionType, count: number): boolean {
    const parameters = parametersOf(ev, symbol);
    if (parameters.length === count) return true;
    return count >= parameters.length - 1 && isVarargs(ev, symbol, parameters);
  }

  /** By subtyping, else by boxing too, else with a variable number of arguments; all, where no type agrees. */
  #applicable(
    ev: Evaluation,
    candidates: readonly FunctionType[],
    count: number,
    argument: (index: number, declared: Type | undefined) => Fit,
  ): readonly Fitting[] {
    const fits = (candidate: FunctionType, asVarargs: boolean): Fit => {
      const parameters = parametersOf(ev, candidate.symbol);
      if (!asVarargs && parameters.length !== count) return FIT.no;
      if (asVarargs && !isVarargs(ev, candidate.symbol, parameters)) return FIT.no;
      let worst: Fit = FIT.yes;
      for (let i = 0; i < count && worst !== FIT.no; i++) {
        const isRest = asVarargs && i >= parameters.length - 1;
        const written = parameterAt(candidate, ev, parameters[Math.min(i, parameters.length - 1)]!);
        const fit = argument(i, isRest ? itemOf(written) : written);
        if (fit < worst) worst = fit;
      }
      return worst;
    };
    const fixed = candidates.map((c) => ({ c, fit: fits(c, false) }));
    const strict = fixed.filter((f) => f.fit >= FIT.open);
    if (strict.length > 0) return strict;
    const loose = fixed.filter((f) => f.fit === FIT.boxed);
    if (loose.length > 0) return loose;
    const variable = candidates.map((c) => ({ c, fit: fits(c, true) })).filter((f) => f.fit !== FIT.no);
    return variable.length > 0 ? variable : candidates.map((c) => ({ c, fit: FIT.open }));
  }

  #argumentFit(ev: Evaluation, file: number, term: number, declared: Type | undefined): Fit {
    if (term < 0 || !declared) return FIT.open;
    const { terms } = ev.program.facts[file]!;
    switch (terms[term * TERM.width]) {
      case OP.function:
        return this.#lambdaFit(ev, file, terms[term * TERM.width + TERM.a]!, declared);
      case OP.method:
        return this.#isFunctional(ev, declared);
      default: {
        const value = ev.value(file, term);
        if (value?.t === 'class') return this.#isFunctional(ev, declared);
        return this.#fit(ev, value, declared);
      }
    }
  }

  #isFunctional(ev: Evaluation, declared: Type): Fit {
    if (declared.t !== 'instance') return FIT.open;
    if (ev.program.kind(declared.symbol) !== 'Interface') return FIT.no;
    if (this.#methods.single(ev, declared)) return FIT.yes;
    return this.#names().hasUnknownBase(ev, declared.symbol) ? FIT.open : FIT.no;
  }

  #lambdaFit(ev: Evaluation, file: number, fn: number, declared: Type): Fit {
    if (declared.t !== 'instance') return FIT.open;
    const single = this.#methods.single(ev, declared);
    if (!single) return this.#isFunctional(ev, declared);
    const { program } = ev;
    const own = program.list(file, program.functionColumn(file, fn, FUNCTION.parameters));
    if (own.length !== parametersOf(ev, single.symbol).length) return FIT.no;
    const ofSingle = program.column(single.symbol, 11);
    const returnsValue =
      program.functionColumn(program.fileOf(single.symbol), ofSingle, FUNCTION.returnType) >= 0;
    const isValueOnly = (program.functionColumn(file, fn, FUNCTION.flags) & FLAG.valueOnly) !== 0;
    if (!returnsValue && isValueOnly) return FIT.no;
    return FIT.yes;
  }

  /** Whether a value of one type can be given where another is declared; what is not known fits. */
  #fit(ev: Evaluation, given: Type | undefined, declared: Type | undefined): Fit {
    if (!given || !declared) return FIT.open;
    if (given.t === 'union') {
      let best: Fit = FIT.no;
      for (const item of given.items) best = Math.max(best, this.#fit(ev, item, declared)) as Fit;
      return best;
    }
    if (declared.t === 'parameter') {
      return this.#fit(ev, given, firstBound(ev, declared));
    }
    if (declared.t === 'union') {
      for (const item of declared.items) if (this.#fit(ev, given, item) === FIT.no) return FIT.no;
      return FIT.yes;
    }
    if (given.t === 'parameter') {
      return this.#fit(ev, firstBound(ev, given), declared);
    }
    if (given.t !== 'instance' || declared.t !== 'instance') return FIT.open;
    return this.#instanceFit(ev, given, declared);
  }

  #instanceFit(ev: Evaluation, given: InstanceType, declared: InstanceType): Fit {
    if (given.symbol === declared.symbol) return this.#sameClassFit(ev, given, declared);
    const [from, to] = [ev.program.name(given.symbol), ev.program.name(declared.symbol)];
    const [isPrimitive, toPrimitive] = [from.startsWith('$'), to.startsWith('$')];
    if (from === '$null') return BOXES[to] ? FIT.no : FIT.yes;
    if (BOXES[from]) {
      if (BOXES[to]) return WIDENS[from]?.includes(to) ? FIT.yes : FIT.no;
      const box = ev.builtIn(ev.program.fileOf(given.symbol), BOXES[from]);
      return box?.t === 'instance' && this.#fit(ev, box, declared) !== FIT.no ? FIT.boxed : FIT.no;
    }
    if (BOXES[to]) {
      const unboxed = UNBOXED.get(from);
      return unboxed !== undefined && (unboxed === to || WIDENS[unboxed]?.includes(to)) ? FIT.boxed : FIT.no;
    }
    if (from === '$Array')
      return to === 'Object' || to === 'Cloneable' || to === 'Serializable' ? FIT.yes : FIT.no;
    if (toPrimitive && !isPrimitive) return FIT.no;
    if (this.#isSubclass(ev, given.symbol, declared.symbol)) return FIT.yes;
    if (this.#hasOpenBase(ev, given.symbol)) return FIT.open;
    return FIT.no;
  }

  /** Arrays of different items are different types; the arguments of other classes are not looked at. */
  #sameClassFit(ev: Evaluation, given: InstanceType, declared: InstanceType): Fit {
    if (ev.program.name(given.symbol) !== '$Array') return FIT.yes;
    const fit = this.#fit(ev, given.args[0], declared.args[0]);
    const isPrimitive = (t: Type | undefined) =>
      t?.t === 'instance' && BOXES[ev.program.name(t.symbol)] !== undefined;
    if (isPrimitive(given.args[0]) && given.args[0] !== declared.args[0] && declared.args[0]) return FIT.no;
    return fit === FIT.boxed ? FIT.no : fit;
  }

  /** True where a class of the workspace has a base that is not declared here, so that it may be anything. */
  #hasOpenBase(ev: Evaluation, symbol: number): boolean {
    return !ev.program.isBuiltIn(symbol) && this.#names().hasUnknownBase(ev, symbol);
  }

  #isSubclass(ev: Evaluation, symbol: number, of: number): boolean {
    return this.#ancestorsOf(ev, symbol).has(of);
  }

  #ancestorsOf(ev: Evaluation, symbol: number): ReadonlySet<number> {
    let known = this.#ancestors.get(symbol);
    if (!known) {
      const all = new Set<number>();
      this.#ancestors.set(symbol, all);
      const open = [symbol];
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        if (all.has(at)) continue;
        all.add(at);
        for (const base of ev.basesOf(at)) open.push(base.symbol);
      }
      known = all;
    }
    return known;
  }

  /** Those whose parameters are all subtypes of the others'. */
  #mostSpecific(ev: Evaluation, candidates: readonly FunctionType[], count: number): readonly FunctionType[] {
    const best = candidates.filter((c) =>
      candidates.every((other) => other === c || this.#isMoreSpecific(ev, c, other, count)),
    );
    if (best.length === 1) return best;
    const rest = best.length > 0 ? best : candidates;
    // Of two that take the same, the one with a body is meant, and the one found nearer.
    const concrete = rest.filter((c) => (ev.program.flags(c.symbol) & FLAG.abstract) === 0);
    return best.length > 1 ? [(concrete[0] ?? rest[0])!] : rest;
  }

  #isMoreSpecific(ev: Evaluation, a: FunctionType, b: FunctionType, count: number): boolean {
    for (let i = 0; i < count; i++) {
      const [own, other] = [argumentType(ev, a, i), argumentType(ev, b, i)];
      if (own === other) continue;
      if (!own || !other || this.#fit(ev, own, other) !== FIT.yes) return false;
    }
    return true;
  }
}

function argumentType(ev: Evaluation, method: FunctionType, index: number): Type | undefined {
  const found = parameterVariable(ev, method.symbol, index);
  if (!found) return undefined;
  const type = parameterAt(method, ev, found.variable);
  return found.isRest ? itemOf(type) : type;
}

function itemOf(type: Type | undefined): Type | undefined {
  return type?.t === 'instance' ? type.args[0] : undefined;
}
