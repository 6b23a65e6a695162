import { FLAG, FUNCTION, OP, SYMBOL, TERM } from '../../index/facts.ts';
import { parameterVariable } from '../arguments.ts';
import type { Evaluation } from '../evaluation.ts';
import type { FunctionType } from '../types.ts';
import { FIT, type Fit, type JavaFit, type Known, knownArgument, knownParameter } from './java-fit.ts';
import { isVarargs, parametersOf, type JavaMethods } from './java-methods.ts';
import type { JavaNames } from './java-names.ts';

interface Fitting {
  method: FunctionType;
  fit: Fit;
}

/** How one argument fits a declared type. */
type Argument = (index: number, declared: Known, isOwn: (owner: number) => boolean) => Fit;

/** Picks among methods of one name as Java does: by arity, by the types of arguments, the most specific. */
export class JavaOverloads {
  readonly #names: () => JavaNames;
  readonly #methods: JavaMethods;
  readonly #fit: JavaFit;

  constructor(names: () => JavaNames, methods: JavaMethods, fit: JavaFit) {
    this.#names = names;
    this.#methods = methods;
    this.#fit = fit;
  }

  /**
   * The best first; several where nothing tells them apart; none where none takes so many arguments. The value of the
   * argument `skip` is not asked for: it may depend on the answer.
   */
  pick(
    ev: Evaluation,
    candidates: readonly FunctionType[],
    file: number,
    call: number,
    skip: number,
  ): readonly FunctionType[] {
    const given = ev.argumentsOf(file, call);
    return this.#pick(ev, candidates, given.length, (i, declared, isOwn) => {
      const term = given[i]!;
      const shaped = this.#shapeFit(ev, file, term, declared);
      if (shaped !== undefined) return shaped;
      return i === skip ? FIT.open : this.#fit.fit(ev, knownArgument(ev, file, term), declared, isOwn);
    });
  }

  /** The same for arguments of known types. */
  pickFor(
    ev: Evaluation,
    candidates: readonly FunctionType[],
    given: readonly Known[],
  ): readonly FunctionType[] {
    return this.#pick(ev, candidates, given.length, (i, declared, isOwn) =>
      this.#fit.fit(ev, given[i], declared, isOwn),
    );
  }

  #pick(
    ev: Evaluation,
    candidates: readonly FunctionType[],
    count: number,
    argument: Argument,
  ): readonly FunctionType[] {
    const taking = candidates.filter((c) => takes(ev, c, count));
    if (taking.length <= 1) return taking;
    const applicable = this.#applicable(ev, taking, count, argument);
    const sure = applicable.filter((f) => f.fit !== FIT.open);
    const methods = (sure.length > 0 ? sure : applicable).map((f) => f.method);
    if (methods.length <= 1) return methods;
    const [best, ...others] = this.#mostSpecific(ev, methods, count);
    // The most specific of those that may fit need not be the one that does.
    if (sure.length === 0 && others.length === 0) return [best!, ...methods.filter((m) => m !== best)];
    return [best!, ...others];
  }

  /** By subtyping, else by boxing too, else with a variable number of arguments; all, where no type agrees. */
  #applicable(
    ev: Evaluation,
    candidates: readonly FunctionType[],
    count: number,
    argument: Argument,
  ): readonly Fitting[] {
    const fits = (asVarargs: boolean): Fitting[] =>
      candidates.map((method) => ({ method, fit: fitOf(ev, method, count, argument, asVarargs) }));
    const fixed = fits(false);
    const strict = fixed.filter((f) => f.fit >= FIT.open);
    if (strict.length > 0) return strict;
    const loose = fixed.filter((f) => f.fit === FIT.boxed);
    if (loose.length > 0) return loose;
    const variable = fits(true).filter((f) => f.fit !== FIT.no);
    return variable.length > 0 ? variable : candidates.map((method) => ({ method, fit: FIT.open }));
  }

  /** How a lambda or a method reference fits by its shape alone; undefined for other arguments. */
  #shapeFit(ev: Evaluation, file: number, term: number, declared: Known): Fit | undefined {
    if (term < 0) return FIT.open;
    const { terms } = ev.program.facts[file]!;
    switch (terms[term * TERM.width]) {
      case OP.function:
        return this.#lambdaFit(ev, file, terms[term * TERM.width + TERM.a]!, declared);
      case OP.method:
        return this.#functionalFit(ev, declared);
      case OP.symbol:
      case OP.import:
      case OP.global:
      case OP.apply:
        // `X::new`; a class is no argument otherwise.
        return ev.value(file, term)?.t === 'class' ? this.#functionalFit(ev, declared) : undefined;
      default:
        return undefined;
    }
  }

  #functionalFit(ev: Evaluation, declared: Known): Fit {
    if (declared?.t !== 'instance') return FIT.open;
    if (ev.program.kind(declared.symbol) !== 'Interface') return FIT.no;
    if (this.#methods.single(ev, declared)) return FIT.yes;
    return this.#names().hasUnknownBase(ev, declared.symbol) ? FIT.open : FIT.no;
  }

  #lambdaFit(ev: Evaluation, file: number, fn: number, declared: Known): Fit {
    const single = declared?.t === 'instance' ? this.#methods.single(ev, declared) : undefined;
    if (!single) return this.#functionalFit(ev, declared);
    const { program } = ev;
    const own = program.list(file, program.functionColumn(file, fn, FUNCTION.parameters));
    if (own.length !== parametersOf(ev, single.symbol).length) return FIT.no;
    const expected = program.functionColumn(
      program.fileOf(single.symbol),
      program.column(single.symbol, SYMBOL.function),
      FUNCTION.returnType,
    );
    const flags = program.functionColumn(file, fn, FUNCTION.flags);
    return (flags & (expected < 0 ? FLAG.valueOnly : FLAG.voidOnly)) !== 0 ? FIT.no : FIT.yes;
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
      if (!own || !other || this.#fit.fit(ev, own, other, (owner) => owner === b.symbol) !== FIT.yes)
        return false;
    }
    return true;
  }
}

