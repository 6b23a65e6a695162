import { FLAG, FUNCTION, OP, SYMBOL, TERM, VARIABLE } from '../index/facts.ts';
import { argumentsOf, argumentVariable } from './arguments.ts';
import type { Evaluation } from './evaluation.ts';
import { infer, inferFromExpected, parameterAsWritten } from './inference.ts';
import { functionResult, lambdaResult, madeBy, signatureOf } from './results.ts';
import { fittingSignatures, parametersBefore } from './signatures.ts';
import { boundOf } from './substitute.ts';
import type { FunctionType, SignatureType, Type } from './types.ts';

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

/** Among the methods of a callee's name, the one that a call means. */
function chosen(
  ev: Evaluation,
  callee: FunctionType,
  file: number,
  call: number,
  skip: number,
): FunctionType | undefined {
  if (!ev.rules(file).overloads) return callee;
  return skip < 0
    ? overloadsOf(ev, callee, file, call)[0]
    : ev.rules(file).overloads!(ev, callee, file, call, skip)[0];
}

/** Among the methods of a callee's name, those that a call may mean, the best first. */
export function overloadsOf(
  ev: Evaluation,
  callee: FunctionType,
  file: number,
  call: number,
): readonly FunctionType[] {
  const rules = ev.rules(file);
  if (!rules.overloads) return [callee];
  if (calledBy(ev, file, call) !== callee) return rules.overloads(ev, callee, file, call, -1);
  const meant = ev.meant(file, call);
  if (meant?.t === 'function') return [meant];
  return meant?.t === 'tuple' ? (meant.items as readonly FunctionType[]) : [];
}

/** `Evaluation.meant`, evaluated: a call is asked about for its value, and for its edges. */
export function meantBy(ev: Evaluation, file: number, call: number): Type | undefined {
  const callee = calledBy(ev, file, call);
  if (callee?.t !== 'function') return undefined;
  const found = ev.rules(file).overloads!(ev, callee, file, call, -1);
  return found.length > 1 ? ev.types.alternatives(found) : found[0];
}

/** The value of a call's own callee. */
function calledBy(ev: Evaluation, file: number, call: number): Type | undefined {
  if (call < 0) return undefined;
  const { terms } = ev.program.facts[file]!;
  if (terms[call * TERM.width] !== OP.call) return undefined;
  return ev.value(file, terms[call * TERM.width + TERM.a]!);
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
  if (callee.wraps < 0 && ev.program.signatures(callee.symbol).length > 0)
    return overloadedCall(ev, callee, file, term, explicit, context);
  const result =
    (callee.wraps >= 0 ? functionResult(ev, callee.wraps) : undefined) ??
    passedThrough(ev, callee.symbol, file, term) ??
    functionResult(ev, callee.symbol);
  return settled(ev, callee, result, file, term, explicit, context);
}

/** What the signatures that fit a call give. */
function overloadedCall(
  ev: Evaluation,
  callee: FunctionType,
  file: number,
  term: number,
  explicit: readonly (Type | undefined)[] | undefined,
  context: number,
): Type | undefined {
  const own = ev.program.fileOf(callee.symbol);
  return ev.types.union(
    fittingSignatures(ev, callee.symbol, file, term, -1).map((fn) => {
      const result = ev.type(own, ev.program.functionColumn(own, fn, FUNCTION.returnType));
      return settled(ev, callee, result, file, term, explicit, context, fn);
    }),
  );
}

/** A callee's result with the type arguments that a call gives or lets follow. `fn` is one of several signatures. */
function settled(
  ev: Evaluation,
  callee: FunctionType,
  result: Type | undefined,
  file: number,
  term: number,
  explicit: readonly (Type | undefined)[] | undefined,
  context: number,
  fn?: number,
): Type | undefined {
  const seen = ev.substitute(result, callee.owner, callee.receiver);
  if (!seen || !ev.types.isOpen(seen)) return seen;
  if (explicit) {
    const before = fn === undefined ? 0 : parametersBefore(ev, callee.symbol, fn);
    return ev.replace(seen, (owner, i) =>
      owner === callee.symbol ? explicit[i - before] : ev.types.parameter(owner, i),
    );
  }
  let known: Map<number, Type> | undefined;
  return ev.replace(seen, (owner, i) => {
    if (owner !== callee.symbol) return ev.types.parameter(owner, i);
    known ??= infer(ev, callee.symbol, callee.symbol, callee.owner, file, term, -1, fn);
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
      const place = { index, file, call, context };
      for (const fn of fittingSignatures(ev, symbol, file, call, index)) {
        const found = declaredParameter(ev, { symbol, owner, of: symbol, result, fn }, place);
        if (found) return found;
      }
      return declaredParameter(ev, { symbol, owner, of: symbol, result }, place);
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
  /** One of several signatures. */
  fn?: number;
}

function declaredParameter(
  ev: Evaluation,
  { symbol, owner, of, result, fn }: Called,
  { index, file, call, context }: { index: number; file: number; call: number; context: number },
): Type | undefined {
  const argument = argumentsOf(ev, file, call)[index] ?? -1;
  const declared = parameterAsWritten(ev, symbol, { file, argument }, index, fn);
  const seen = ev.substitute(declared, owner, owner);
  if (!seen || !ev.types.isOpen(seen)) return seen;
  const known = infer(ev, symbol, of, owner, file, call, index, fn);
  return ev.replace(seen, (by, i) => {
    if (by !== of) return ev.types.parameter(by, i);
    if (!known.has(i) && context >= 0) inferFromExpected(ev, result, ev.expected(file, context), of, known);
    return known.get(i) ?? boundOf(ev, by, i);
  });
}
