import { OP, TERM } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';
import type { ImplicitCall } from '../evaluation.ts';
import type { Type } from '../types.ts';

const BINARY: Record<string, string> = {
  ...{
    '+': 'add',
    '-': 'sub',
    '*': 'mul',
    '/': 'truediv',
    '//': 'floordiv',
    '%': 'mod',
    '**': 'pow',
    '@': 'matmul',
  },
  ...{ '&': 'and', '|': 'or', '^': 'xor', '<<': 'lshift', '>>': 'rshift' },
};
const COMPARISONS: Record<string, readonly [string, string]> = {
  ...{
    '<': ['__lt__', '__gt__'],
    '>': ['__gt__', '__lt__'],
    '<=': ['__le__', '__ge__'],
    '>=': ['__ge__', '__le__'],
  },
  ...{ '==': ['__eq__', '__eq__'], '!=': ['__ne__', '__ne__'], '<>': ['__ne__', '__ne__'] },
};
const UNARY: Record<string, string> = { '-x': '__neg__', '+x': '__pos__', '~x': '__invert__' };

/** What an iteration over a value gives: by `__iter__` and `__next__`, else by `__getitem__`. */
export function iterated(ev: Evaluation, type: Type): Type | undefined {
  if (type.t === 'class') return ev.program.kind(type.symbol) === 'Enum' ? ev.instanceOf(type) : undefined;
  if (type.t !== 'instance') return undefined;
  const file = ev.program.fileOf(type.symbol);
  const iterable = ev.builtIn(file, 'Iterable');
  const as = iterable?.t === 'instance' ? ev.asInstanceOf(type, iterable.symbol) : undefined;
  if (as?.args[0]) return as.args[0];
  const iterator = ev.callResult(ev.memberValue(type, '__iter__'), file, -1);
  if (iterator && iterator !== type && iterator.t === 'instance' && ev.program.isBuiltIn(iterator.symbol))
    return ev.elementOf(iterator, file);
  const next = iterator && ev.callResult(ev.memberValue(iterator, '__next__'), file, -1);
  return next ?? ev.callResult(ev.memberValue(type, '__getitem__'), file, -1);
}

/** The result of an operator, by the method of its left operand, else of its right one. */
export function operatorResult(
  ev: Evaluation,
  operator: string,
  [left, right]: readonly (Type | undefined)[],
): Type | undefined {
  if (Object.hasOwn(COMPARISONS, operator)) return undefined;
  if (Object.hasOwn(UNARY, operator)) return resultOf(ev, left, UNARY[operator]!);
  const isInPlace = !Object.hasOwn(BINARY, operator);
  const name = BINARY[isInPlace ? operator.replace(/=$/, '') : operator];
  if (name === undefined) return undefined;
  // A number beside something unknown says nothing: the other may know what to do with numbers.
  if (!right && isBuiltIn(ev, left)) return undefined;
  return (
    (isInPlace ? resultOf(ev, left, `__i${name}__`) : undefined) ??
    reflectedFirst(ev, left, right, name) ??
    resultOf(ev, left, `__${name}__`) ??
    resultOf(ev, right, `__r${name}__`)
  );
}

/** `2 * x`: a built-in operand leaves the work to the other where that has the reflected method. */
function reflectedFirst(
  ev: Evaluation,
  left: Type | undefined,
  right: Type | undefined,
  name: string,
): Type | undefined {
  return isBuiltIn(ev, left) && !isBuiltIn(ev, right) ? resultOf(ev, right, `__r${name}__`) : undefined;
}

function isBuiltIn(ev: Evaluation, type: Type | undefined): boolean {
  if (type?.t === 'union') return type.items.every((item) => isBuiltIn(ev, item));
  return type?.t === 'instance' && ev.program.isBuiltIn(type.symbol);
}

function resultOf(ev: Evaluation, type: Type | undefined, method: string): Type | undefined {
  if (type?.t !== 'instance' && type?.t !== 'union') return undefined;
  return ev.callResult(ev.memberValue(type, method), 0, -1);
}

/** The methods that run for an operator, an index or an iteration. */
export function operatorCalls(ev: Evaluation, file: number, term: number): readonly ImplicitCall[] {
  const { terms } = ev.program.facts[file]!;
  const op = terms[term * TERM.width]!;
  const a = terms[term * TERM.width + TERM.a]!;
  const b = terms[term * TERM.width + TERM.b]!;
  switch (op) {
    case OP.index: {
      const on = ev.value(file, a);
      return on?.t === 'class' ? [{ on, name: '__class_getitem__' }] : [{ on, name: '__getitem__' }];
    }
    case OP.element:
      return iterationCalls(ev, file, ev.value(file, a));
    case OP.operator: {
      const [left, right] = Array.from(ev.program.list(file, b), (item) => ev.value(file, item));
      return methodsOf(ev, ev.program.text(file, a), left, right);
    }
    default:
      return [];
  }
}

function iterationCalls(ev: Evaluation, file: number, on: Type | undefined): ImplicitCall[] {
  if (!on) return [];
  const iterator = ev.callResult(ev.memberValue(on, '__iter__'), file, -1);
  const calls: ImplicitCall[] = [{ on, name: '__iter__' }];
  if (iterator) calls.push({ on: iterator, name: '__next__', besides: true });
  else calls.push({ on, name: '__getitem__' });
  return calls;
}

function methodsOf(
  ev: Evaluation,
  operator: string,
  left: Type | undefined,
  right: Type | undefined,
): readonly ImplicitCall[] {
  const comparison = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (comparison) {
    const [own, reflected] = comparison;
    return [
      { on: left, name: own },
      { on: right, name: reflected },
    ];
  }
  if (Object.hasOwn(UNARY, operator)) return [{ on: left, name: UNARY[operator]! }];
  const isInPlace = !Object.hasOwn(BINARY, operator);
  const name = BINARY[isInPlace ? operator.replace(/=$/, '') : operator];
  if (name === undefined) return [];
  const calls: ImplicitCall[] = isInPlace ? [{ on: left, name: `__i${name}__` }] : [];
  const own = { on: left, name: `__${name}__` };
  const reflected = { on: right, name: `__r${name}__` };
  return isBuiltIn(ev, left) && !isBuiltIn(ev, right)
    ? [...calls, reflected, own]
    : [...calls, own, reflected];
}
