import { OP } from '../../facts.ts';
import type { GoVisitor, GoWalk } from './walk.ts';

/** Calls, conversions and what the language's own functions give. */
export const callVisitors: Record<string, GoVisitor> = {
  call_expression: call,
  type_conversion_expression: (w, n) => {
    const typeNode = w.field(n, 'type');
    // `f[int](x)` looks like a conversion to the type `f[int]`; what f is, is known later.
    if (w.is(typeNode, 'generic_type')) return appliedCall(w, typeNode, w.field(n, 'operand'));
    w.visit(w.field(n, 'operand'));
    return w.facts.term(OP.cast, w.type(typeNode), -1);
  },
  type_assertion_expression: (w, n) => {
    w.visit(w.field(n, 'operand'));
    return w.facts.term(OP.cast, w.type(w.field(n, 'type')), -1);
  },
};

function appliedCall(w: GoWalk, generic: number, operand: number): number {
  const base = w.field(generic, 'type');
  const callee = w.type(base);
  if (callee < 0) {
    w.visit(operand);
    return -1;
  }
  const nameNode = w.is(base, 'qualified_type') ? w.field(base, 'name') : base;
  const site = w.facts.addSite(callee, 'call', w.start(nameNode));
  const term = w.facts.call(callee, [w.visit(operand)]);
  w.facts.setSiteCall(site, term);
  const explicit = w.children(w.field(generic, 'type_arguments')).map((t) => w.type(t));
  return w.facts.term(OP.apply, term, w.facts.list(explicit));
}

function call(w: GoWalk, n: number): number {
  const fn = w.field(n, 'function');
  const args = w.children(w.field(n, 'arguments'));
  const [nameNode, callee] = calleeOf(w, fn);
  const isUnbound = w.is(fn, 'identifier') && w.facts.lookUp(w.textOf(fn)) === undefined;
  const site = callee >= 0 && nameNode >= 0 ? w.facts.addSite(callee, 'call', w.start(nameNode)) : -1;
  const own = isUnbound ? builtInCall(w, w.textOf(fn), args) : undefined;
  if (own !== undefined) return own;
  const term = w.facts.call(
    callee,
    args.map((c) => w.visit(c)),
  );
  if (site >= 0) w.facts.setSiteCall(site, term);
  const typeArguments = w.field(n, 'type_arguments');
  const applied = typeArguments >= 0 ? typeArguments : w.field(fn, 'type_arguments');
  if (applied < 0) return term;
  return w.facts.term(OP.apply, term, w.facts.list(w.children(applied).map((t) => w.type(t))));
}

/** Where the name of what is called stands, and its term. */
function calleeOf(w: GoWalk, fn: number): [nameNode: number, callee: number] {
  switch (w.kind(fn)) {
    case 'identifier':
      return [fn, w.name(w.textOf(fn))];
    case 'selector_expression': {
      const object = w.visit(w.field(fn, 'operand'));
      const name = w.field(fn, 'field');
      return [name, w.facts.member(object < 0 ? w.facts.unknown : object, w.textOf(name))];
    }
    case 'parenthesized_expression': {
      const inner = w.firstChild(fn);
      return w.is(inner, 'selector_expression') || w.is(inner, 'parenthesized_expression')
        ? calleeOf(w, inner)
        : [-1, w.visit(inner)];
    }
    // `f[int](x)`, and a function out of a table: `handlers[i](x)`.
    case 'index_expression': {
      const [name, object] = calleeOf(w, w.field(fn, 'operand'));
      const index = w.visit(w.field(fn, 'index'));
      return [name, w.facts.term(OP.index, object, index)];
    }
    case 'type_instantiation_expression':
      return calleeOf(w, w.field(fn, 'type'));
    default:
      return [-1, w.visit(fn)];
  }
}

/** What the functions give whose result is of a type that they are given; undefined for all others. */
function builtInCall(w: GoWalk, name: string, args: readonly number[]): number | undefined {
  const [first = -1] = args;
  switch (name) {
    case 'make':
    case 'new': {
      for (const c of args.slice(1)) w.visit(c);
      return w.facts.term(OP.cast, w.type(first), -1);
    }
    case 'append': {
      const values = args.map((c) => w.visit(c));
      return values[0] ?? -1;
    }
    default:
      return undefined;
  }
}
