import { FLAG, OP } from '../../facts.ts';
import { pathOf, pathValue } from './paths.ts';
import type { RustVisitor, RustWalk } from './walk.ts';

const literal =
  (name: string): RustVisitor =>
  (w) =>
    w.facts.literal(name);
const same: RustVisitor = (w, n) => w.visitExpecting(w.firstChild(n), w.expected);
const ignored: RustVisitor = () => -1;
const COMPARES = new Set(['==', '!=', '<', '<=', '>', '>=', '&&', '||']);
const SUFFIX = /(?:[iu](?:8|16|32|64|128|size)|f32|f64)$/;

/** Expressions → terms, with the mentions in them. */
export const expressionVisitors: Record<string, RustVisitor> = {
  identifier: (w, n) => pathValue(w, n),
  scoped_identifier: (w, n) => pathValue(w, n),
  generic_function: (w, n) => {
    const value = pathValue(w, w.field(n, 'function'));
    for (const c of w.children(w.field(n, 'type_arguments'))) w.type(c);
    return value;
  },
  self: (w) => w.name('self'),
  metavariable: ignored,
  integer_literal: (w, n) => w.facts.literal(SUFFIX.exec(w.textOf(n))?.[0] ?? 'i32'),
  float_literal: (w, n) => w.facts.literal(SUFFIX.exec(w.textOf(n))?.[0] ?? 'f64'),
  char_literal: literal('char'),
  boolean_literal: literal('bool'),
  string_literal: text,
  raw_string_literal: text,
  parenthesized_expression: same,
  unit_expression: (w) => w.facts.term(OP.tuple, w.facts.list([])),
  tuple_expression: (w, n) => w.facts.term(OP.tuple, w.facts.list(w.children(n).map((c) => w.visit(c)))),
  array_expression: (w, n) => {
    const length = w.field(n, 'length');
    const items = w.children(n).map((c) => [c, w.visit(c)] as const);
    return w.facts.term(OP.array, w.facts.list(items.filter(([c]) => c !== length).map(([, v]) => v)));
  },
  field_expression: (w, n) => {
    const object = w.visit(w.field(n, 'value'));
    if (object < 0) return -1;
    const name = w.field(n, 'field');
    const term = w.facts.member(object, w.textOf(name));
    if (w.is(name, 'field_identifier')) w.facts.addMention(term, w.start(name));
    return term;
  },
  index_expression: (w, n) => {
    const [objectNode = -1, keyNode = -1] = w.children(n);
    const object = w.visit(objectNode);
    const key = w.visit(keyNode);
    return object < 0 ? -1 : w.facts.term(OP.index, object, key);
  },
  reference_expression: (w, n) => w.visitExpecting(w.field(n, 'value'), w.expected),
  unary_expression: (w, n) => {
    const value = w.visit(w.firstChild(n));
    // `*x` gives what x points to; a smart pointer is looked through wherever its members are asked for.
    if (value < 0 || w.text.charCodeAt(w.start(n)) !== 0x2a) return value;
    return w.facts.term(OP.reference, value);
  },
  try_expression: (w, n) => {
    const value = w.visitExpecting(
      w.firstChild(n),
      w.expected < 0 ? -1 : w.facts.term(OP.unwrap, w.expected),
    );
    return value < 0 ? -1 : w.facts.term(OP.unwrap, value);
  },
  await_expression: (w, n) => {
    const value = w.visit(w.firstChild(n));
    return value < 0 ? -1 : w.facts.term(OP.await, value);
  },
  binary_expression: (w, n) => {
    const left = w.visit(w.field(n, 'left'));
    const right = w.visit(w.field(n, 'right'));
    const operator = w.textOf(w.field(n, 'operator'));
    if (COMPARES.has(operator)) return w.facts.literal('bool');
    if (left < 0) return -1;
    return w.facts.term(OP.operator, w.facts.text(operator), w.facts.list([left, right]));
  },
  assignment_expression: (w, n) => {
    w.visit(w.field(n, 'left'));
    w.visit(w.field(n, 'right'));
    return -1;
  },
  compound_assignment_expr: (w, n) => {
    w.visit(w.field(n, 'left'));
    w.visit(w.field(n, 'right'));
    return -1;
  },
  range_expression: (w, n) => {
    const [first = -1] = w.children(n).map((c) => w.visit(c));
    return w.facts.term(OP.array, w.facts.list([first]));
  },
  type_cast_expression: (w, n) => {
    w.visit(w.field(n, 'value'));
    return w.facts.term(OP.cast, w.type(w.field(n, 'type')), -1);
  },
  struct_expression: structExpression,
};

function text(w: RustWalk, n: number): number {
  return w.text.charCodeAt(w.start(n)) === 0x62
    ? w.facts.term(OP.array, w.facts.list([]))
    : w.facts.literal('str');
}

/** `T { field: value }` constructs without a call. */
function structExpression(w: RustWalk, n: number): number {
  const nameNode = w.field(n, 'name');
  const { nameNode: last, term } = pathOf(w, nameNode);
  const type = w.type(nameNode);
  if (term >= 0) w.facts.addSite(term, 'new', w.start(last));
  const made = type >= 0 ? w.facts.term(OP.cast, type, -1) : -1;
  for (const field of w.children(w.field(n, 'body'))) {
    if (w.is(field, 'shorthand_field_initializer')) {
      const name = w.firstChild(field);
      w.visit(name);
      if (made >= 0) w.facts.addMention(w.facts.member(made, w.textOf(name)), w.start(name), FLAG.written);
    } else if (w.is(field, 'field_initializer')) {
      const name = w.field(field, 'field');
      const member = made < 0 ? -1 : w.facts.member(made, w.textOf(name));
      if (made >= 0) w.facts.addMention(member, w.start(name), FLAG.written);
      w.visitExpecting(w.field(field, 'value'), member < 0 ? -1 : w.facts.term(OP.typeOf, member));
    } else w.visit(w.firstChild(field));
  }
  return made;
}
