import { FLAG, FUNCTION, OP, SYMBOL, TERM, VARIABLE } from '../index/facts.ts';
import { argumentsOf, argumentVariable, parameterVariable } from './arguments.ts';
import type { Evaluation } from './evaluation.ts';
import { boundOf } from './substitute.ts';
import type { FunctionType, SignatureType, Type } from './types.ts';

const MOST_PARAMETERS = 12;

/** What a call gives. `explicit` are written type arguments; `context` is the term of what is expected of it. */
export function callResult(
  ev: Evaluation,
  callee: Type | undefined,
  file: number,
  term: number,
  explicit?: readonly (Type | undefined)[],
  context = -1,
): Type | undefined {
  if (!callee) return undefined;
  switch (callee.t) {
    case 'union':
      return ev.types.union(callee.items.map((item) => callResult(ev, item, file, term, explicit, context)));
    case 'function':
      return functionCall(ev, chosen(ev, callee, file, term, -1), file, term, explicit, context);
    case 'class': {
      const rules = ev.rules(ev.program.fileOf(callee.symbol));
      if (rules.callConverts)
        return ev.instanceOf(explicit ? ev.types.class(callee.symbol, explicit) : callee);
      return rules.callMakesInstance ? constructed(ev, callee, file, term, explicit) : undefined;
    }
    case 'signature':
      return signatureResult(ev, callee, file, term);
    case 'lambda':
      return lambdaResult(ev, callee.file, callee.function);
    case 'instance': {
      const stands = standIn(ev, callee);
      if (stands) return callResult(ev, stands, file, term, explicit);
      const signature = signatureOf(ev, callee);
      return signature && callResult(ev, signature, file, term, explicit);
    }
    default:
      return undefined;
  }
}

/** What a call of a written function type gives: of `(T) => T`, its argument. */
function signatureResult(
  ev: Evaluation,
  callee: SignatureType,
  file: number,
  term: number,
): Type | undefined {
  if (!callee.result || !ev.types.isOpen(callee.result)) return callee.result;
  const given = argumentsOf(ev, file, term);
  return ev.replace(callee.result, (owner, index) => {
    const parameter = ev.types.parameter(owner, index);
    const at = callee.parameters.indexOf(parameter);
    return (at >= 0 ? ev.value(file, given[at] ?? -1) : undefined) ?? parameter;
  });
}

/** What `new C(…)` gives: C with the type arguments that are written or follow from the constructor's. */
export function constructed(
  ev: Evaluation,
  callee: Type | undefined,
  file: number,
  term: number,
  explicit?: readonly (Type | undefined)[],
): Type | undefined {
  if (callee?.t === 'union')
    return ev.types.union(callee.items.map((item) => constructed(ev, item, file, term, explicit)));
  if (callee?.t === 'instance' || callee?.t === 'parameter') return madeBy(ev, callee);
  if (callee?.t !== 'class') return undefined;
  const made = ev.instanceOf(callee);
  if (made?.t !== 'instance' || callee.args.length > 0) return made;
  const self = ev.selfType(made.symbol);
  if (self.args.length === 0) return made;
  if (explicit) return ev.types.instance(made.symbol, explicit);
  const constructor = constructorOf(ev, made.symbol, file, term);
  if (constructor === undefined) return made;
  const known = infer(ev, constructor, made.symbol, undefined, file, term, -1);
  return ev.types.instance(
    made.symbol,
    self.args.map((_, i) => known.get(i)),
  );
}

/** What a construction of a value gives: of a class, or of what is only known to be constructed so. */
export function madeBy(ev: Evaluation, type: Type | undefined): Type | undefined {
  if (type?.t === 'class') return ev.instanceOf(type);
  if (type?.t === 'parameter') return madeBy(ev, boundOf(ev, type.owner, type.index));
  if (type?.t !== 'instance') return undefined;
  const file = ev.program.fileOf(type.symbol);
  const { classOfClasses } = ev.rules(file);
  const wanted = classOfClasses === undefined ? undefined : ev.builtIn(file, classOfClasses);
  return wanted?.t === 'instance' ? ev.asInstanceOf(type, wanted.symbol)?.args[0] : undefined;
}

