import { OP } from '../../facts.ts';
import { namedClosure } from './functions.ts';
import { visitItems } from './items.ts';
import { bindPattern } from './patterns.ts';
import type { RustVisitor, RustWalk } from './walk.ts';

const inner: RustVisitor = (w, n) => w.visitExpecting(w.childOf(n, 'block'), w.expected);
const nothing: RustVisitor = () => -1;

/** Blocks, `let`, conditions, loops and matches; a block's value is that of its last expression. */
export const statementVisitors: Record<string, RustVisitor> = {
  block: (w, n) => {
    const { expected } = w;
    let value = -1;
    w.facts.inScope('block', () => {
      value = visitItems(w, n, expected);
    });
    return value;
  },
  expression_statement: (w, n) => {
    const value = w.visitExpecting(w.firstChild(n), w.expected);
    // A block at the end gives its value, though the grammar calls it a statement.
    return w.text.charCodeAt(w.end(n) - 1) === 0x3b ? -1 : value;
  },
  empty_statement: nothing,
  label: nothing,
  continue_expression: nothing,
  unsafe_block: inner,
  const_block: (w, n) => w.visit(w.field(n, 'body')),
  try_block: inner,
  let_declaration: letDeclaration,
  if_expression: (w, n) => {
    const { expected } = w;
    const values: number[] = [];
    w.facts.inScope('block', () => {
      w.visit(w.field(n, 'condition'));
      values.push(w.visitExpecting(w.field(n, 'consequence'), expected));
    });
    const alternative = w.field(n, 'alternative');
    if (alternative >= 0) values.push(w.visitExpecting(w.firstChild(alternative), expected));
    return w.facts.union(values);
  },
  let_condition: (w, n) => {
    const value = w.visit(w.field(n, 'value'));
    bindPattern(w, w.field(n, 'pattern'), value);
    return w.facts.literal('bool');
  },
  let_chain: (w, n) => {
    w.visitChildren(n);
    return w.facts.literal('bool');
  },
  match_expression: (w, n) => {
    const { expected } = w;
    const value = w.visit(w.field(n, 'value'));
    const values: number[] = [];
    for (const arm of w.children(w.field(n, 'body'))) {
      if (!w.is(arm, 'match_arm')) continue;
      w.facts.inScope('block', () => {
        const pattern = w.field(arm, 'pattern');
        bindPattern(w, pattern, value);
        w.visit(w.field(pattern, 'condition'));
        values.push(w.visitExpecting(w.field(arm, 'value'), expected));
      });
    }
    return w.facts.union(values);
  },
  while_expression: (w, n) => {
    w.facts.inScope('block', () => {
      w.visit(w.field(n, 'condition'));
      w.visit(w.field(n, 'body'));
    });
    return -1;
  },
  loop_expression: (w, n) => {
    const outer = w.breaks;
    w.breaks = [];
    w.visit(w.field(n, 'body'));
    const value = w.facts.union(w.breaks);
    w.breaks = outer;
    return value;
  },
  break_expression: (w, n) => {
    for (const c of w.children(n)) {
      const value = w.visit(c);
      if (value >= 0) w.breaks.push(value);
    }
    return -1;
  },
  for_expression: (w, n) => {
    const over = w.visit(w.field(n, 'value'));
    w.facts.inScope('block', () => {
      bindPattern(w, w.field(n, 'pattern'), over < 0 ? -1 : w.facts.term(OP.element, over));
      w.visit(w.field(n, 'body'));
    });
    return -1;
  },
  return_expression: (w, n) => {
    const fn = w.facts.function;
    const context = fn < 0 ? -1 : w.facts.term(OP.returnOf, fn);
    w.facts.addReturn(w.visitExpecting(w.firstChild(n), context));
    return -1;
  },
};

function letDeclaration(w: RustWalk, n: number): number {
  const pattern = w.field(n, 'pattern');
  const valueNode = w.field(n, 'value');
  if (w.is(valueNode, 'closure_expression') && w.is(pattern, 'identifier') && w.textOf(pattern) !== '_') {
    w.bind(w.textOf(pattern), w.facts.symbolTerm(namedClosure(w, n, pattern, valueNode)));
    return -1;
  }
  const typeNode = w.field(n, 'type');
  const context = typeNode < 0 ? -1 : w.type(typeNode);
  const value = w.visitExpecting(valueNode, context);
  // What has no place of its own in the scope here is visited before the names are bound.
  const alternative = w.field(n, 'alternative');
  if (alternative >= 0) w.visit(alternative);
  let type = context;
  if (typeNode >= 0 && w.textOf(typeNode).includes('_')) {
    const outer = w.guess;
    w.guess = collectedItem(w, value);
    if (w.guess >= 0) type = w.type(typeNode);
    w.guess = outer;
  }
  bindPattern(w, pattern, value, type);
  return -1;
}

/** What is left open in the type of `iterator.collect()` is an item of the iterator. */
export function collectedItem(w: RustWalk, value: number): number {
  let at = value;
  while (at >= 0 && [OP.unwrap, OP.expecting].includes(w.facts.opOf(at) as never))
    at = w.facts.operand(at, 'a');
  if (at < 0 || w.facts.opOf(at) !== OP.call) return -1;
  const callee = w.facts.operand(at, 'a');
  if (callee < 0 || w.facts.opOf(callee) !== OP.method) return -1;
  if (w.facts.string(w.facts.operand(callee, 'b')) !== 'collect') return -1;
  return w.facts.term(OP.typeOf, w.facts.term(OP.element, w.facts.operand(callee, 'a')));
}
