import { FLAG, OP } from '../../facts.ts';
import type { CallForm } from '../../../protocol/graph.ts';
import { addTest, suiteOf, testTitle } from './tests.ts';
import { addClass } from './classes.ts';
import { assign } from './patterns.ts';
import { calleeOf, memberTerm } from './callee.ts';
import { exportAssigned, requiredModule } from './modules.ts';
import { narrowed } from './narrowing.ts';
import type { EcmascriptVisitor, EcmascriptWalk } from './walk.ts';

const first: EcmascriptVisitor = (w, n) => w.visit(w.firstChild(n));

function visitAll(w: EcmascriptWalk, nodes: readonly number[]): number[] {
  return nodes.map((c) => w.visit(c));
}

/** Expressions → terms, with the calls and mentions in them. */
export const expressionVisitors: Record<string, EcmascriptVisitor> = {
  identifier: (w, n) => {
    const term = w.facts.name(w.textOf(n));
    w.facts.addMention(term, w.start(n));
    return term;
  },
  this: (w) => w.receiver.term,
  super: (w) => w.receiver.superTerm,
  parenthesized_expression: (w, n) => w.visitExpecting(w.firstChild(n), w.takeExpected()),
  non_null_expression: first,
  satisfies_expression: (w, n) => {
    const [value = -1, type = -1] = w.children(n);
    return w.visitExpecting(value, w.type(type));
  },
  as_expression: (w, n) => {
    const [value = -1, type = -1] = w.children(n);
    const said = w.type(type);
    const term = w.visitExpecting(value, said);
    return said < 0 ? term : w.facts.term(OP.cast, said, term);
  },
  type_assertion: (w, n) => {
    const [args = -1, value = -1] = w.children(n);
    const said = w.type(w.firstChild(args));
    const term = w.visitExpecting(value, said);
    return said < 0 ? term : w.facts.term(OP.cast, said, term);
  },
  instantiation_expression: first,
  await_expression: (w, n) => w.facts.term(OP.await, w.visit(w.firstChild(n))),
  yield_expression: (w, n) => {
    w.facts.addYield(w.visit(w.firstChild(n)));
    return -1;
  },
  spread_element: (w, n) => w.facts.term(OP.spread, w.visit(w.firstChild(n))),
  string: (w, n) => w.facts.term(OP.text, w.facts.text(w.textOf(n).slice(1, -1).slice(0, 60))),
  template_string: (w, n) => {
    w.visitChildren(n);
    return w.facts.literal('string');
  },
  number: (w) => w.facts.literal('number'),
  regex: (w) => w.facts.literal('RegExp'),
  true: (w) => w.facts.literal('boolean'),
  false: (w) => w.facts.literal('boolean'),
  null: () => -1,
  undefined: () => -1,
  member_expression: (w, n) => {
    const term = memberTerm(w, n);
    const name = w.field(n, 'property');
    if (term >= 0 && name >= 0) w.facts.addMention(term, w.start(name));
    return term;
  },
  subscript_expression: (w, n) => {
    const object = w.visit(w.field(n, 'object'));
    const key = w.visit(w.field(n, 'index'));
    if (object < 0) return -1;
    const written = w.field(n, 'index');
    if (w.is(written, 'number') && /^\d{1,3}$/.test(w.textOf(written)))
      return w.facts.term(OP.item, object, Number(w.textOf(written)));
    if (key >= 0 && w.facts.opOf(key) === OP.text)
      return w.facts.term(OP.member, object, w.facts.operand(key, 'a'));
    return w.facts.term(OP.index, object, key);
  },
  call_expression: call,
  new_expression: construct,
  arrow_function: (w, n) => lambda(w, n),
  function_expression: (w, n) => lambda(w, n),
  generator_function: (w, n) => lambda(w, n),
  class: (w, n) => w.facts.symbolTerm(addClass(w, n, w.textOf(w.field(n, 'name')) || 'class', n)),
  array: (w, n) => {
    const items = w.children(n);
    const expected = w.takeExpected();
    const each = expected < 0 ? -1 : w.facts.term(OP.element, expected);
    return w.facts.term(OP.array, w.facts.list(items.map((c) => w.visitExpecting(c, each))));
  },
  object: objectLiteral,
  unary_expression: (w, n) => {
    w.visit(w.field(n, 'argument'));
    const operator = w.textOf(w.field(n, 'operator'));
    if (operator === '!' || operator === 'delete') return w.facts.literal('boolean');
    return operator === 'void' ? -1 : w.facts.literal(operator === 'typeof' ? 'string' : 'number');
  },
  update_expression: (w, n) => {
    w.visit(w.field(n, 'argument'));
    return w.facts.literal('number');
  },
  binary_expression: binary,
  ternary_expression: (w, n) => {
    const expected = w.takeExpected();
    const condition = w.field(n, 'condition');
    w.visit(condition);
    const sides: number[] = [];
    narrowed(w, condition, true, () => sides.push(w.visitExpecting(w.field(n, 'consequence'), expected)));
    narrowed(w, condition, false, () => sides.push(w.visitExpecting(w.field(n, 'alternative'), expected)));
    return w.facts.union(sides);
  },
  assignment_expression: (w, n) => {
    const [left, right] = [w.field(n, 'left'), w.field(n, 'right')];
    if (exportAssigned(w, left, right)) return -1;
    return assign(w, left, right);
  },
  augmented_assignment_expression: (w, n) => {
    const [left, right] = [w.field(n, 'left'), w.field(n, 'right')];
    if (/^(\|\||\?\?|&&)=$/.test(w.textOf(w.field(n, 'operator')))) return assign(w, left, right);
    w.visit(left);
    w.visit(right);
    return -1;
  },
  sequence_expression: (w, n) => visitAll(w, w.children(n)).at(-1) ?? -1,
  jsx_element: jsx,
  jsx_self_closing_element: jsx,
  jsx_opening_element: (w, n) => {
    jsxHead(w, n);
    return -1;
  },
  jsx_closing_element: () => -1,
  jsx_expression: first,
  decorator: () => -1,
};

