import { FLAG, OP } from '../../facts.ts';
import { superTerm } from './calls.ts';
import { declaredType } from './types.ts';
import type { JavaVisitor, JavaWalk } from './walk.ts';

const ignored: JavaVisitor = () => -1;
const literal =
  (name: string): JavaVisitor =>
  (w) =>
    w.primitive(name);
const integer: JavaVisitor = (w, n) => w.primitive(/[lL]$/.test(w.textOf(n)) ? 'long' : 'int');
const floating: JavaVisitor = (w, n) => w.primitive(/[fF]$/.test(w.textOf(n)) ? 'float' : 'double');

/** Expressions → terms, with the mentions in them. */
export const expressionVisitors: Record<string, JavaVisitor> = {
  line_comment: ignored,
  block_comment: ignored,
  identifier: (w, n) => {
    const term = w.facts.name(w.textOf(n));
    if (w.facts.opOf(term) !== OP.variable) w.facts.addMention(term, w.start(n));
    return term;
  },
  this: (w) => w.facts.term(OP.this, w.facts.class),
  parenthesized_expression: (w, n) => w.visitExpecting(w.firstChild(n), w.takeExpected()),
  string_literal: (w, n) => {
    if (w.has(n, 'string_interpolation')) w.visitChildren(n);
    return w.facts.literal('String');
  },
  character_literal: literal('char'),
  decimal_integer_literal: integer,
  hex_integer_literal: integer,
  octal_integer_literal: integer,
  binary_integer_literal: integer,
  decimal_floating_point_literal: floating,
  hex_floating_point_literal: (w) => w.primitive('double'),
  true: literal('boolean'),
  false: literal('boolean'),
  null_literal: literal('null'),
  class_literal: (w, n) => {
    const named = w.firstChild(n);
    const type = w.type(named);
    if (type >= 0) w.facts.addMention(type, w.start(named));
    const cls = w.facts.term(OP.global, w.facts.text('java.lang.Class'), -1);
    return w.facts.term(OP.cast, w.facts.term(OP.apply, cls, w.facts.list([type])), -1);
  },
  field_access: fieldAccess,
  array_access: (w, n) => {
    w.takeExpected();
    const array = w.visit(w.field(n, 'array'));
    w.visit(w.field(n, 'index'));
    return array < 0 ? -1 : w.facts.term(OP.element, array);
  },
  array_creation_expression: (w, n) => {
    w.takeExpected();
    let type = w.type(w.field(n, 'type'));
    for (const dimensions of w.fieldsOf(n, 'dimensions')) {
      if (w.is(dimensions, 'dimensions_expr')) {
        w.visitChildren(dimensions);
        type = w.facts.term(OP.arrayType, type);
      } else type = w.dimensioned(type, dimensions);
    }
    w.visitExpecting(w.field(n, 'value'), type);
    return w.facts.term(OP.cast, type, -1);
  },
  array_initializer: items,
  element_value_array_initializer: items,
  cast_expression: (w, n) => {
    w.takeExpected();
    const types = w.fieldsOf(n, 'type').map((t) => w.type(t));
    const type = w.facts.union(types, OP.intersection);
    const value = w.visitExpecting(w.field(n, 'value'), type);
    // Even a type that is not known hides what the value is.
    return w.facts.term(OP.cast, type < 0 ? w.facts.unknown : type, type < 0 ? value : -1);
  },
  instanceof_expression: (w, n) => {
    w.takeExpected();
    w.visit(w.field(n, 'left'));
    const type = w.type(w.field(n, 'right'));
    const name = w.field(n, 'name');
    if (name >= 0) w.facts.declare({ name: w.textOf(name), type });
    w.visit(w.field(n, 'pattern'));
    return w.primitive('boolean');
  },
  type_pattern: declarePattern,
  record_pattern_component: declarePattern,
  record_pattern: (w, n) => {
    w.visit(w.childOf(n, 'record_pattern_body'));
    return -1;
  },
  assignment_expression: (w, n) => {
    w.takeExpected();
    const left = w.field(n, 'left');
    const target = assigned(w, left);
    const expected = target < 0 ? -1 : w.facts.term(OP.typeOf, target);
    const value = w.visitExpecting(w.field(n, 'right'), expected);
    return target < 0 ? value : target;
  },
  ternary_expression: (w, n) => {
    const expected = w.takeExpected();
    w.visit(w.field(n, 'condition'));
    const sides = [w.field(n, 'consequence'), w.field(n, 'alternative')].map((c) =>
      w.visitExpecting(c, expected),
    );
    return w.facts.union(sides);
  },
  unary_expression: (w, n) => {
    w.takeExpected();
    const operand = w.visit(w.field(n, 'operand'));
    return w.textOf(w.field(n, 'operator')) === '!' ? w.primitive('boolean') : operand;
  },
  update_expression: (w, n) => {
    w.takeExpected();
    return w.visit(w.firstChild(n));
  },
  binary_expression: binary,
  annotation,
  marker_annotation: annotation,
};

