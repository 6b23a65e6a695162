import { OP } from '../../facts.ts';
import { namedLiteral } from './functions.ts';
import type { GoVisitor, GoWalk } from './walk.ts';

const inBlock: GoVisitor = (w, n) => {
  w.facts.inScope('block', () => w.visitChildren(n));
  return -1;
};
const nothing: GoVisitor = () => -1;

/** Statements: scopes, short declarations, ranges, type switches. */
export const statementVisitors: Record<string, GoVisitor> = {
  block: inBlock,
  if_statement: inBlock,
  for_statement: inBlock,
  expression_switch_statement: inBlock,
  expression_case: inBlock,
  default_case: inBlock,
  communication_case: inBlock,
  type_switch_statement: typeSwitch,
  break_statement: nothing,
  continue_statement: nothing,
  goto_statement: nothing,
  label_name: nothing,
  short_var_declaration: (w, n) => {
    declareLocal(w, w.children(w.field(n, 'left')), w.children(w.field(n, 'right')), undefined);
    return -1;
  },
  receive_statement: (w, n) => {
    const left = w.children(w.field(n, 'left'));
    const right = w.field(n, 'right');
    if (declares(w, n)) declareLocal(w, left, [right], undefined);
    else {
      for (const c of left) w.visit(c);
      w.visit(right);
    }
    return -1;
  },
  range_clause: (w, n) => {
    const over = w.visit(w.field(n, 'right'));
    const left = w.children(w.field(n, 'left'));
    if (!declares(w, n)) {
      for (const c of left) w.visit(c);
      return -1;
    }
    left.forEach((c, i) => {
      const value = over < 0 ? -1 : i === 0 ? w.facts.term(OP.element, over) : w.facts.term(OP.index, over);
      w.declare(w.textOf(c), -1, value);
    });
    return -1;
  },
};

/** Whether the names on the left are declared here, and not only assigned to. */
function declares(w: GoWalk, n: number): boolean {
  const left = w.field(n, 'left');
  return left >= 0 && w.text.startsWith(':=', skipSpace(w.text, w.end(left)));
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= 32) at++;
  return at;
}

/** Right sides that give a second value on request: whether there was one. */
const COMMA_OK = new Set(['index_expression', 'type_assertion_expression', 'unary_expression']);

/**
 * `a, b := …` and a local `var`: what a name means changes only behind the declaration. `type` is undefined where none
 * is written; a name that the same scope has declared before is assigned to by `:=`.
 */
export function declareLocal(
  w: GoWalk,
  names: readonly number[],
  values: readonly number[],
  type: number | undefined,
): void {
  const [first = -1] = values;
  if (names.length === 1 && w.is(first, 'func_literal') && w.is(names[0]!, 'identifier')) {
    const name = w.textOf(names[0]!);
    if (name !== '_') {
      w.bind(name, w.facts.symbolTerm(namedLiteral(w, names[0]!, first)));
      return;
    }
  }
  const terms = values.map((c) => w.visit(c));
  names.forEach((nameNode, i) => {
    const name = w.textOf(nameNode);
    if (name === '_' || name === '') return;
    const before = w.facts.bound(name);
    const isDeclared = before !== undefined && w.facts.opOf(before) === OP.variable;
    if (isDeclared && names.length > 1 && type === undefined) return;
    const value = type !== undefined ? -1 : valueAt(w, values, terms, i, names.length);
    w.declare(name, type ?? -1, value);
  });
}

function valueAt(
  w: GoWalk,
  nodes: readonly number[],
  terms: readonly number[],
  at: number,
  count: number,
): number {
  if (nodes.length === count) return terms[at]!;
  const [term = -1] = terms;
  if (term < 0) return -1;
  if (COMMA_OK.has(w.kind(nodes[0]!))) return at === 0 ? term : w.facts.literal('bool');
  return w.facts.term(OP.item, term, at);
}

/** `switch x := v.(type)`: x has the type of each clause in it; where there are several, that of v. */
function typeSwitch(w: GoWalk, n: number): number {
  w.facts.inScope('block', () => {
    w.visit(w.field(n, 'initializer'));
    const value = w.visit(w.field(n, 'value'));
    const alias = w.firstChild(w.field(n, 'alias'));
    for (const clause of w.children(n)) {
      if (!w.is(clause, 'type_case') && !w.is(clause, 'default_case')) continue;
      const types = w.fieldsOf(clause, 'type').filter((c) => !w.is(c, ','));
      w.facts.inScope('block', () => {
        const [only = -1] = types;
        const type = types.length === 1 && w.textOf(only) !== 'nil' ? w.type(only) : undefined;
        if (alias >= 0)
          w.declare(w.textOf(alias), -1, type === undefined ? value : w.facts.term(OP.cast, type));
        for (const c of w.children(clause)) if (!types.includes(c)) w.visit(c);
      });
    }
  });
  return -1;
}
