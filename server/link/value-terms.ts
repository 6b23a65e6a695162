import { FLAG, FUNCTION, OP, TERM, VARIABLE } from '../index/facts.ts';
import { constructed } from './calls.ts';
import type { Evaluation } from './evaluation.ts';
import { boundOf } from './substitute.ts';
import type { Type } from './types.ts';

/** What a term is as a value. */
export function valueOfTerm(ev: Evaluation, file: number, term: number): Type | undefined {
  const { program, types } = ev;
  const { terms } = program.facts[file]!;
  const op = terms[term * TERM.width]!;
  const a = terms[term * TERM.width + TERM.a]!;
  const b = terms[term * TERM.width + TERM.b]!;
  const rules = ev.rules(file);
  switch (op) {
    case OP.symbol:
      return ev.symbolValue(program.symbol(file, a));
    case OP.variable:
      return variableValue(ev, file, a);
    case OP.import:
      return rules.imported(ev, file, a);
    case OP.global:
      return rules.global(ev, file, program.text(file, a), b < 0 ? -1 : program.symbol(file, b));
    case OP.this:
    case OP.class:
    case OP.super:
      // In damaged source, `this` may stand in no class.
      return a < 0 ? undefined : receiverValue(ev, op, program.symbol(file, a));
    case OP.member:
      return ev.memberValue(ev.value(file, a), program.text(file, b));
    case OP.method:
      return terms[a * TERM.width] === OP.scope
        ? rules.bareMethod?.(ev, file, program.text(file, b), aroundOf(ev, file, a))
        : rules.method?.(ev, ev.value(file, a), program.text(file, b), file);
    case OP.call:
      return ev.callResult(ev.value(file, a), file, term);
    case OP.expecting:
      return expectingValue(ev, file, a, b);
    case OP.new:
      return constructed(ev, ev.value(file, a), file, term);
    case OP.apply: {
      // `f<T>(…)`, `new C<T>(…)`
      const inner = terms[a * TERM.width]!;
      const explicit = Array.from(program.list(file, b), (item) => ev.type(file, item));
      if (inner !== OP.new && inner !== OP.call) {
        const value = ev.value(file, a);
        return value?.t === 'class' ? types.class(value.symbol, explicit) : value;
      }
      const callee = ev.value(file, terms[a * TERM.width + TERM.a]!);
      if (inner === OP.new) return constructed(ev, callee, file, a, explicit);
      return ev.callResult(callee, file, a, explicit);
    }
    case OP.index: {
      const picked = rules.picked?.(ev, file, term);
      if (picked !== undefined) return picked ?? undefined;
      const object = ev.value(file, a);
      return object && (rules.indexed?.(ev, object, ev.value(file, b)) ?? ev.elementOf(object, file));
    }
    case OP.item: {
      const picked = rules.picked?.(ev, file, term);
      if (picked !== undefined) return picked ?? undefined;
      const whole = ev.value(file, a);
      if (whole?.t === 'tuple') return whole.items[b];
      if (whole?.t === 'union')
        return types.union(whole.items.map((i) => (i.t === 'tuple' ? i.items[b] : ev.elementOf(i, file))));
      return whole && (rules.indexed?.(ev, whole, undefined) ?? ev.elementOf(whole, file));
    }
    case OP.await:
      return ev.awaited(ev.value(file, a), file);
    case OP.element:
      return ev.elementOf(ev.value(file, a), file);
    case OP.union:
      return types.union(valuesOf(ev, file, a));
    case OP.function:
      return functionValue(ev, file, a);
    case OP.literal:
      return ev.builtIn(file, program.text(file, a));
    case OP.text:
      return ev.builtIn(file, rules.textName ?? 'string');
    case OP.array:
      return ev.builtIn(file, rules.builtInName('array'), [types.union(arrayItems(ev, file, a))]);
    case OP.object:
      return rules.objectOf ? rules.objectOf(ev, file, term) : types.object(file, term);
    case OP.tuple:
      return types.tuple(valuesOf(ev, file, a));
    case OP.cast:
      return ev.type(file, a) ?? ev.value(file, b);
    case OP.operator:
      return rules.operator?.(ev, program.text(file, a), valuesOf(ev, file, b));
    case OP.spread:
    case OP.reference:
      return ev.value(file, a);
    case OP.keyword:
      return ev.value(file, b);
    case OP.unwrap: {
      const value = ev.value(file, a);
      return value && (rules.unwrapped ? rules.unwrapped(ev, value) : value);
    }
    case OP.narrowed:
      return rules.narrowed?.(ev, ev.value(file, a), ev.value(file, b));
    case OP.typeOf:
      return ev.value(file, a);
    default:
      return op >= OP.apply ? ev.type(file, term) : undefined;
  }
}