/** `a.b`, `Outer.this`, `super.x`. */
function fieldAccess(w: JavaWalk, n: number): number {
  w.takeExpected();
  const object = w.field(n, 'object');
  const name = w.field(n, 'field');
  if (w.is(name, 'this')) {
    const outer = w.enclosing(w.textOf(object));
    return outer >= 0 ? w.facts.term(OP.this, outer) : w.facts.term(OP.cast, w.type(object), -1);
  }
  const of = w.is(object, 'super')
    ? superTerm(w, -1)
    : w.has(n, 'super')
      ? superTerm(w, object)
      : w.visit(object);
  if (of < 0 || name < 0) return -1;
  const term = w.facts.member(of, w.textOf(name));
  w.facts.addMention(term, w.start(name));
  return term;
}

/** The target of an assignment. */
function assigned(w: JavaWalk, left: number): number {
  if (w.is(left, 'identifier')) {
    const term = w.facts.name(w.textOf(left));
    if (w.facts.opOf(term) !== OP.variable) w.facts.addMention(term, w.start(left), FLAG.written);
    return term;
  }
  return w.visit(left);
}

function items(w: JavaWalk, n: number): number {
  const expected = w.takeExpected();
  const each = expected < 0 ? -1 : w.facts.term(OP.element, expected);
  for (const c of w.children(n)) w.visitExpecting(c, each);
  return -1;
}

function declarePattern(w: JavaWalk, n: number): number {
  const nodes = w.children(n);
  const name = nodes.at(-1) ?? -1;
  if (!w.is(name, 'identifier')) return -1;
  return w.facts.declare({ name: w.textOf(name), type: declaredType(w, nodes.at(-2) ?? -1) });
}

/** An annotation is a decorator of what it stands at; the values it is given are visited. */
function annotation(w: JavaWalk, n: number): number {
  const name = w.field(n, 'name');
  const type = w.type(name);
  const last = w.is(name, 'scoped_identifier') ? w.field(name, 'name') : name;
  if (type >= 0) w.facts.addSite(type, 'decorator', w.start(last));
  for (const c of w.children(w.field(n, 'arguments')))
    w.visit(w.is(c, 'element_value_pair') ? w.field(c, 'value') : c);
  return -1;
}

const TESTS = new Set(['==', '!=', '<', '>', '<=', '>=', '&&', '||']);

function binary(w: JavaWalk, n: number): number {
  w.takeExpected();
  // A sum of thousands of strings is a left-leaning tree as deep: it is walked without recursion.
  const spine: number[] = [];
  let at = n;
  for (; w.is(at, 'binary_expression') && spine.length < 50_000; at = w.field(at, 'left')) spine.push(at);
  let term = w.visit(at);
  const text = w.facts.literal('String');
  for (const node of spine.reverse()) {
    const operator = w.textOf(w.field(node, 'operator'));
    const right = w.visit(w.field(node, 'right'));
    if (TESTS.has(operator)) term = w.primitive('boolean');
    else if (operator === '+' && (term === text || right === text)) term = text;
    else if (term !== right || term < 0)
      term = w.facts.term(OP.operator, w.facts.text(operator), w.facts.list([term, right]));
  }
  return term;
}
