import { FLAG, FUNCTION, OP } from '../../facts.ts';
import { negatedTests } from './narrowing.ts';
import { bindPattern } from './patterns.ts';
import type { EcmascriptWalk } from './walk.ts';

/** Parameters, return type and body of a function-like node. */
export function addFunctionBody(w: EcmascriptWalk, node: number, fn: number): void {
  w.facts.inScope(
    'function',
    () => {
      const symbol = w.facts.functionColumn(fn, FUNCTION.symbol);
      const before = symbol >= 0 ? w.overloadPairs.get(symbol) : undefined;
      const typeParameters = w.typeParameters(node, symbol >= 0 ? symbol : -2 - fn, before);
      w.facts.setFunction(fn, FUNCTION.typeParameters, typeParameters);
      if (typeParameters >= 0 && symbol >= 0) w.overloadPairs.set(symbol, w.facts.listItems(typeParameters));
      addParameters(w, node, fn);
      const returned = w.field(node, 'return_type');
      if (w.is(returned, 'type_annotation'))
        w.facts.setFunction(fn, FUNCTION.returnType, w.type(w.firstChild(returned)));
      else if (w.is(returned, 'type_predicate_annotation'))
        w.facts.setFunction(fn, FUNCTION.returnType, w.facts.literal('boolean'));
      const body = w.field(node, 'body');
      if (w.is(body, 'statement_block')) visitStatements(w, w.children(body));
      else if (body >= 0) w.facts.addReturn(w.visitExpecting(body, w.facts.term(OP.returnOf, fn)));
    },
    fn,
  );
}

/** `constructor(private run: () => void)`: the field holds what the parameter is given. */
function storeInProperty(w: EcmascriptWalk, parameter: number, name: number, term: number): void {
  if (!w.has(parameter, 'accessibility_modifier') && !w.has(parameter, 'readonly')) return;
  const receiver = w.receiver.term;
  if (w.facts.opOf(receiver) !== OP.this) return;
  const field = w.facts.child(w.facts.operand(receiver, 'a'), w.textOf(name));
  if (field >= 0) w.facts.assignSymbol(field, term);
}

function addParameters(w: EcmascriptWalk, node: number, fn: number): void {
  const single = w.field(node, 'parameter');
  const nodes = single >= 0 ? [single] : w.children(w.field(node, 'parameters'));
  const variables: number[] = [];
  for (const n of nodes) {
    const isTyped = w.is(n, 'required_parameter') || w.is(n, 'optional_parameter');
    for (const decorator of w.children(n)) if (w.is(decorator, 'decorator')) w.visit(decorator);
    let pattern = isTyped ? w.field(n, 'pattern') : n;
    if (w.is(pattern, 'this')) continue;
    const type = isTyped ? w.annotation(n) : -1;
    let flags = 0;
    let value = isTyped ? w.field(n, 'value') : -1;
    if (w.is(pattern, 'assignment_pattern')) {
      value = w.field(pattern, 'right');
      pattern = w.field(pattern, 'left');
    }
    if (w.is(pattern, 'rest_pattern')) {
      flags |= FLAG.rest;
      pattern = w.firstChild(pattern);
    }
    if (value >= 0 || w.is(n, 'optional_parameter')) flags |= FLAG.hasDefault;
    const byDefault = value >= 0 ? w.visitExpecting(value, type) : -1;
    const isName = w.is(pattern, 'identifier');
    const variable = w.facts.addVariable({
      ...{ name: isName ? w.textOf(pattern) : '', type, value: byDefault, flags },
      parameter: variables.length,
    });
    variables.push(variable);
    const term = w.facts.term(OP.variable, variable);
    if (isName) w.facts.bind(w.textOf(pattern), term);
    if (isName && isTyped) storeInProperty(w, n, pattern, term);
    else bindPattern(w, pattern, term);
  }
  w.facts.setFunction(fn, FUNCTION.parameters, w.facts.list(variables));
}

/** Statements of one block, in the scope here. What follows `if (!(x instanceof T)) return` knows x's type. */
export function visitStatements(w: EcmascriptWalk, statements: readonly number[]): void {
  for (const [i, n] of statements.entries()) {
    w.visit(n);
    if (!w.is(n, 'if_statement') || w.field(n, 'alternative') >= 0 || !leaves(w, w.field(n, 'consequence')))
      continue;
    const said = negatedTests(w, w.field(n, 'condition'));
    if (said.length === 0) continue;
    w.facts.inScope('block', () => {
      for (const { name, type } of said) w.facts.declare({ name, type, flags: FLAG.narrowed });
      visitStatements(w, statements.slice(i + 1));
    });
    return;
  }
}

function leaves(w: EcmascriptWalk, node: number): boolean {
  const last = w.is(node, 'statement_block') ? (w.children(node).at(-1) ?? -1) : node;
  return /^(return|throw|continue|break)_statement$/.test(w.kind(last));
}
