import { OP } from '../../facts.ts';
import { addByMethod, ANY_KEY, keyText } from './containers.ts';
import { memberSite } from './operators.ts';
import { ADDING_METHODS, bindName } from './targets.ts';
import type { PythonVisitor, PythonWalk } from './walk.ts';

/** Expressions → terms, with the calls and mentions in them. */
export const expressionVisitors: Record<string, PythonVisitor> = {
  comment: () => -1,
  identifier: (w, n) => {
    const term = w.read(w.textOf(n));
    mention(w, term, n);
    return term;
  },
  attribute: (w, n) => {
    const { term, nameNode } = attributeTerm(w, n);
    if (term < 0) return -1;
    if (w.facts.opOf(term) === OP.member) w.facts.addMention(term, w.start(nameNode));
    return w.narrowedChain(n) ?? term;
  },
  parenthesized_expression: (w, n) => w.visit(w.parts(n)[0] ?? -1),
  string: (w, n) => {
    const text = w.stringOf(n);
    const start = w.textOf(w.firstChild(n)).toLowerCase();
    if (text === undefined) w.visitChildren(n);
    if (start.startsWith('b') || start.startsWith('rb')) return w.facts.literal('bytes');
    // Only what could be a name or key is worth keeping.
    if (text === undefined || text.length > 40 || !/^[\w.:/ -]*$/.test(text)) return w.facts.literal('str');
    return w.facts.term(OP.text, w.facts.text(text));
  },
  concatenated_string: (w, n) => {
    w.visitChildren(n);
    return w.facts.literal('str');
  },
  integer: (w, n) => {
    const text = w.end(n) - w.start(n) < 6 ? w.textOf(n) : '';
    return w.facts.term(OP.literal, w.facts.text('int'), /^\d+$/.test(text) ? w.facts.text(text) : -1);
  },
  float: (w) => w.facts.literal('float'),
  true: (w) => w.facts.literal('bool'),
  false: (w) => w.facts.literal('bool'),
  none: () => -1,
  ellipsis: () => -1,
  call,
  await: (w, n) => {
    const value = w.visit(w.parts(n)[0] ?? -1);
    return value < 0 ? -1 : w.facts.term(OP.await, value);
  },
  yield: (w, n) => {
    const [value = -1] = w.parts(n);
    const isFrom = w.has(n, 'from');
    const term = w.visit(value);
    if (isFrom && term >= 0) {
      w.facts.addSite(w.facts.term(OP.element, term), 'operator', w.start(value));
      w.facts.addYield(w.facts.term(OP.element, term));
    } else if (w.facts.function >= 0) w.facts.addYield(term >= 0 ? term : w.facts.unknown);
    return -1;
  },
  tuple: (w, n) => w.facts.term(OP.tuple, w.facts.list(items(w, n))),
  expression_list: (w, n) => w.facts.term(OP.tuple, w.facts.list(items(w, n))),
  list: (w, n) => w.facts.term(OP.array, w.facts.list(items(w, n))),
  set: (w, n) => w.setOf(items(w, n)),
  list_splat: (w, n) => w.facts.term(OP.spread, w.visit(w.firstChild(n))),
  parenthesized_list_splat: (w, n) => w.visit(w.firstChild(n)),
  dictionary,
  named_expression: (w, n) => {
    const value = w.visit(w.field(n, 'value'));
    const nameNode = w.field(n, 'name');
    bindName(w, nameNode, value, { statement: n, type: -1 });
    return value;
  },
  slice: (w, n) => {
    w.visitChildren(n);
    return w.facts.literal('slice');
  },
  keyword_argument: (w, n) => w.visit(w.field(n, 'value')),
  type_conversion: () => -1,
};

function items(w: PythonWalk, n: number): number[] {
  return w.parts(n).map((c) => w.visit(c));
}

/** Mentions of what is more than a local. */
function mention(w: PythonWalk, term: number, n: number): void {
  const variable = w.moduleVariables.get(w.textOf(n));
  const isOwn = variable !== undefined && w.frame.kind === 'module';
  const meant = isOwn ? w.facts.symbolTerm(variable) : term;
  const op = w.facts.opOf(meant);
  if (op === OP.symbol || op === OP.import || op > OP.pointerType) w.facts.addMention(meant, w.start(n));
}

function attributeTerm(w: PythonWalk, n: number): { term: number; nameNode: number } {
  // A chain of thousands of calls is a left-leaning tree as deep; the visitor's own limit holds there.
  const object = w.visit(w.field(n, 'object'));
  const nameNode = w.field(n, 'attribute');
  if (object < 0 || nameNode < 0) return { term: -1, nameNode };
  if (w.facts.opOf(object) === OP.this && w.textOf(nameNode) === '__class__')
    return { term: w.facts.term(OP.class, w.ownClass(object)), nameNode };
  return { term: w.facts.member(object, w.textOf(nameNode)), nameNode };
}

/** A callee's term, its called name not counted as a mention, and where that name stands. */
export function calleeOf(w: PythonWalk, node: number): { term: number; at: number } {
  let n = node;
  while (w.is(n, 'parenthesized_expression')) n = w.firstChild(n);
  if (w.is(n, 'identifier')) return { term: w.read(w.textOf(n)), at: w.start(n) };
  if (w.is(n, 'attribute')) {
    const { term, nameNode } = attributeTerm(w, n);
    return { term: w.narrowedChain(n) ?? term, at: nameNode < 0 ? w.start(n) : w.start(nameNode) };
  }
  const term = w.visit(n);
  return { term, at: Math.max(w.start(n), w.end(n) - 1) };
}