/** The arguments' terms; each function literal among them knows the call it is an argument of. */
function withArguments(w: EcmascriptWalk, callee: number, args: number, op: number): number {
  const nodes = w.children(args);
  if (nodes.length === 0) return w.facts.term(op, callee, w.facts.list([]));
  // The call's term comes first, so that its arguments can name it; its list is filled in as they are visited.
  const list = w.facts.reserveList(nodes.length);
  const term = w.facts.term(op, callee, list);
  nodes.forEach((c, i) =>
    w.facts.setListItem(list, i, w.visitExpecting(c, w.facts.term(OP.argumentOf, term, i))),
  );
  return term;
}

function call(w: EcmascriptWalk, n: number): number {
  const fn = w.field(n, 'function');
  const args = w.field(n, 'arguments');
  w.takeExpected();
  if (w.is(fn, 'import') || w.is(fn, 'identifier')) {
    const required = requiredModule(w, fn, args);
    if (required >= 0) return required;
  }
  const suite = suiteOf(w, fn, args);
  const title = suite === undefined ? testTitle(w, fn, args) : undefined;
  const callee = calleeOf(w, fn);
  for (const type of w.children(w.field(n, 'type_arguments'))) w.type(type);
  if (w.is(args, 'template_string')) {
    w.facts.addSite(callee.term, 'tag', callee.at);
    w.visitChildren(args);
    return callee.term < 0 ? -1 : w.facts.call(callee.term);
  }
  const form: CallForm = w.is(fn, 'super') ? 'super' : 'call';
  const site = w.facts.addSite(callee.term, form, callee.at);
  let term = -1;
  if (suite !== undefined) {
    const outer = w.suites;
    w.suites = [...outer, suite];
    withArguments(w, callee.term, args, OP.call);
    w.suites = outer;
  } else if (title === undefined) {
    term = withArguments(w, callee.term, args, OP.call);
    w.facts.setSiteCall(site, term);
  } else addTest(w, n, title, () => withArguments(w, callee.term, args, OP.call));
  const typeArguments = w.field(n, 'type_arguments');
  if (term >= 0 && typeArguments >= 0)
    return w.facts.term(OP.apply, term, w.facts.list(w.children(typeArguments).map((t) => w.type(t))));
  return term;
}

function construct(w: EcmascriptWalk, n: number): number {
  const callee = calleeOf(w, w.field(n, 'constructor'));
  const site = w.facts.addSite(callee.term, 'new', callee.at);
  w.takeExpected();
  const term = withArguments(w, callee.term, w.field(n, 'arguments'), OP.new);
  w.facts.setSiteCall(site, term);
  const typeArguments = w.field(n, 'type_arguments');
  if (typeArguments < 0) return term;
  return w.facts.term(OP.apply, term, w.facts.list(w.children(typeArguments).map((t) => w.type(t))));
}

/** A function literal that no name is bound to. */
function lambda(w: EcmascriptWalk, n: number): number {
  const isArrow = w.is(n, 'arrow_function');
  const expected = w.takeExpected();
  const fn = w.facts.addFunction({ context: expected, flags: w.has(n, 'async') ? FLAG.async : 0 });
  const receiver = isArrow ? w.receiver : { term: -1, superTerm: -1 };
  w.withReceiver(receiver, () => w.functionBody(n, fn));
  return w.facts.term(OP.function, fn);
}

