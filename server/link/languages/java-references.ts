import type { Evaluation } from '../evaluation.ts';
import type { FunctionType } from '../types.ts';
import { type Known, knownParameter } from './java-fit.ts';
import { parametersOf, type JavaMethods } from './java-methods.ts';
import type { JavaOverloads } from './java-overloads.ts';

type Parameters = readonly Known[];

/** Method references: `X::m` means the method that the functional interface expected of it can call. */
export class JavaReferences {
  readonly #methods: JavaMethods;
  readonly #overloads: JavaOverloads;

  constructor(methods: JavaMethods, overloads: JavaOverloads) {
    this.#methods = methods;
    this.#overloads = overloads;
  }

  /** The parameters of the functional interface that is expected at a place; undefined where that is not known. */
  parametersExpected(ev: Evaluation, file: number, context: number): Parameters | undefined {
    const signature = ev.signatureOf(ev.expected(file, context));
    if (signature?.t !== 'function') return undefined;
    return Array.from(parametersOf(ev, signature.symbol), (variable) =>
      knownParameter(ev, signature, variable),
    );
  }

  /** The methods of a name that take these parameters, or all but the first where it is what they are called on. */
  pick(
    ev: Evaluation,
    candidates: readonly FunctionType[],
    parameters: Parameters | undefined,
  ): readonly FunctionType[] {
    if (!parameters || candidates.length === 1) return candidates;
    const isOfType = candidates[0]?.receiver?.t === 'class';
    const called = isOfType ? candidates.filter((c) => !ev.program.isStatic(c.symbol)) : [];
    const taking = isOfType ? candidates.filter((c) => ev.program.isStatic(c.symbol)) : candidates;
    const whole = this.#overloads.pickFor(ev, taking, parameters);
    const rest = parameters.length === 0 ? [] : this.#overloads.pickFor(ev, called, parameters.slice(1));
    const found = [...whole, ...rest];
    return found.length > 0 ? found : candidates;
  }

  /** The method that a reference means; a raw `X` gets the type arguments of what it is called on. */
  referred(ev: Evaluation, named: FunctionType, parameters: Parameters): FunctionType {
    const all = this.#methods.siblings(ev, named);
    const found = this.pick(ev, all, parameters)[0] ?? named;
    const [first] = parameters;
    const { owner } = found;
    const isCalledOnFirst =
      named.receiver?.t === 'class' && !ev.program.isStatic(found.symbol) && owner?.t === 'instance';
    const seen =
      isCalledOnFirst && first?.t === 'instance' ? ev.asInstanceOf(first, owner.symbol) : undefined;
    return seen ? ev.types.function(found.symbol, seen, seen) : found;
  }
}