/** Among the methods of a callee's name, the one that a call means. */
function chosen(
  ev: Evaluation,
  callee: FunctionType,
  file: number,
  call: number,
  skip: number,
): FunctionType | undefined {
  const rules = ev.rules(file);
  return rules.overloads ? rules.overloads(ev, callee, file, call, skip)[0] : callee;
}

/** The constructor that a class declares or inherits, as a call means it. `skip` is an argument not looked at. */
export function constructorOf(
  ev: Evaluation,
  symbol: number,
  file = -1,
  call = -1,
  skip = -1,
): number | undefined {
  const rules = ev.rules(ev.program.fileOf(symbol));
  if (rules.constructors) return rules.constructors(ev, symbol, file, call, skip)[0];
  for (const name of ev.rules(ev.program.fileOf(symbol)).constructorNames) {
    const [found] = ev.members(ev.types.instance(symbol), name);
    if (found) return found.symbol;
  }
  return undefined;
}

function functionCall(
  ev: Evaluation,
  callee: FunctionType | undefined,
  file: number,
  term: number,
  explicit: readonly (Type | undefined)[] | undefined,
  context: number,
): Type | undefined {
  if (!callee) return undefined;
  const result =
    (callee.wraps >= 0 ? functionResult(ev, callee.wraps) : undefined) ??
    passedThrough(ev, callee.symbol, file, term) ??
    functionResult(ev, callee.symbol);
  const seen = ev.substitute(result, callee.owner, callee.receiver);
  if (!seen || !ev.types.isOpen(seen)) return seen;
  if (explicit)
    return ev.replace(seen, (owner, i) =>
      owner === callee.symbol ? explicit[i] : ev.types.parameter(owner, i),
    );
  let known: Map<number, Type> | undefined;
  return ev.replace(seen, (owner, i) => {
    if (owner !== callee.symbol) return ev.types.parameter(owner, i);
    known ??= infer(ev, callee.symbol, callee.symbol, callee.owner, file, term, -1);
    if (!known.has(i) && context >= 0)
      inferFromExpected(ev, seen, ev.expected(file, context), callee.symbol, known);
    return known.get(i) ?? boundBy(ev, owner, i, known);
  });
}

/** The bound of a type parameter, in terms of the others that a call has settled. */
function boundBy(
  ev: Evaluation,
  owner: number,
  index: number,
  known: ReadonlyMap<number, Type>,
): Type | undefined {
  const bound = boundOf(ev, owner, index);
  return ev.replace(bound, (by, i) => (by === owner ? known.get(i) : ev.types.parameter(by, i)));
}

/** What a function gives that returns one of its parameters as it is; undefined for others. */
function passedThrough(ev: Evaluation, symbol: number, file: number, call: number): Type | undefined {
  const { program } = ev;
  const fn = program.column(symbol, SYMBOL.function);
  const own = program.fileOf(symbol);
  if (call < 0 || fn < 0 || program.functionColumn(own, fn, FUNCTION.returnType) >= 0) return undefined;
  if (program.functionColumn(own, fn, FUNCTION.yields) >= 0) return undefined;
  if ((program.functionColumn(own, fn, FUNCTION.flags) & FLAG.async) !== 0) return undefined;
  const returned = program.functionColumn(own, fn, FUNCTION.returns);
  if (returned < 0) return undefined;
  const { terms } = program.facts[own]!;
  const operand = terms[returned * TERM.width + TERM.a]!;
  const parts = terms[returned * TERM.width] === OP.union ? program.list(own, operand) : [returned];
  let isPassed = false;
  const types = Array.from(parts, (part) => {
    const variable = terms[part * TERM.width + TERM.a]!;
    const isOwn =
      terms[part * TERM.width] === OP.variable &&
      program.variableColumn(own, variable, VARIABLE.function) === fn &&
      program.variableColumn(own, variable, VARIABLE.parameter) >= 0 &&
      program.variableColumn(own, variable, VARIABLE.type) < 0;
    if (!isOwn) return () => ev.value(own, part);
    isPassed = true;
    return () => passedFor(ev, symbol, { file: own, variable }, file, call);
  });
  return isPassed ? ev.types.union(types.map((type) => type())) : undefined;
}