function objectLiteral(w: EcmascriptWalk, n: number): number {
  const expected = w.takeExpected();
  const self = w.facts.term(OP.variable, w.facts.addVariable({ name: '' }));
  const pairs: number[] = [];
  const spreads: number[] = [];
  for (const c of w.children(n)) {
    switch (w.kind(c)) {
      case 'pair': {
        const key = w.keyOf(w.field(c, 'key'));
        const value = w.field(c, 'value');
        const wanted =
          expected >= 0 && key !== '' ? w.facts.term(OP.propertyOf, expected, w.facts.text(key)) : -1;
        const term =
          w.isFunction(value) && key !== ''
            ? namedProperty(w, c, value, key, wanted, self)
            : w.visitExpecting(value, wanted);
        if (key !== '') pairs.push(w.facts.text(key), term);
        break;
      }
      case 'shorthand_property_identifier':
        pairs.push(w.facts.text(w.textOf(c)), expressionVisitors.identifier!(w, c));
        break;
      case 'method_definition': {
        const key = w.keyOf(w.field(c, 'name'));
        const wanted =
          expected >= 0 && key !== '' ? w.facts.term(OP.propertyOf, expected, w.facts.text(key)) : -1;
        const term = namedProperty(w, c, c, key || 'computed', wanted, self);
        if (key !== '') pairs.push(w.facts.text(key), term);
        break;
      }
      case 'spread_element':
        spreads.push(w.visit(w.firstChild(c)));
        break;
      default:
        w.visit(c);
    }
  }
  const own = w.facts.term(OP.object, w.facts.list(pairs));
  const term = spreads.length > 0 ? w.facts.union([own, ...spreads]) : own;
  w.facts.assignVariable(w.facts.operand(self, 'a'), term);
  return term;
}

/** A function that is a property of an object literal is a symbol of the property's name. */
function namedProperty(
  w: EcmascriptWalk,
  pair: number,
  fnNode: number,
  key: string,
  context: number,
  self: number,
): number {
  const accessor = w.has(pair, 'get') ? FLAG.getter : w.has(pair, 'set') ? FLAG.setter : 0;
  const body = w.field(fnNode, 'body');
  const symbol = w.facts.addSymbol({
    kind: 'Function',
    name: key,
    start: w.start(pair),
    end: w.end(pair),
    nameStart: w.start(w.field(pair, w.is(pair, 'pair') ? 'key' : 'name')),
    signature: w.signature(w.start(pair), body < 0 ? w.end(pair) : w.start(body)),
    doc: w.docOf(pair),
    flags: accessor,
  });
  const fn = w.facts.addFunction({ symbol, context, flags: w.has(fnNode, 'async') ? FLAG.async : 0 });
  const receiver = w.is(fnNode, 'arrow_function') ? w.receiver : { term: self, superTerm: -1 };
  w.facts.within(symbol, () => w.withReceiver(receiver, () => w.functionBody(fnNode, fn)));
  return w.facts.symbolTerm(symbol);
}

const LOGICAL = new Set(['||', '??']);
const TESTS = new Set(['==', '===', '!=', '!==', '<', '>', '<=', '>=', 'in', 'instanceof']);

function binary(w: EcmascriptWalk, n: number): number {
  // A sum of thousands of strings is a left-leaning tree as deep: it is walked without recursion.
  const spine: number[] = [];
  let at = n;
  for (; w.is(at, 'binary_expression') && spine.length < 50_000; at = w.field(at, 'left')) spine.push(at);
  const expected = spine.length === 1 ? w.takeExpected() : -1;
  let term = w.visitExpecting(at, expected);
  for (const node of spine.reverse()) {
    const operator = w.textOf(w.field(node, 'operator'));
    let right = -1;
    const visitRight = () => {
      right = w.visitExpecting(w.field(node, 'right'), expected);
    };
    if (operator === '&&') narrowed(w, w.field(node, 'left'), true, visitRight);
    else if (operator === '||') narrowed(w, w.field(node, 'left'), false, visitRight);
    else visitRight();
    if (LOGICAL.has(operator)) term = w.facts.union([term, right]);
    else if (operator === '&&') term = right;
    else if (TESTS.has(operator)) term = w.facts.literal('boolean');
    else term = w.facts.literal(operator === '+' ? 'string' : 'number');
  }
  return term;
}

function jsx(w: EcmascriptWalk, n: number): number {
  const head = w.is(n, 'jsx_element') ? w.field(n, 'open_tag') : n;
  jsxHead(w, head);
  if (head !== n) for (const c of w.children(n)) if (c !== head) w.visit(c);
  return -1;
}

function jsxHead(w: EcmascriptWalk, n: number): void {
  const name = w.field(n, 'name');
  // A lower-case tag is an element of the page, not a component.
  if (name >= 0 && !/^[a-z][\w-]*$/.test(w.textOf(name))) {
    const callee =
      w.is(name, 'identifier') || w.is(name, 'member_expression') ? calleeOf(w, name) : undefined;
    if (callee) w.facts.addSite(callee.term, 'jsx', callee.at);
  }
  for (const c of w.children(n)) if (c !== name) w.visitChildren(c);
}
