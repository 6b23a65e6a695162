import { VARIABLE } from '../index/facts.ts';
import { argumentsOf, argumentVariable, parameterVariable } from './arguments.ts';
import type { Evaluation } from './evaluation.ts';
import { calledResult, functionResult, madeBy, signatureOf } from './results.ts';
import { boundOf } from './substitute.ts';
import type { FunctionType, Type } from './types.ts';

const MOST_PARAMETERS = 12;

/** Type arguments that follow from what a call passes. `of` owns the parameters; `skip` is an argument left out. */
export function infer(
  ev: Evaluation,
  symbol: number,
  of: number,
  owner: Type | undefined,
  file: number,
  call: number,
  skip: number,
  fn?: number,
): Map<number, Type> {
  const known = new Map<number, Type>();
  const given = argumentsOf(ev, file, call);
  given.forEach((argument, i) => {
    if (i === skip) return;
    const declared = ev.substitute(parameterAsWritten(ev, symbol, { file, argument }, i, fn), owner, owner);
    if (!ev.types.isOpen(declared)) return;
    const value = ev.value(file, argument);
    unify(ev, declared, i === given.length - 1 ? restItem(ev, symbol, i, value) : value, of, known, 0);
  });
  return known;
}

/** Type arguments that follow from what the surroundings expect of a result. */
export function inferFromExpected(
  ev: Evaluation,
  result: Type | undefined,
  expected: Type | undefined,
  of: number,
  known: Map<number, Type>,
): void {
  if (!result || !expected) return;
  if (result.t === 'instance' && expected.t === 'instance')
    unify(ev, ev.asInstanceOf(result, expected.symbol), expected, of, known, 0);
  else if (result.t === 'parameter') unify(ev, result, expected, of, known, 0);
}

export function parameterAsWritten(
  ev: Evaluation,
  symbol: number,
  from: { file: number; argument: number },
  index: number,
  fn?: number,
): Type | undefined {
  const found = argumentVariable(ev, symbol, from, index, fn);
  if (!found) return undefined;
  const type = ev.type(found.file, ev.program.variableColumn(found.file, found.variable, VARIABLE.type));
  return found.isRest ? ev.elementOf(type, found.file) : type;
}

/** Where an array can be given for all of a rest parameter, its items are what the parameter takes. */
function restItem(ev: Evaluation, symbol: number, index: number, value: Type | undefined): Type | undefined {
  if (value?.t !== 'instance') return value;
  const file = ev.program.fileOf(symbol);
  const rules = ev.rules(file);
  if (!rules.restTakesArray || !parameterVariable(ev, symbol, index)?.isRest) return value;
  const array = ev.builtIn(file, rules.builtInName('array'));
  return array?.t === 'instance' && array.symbol === value.symbol ? value.args[0] : value;
}

function unify(
  ev: Evaluation,
  declared: Type | undefined,
  given: Type | undefined,
  of: number,
  known: Map<number, Type>,
  depth: number,
): void {
  if (!declared || !given || depth > 6 || !ev.types.isOpen(declared)) return;
  const deeper = (d: Type | undefined, g: Type | undefined) => unify(ev, d, g, of, known, depth + 1);
  switch (declared.t) {
    case 'parameter':
      if (declared.owner !== of || known.has(declared.index)) return;
      known.set(declared.index, given);
      if (ev.rules(ev.program.fileOf(of)).infersThroughBounds) deeper(boundOf(ev, of, declared.index), given);
      return;
    case 'union':
      for (const item of declared.items) deeper(item, given);
      return;
    case 'signature':
      deeper(declared.result, calledResult(ev, given));
      return;
    case 'class':
      if (given.t === 'class') declared.args.forEach((d, i) => deeper(d, given.args[i]));
      return;
    case 'tuple':
      if (given.t === 'tuple') declared.items.forEach((d, i) => deeper(d, given.items[i]));
      return;
    case 'instance': {
      if (given.t === 'class') {
        const made = madeBy(ev, declared);
        if (made) return deeper(made, ev.instanceOf(given));
      }
      if (given.t === 'union') {
        for (const item of given.items) deeper(declared, item);
        return;
      }
      if (given.t === 'instance') {
        const seen = ev.asInstanceOf(given, declared.symbol);
        if (seen) return declared.args.forEach((d, i) => deeper(d, seen.args[i]));
      }
      const signature = signatureOf(ev, declared);
      if (signature?.t === 'signature') deeper(signature.result, calledResult(ev, given));
      else if (signature && given.t !== 'instance') {
        const wanted = ev.substitute(functionResult(ev, signature.symbol), signature.owner, signature.owner);
        if (!ev.types.isOpen(wanted)) return;
        const fn = given.t === 'function' ? referred(ev, given, signature, of, known) : given;
        deeper(wanted, calledResult(ev, fn));
      } else if (given.t === 'tuple' && declared.args.length === 1)
        deeper(declared.args[0], ev.types.union(given.items));
      return;
    }
    default:
      return;
  }
}

/** A reference to a method, where the parameters of what is expected say which one of its name is meant. */
function referred(
  ev: Evaluation,
  named: FunctionType,
  { symbol, owner }: FunctionType,
  of: number,
  known: ReadonlyMap<number, Type>,
): FunctionType {
  const rules = ev.rules(ev.program.fileOf(named.symbol));
  if (!rules.referred) return named;
  const parameters: (Type | undefined)[] = [];
  for (let i = 0; parameterVariable(ev, symbol, i) && i < MOST_PARAMETERS; i++) {
    const written = ev.substitute(parameterAsWritten(ev, symbol, { file: 0, argument: -1 }, i), owner, owner);
    parameters.push(ev.replace(written, (by, k) => (by === of ? known.get(k) : ev.types.parameter(by, k))));
  }
  return rules.referred(ev, named, parameters);
}
