import { FLAG, OP, SYMBOL } from '../../facts.ts';
import { calleeOf } from './expressions.ts';
import type { PythonWalk } from './walk.ts';

/** What the decorators of a definition say. */
export interface Decorators {
  flags: number;
  isOverload: boolean;
  /** `x` of `@x.setter`, `@x.register`: the function that this one belongs to. */
  extends: string | undefined;
  /** Decorators that are called, innermost first: nodes of their expressions. */
  called: readonly number[];
}

const FLAGS: Record<string, number> = {
  staticmethod: FLAG.static,
  abstractstaticmethod: FLAG.static | FLAG.abstract,
  classmethod: FLAG.classMethod,
  abstractclassmethod: FLAG.classMethod | FLAG.abstract,
  abstractmethod: FLAG.abstract,
  property: FLAG.getter,
  abstractproperty: FLAG.getter | FLAG.abstract,
};

/** Reads the decorators above a definition; the calls among them are made by what holds the definition. */
export function readDecorators(w: PythonWalk, nodes: readonly number[]): Decorators {
  const found: Decorators = { flags: 0, isOverload: false, extends: undefined, called: [] };
  const called: number[] = [];
  for (const n of nodes) {
    const inner = w.firstChild(n);
    const callee = w.is(inner, 'call') ? w.field(inner, 'function') : inner;
    const name = w.lastName(callee);
    const flag = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined;
    if (flag !== undefined) found.flags |= flag;
    else if (name === 'overload') found.isOverload = true;
    else if (w.is(callee, 'attribute') && ['getter', 'setter', 'deleter'].includes(name)) {
      found.extends = w.textOf(w.field(callee, 'object'));
      found.flags |= name === 'getter' ? FLAG.getter : FLAG.setter;
    } else {
      // `cached_property`, `hybrid_property`, `classproperty`: read without a call.
      if (/property$/.test(name)) found.flags |= FLAG.getter;
      if (w.is(callee, 'attribute') && name === 'register')
        found.extends = w.textOf(w.field(callee, 'object'));
      called.unshift(inner);
    }
  }
  found.called = called;
  return found;
}

/** The calls that the decorators are; returns what the name means afterwards. */
export function decorate(w: PythonWalk, decorators: Decorators, symbol: number, fn: number): number {
  const own = w.facts.symbolTerm(symbol);
  let value = fn < 0 ? own : w.facts.term(OP.function, fn);
  for (const n of decorators.called) {
    if (w.is(n, 'call') && w.lastName(w.field(n, 'function')) === 'wraps')
      w.facts.addFlags(symbol, FLAG.wrapper);
    const isCall = w.is(n, 'call');
    const { term, at } = isCall ? { term: w.visitAs(n, 'decorator'), at: w.start(n) } : calleeOf(w, n);
    if (term < 0) continue;
    const call = w.facts.call(term, [value]);
    if (isCall || at >= 0) w.facts.addSite(term, 'decorator', isCall ? w.start(n) - 1 : at, call);
    value = call;
  }
  const isPlain = decorators.called.length === 0 || (decorators.flags & (FLAG.getter | FLAG.setter)) !== 0;
  if (fn >= 0 && !isPlain) w.facts.setSymbol(symbol, SYMBOL.value, value);
  return own;
}
