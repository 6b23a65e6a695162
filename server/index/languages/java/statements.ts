import { FLAG, FUNCTION, OP } from '../../facts.ts';
import { declaredType } from './types.ts';
import type { JavaVisitor, JavaWalk } from './walk.ts';

const nothing: JavaVisitor = () => -1;

/** Statements, `switch` and the locals that they declare. */
export const statementVisitors: Record<string, JavaVisitor> = {
  block: inBlock,
  for_statement: inBlock,
  local_variable_declaration: (w, n) => {
    w.annotations(n);
    const type = declaredType(w, w.field(n, 'type'));
    for (const declarator of w.fieldsOf(n, 'declarator')) {
      const own = w.dimensioned(type, w.field(declarator, 'dimensions'));
      const valueNode = w.field(declarator, 'value');
      const value = valueNode < 0 ? -1 : w.visitExpecting(valueNode, own);
      w.facts.declare({
        name: w.textOf(w.field(declarator, 'name')),
        type: own,
        value: own < 0 ? value : -1,
      });
    }
    return -1;
  },
  enhanced_for_statement: (w, n) => {
    const value = w.visit(w.field(n, 'value'));
    w.facts.inScope('block', () => {
      const type = w.dimensioned(declaredType(w, w.field(n, 'type')), w.field(n, 'dimensions'));
      const each = type < 0 && value >= 0 ? w.facts.term(OP.element, value) : -1;
      w.facts.declare({ name: w.textOf(w.field(n, 'name')), type, value: each });
      w.visit(w.field(n, 'body'));
    });
    return -1;
  },
  try_with_resources_statement: (w, n) => {
    w.facts.inScope('block', () => {
      w.visit(w.field(n, 'resources'));
      w.visit(w.field(n, 'body'));
    });
    for (const c of w.children(n)) if (w.is(c, 'catch_clause') || w.is(c, 'finally_clause')) w.visit(c);
    return -1;
  },
  resource: (w, n) => {
    const name = w.field(n, 'name');
    if (name < 0) {
      w.visitChildren(n);
      return -1;
    }
    const type = declaredType(w, w.field(n, 'type'));
    const value = w.visitExpecting(w.field(n, 'value'), type);
    w.facts.declare({ name: w.textOf(name), type, value: type < 0 ? value : -1 });
    return -1;
  },
  catch_clause: (w, n) => {
    w.facts.inScope('block', () => {
      const parameter = w.childOf(n, 'catch_formal_parameter');
      const name = w.field(parameter, 'name');
      if (name >= 0)
        w.facts.declare({ name: w.textOf(name), type: w.type(w.childOf(parameter, 'catch_type')) });
      w.visit(w.field(n, 'body'));
    });
    return -1;
  },
  return_statement: (w, n) => {
    const node = w.firstChild(n);
    const fn = w.facts.function;
    if (node < 0 || fn < 0) return -1;
    const value = w.visitExpecting(node, w.facts.term(OP.returnOf, fn));
    // A method says what it returns; a lambda returns what it says.
    if (w.facts.functionColumn(fn, FUNCTION.symbol) >= 0) return -1;
    w.facts.addReturn(value);
    w.facts.setFunction(fn, FUNCTION.flags, w.facts.functionColumn(fn, FUNCTION.flags) | FLAG.valueOnly);
    return -1;
  },
  labeled_statement: (w, n) => {
    const [, ...rest] = w.children(n);
    for (const c of rest) w.visit(c);
    return -1;
  },
  break_statement: nothing,
  continue_statement: nothing,
  switch_expression: switchOver,
  yield_statement: (w, n) => {
    w.yielded?.push(w.visit(w.firstChild(n)));
    return -1;
  },
};

function inBlock(w: JavaWalk, n: number): number {
  w.facts.inScope('block', () => w.visitChildren(n));
  return -1;
}

/** A `switch`, as a statement or a value: any of what its rules give. */
function switchOver(w: JavaWalk, n: number): number {
  const expected = w.takeExpected();
  const over = w.visit(w.field(n, 'condition'));
  const outer = w.yielded;
  const values: number[] = [];
  w.yielded = values;
  w.facts.inScope('block', () => {
    for (const group of w.children(w.field(n, 'body'))) {
      for (const c of w.children(group)) {
        if (w.is(c, 'switch_label')) label(w, c, over);
        else if (w.is(group, 'switch_rule') && w.is(c, 'expression_statement'))
          values.push(w.visitExpecting(w.firstChild(c), expected));
        else w.visit(c);
      }
    }
  });
  w.yielded = outer;
  return w.facts.union(values);
}

/** `case RED`: a constant of the enum that is switched over, unless the name is in scope. */
function label(w: JavaWalk, n: number, over: number): void {
  for (const c of w.children(n)) {
    if (!w.is(c, 'identifier') || over < 0 || w.facts.lookUp(w.textOf(c)) !== undefined) w.visit(c);
    else w.facts.addMention(w.facts.member(over, w.textOf(c)), w.start(c));
  }
}
