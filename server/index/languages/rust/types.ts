import { OP } from '../../facts.ts';
import type { RustVisitor, RustWalk } from './walk.ts';

const only: RustVisitor = (w, n) => w.type(w.firstChild(n));
const pointed: RustVisitor = (w, n) => w.type(w.field(n, 'type'));
const unknown: RustVisitor = () => -1;
const FUNCTION_TRAITS = /^(?:Fn|FnMut|FnOnce)$/;

/** Types as written → terms. References are what they refer to. */
export const typeVisitors: Record<string, RustVisitor> = {
  type_identifier: named,
  identifier: named,
  primitive_type: (w, n) => w.global(w.textOf(n)),
  self: (w) => w.global('self'),
  crate: (w) => w.global('crate'),
  super: (w) => w.global('super'),
  metavariable: unknown,
  scoped_type_identifier: scoped,
  scoped_identifier: scoped,
  generic_type: (w, n) => applied(w, w.field(n, 'type'), w.field(n, 'type_arguments')),
  generic_type_with_turbofish: (w, n) => applied(w, w.field(n, 'type'), w.field(n, 'type_arguments')),
  reference_type: pointed,
  pointer_type: pointed,
  array_type: (w, n) => w.facts.term(OP.arrayType, w.type(w.field(n, 'element'))),
  tuple_type: (w, n) => tupleOf(w, n),
  unit_type: (w) => w.facts.term(OP.tupleType, w.facts.list([])),
  never_type: unknown,
  dynamic_type: (w, n) => w.type(w.field(n, 'trait')),
  abstract_type: (w, n) => w.type(w.field(n, 'trait')),
  bounded_type: (w, n) => boundsOf(w, w.children(n)),
  parenthesized_type: only,
  higher_ranked_trait_bound: (w, n) => w.type(w.field(n, 'type')),
  removed_trait_bound: unknown,
  lifetime: unknown,
  function_type: (w, n) => {
    const parameters = w.children(w.field(n, 'parameters')).map((c) => {
      const type = w.is(c, 'parameter') ? w.field(c, 'type') : c;
      return w.type(type);
    });
    const trait = w.field(n, 'trait');
    if (trait >= 0 && !FUNCTION_TRAITS.test(lastName(w, trait))) return w.type(trait);
    return w.facts.term(OP.functionType, w.type(w.field(n, 'return_type')), w.facts.list(parameters));
  },
  bracketed_type: (w, n) => {
    const inner = w.firstChild(n);
    return w.is(inner, 'qualified_type') ? w.type(w.field(inner, 'type')) : w.type(inner);
  },
};

function tupleOf(w: RustWalk, n: number): number {
  return w.facts.term(OP.tupleType, w.facts.list(w.children(n).map((c) => w.type(c))));
}

function named(w: RustWalk, n: number): number {
  const text = w.textOf(n);
  return text === '_' ? w.guess : w.mentioned(w.typeName(text), n);
}

function applied(w: RustWalk, typeNode: number, argumentsNode: number): number {
  const base = w.type(typeNode);
  if (base < 0) return -1;
  return w.facts.term(OP.apply, base, w.facts.list(typeArguments(w, argumentsNode)));
}

/** The arguments of a generic type, lifetimes left out; an associated type is a keyword. */
export function typeArguments(w: RustWalk, n: number): number[] {
  return w.children(n).flatMap((c) => {
    if (w.is(c, 'lifetime') || w.is(c, 'trait_bounds')) return [];
    if (!w.is(c, 'type_binding')) return [w.type(c)];
    const name = w.facts.text(w.textOf(w.field(c, 'name')));
    return [w.facts.term(OP.keyword, name, w.type(w.field(c, 'type')))];
  });
}

/** All traits that a list of bounds asks for. */
export function boundsOf(w: RustWalk, nodes: readonly number[]): number {
  return w.facts.union(
    nodes.map((c) => w.type(c)),
    OP.intersection,
  );
}

/** `a::B`, `Self::Item`, `T::Item`, `<T as Trait>::Item`. */
function scoped(w: RustWalk, n: number): number {
  const pathNode = w.field(n, 'path');
  const name = w.textOf(w.field(n, 'name'));
  if (pathNode < 0) return w.global(name);
  if (w.is(pathNode, 'identifier') && w.textOf(pathNode) === 'Self') {
    const own = associatedType(w, name);
    if (own !== undefined) return own;
  }
  if (w.is(pathNode, 'bracketed_type')) {
    const inner = w.firstChild(pathNode);
    const isSelf = w.is(inner, 'qualified_type') && w.textOf(w.field(inner, 'type')) === 'Self';
    const own = isSelf ? associatedType(w, name) : undefined;
    return own ?? w.facts.term(OP.memberType, w.type(pathNode), w.facts.text(name));
  }
  const path = w.type(pathNode);
  if (path < 0) return -1;
  const isParameter = w.facts.opOf(path) === OP.typeParameter || w.facts.opOf(path) === OP.self;
  if (isParameter) return w.facts.term(OP.memberType, path, w.facts.text(name));
  return w.mentioned(w.facts.member(path, name), w.field(n, 'name'));
}

/** `Self::Name` in an `impl` block or trait that declares the associated type. */
function associatedType(w: RustWalk, name: string): number | undefined {
  const { around } = w;
  const found = around?.types.get(name);
  if (!around || found === undefined) return undefined;
  return around.trait >= 0 ? w.facts.term(OP.typeParameter, around.trait, found) : w.type(found);
}

/** The last name of a type as written, without its arguments. */
export function lastName(w: RustWalk, node: number): string {
  const kind = w.kind(node);
  if (kind === 'generic_type' || kind === 'reference_type') return lastName(w, w.field(node, 'type'));
  if (kind === 'scoped_type_identifier' || kind === 'scoped_identifier')
    return w.textOf(w.field(node, 'name'));
  if (kind === 'dynamic_type') return lastName(w, w.field(node, 'trait'));
  return w.textOf(node).replace(/<.*$/s, '');
}

/** Whether a bound is a function trait: `FnOnce(T) -> U`. */
export function isFunctionBound(w: RustWalk, node: number): boolean {
  if (w.is(node, 'higher_ranked_trait_bound')) return isFunctionBound(w, w.field(node, 'type'));
  const trait = w.is(node, 'function_type') ? w.field(node, 'trait') : -1;
  return trait >= 0 && FUNCTION_TRAITS.test(lastName(w, trait));
}
