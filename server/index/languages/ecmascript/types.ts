import { OP } from '../../facts.ts';
import { requiredModule } from './modules.ts';
import type { EcmascriptVisitor, EcmascriptWalk } from './walk.ts';

const first: EcmascriptVisitor = (w, n) => w.type(w.firstChild(n));
const nothing: EcmascriptVisitor = () => -1;

/** `Foo<A, B>`. */
function apply(w: EcmascriptWalk, name: number, args: number): number {
  const base = w.type(name);
  if (base < 0 || args < 0) return base;
  return w.facts.term(OP.apply, base, w.facts.list(w.children(args).map((a) => w.type(a))));
}

function flatten(w: EcmascriptWalk, node: number, kind: string): number[] {
  // A union of thousands of members is a left-leaning tree as deep.
  const found: number[] = [];
  let at = node;
  while (w.is(at, kind)) {
    const [left = -1, ...rest] = w.children(at);
    found.push(...rest.reverse());
    at = left;
  }
  if (at >= 0) found.push(at);
  return found.reverse();
}

function typeName(w: EcmascriptWalk, n: number): number {
  const term = w.facts.typeName(w.textOf(n));
  w.facts.addMention(term, w.start(n));
  return term;
}

/** Types as written → terms. What says nothing about members (`keyof`, templates, `infer`) is -1. */
export const typeVisitors: Record<string, EcmascriptVisitor> = {
  type_identifier: typeName,
  identifier: typeName,
  nested_type_identifier: (w, n) => nested(w, n),
  nested_identifier: (w, n) => nested(w, n),
  member_expression: (w, n) => nested(w, n),
  // `import('./shop').Cart`
  call_expression: (w, n) => requiredModule(w, w.field(n, 'function'), w.field(n, 'arguments')),
  predefined_type: (w, n) => {
    const name = w.textOf(n);
    return ['string', 'number', 'boolean', 'symbol', 'bigint'].includes(name) ? w.facts.literal(name) : -1;
  },
  generic_type: (w, n) => apply(w, w.field(n, 'name'), w.field(n, 'type_arguments')),
  union_type: (w, n) => {
    const parts = flatten(w, n, 'union_type').map((c) => w.type(c));
    return w.facts.union(parts, OP.unionType);
  },
  intersection_type: (w, n) => {
    const parts = flatten(w, n, 'intersection_type').map((c) => w.type(c));
    return w.facts.union(parts, OP.intersection);
  },
  array_type: (w, n) => w.facts.term(OP.arrayType, w.type(w.firstChild(n))),
  tuple_type: (w, n) => w.facts.term(OP.tupleType, w.facts.list(w.children(n).map((c) => w.type(c)))),
  tuple_parameter: (w, n) => w.annotation(n),
  optional_tuple_parameter: (w, n) => w.annotation(n),
  optional_type: first,
  rest_type: first,
  readonly_type: first,
  parenthesized_type: first,
  type_annotation: first,
  constraint: first,
  default_type: first,
  this_type: (w) => w.facts.term(OP.self),
  literal_type: (w, n) => {
    const kind = w.kind(w.firstChild(n));
    if (kind === 'string') return w.facts.literal('string');
    return kind === 'number' ? w.facts.literal('number') : -1;
  },
  template_literal_type: (w) => w.facts.literal('string'),
  type_query: (w, n) => {
    const value = w.visit(w.firstChild(n));
    return value < 0 ? -1 : w.facts.term(OP.typeOf, value);
  },
  lookup_type: (w, n) => {
    const [object = -1, key = -1] = w.children(n);
    const type = w.type(object);
    if (type < 0) return -1;
    const literal = w.is(key, 'literal_type') ? w.firstChild(key) : -1;
    if (w.is(literal, 'string'))
      return w.facts.term(OP.memberType, type, w.facts.text(w.textOf(literal).slice(1, -1)));
    return w.facts.term(OP.indexedType, type, w.type(key));
  },
  conditional_type: (w, n) => {
    w.type(w.field(n, 'left'));
    return w.facts.union(
      [w.type(w.field(n, 'consequence')), w.type(w.field(n, 'alternative'))],
      OP.unionType,
    );
  },
  function_type: functionType,
  constructor_type: constructorType,
  object_type: (w, n) => objectType(w, n),
  interface_body: (w, n) => objectType(w, n),
  type_predicate_annotation: nothing,
  type_predicate: nothing,
  asserts_annotation: nothing,
};

function namespaceName(w: EcmascriptWalk, n: number): number {
  const term = w.facts.name(w.textOf(n));
  w.facts.addMention(term, w.start(n));
  return term;
}

function nested(w: EcmascriptWalk, n: number): number {
  const [module = -1, name = -1] = w.children(n);
  // A namespace, which a type of its name does not hide.
  const base = w.is(module, 'identifier') ? namespaceName(w, module) : w.type(module);
  return base < 0 ? -1 : w.facts.member(base, w.textOf(name));
}

/** The built-in class whose instances are what `new` can be said of. */
const NEWABLE = '$Newable';

/** `new (…) => T`, or the signature `new (…): T` of an interface. */
export function constructorType(w: EcmascriptWalk, n: number): number {
  let made = -1;
  w.facts.inScope('block', () => {
    parametersOfType(w, n);
    made = w.annotation(n);
  });
  return w.facts.term(OP.apply, w.facts.term(OP.global, w.facts.text(NEWABLE)), w.facts.list([made]));
}

/** Binds the type parameters of a function's type, which stand for anything, and gives its parameters' types. */
function parametersOfType(w: EcmascriptWalk, n: number): number[] {
  for (const parameter of w.children(w.field(n, 'type_parameters')))
    w.facts.bindType(
      w.textOf(w.field(parameter, 'name')),
      w.type(w.firstChild(w.field(parameter, 'constraint'))),
    );
  return w
    .children(w.field(n, 'parameters'))
    .filter((p) => !w.is(w.field(p, 'pattern'), 'this'))
    .map((p) => w.annotation(p));
}

/** A function's type, from a node with parameters and a return type. */
export function functionType(w: EcmascriptWalk, n: number): number {
  let term = -1;
  w.facts.inScope('block', () => {
    const parameters = parametersOfType(w, n);
    const returned = w.field(n, 'return_type');
    term = w.facts.term(
      OP.functionType,
      w.is(returned, 'type_annotation') ? w.type(w.firstChild(returned)) : w.type(returned),
      w.facts.list(parameters),
    );
  });
  return term;
}

function objectType(w: EcmascriptWalk, n: number): number {
  const pairs: number[] = [];
  let value = -1;
  let made = -1;
  for (const c of w.children(n)) {
    const kind = w.kind(c);
    if (kind === 'call_signature') return functionType(w, c);
    if (kind === 'construct_signature') made = constructorType(w, c);
    if (kind === 'index_signature') value = w.annotation(c);
    if (kind !== 'property_signature' && kind !== 'method_signature') continue;
    const key = w.keyOf(w.field(c, 'name'));
    if (key === '') continue;
    pairs.push(w.facts.text(key), kind === 'method_signature' ? functionType(w, c) : w.annotation(c));
  }
  if (pairs.length === 0 && value >= 0) return w.facts.term(OP.mapType, w.facts.literal('string'), value);
  if (made >= 0 && pairs.length === 0) return made;
  return w.facts.union([w.facts.term(OP.objectType, w.facts.list(pairs)), made], OP.intersection);
}