/** What a call passes for a parameter, or its default. */
function passedFor(
  ev: Evaluation,
  symbol: number,
  parameter: { file: number; variable: number },
  file: number,
  call: number,
): Type | undefined {
  const given = argumentsOf(ev, file, call);
  const at = given.findIndex((argument, i) => {
    const found = argumentVariable(ev, symbol, { file, argument }, i);
    return found?.variable === parameter.variable && !found.isRest;
  });
  if (at >= 0) return ev.value(file, given[at]!);
  return ev.value(
    parameter.file,
    ev.program.variableColumn(parameter.file, parameter.variable, VARIABLE.value),
  );
}

/** What a value of a built-in type stands for when it is called. */
export function standIn(ev: Evaluation, type: Type): Type | undefined {
  return type.t === 'instance' && ev.program.isBuiltIn(type.symbol)
    ? ev.rules(ev.program.fileOf(type.symbol)).standIn?.(ev, type)
    : undefined;
}

/** Type arguments that follow from what the surroundings expect of a result. */
function inferFromExpected(
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

/** What a function returns, in terms of its own and its class's type parameters. */
export function functionResult(ev: Evaluation, symbol: number): Type | undefined {
  const fn = ev.program.column(symbol, SYMBOL.function);
  const file = ev.program.fileOf(symbol);
  if (fn < 0) return undefined;
  const declared = ev.type(file, ev.program.column(symbol, SYMBOL.type));
  if (declared) return resultOf(ev, declared);
  return lambdaResult(ev, file, fn);
}

/** What a function literal or body gives: as declared, or as its return statements say. */
export function lambdaResult(ev: Evaluation, file: number, fn: number): Type | undefined {
  const { program } = ev;
  const declared = program.functionColumn(file, fn, FUNCTION.returnType);
  if (declared >= 0) return ev.type(file, declared);
  const rules = ev.rules(file);
  const flags = program.functionColumn(file, fn, FUNCTION.flags);
  const yields = program.functionColumn(file, fn, FUNCTION.yields);
  if (yields >= 0 || (flags & FLAG.generator) !== 0)
    return ev.builtIn(file, rules.builtInName('generator'), [ev.value(file, yields)]);
  const value = ev.value(file, program.functionColumn(file, fn, FUNCTION.returns));
  if ((flags & FLAG.async) === 0) return value;
  return ev.builtIn(file, rules.builtInName('promise'), [ev.awaited(value, file)]);
}

function resultOf(ev: Evaluation, type: Type | undefined): Type | undefined {
  const signature = signatureOf(ev, type);
  if (signature?.t === 'signature') return signature.result;
  return (
    signature && ev.substitute(functionResult(ev, signature.symbol), signature.owner, signature.receiver)
  );
}

/** How a value is called: a function type, a functional interface, a callable object. */
export function signatureOf(
  ev: Evaluation,
  type: Type | undefined,
): SignatureType | FunctionType | undefined {
  if (!type) return undefined;
  switch (type.t) {
    case 'signature':
    case 'function':
      return type;
    case 'union':
      for (const item of type.items) {
        const found = signatureOf(ev, item);
        if (found) return found;
      }
      return undefined;
    case 'parameter':
      return signatureOf(ev, boundOf(ev, type.owner, type.index));
    case 'instance': {
      const file = ev.program.fileOf(type.symbol);
      const written = ev.program.column(type.symbol, SYMBOL.type);
      const own = written < 0 ? undefined : ev.substitute(ev.type(file, written), type, type);
      if (own?.t === 'signature') return own;
      const found = ev.rules(file).signatureOf?.(ev, type);
      return found?.t === 'signature' || found?.t === 'function' ? found : undefined;
    }
    default:
      return undefined;
  }
}

/** What a callee expects as one of its arguments. `context` is the term of what is expected of its result. */
export function parameterType(
  ev: Evaluation,
  callee: Type | undefined,
  index: number,
  file: number,
  call: number,
  context = -1,
): Type | undefined {
  if (!callee) return undefined;
  switch (callee.t) {
    case 'union':
      for (const item of callee.items) {
        const found = parameterType(ev, item, index, file, call, context);
        if (found) return found;
      }
      return undefined;
    case 'class': {
      const constructor = constructorOf(ev, callee.symbol, file, call, index);
      if (constructor === undefined) return undefined;
      const made = ev.types.instance(callee.symbol, callee.args);
      const self = callee.args.length > 0 ? made : ev.selfType(callee.symbol);
      const place = { index, file, call, context };
      return declaredParameter(
        ev,
        { symbol: constructor, owner: self, of: callee.symbol, result: self },
        place,
      );
    }
    case 'function': {
      const picked = call < 0 ? callee : chosen(ev, callee, file, call, index);
      if (!picked) return undefined;
      const { symbol, owner } = picked;
      const result = context < 0 ? undefined : ev.substitute(functionResult(ev, symbol), owner, owner);
      return declaredParameter(ev, { symbol, owner, of: symbol, result }, { index, file, call, context });
    }
    case 'signature':
      return callee.parameters[index];
    case 'instance': {
      const signature = signatureOf(ev, callee);
      return signature && parameterType(ev, signature, index, file, call);
    }
    default:
      return undefined;
  }
}

/** What is called: `of` owns the type parameters that a call settles. */
interface Called {
  symbol: number;
  owner: Type | undefined;
  of: number;
  result: Type | undefined;
}

function declaredParameter(
  ev: Evaluation,
  { symbol, owner, of, result }: Called,
  { index, file, call, context }: { index: number; file: number; call: number; context: number },
): Type | undefined {
  const argument = argumentsOf(ev, file, call)[index] ?? -1;
  const declared = parameterAsWritten(ev, symbol, { file, argument }, index);
  const seen = ev.substitute(declared, owner, owner);
  if (!seen || !ev.types.isOpen(seen)) return seen;
  const known = infer(ev, symbol, of, owner, file, call, index);
  return ev.replace(seen, (by, i) => {
    if (by !== of) return ev.types.parameter(by, i);
    if (!known.has(i) && context >= 0) inferFromExpected(ev, result, ev.expected(file, context), of, known);
    return known.get(i) ?? boundOf(ev, by, i);
  });
}

function parameterAsWritten(
  ev: Evaluation,
  symbol: number,
  from: { file: number; argument: number },
  index: number,
): Type | undefined {
  const found = argumentVariable(ev, symbol, from, index);
  if (!found) return undefined;
  const type = ev.type(found.file, ev.program.variableColumn(found.file, found.variable, VARIABLE.type));
  return found.isRest ? ev.elementOf(type, found.file) : type;
}

/** Type arguments that follow from what a call passes. `of` owns the parameters; `skip` is an argument left out. */
function infer(
  ev: Evaluation,
  symbol: number,
  of: number,
  owner: Type | undefined,
  file: number,
  call: number,
  skip: number,
): Map<number, Type> {
  const known = new Map<number, Type>();
  const given = argumentsOf(ev, file, call);
  given.forEach((argument, i) => {
    if (i === skip) return;
    const declared = ev.substitute(parameterAsWritten(ev, symbol, { file, argument }, i), owner, owner);
    if (!ev.types.isOpen(declared)) return;
    const value = ev.value(file, argument);
    unify(ev, declared, i === given.length - 1 ? restItem(ev, symbol, i, value) : value, of, known, 0);
  });
  return known;
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
      if (declared.owner === of && !known.has(declared.index)) known.set(declared.index, given);
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

/** What a function given as an argument returns. */
export function calledResult(ev: Evaluation, given: Type): Type | undefined {
  if (given.t === 'lambda') return lambdaResult(ev, given.file, given.function);
  if (given.t === 'function')
    return ev.substitute(functionResult(ev, given.symbol), given.owner, given.receiver);
  if (given.t === 'class') return ev.instanceOf(given);
  return resultOf(ev, given);
}
