import { FLAG, OP } from '../../facts.ts';
import type { GoVisitor, GoWalk } from './walk.ts';

const ignored: GoVisitor = () => -1;
const literal =
  (name: string): GoVisitor =>
  (w) =>
    w.facts.literal(name);
const COMPARES = new Set(['==', '!=', '<', '<=', '>', '>=', '&&', '||']);

/** Expressions → terms, with the mentions in them. */
export const expressionVisitors: Record<string, GoVisitor> = {
  identifier: (w, n) => {
    const term = w.name(w.textOf(n));
    if (w.facts.opOf(term) !== OP.variable) w.facts.addMention(term, w.start(n));
    return term;
  },
  int_literal: literal('int'),
  iota: literal('int'),
  float_literal: literal('float64'),
  imaginary_literal: literal('complex128'),
  rune_literal: literal('rune'),
  interpreted_string_literal: literal('string'),
  raw_string_literal: literal('string'),
  true: literal('bool'),
  false: literal('bool'),
  nil: ignored,
  parenthesized_expression: (w, n) => w.visit(w.firstChild(n)),
  selector_expression: (w, n) => {
    const object = w.visit(w.field(n, 'operand'));
    if (object < 0) return -1;
    const name = w.field(n, 'field');
    const term = w.facts.member(object, w.textOf(name));
    w.facts.addMention(term, w.start(name));
    return term;
  },
  unary_expression: (w, n) => {
    const value = w.visit(w.field(n, 'operand'));
    const operator = w.textOf(w.field(n, 'operator'));
    if (operator === '!') return w.facts.literal('bool');
    return operator === '<-' && value >= 0 ? w.facts.term(OP.element, value) : value;
  },
  binary_expression: (w, n) => {
    const left = w.visit(w.field(n, 'left'));
    const right = w.visit(w.field(n, 'right'));
    if (COMPARES.has(w.textOf(w.field(n, 'operator')))) return w.facts.literal('bool');
    // An untyped constant takes the type of the other operand.
    return left < 0 || w.facts.opOf(left) === OP.literal ? right : left;
  },
  index_expression: (w, n) => {
    const object = w.visit(w.field(n, 'operand'));
    const key = w.visit(w.field(n, 'index'));
    return object < 0 ? -1 : w.facts.term(OP.index, object, key);
  },
  type_instantiation_expression: (w, n) => w.type(n),
  generic_type: (w, n) => w.type(n),
  slice_expression: (w, n) => {
    const [object = -1, ...bounds] = w.children(n);
    const value = w.visit(object);
    for (const c of bounds) w.visit(c);
    return value;
  },
  variadic_argument: (w, n) => {
    const value = w.visit(w.firstChild(n));
    return value < 0 ? -1 : w.facts.term(OP.spread, value);
  },
  composite_literal: (w, n) => {
    const typeNode = w.field(n, 'type');
    const type = w.type(typeNode);
    const isStruct = !/^(?:map|slice|array|implicit_length_array)_type$/.test(w.kind(typeNode));
    const term = w.facts.term(OP.cast, type, -1);
    if (isStruct) mentionType(w, typeNode, type);
    literalValue(w, w.field(n, 'body'), isStruct ? term : -1, isStruct);
    return term;
  },
  literal_value: (w, n) => {
    literalValue(w, n, -1, true);
    return -1;
  },
  // Types that stand where a value could: `f(map[string]int)` says nothing beyond them.
  slice_type: (w, n) => w.type(n),
  map_type: (w, n) => w.type(n),
  channel_type: (w, n) => w.type(n),
  type_identifier: (w, n) => w.type(n),
  qualified_type: (w, n) => w.type(n),
};

function mentionType(w: GoWalk, typeNode: number, type: number): void {
  if (type < 0) return;
  const op = w.facts.opOf(type);
  const named = op === OP.apply ? w.facts.operand(type, 'a') : type;
  if (op === OP.objectType || named < 0) return;
  const qualified = w.is(typeNode, 'qualified_type') ? w.field(typeNode, 'name') : typeNode;
  w.facts.addMention(named, w.start(qualified));
}

/** The elements of a composite literal. Keys of a struct are its fields, elsewhere they are values. */
function literalValue(w: GoWalk, body: number, struct: number, keysAreFields: boolean): void {
  for (const element of w.children(body)) {
    if (!w.is(element, 'keyed_element')) {
      w.visit(w.is(element, 'literal_element') ? w.firstChild(element) : element);
      continue;
    }
    const [key = -1, value = -1] = w.children(element).map((c) => w.firstChild(c));
    if (keysAreFields && w.is(key, 'identifier')) {
      if (struct >= 0) w.facts.addMention(w.facts.member(struct, w.textOf(key)), w.start(key), FLAG.written);
    } else w.visit(key);
    w.visit(value);
  }
}