function receiverValue(ev: Evaluation, op: number, cls: number): Type | undefined {
  if (op === OP.this) return ev.selfType(cls);
  if (op === OP.class) return ev.types.class(cls, ev.selfType(cls).args);
  const rules = ev.rules(ev.program.fileOf(cls));
  return rules.superOf ? rules.superOf(ev, cls) : ev.types.union(ev.basesOf(cls).slice(0, 1));
}

function valuesOf(ev: Evaluation, file: number, list: number): (Type | undefined)[] {
  return Array.from(ev.program.list(file, list), (item) => ev.value(file, item));
}

/** A function literal; one that a symbol stands for is that symbol, without what its decorators make of it. */
function functionValue(ev: Evaluation, file: number, fn: number): Type {
  const symbol = ev.program.functionColumn(file, fn, FUNCTION.symbol);
  return symbol < 0 ? ev.types.lambda(file, fn) : ev.types.function(ev.program.symbol(file, symbol));
}

function aroundOf(ev: Evaluation, file: number, scope: number): number {
  const cls = ev.program.facts[file]!.terms[scope * TERM.width + TERM.a]!;
  return cls < 0 ? -1 : ev.program.symbol(file, cls);
}

/** A call whose type arguments may follow from what is expected of it, not only from what it is given. */
function expectingValue(ev: Evaluation, file: number, call: number, context: number): Type | undefined {
  const { terms } = ev.program.facts[file]!;
  if (terms[call * TERM.width] !== OP.call) return ev.value(file, call);
  const callee = ev.value(file, terms[call * TERM.width + TERM.a]!);
  return ev.callResult(callee, file, call, undefined, context);
}

function arrayItems(ev: Evaluation, file: number, list: number): (Type | undefined)[] {
  const { terms } = ev.program.facts[file]!;
  return Array.from(ev.program.list(file, list).subarray(0, 40), (item) => {
    if (item < 0) return undefined;
    const isSpread = terms[item * TERM.width] === OP.spread;
    const value = ev.value(file, item);
    return isSpread ? ev.elementOf(value, file) : value;
  });
}

/** A parameter's declared type, what a lambda's surroundings expect of it, what callers pass; a local's values. */
function variableValue(ev: Evaluation, file: number, variable: number): Type | undefined {
  const { program, types } = ev;
  const column = (c: number) => program.variableColumn(file, variable, c);
  const declared = ev.type(file, column(VARIABLE.type));
  if (declared || (column(VARIABLE.type) >= 0 && ev.rules(file).staticallyTyped)) return declared;
  const parameter = column(VARIABLE.parameter);
  const assigned = column(VARIABLE.value);
  const own = assigned < 0 ? undefined : ev.value(file, assigned);
  if (parameter < 0) return own;
  const fn = column(VARIABLE.function);
  const expected = expectedParameter(ev, file, fn, parameter);
  if (expected) return expected;
  if ((column(VARIABLE.flags) & FLAG.rest) !== 0)
    return ev.builtIn(file, ev.rules(file).builtInName('array'), [ev.flowType(file, variable)]);
  const passed = ev.flowType(file, variable);
  const isDeclared = column(VARIABLE.type) >= 0 && ev.rules(file).declaredHidesPassed;
  return types.union([own, isDeclared ? functionsOf(ev, passed) : passed]);
}

/** The functions among values: which one is called, no declared type says. */
function functionsOf(ev: Evaluation, type: Type | undefined): Type | undefined {
  const items = type?.t === 'union' ? type.items : [type];
  return ev.types.union(items.filter((item) => item?.t === 'function' || item?.t === 'lambda'));
}

/** What the surroundings of a function literal say of its parameter. */
function expectedParameter(ev: Evaluation, file: number, fn: number, index: number): Type | undefined {
  if (fn < 0) return undefined;
  const { program } = ev;
  const context = program.functionColumn(file, fn, FUNCTION.context);
  if (context < 0) return undefined;
  const signature = ev.signatureOf(ev.expected(file, context));
  if (!signature) return undefined;
  const found =
    signature.t === 'signature' ? signature.parameters[index] : ev.parameterType(signature, index, file, -1);
  return found?.t === 'parameter' ? (boundOf(ev, found.owner, found.index) ?? found) : found;
}
