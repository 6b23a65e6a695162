import { OP } from '../../facts.ts';
import { narrowed } from './narrowing.ts';
import type { PythonVisitor, PythonWalk } from './walk.ts';

/** A call of a method that no name in the code spells, such as `__enter__`. */
export function memberSite(w: PythonWalk, object: number, name: string, at: number): void {
  if (object >= 0 && !isConstant(w, object)) w.facts.addSite(w.facts.member(object, name), 'operator', at);
}

/** Values of built-in types, whose operators are nobody's code. */
function isConstant(w: PythonWalk, term: number): boolean {
  const op = w.facts.opOf(term);
  return op === OP.literal || op === OP.text || op === OP.array || op === OP.tuple || op === OP.object;
}

/** An operator's value, and the method that runs for it. */
export function operatorTerm(
  w: PythonWalk,
  operator: string,
  operands: readonly number[],
  at: number,
): number {
  if (operands.every((o) => o < 0)) return -1;
  if (operands.every((o) => o < 0 || isConstant(w, o))) {
    const [first = -1] = operands;
    return COMPARISONS.has(operator) ? w.facts.literal('bool') : first;
  }
  const term = w.facts.term(OP.operator, w.facts.text(operator), w.facts.list(operands));
  w.facts.addSite(term, 'operator', at);
  return term;
}

const COMPARISONS = new Set(['==', '!=', '<', '>', '<=', '>=', '<>', 'in', 'not in', 'is', 'is not']);

export const operatorVisitors: Record<string, PythonVisitor> = {
  binary_operator: (w, n) => {
    // A sum of thousands of terms is a left-leaning tree as deep: it is walked without recursion.
    const spine: number[] = [];
    let at = n;
    for (; w.is(at, 'binary_operator'); at = w.field(at, 'left')) spine.push(at);
    let term = w.visit(at);
    for (const node of spine.reverse()) {
      const operator = w.field(node, 'operator');
      const right = w.visit(w.field(node, 'right'));
      term = operatorTerm(w, w.textOf(operator), [term, right], w.start(operator));
    }
    return term;
  },
  unary_operator: (w, n) => {
    const value = w.visit(w.field(n, 'argument'));
    const operator = w.field(n, 'operator');
    return value < 0 ? -1 : operatorTerm(w, `${w.textOf(operator)}x`, [value], w.start(operator));
  },
  not_operator: (w, n) => {
    w.visit(w.field(n, 'argument'));
    return w.facts.literal('bool');
  },
  comparison_operator: (w, n) => {
    const operands = w.parts(n).filter((c) => !w.is(c, 'not in') && !w.is(c, 'is not'));
    const operators = w.fieldsOf(n, 'operators');
    let left = w.visit(operands[0] ?? -1);
    operators.forEach((operator, i) => {
      const right = w.visit(operands[i + 1] ?? -1);
      const text = w.textOf(operator).replaceAll(/\s+/g, ' ');
      if (text === 'in' || text === 'not in') memberSite(w, right, '__contains__', w.start(operator));
      else if (text !== 'is' && text !== 'is not') operatorTerm(w, text, [left, right], w.start(operator));
      left = right;
    });
    return w.facts.literal('bool');
  },
  boolean_operator: (w, n) => {
    const spine: number[] = [];
    let at = n;
    for (; w.is(at, 'boolean_operator'); at = w.field(at, 'left')) spine.push(at);
    const terms = [w.visit(at)];
    for (const node of spine.reverse()) {
      const isAnd = w.textOf(w.field(node, 'operator')) === 'and';
      narrowed(w, w.field(node, 'left'), isAnd, () => terms.push(w.visit(w.field(node, 'right'))));
    }
    return w.facts.union(terms);
  },
  conditional_expression: (w, n) => {
    const [value = -1, condition = -1, otherwise = -1] = w.parts(n);
    w.visit(condition);
    const sides: number[] = [];
    narrowed(w, condition, true, () => sides.push(w.visit(value)));
    narrowed(w, condition, false, () => sides.push(w.visit(otherwise)));
    return w.facts.union(sides);
  },
  subscript: (w, n) => subscriptTerm(w, n),
};

const NO_SUBSCRIPTS = new Set([
  'Optional',
  'Union',
  'Callable',
  'Literal',
  'ClassVar',
  'Generic',
  'Annotated',
]);

/** `object[key]`, with the call of `__getitem__` that it is. */
export function subscriptTerm(w: PythonWalk, n: number): number {
  const objectNode = w.field(n, 'value');
  const object = w.visit(objectNode);
  const keyNodes = w.fieldsOf(n, 'subscript');
  const keys = keyNodes.map((k) => w.visit(k));
  if (object < 0 || NO_SUBSCRIPTS.has(w.lastName(objectNode))) return object;
  const [key = -1] = keys;
  if (w.is(keyNodes[0] ?? -1, 'slice')) {
    const part = sliceOf(w, object, keyNodes[0]!);
    if (part >= 0) return part;
  }
  const isTuple = keys.length > 1;
  const term = w.facts.term(OP.index, object, isTuple ? w.facts.term(OP.tuple, w.facts.list(keys)) : key);
  if (!isConstant(w, object)) w.facts.addSite(term, 'operator', w.start(n) + lengthOf(w, objectNode));
  return term;
}

const lengthOf = (w: PythonWalk, n: number) => w.end(n) - w.start(n);

/** A part of a list that is written out; the list itself where its items are not known. */
function sliceOf(w: PythonWalk, object: number, slice: number): number {
  const op = w.facts.opOf(object);
  const isWritten = op === OP.array || op === OP.tuple;
  const [from = '', to = '', step] = w
    .textOf(slice)
    .split(':')
    .map((part) => part.trim());
  if (!isWritten || step !== undefined || !/^\d*$/.test(from) || !/^-?\d*$/.test(to)) return -1;
  const items = w.facts.listItems(w.facts.operand(object, 'a'));
  const part = items.slice(from === '' ? 0 : Number(from), to === '' ? undefined : Number(to));
  return w.facts.term(op, w.facts.list(part));
}
