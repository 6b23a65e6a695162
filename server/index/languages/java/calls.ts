import { FLAG, FUNCTION, OP } from '../../facts.ts';
import { addAnonymousClass } from './declarations.ts';
import { addParameters } from './methods.ts';
import type { JavaVisitor, JavaWalk } from './walk.ts';

/** Calls, constructions, lambdas and method references. */
export const callVisitors: Record<string, JavaVisitor> = {
  method_invocation: invocation,
  object_creation_expression: creation,
  explicit_constructor_invocation: constructorCall,
  lambda_expression: lambda,
  method_reference: reference,
};

/** What `super`, or `Outer.super` and `Interface.super`, means before a member. */
export function superTerm(w: JavaWalk, qualifier: number): number {
  if (qualifier < 0) return w.facts.term(OP.super, w.facts.class);
  const outer = w.is(qualifier, 'identifier') ? w.enclosing(w.textOf(qualifier)) : -1;
  return outer >= 0 ? w.facts.term(OP.super, outer) : w.facts.term(OP.cast, w.type(qualifier), -1);
}

function receiver(w: JavaWalk, n: number): number {
  const object = w.field(n, 'object');
  if (object < 0) return w.facts.term(OP.scope, w.facts.class);
  if (w.is(object, 'super')) return superTerm(w, -1);
  if (w.has(n, 'super')) return superTerm(w, object);
  const term = w.visit(object);
  return term < 0 ? w.facts.unknown : term;
}

function invocation(w: JavaWalk, n: number): number {
  const expected = w.takeExpected();
  const nameNode = w.field(n, 'name');
  const callee = w.facts.term(OP.method, receiver(w, n), w.facts.text(w.textOf(nameNode)));
  const site = w.facts.addSite(callee, 'call', w.start(nameNode));
  const term = w.withArguments(callee, w.field(n, 'arguments'), OP.call, expected);
  w.facts.setSiteCall(site, term);
  const typeArguments = w.field(n, 'type_arguments');
  if (typeArguments >= 0)
    return w.facts.term(OP.apply, term, w.facts.list(w.children(typeArguments).map((t) => w.type(t))));
  return isArgument(w, expected) ? w.facts.term(OP.expecting, term, expected) : term;
}

/** What is expected of an argument can say what its type arguments are; elsewhere a declared type says it. */
function isArgument(w: JavaWalk, expected: number): boolean {
  return expected >= 0 && w.facts.opOf(expected) === OP.argumentOf;
}

function creation(w: JavaWalk, n: number): number {
  const expected = w.takeExpected();
  const typeNode = w.field(n, 'type');
  const body = w.childOf(n, 'class_body');
  const named = lastName(w, typeNode);
  const outer = w.children(n)[0] ?? -1;
  const isInner = outer >= 0 && outer < typeNode && !/annotation|type_arguments/.test(w.kind(outer));
  const type = isInner ? innerType(w, outer, typeNode) : w.type(typeNode);
  const site = w.facts.addSite(type, 'new', w.start(named));
  const term = w.withArguments(type, w.field(n, 'arguments'), OP.new, expected);
  w.facts.setSiteCall(site, term);
  if (body < 0) return term;
  const symbol = addAnonymousClass(w, body, type, named);
  return w.facts.term(OP.new, w.facts.symbolTerm(symbol), w.facts.list([]));
}

/** `outer.new Inner()`: Inner is a member of the type of `outer`. */
function innerType(w: JavaWalk, outer: number, typeNode: number): number {
  const object = w.visit(outer);
  return object < 0 ? -1 : w.facts.member(object, w.textOf(lastName(w, typeNode)));
}

/** The last name of a type as written, without type arguments: where a construction names what it makes. */
function lastName(w: JavaWalk, node: number): number {
  let at = node;
  for (;;) {
    if (w.is(at, 'generic_type')) at = w.firstChild(at);
    else if (w.is(at, 'scoped_type_identifier') || w.is(at, 'annotated_type'))
      at = w.children(at).at(-1) ?? -1;
    else return at < 0 ? node : at;
  }
}

