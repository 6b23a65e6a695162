import { FLAG, FUNCTION, OP } from '../../facts.ts';
import { bindTypeParameters } from './generics.ts';
import { bindPattern } from './patterns.ts';
import type { RustVisitor, RustWalk } from './walk.ts';

/** Closures. Functions and methods are visited with the items of their block. */
export const functionVisitors: Record<string, RustVisitor> = {
  closure_expression: (w, n) => {
    const fn = w.facts.addFunction({ context: w.expected });
    visitClosure(w, n, fn);
    return w.facts.term(OP.function, fn);
  },
  async_block: (w, n) => w.visit(w.childOf(n, 'block')),
  gen_block: (w, n) => w.visit(w.childOf(n, 'block')),
};

/** `let f = |x| …` is a function of that name. */
export function namedClosure(w: RustWalk, declaration: number, nameNode: number, closure: number): number {
  const name = w.textOf(nameNode);
  const symbol = w.facts.addSymbol({
    ...{ kind: 'Function', name, start: w.start(declaration), end: w.end(closure) },
    nameStart: w.start(nameNode),
    signature: w.signature(w.start(declaration), w.end(w.field(closure, 'parameters'))),
  });
  const fn = w.facts.addFunction({ symbol });
  w.facts.within(symbol, () => {
    visitClosure(w, closure, fn);
  });
  return symbol;
}

function visitClosure(w: RustWalk, n: number, fn: number): void {
  w.facts.inScope(
    'function',
    () => {
      const returnType = w.field(n, 'return_type');
      if (returnType >= 0) w.facts.setFunction(fn, FUNCTION.returnType, w.type(returnType));
      const parameters: { pattern: number; type: number }[] = [];
      for (const { node, place } of w.placesIn(w.field(n, 'parameters'))) {
        const isTyped = w.is(node, 'parameter');
        while (parameters.length < place) parameters.push({ pattern: -1, type: -1 });
        parameters.push({
          pattern: isTyped ? w.field(node, 'pattern') : node,
          type: isTyped ? w.type(w.field(node, 'type')) : -1,
        });
      }
      bindParameters(w, fn, parameters);
      w.facts.addReturn(w.visitExpecting(w.field(n, 'body'), w.facts.term(OP.returnOf, fn)), fn);
    },
    fn,
  );
}

/** Parameters are variables; one that is taken apart by a pattern is one all the same. */
function bindParameters(
  w: RustWalk,
  fn: number,
  parameters: readonly { pattern: number; type: number }[],
): void {
  const variables = parameters.map(({ pattern, type }, parameter) =>
    w.facts.addVariable({ name: w.is(pattern, 'identifier') ? w.textOf(pattern) : '_', type, parameter }),
  );
  w.facts.setFunction(fn, FUNCTION.parameters, w.facts.list(variables));
  parameters.forEach(({ pattern }, i) => {
    const variable = w.facts.term(OP.variable, variables[i]);
    if (w.is(pattern, 'identifier')) w.bind(w.textOf(pattern), variable);
    else bindPattern(w, pattern, variable);
  });
}

/** The head and body of a function whose symbol has been made. */
export function visitFunction(w: RustWalk, n: number, symbol: number): void {
  const { around } = w;
  const isAsync = w.has(w.childOf(n, 'function_modifiers'), 'async');
  const fn = w.facts.addFunction({ symbol, flags: isAsync ? FLAG.async : 0 });
  // Its own come first: they are what a call may write down.
  const owners = around && around.node >= 0 ? [n, around.node] : [n];
  w.facts.within(symbol, () => {
    w.facts.inScope(
      'function',
      () => {
        w.facts.setFunction(fn, FUNCTION.typeParameters, bindTypeParameters(w, owners, symbol));
        bindSelf(w);
        if (around && around.node >= 0) addToType(w, symbol);
        w.facts.setFunction(fn, FUNCTION.returnType, returnTypeOf(w, n));
        const parameters: { pattern: number; type: number }[] = [];
        for (const c of w.children(w.field(n, 'parameters'))) {
          if (w.is(c, 'self_parameter')) declareSelf(w);
          else if (w.is(c, 'parameter')) {
            const pattern = w.field(c, 'pattern');
            const type = w.type(w.field(c, 'type'));
            if (w.is(pattern, 'self')) w.declare('self', type, -1);
            else parameters.push({ pattern, type });
          }
        }
        bindParameters(w, fn, parameters);
        const body = w.field(n, 'body');
        if (body >= 0) visitBody(w, body, fn);
      },
      fn,
    );
  });
}

function visitBody(w: RustWalk, body: number, fn: number): void {
  const outer = { breaks: w.breaks };
  w.visitExpecting(body, w.facts.term(OP.returnOf, fn));
  w.breaks = outer.breaks;
}

function returnTypeOf(w: RustWalk, n: number): number {
  const node = w.field(n, 'return_type');
  // A function that says nothing gives nothing.
  return node < 0 ? w.facts.term(OP.tupleType, w.facts.list([])) : w.type(node);
}

/** `Self` is the type that an `impl` block is for, in a trait whatever implements it. */
export function bindSelf(w: RustWalk): void {
  const { around } = w;
  if (!around) return;
  const self = around.node >= 0 ? w.type(w.field(around.node, 'type')) : w.facts.term(OP.self);
  if (self >= 0) w.facts.bindType('Self', self);
}

function declareSelf(w: RustWalk): void {
  const { around } = w;
  if (!around) return;
  if (around.node >= 0) w.declare('self', w.typeName('Self'), -1);
  else w.declare('self', -1, w.facts.term(OP.this, around.trait));
}

/** A method says itself which types it is for, so that its block's type parameters are its own. */
function addToType(w: RustWalk, symbol: number): void {
  const traitNode = w.field(w.around!.node, 'trait');
  w.facts.addMember(w.typeName('Self'), symbol, traitNode < 0 ? -1 : traitOf(w, w.around!.node));
}

/** The trait of an `impl` block with the associated types that the block gives, as terms in the scope here. */
export function traitOf(w: RustWalk, block: number): number {
  const traitNode = w.field(block, 'trait');
  const trait = w.type(traitNode);
  const types = w.around?.types;
  if (trait < 0 || !types || types.size === 0) return trait;
  const written = w.facts.opOf(trait) === OP.apply ? w.facts.listItems(w.facts.operand(trait, 'b')) : [];
  const base = w.facts.opOf(trait) === OP.apply ? w.facts.operand(trait, 'a') : trait;
  const given = [...types].map(([name, node]) => w.facts.term(OP.keyword, w.facts.text(name), w.type(node)));
  return w.facts.term(OP.apply, base, w.facts.list([...written, ...given]));
}