function takes(ev: Evaluation, { symbol }: FunctionType, count: number): boolean {
  const parameters = parametersOf(ev, symbol);
  if (parameters.length === count) return true;
  return count >= parameters.length - 1 && isVarargs(ev, symbol, parameters);
}

/** How all arguments fit one method: as the worst of them does. */
function fitOf(
  ev: Evaluation,
  method: FunctionType,
  count: number,
  argument: Argument,
  asVarargs: boolean,
): Fit {
  const { symbol } = method;
  const parameters = parametersOf(ev, symbol);
  if (!asVarargs && parameters.length !== count) return FIT.no;
  if (asVarargs && !isVarargs(ev, symbol, parameters)) return FIT.no;
  // A construction settles the type parameters of its class too.
  const made = (ev.program.flags(symbol) & FLAG.constructor) !== 0 ? ev.program.parent(symbol) : -1;
  const isOwn = (owner: number) => owner === symbol || owner === made;
  let worst: Fit = FIT.yes;
  for (let i = 0; i < count && worst !== FIT.no; i++) {
    const isRest = asVarargs && i >= parameters.length - 1;
    const declared = knownParameter(ev, method, parameters[Math.min(i, parameters.length - 1)]!);
    const fit = argument(i, isRest ? itemOf(declared) : declared, isOwn);
    if (fit < worst) worst = fit;
  }
  return worst;
}

/** What a method takes as one of its arguments. */
function argumentType(ev: Evaluation, method: FunctionType, index: number): Known {
  const found = parameterVariable(ev, method.symbol, index);
  if (!found) return undefined;
  const type = knownParameter(ev, method, found.variable);
  return found.isRest ? itemOf(type) : type;
}

function itemOf(type: Known): Known {
  return type?.t === 'instance' ? type.args[0] : undefined;
}