/** `this(…)` and `super(…)` in a constructor. */
function constructorCall(w: JavaWalk, n: number): number {
  const word = w.field(n, 'constructor');
  const isSuper = w.is(word, 'super');
  w.visit(w.field(n, 'object'));
  const callee = w.facts.term(isSuper ? OP.super : OP.class, w.facts.class);
  const site = w.facts.addSite(callee, isSuper ? 'super' : 'call', w.start(word));
  w.facts.setSiteCall(site, w.withArguments(callee, w.field(n, 'arguments'), OP.new));
  return -1;
}

/** Expressions that have a value and cannot stand as a statement. */
const NO_STATEMENT =
  /^(?:identifier|field_access|array_access|binary_|instanceof_|ternary_|unary_|cast_|this|class_literal|lambda_|method_reference|array_creation|switch_|.*_literal|true|false|parenthesized_)/;

function lambda(w: JavaWalk, n: number): number {
  const context = w.takeExpected();
  const body = w.field(n, 'body');
  const isBlock = w.is(body, 'block');
  const flags = !isBlock && NO_STATEMENT.test(w.kind(body)) ? FLAG.valueOnly : 0;
  const fn = w.facts.addFunction({ context, flags });
  const outer = w.yielded;
  w.yielded = undefined;
  w.facts.inScope(
    'function',
    () => {
      const parameters = w.field(n, 'parameters');
      if (w.is(parameters, 'formal_parameters')) addParameters(w, parameters, fn);
      else addNames(w, w.is(parameters, 'identifier') ? [parameters] : w.children(parameters), fn);
      if (isBlock) {
        w.visitChildren(body);
        const said = w.facts.functionColumn(fn, FUNCTION.flags);
        // `{ throw …; }` can stand for either.
        if ((said & FLAG.valueOnly) === 0 && !w.is(w.children(body).at(-1) ?? -1, 'throw_statement'))
          w.facts.setFunction(fn, FUNCTION.flags, said | FLAG.voidOnly);
      } else w.facts.addReturn(w.visitExpecting(body, w.facts.term(OP.returnOf, fn)));
    },
    fn,
  );
  w.yielded = outer;
  return w.facts.term(OP.function, fn);
}

/** Parameters of a lambda that are names alone. */
function addNames(w: JavaWalk, nodes: readonly number[], fn: number): void {
  const names = nodes.filter((c) => w.is(c, 'identifier'));
  const variables = names.map((c, parameter) => w.facts.addVariable({ name: w.textOf(c), parameter }));
  names.forEach((c, i) => {
    w.facts.bind(w.textOf(c), w.facts.term(OP.variable, variables[i]));
  });
  w.facts.setFunction(fn, FUNCTION.parameters, w.facts.list(variables));
}

const TYPE_NODE = /_type$|^scoped_type_identifier$|^type_identifier$/;

/** `X::m` and `X::new`: called by whoever is given it, so it is a call of the form `callback` where it stands. */
function reference(w: JavaWalk, n: number): number {
  const expected = w.takeExpected();
  const nodes = w.children(n);
  const object = nodes[0] ?? -1;
  if (object < 0) return -1;
  const isType = TYPE_NODE.test(w.kind(object));
  const of = w.is(object, 'super') ? superTerm(w, -1) : isType ? w.type(object) : w.visit(object);
  const made = w.childOf(n, 'new');
  if (made >= 0) {
    const cls = w.is(object, 'array_type') ? w.facts.term(OP.cast, of, -1) : of;
    if (!w.is(object, 'array_type')) w.facts.addSite(cls, 'callback', w.start(made), expected);
    return cls;
  }
  const nameNode = nodes.at(-1)!;
  if (nameNode === object || of < 0) return -1;
  const term = w.facts.term(OP.method, of, w.facts.text(w.textOf(nameNode)));
  w.facts.addSite(term, 'callback', w.start(nameNode), expected);
  return term;
}