/** Built-in functions that are a method of their argument. */
const METHOD_OF_FUNCTION: Record<string, string> = {
  ...{
    len: '__len__',
    iter: '__iter__',
    next: '__next__',
    repr: '__repr__',
    str: '__str__',
    bool: '__bool__',
  },
  ...{ int: '__int__', float: '__float__', complex: '__complex__', hash: '__hash__', abs: '__abs__' },
  ...{
    round: '__round__',
    reversed: '__reversed__',
    format: '__format__',
    bytes: '__bytes__',
    dir: '__dir__',
  },
};

function call(w: PythonWalk, n: number): number {
  const { form } = w;
  w.form = 'call';
  const fn = w.field(n, 'function');
  const args = w.field(n, 'arguments');
  const name = w.is(fn, 'identifier') ? w.textOf(fn) : '';
  if (name === 'super' && superClass(w, args) >= 0) return w.facts.term(OP.super, superClass(w, args));
  const callee = calleeOf(w, fn);
  const site = callee.term < 0 ? -1 : w.facts.addSite(callee.term, form, callee.at);
  const nodes = w.is(args, 'generator_expression') ? [args] : w.parts(args);
  const { term, given } = withArguments(w, callee.term, nodes);
  if (site >= 0) w.facts.setSiteCall(site, term);
  if (w.is(fn, 'attribute')) return methodCall(w, fn, given, term);
  const [first = -1] = given;
  if (name === '' || first < 0 || isShadowed(w, name)) return term;
  if (name === 'type' && given.length === 1) {
    const own = w.ownClass(first);
    return own >= 0 ? w.facts.term(OP.class, own) : w.facts.member(first, '__class__');
  }
  if (name === 'getattr') return attributeByName(w, given) ?? term;
  const method = Object.hasOwn(METHOD_OF_FUNCTION, name) ? METHOD_OF_FUNCTION[name]! : undefined;
  if (method !== undefined) memberSite(w, first, method, callee.at);
  if (name === 'iter') memberSite(w, first, '__iter__', callee.at);
  return term;
}

/** True where a name that is built in means something else here. */
function isShadowed(w: PythonWalk, name: string): boolean {
  const term = w.read(name);
  return w.facts.opOf(term) <= OP.pointerType;
}

/** `getattr(x, 'name')` is `x.name`. */
function attributeByName(
  w: PythonWalk,
  [object = -1, name = -1, otherwise = -1]: readonly number[],
): number | undefined {
  if (w.facts.opOf(name) !== OP.text) return undefined;
  const term = w.facts.member(object, w.facts.string(w.facts.operand(name, 'a')));
  return otherwise < 0 ? term : w.facts.union([term, otherwise]);
}

/** The class after which `super()` looks; -1 where that cannot be known. */
function superClass(w: PythonWalk, args: number): number {
  const [first = -1] = w.parts(args);
  if (first < 0) return w.facts.class;
  const named = w.is(first, 'identifier') ? w.read(w.textOf(first)) : -1;
  if (w.facts.opOf(named) === OP.symbol) return w.facts.operand(named, 'a');
  return w.facts.class;
}

/** `xs.append(v)` and the like change what their object holds; `d.get(k)` reads it. */
function methodCall(w: PythonWalk, fn: number, given: readonly number[], term: number): number {
  const method = w.textOf(w.field(fn, 'attribute'));
  if (ADDING_METHODS.has(method)) addByMethod(w, w.field(fn, 'object'), method, given);
  return term;
}

/** The call's term; each function literal among its arguments knows the call it is an argument of. */
function withArguments(
  w: PythonWalk,
  callee: number,
  nodes: readonly number[],
): { term: number; given: readonly number[] } {
  // The call's term comes first, so that its arguments can name it; its list is filled in as they are visited.
  const list = nodes.length === 0 ? w.facts.list([]) : w.facts.reserveList(nodes.length);
  const term = callee < 0 ? -1 : w.facts.term(OP.call, callee, list);
  const given = nodes.map((c, i) => {
    const isKeyword = w.is(c, 'keyword_argument');
    const node = isKeyword ? w.field(c, 'value') : c;
    const value = w.visitExpecting(node, term < 0 ? -1 : w.facts.term(OP.argumentOf, term, i));
    const item = isKeyword
      ? w.facts.term(OP.keyword, w.facts.text(w.textOf(w.field(c, 'name'))), value)
      : value;
    w.facts.setListItem(list, i, item);
    return item;
  });
  return { term, given };
}

function dictionary(w: PythonWalk, n: number): number {
  const pairs: number[] = [];
  const others: number[] = [];
  for (const c of w.parts(n)) {
    if (w.is(c, 'pair')) {
      const keyNode = w.field(c, 'key');
      const key = w.visit(keyNode);
      const value = w.visit(w.field(c, 'value'));
      pairs.push(w.facts.text(keyText(w, key) ?? ANY_KEY), value);
    } else if (w.is(c, 'dictionary_splat')) others.push(w.visit(w.firstChild(c)));
    else w.visit(c);
  }
  const own = w.facts.term(OP.object, w.facts.list(pairs));
  return others.length === 0 ? own : w.facts.union([own, ...others]);
}
