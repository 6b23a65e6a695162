import { OP } from '../../facts.ts';
import type { GoVisitor, GoWalk } from './walk.ts';

const only: GoVisitor = (w, n) => {
  const [first = -1, ...others] = w.children(n);
  return others.length > 0 ? -1 : w.type(first);
};
const array: GoVisitor = (w, n) => w.facts.term(OP.arrayType, w.type(w.field(n, 'element')));

/** Types as written → terms. What stands where a value could, such as the argument of `new`, is read as well. */
export const typeVisitors: Record<string, GoVisitor> = {
  type_identifier: named,
  identifier: named,
  qualified_type: (w, n) =>
    w.facts.member(w.name(w.textOf(w.field(n, 'package'))), w.textOf(w.field(n, 'name'))),
  selector_expression: (w, n) => w.facts.member(w.type(w.field(n, 'operand')), w.textOf(w.field(n, 'field'))),
  generic_type: (w, n) => {
    const base = w.type(w.field(n, 'type'));
    const args = w.children(w.field(n, 'type_arguments')).map((a) => w.type(a));
    return base < 0 ? -1 : w.facts.term(OP.apply, base, w.facts.list(args));
  },
  pointer_type: (w, n) => w.facts.term(OP.pointerType, w.type(w.firstChild(n))),
  slice_type: array,
  array_type: array,
  implicit_length_array_type: array,
  map_type: (w, n) => w.facts.term(OP.mapType, w.type(w.field(n, 'key')), w.type(w.field(n, 'value'))),
  channel_type: (w, n) =>
    w.facts.term(OP.apply, w.name('chan__'), w.facts.list([w.type(w.field(n, 'value'))])),
  function_type: (w, n) => {
    const parameters = parameterTypes(w, w.field(n, 'parameters'));
    return w.facts.term(OP.functionType, resultType(w, n), w.facts.list(parameters));
  },
  struct_type: (w, n) => {
    const pairs = w.children(w.childOf(n, 'field_declaration_list')).flatMap((field) => {
      const typeNode = w.field(field, 'type');
      const type = w.type(typeNode);
      const names = w.fieldsOf(field, 'name').map((name) => w.textOf(name));
      return (names.length > 0 ? names : [lastName(w, typeNode)]).flatMap((name) => [
        w.facts.text(name),
        type,
      ]);
    });
    return w.facts.term(OP.objectType, w.facts.list(pairs));
  },
  interface_type: (w, n) => {
    const methods = w.children(n).filter((c) => w.is(c, 'method_elem'));
    const [embedded, ...others] = w.children(n).filter((c) => w.is(c, 'type_elem'));
    // An interface of one embedded interface alone is that interface.
    if (methods.length === 0) return embedded === undefined || others.length > 0 ? -1 : w.type(embedded);
    const pairs = methods.flatMap((m) => [
      w.facts.text(w.textOf(w.field(m, 'name'))),
      w.facts.term(
        OP.functionType,
        resultType(w, m),
        w.facts.list(parameterTypes(w, w.field(m, 'parameters'))),
      ),
    ]);
    return w.facts.term(OP.objectType, w.facts.list(pairs));
  },
  type_constraint: only,
  type_elem: only,
  parenthesized_type: only,
  parenthesized_expression: only,
  unary_expression: (w, n) => w.type(w.field(n, 'operand')),
};

function named(w: GoWalk, n: number): number {
  const text = w.textOf(n);
  return text === 'any' || text === 'comparable' ? -1 : w.name(text);
}

/** The last name of a type as written: what an embedded field is called. */
export function lastName(w: GoWalk, node: number): string {
  const text = w.textOf(node).replace(/\[.*$/s, '');
  return text.slice(text.lastIndexOf('.') + 1).replace(/^\*/, '');
}

/** What a function gives: several results are a tuple. */
export function resultType(w: GoWalk, n: number): number {
  const result = w.field(n, 'result');
  if (!w.is(result, 'parameter_list')) return w.type(result);
  const types = parameterTypes(w, result);
  return types.length > 1 ? w.facts.term(OP.tupleType, w.facts.list(types)) : (types[0] ?? -1);
}

function parameterTypes(w: GoWalk, list: number): number[] {
  return w.children(list).flatMap((declaration) => {
    const type = parameterType(w, declaration);
    const count = Math.max(1, w.fieldsOf(declaration, 'name').filter((c) => !w.is(c, ',')).length);
    return Array.from({ length: count }, () => type);
  });
}

/** The type of a declared parameter; of `x ...T` a slice. */
export function parameterType(w: GoWalk, declaration: number): number {
  const type = w.type(w.field(declaration, 'type'));
  return w.is(declaration, 'variadic_parameter_declaration') ? w.facts.term(OP.arrayType, type) : type;
}
