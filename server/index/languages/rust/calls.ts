import { OP } from '../../facts.ts';
import { pathOf } from './paths.ts';
import { collectedItem } from './statements.ts';
import { typeArguments } from './types.ts';
import type { RustVisitor, RustWalk } from './walk.ts';

/** Calls of functions and methods, and what a tuple struct or variant is made from. */
export const callVisitors: Record<string, RustVisitor> = {
  call_expression: call,
};

interface Callee {
  term: number;
  /** Where its name stands; -1 for what has none. */
  nameNode: number;
  /** The type arguments written behind the name. */
  explicit: number;
}

function call(w: RustWalk, n: number): number {
  const context = w.expected;
  const { term: callee, nameNode, explicit } = calleeOf(w, w.field(n, 'function'));
  const argumentNodes = w.children(w.field(n, 'arguments')).filter((c) => !w.is(c, 'attribute_item'));
  if (callee < 0) {
    for (const c of argumentNodes) w.visit(c);
    return -1;
  }
  const isConstructor =
    nameNode >= 0 && /^[A-Z]/.test(w.textOf(nameNode)) && !w.is(nameNode, 'field_identifier');
  const site = nameNode < 0 ? -1 : w.facts.addSite(callee, isConstructor ? 'new' : 'call', w.start(nameNode));
  // The list of arguments comes first, so that closures among them know their call.
  const list = w.facts.reserveList(argumentNodes.length);
  const term = w.facts.term(OP.call, callee, list);
  const inContext = context < 0 ? term : w.facts.term(OP.expecting, term, context);
  argumentNodes.forEach((c, i) => {
    w.facts.setListItem(list, i, w.visitExpecting(c, w.facts.term(OP.argumentOf, inContext, i)));
  });
  if (site >= 0) w.facts.setSiteCall(site, term);
  if (explicit < 0) return inContext;
  const outer = w.guess;
  w.guess = collectedItem(w, term);
  const types = typeArguments(w, explicit);
  w.guess = outer;
  return w.facts.term(OP.apply, term, w.facts.list(types));
}

function calleeOf(w: RustWalk, n: number): Callee {
  switch (w.kind(n)) {
    case 'generic_function': {
      const inner = calleeOf(w, w.field(n, 'function'));
      return { ...inner, explicit: w.field(n, 'type_arguments') };
    }
    case 'field_expression': {
      const object = w.visit(w.field(n, 'value'));
      const nameNode = w.field(n, 'field');
      const name = w.facts.text(w.textOf(nameNode));
      // What nothing is known of still says the method's name.
      const on = object < 0 ? w.facts.unknown : object;
      return { term: w.facts.term(OP.method, on, name), nameNode, explicit: -1 };
    }
    case 'parenthesized_expression': {
      const inner = w.firstChild(n);
      return w.is(inner, 'identifier')
        ? calleeOf(w, inner)
        : { term: w.visit(inner), nameNode: -1, explicit: -1 };
    }
    case 'identifier':
    case 'scoped_identifier':
    case 'self': {
      const { term, nameNode } = pathOf(w, n);
      return { term, nameNode, explicit: -1 };
    }
    default:
      return { term: w.visit(n), nameNode: -1, explicit: -1 };
  }
}
