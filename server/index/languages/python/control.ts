import { OP } from '../../facts.ts';
import type { Change } from './flow.ts';
import { narrow } from './narrowing.ts';
import { memberSite } from './operators.ts';
import { bindTarget, boundIn } from './targets.ts';
import type { PythonVisitor, PythonWalk } from './walk.ts';

/** Branches, loops, `try` and `with`: what flows where. */
export const controlVisitors: Record<string, PythonVisitor> = {
  if_statement: (w, n) => {
    const ways: (Change | undefined)[] = [];
    const otherwise = w.branch(() => {
      const base = w.frame.flow.parent!;
      const arm = (condition: number, body: number) => {
        w.visit(condition);
        ways.push(
          w.frame.branch(() => {
            narrow(w, condition, true);
            w.visit(body);
          }, base),
        );
        narrow(w, condition, false);
      };
      arm(w.field(n, 'condition'), w.field(n, 'consequence'));
      for (const clause of w.fieldsOf(n, 'alternative'))
        if (w.is(clause, 'elif_clause')) arm(w.field(clause, 'condition'), w.field(clause, 'consequence'));
        else w.visit(w.field(clause, 'body'));
    });
    w.join([...ways, otherwise]);
    return -1;
  },
  while_statement: (w, n) => {
    const condition = w.field(n, 'condition');
    loop(w, n, () => {
      w.visit(condition);
      narrow(w, condition, true);
      w.visit(w.field(n, 'body'));
    });
    return -1;
  },
  for_statement: (w, n) => {
    const right = w.field(n, 'right');
    const value = w.visit(right);
    const each = elementOf(w, value, w.start(right));
    loop(w, n, () => {
      bindTarget(w, w.field(n, 'left'), each, { statement: w.field(n, 'left'), type: -1 });
      w.visit(w.field(n, 'body'));
    });
    return -1;
  },
  try_statement: (w, n) => {
    const body = w.field(n, 'body');
    const tried = w.branch(() => {
      w.visit(body);
      for (const c of w.children(n)) if (w.is(c, 'else_clause')) w.visit(w.field(c, 'body'));
    });
    const ways = [tried];
    for (const clause of w.children(n))
      if (w.is(clause, 'except_clause')) ways.push(w.branch(() => handler(w, clause, tried)));
    w.join(ways);
    const left = w.frame.flow.left;
    for (const c of w.children(n))
      if (w.is(c, 'finally_clause')) {
        w.frame.flow.left = false;
        w.visitChildren(c);
        w.frame.flow.left ||= left;
      }
    return -1;
  },
  with_statement: (w, n) => {
    for (const clause of w.children(n))
      if (w.is(clause, 'with_clause')) for (const item of w.parts(clause)) withItem(w, item);
    w.visit(w.field(n, 'body'));
    return -1;
  },
};

/** An item of an iteration, with the calls of `__iter__` and `__next__` that it takes. */
export function elementOf(w: PythonWalk, value: number, at: number): number {
  if (value < 0) return -1;
  const op = w.facts.opOf(value);
  const term = w.facts.term(OP.element, value);
  if (op !== OP.array && op !== OP.tuple && op !== OP.object && op !== OP.text)
    w.facts.addSite(term, 'operator', at);
  return term;
}

/**
 * A loop: what its body binds may have been bound by an earlier round, so such a name is a variable with several
 * values.
 */
function loop(w: PythonWalk, n: number, work: () => void): void {
  const { frame } = w;
  const names = new Set<string>();
  boundIn(w, n, (name) => names.add(name));
  const phis = new Map<string, number>();
  for (const name of names) {
    const before = frame.globals.has(name) ? undefined : frame.find(name);
    if (before === undefined) continue;
    const variable = w.facts.addVariable({ name });
    w.facts.assignVariable(variable, before);
    phis.set(name, variable);
    frame.flow.names.set(name, w.facts.term(OP.variable, variable));
    frame.flow.narrowed?.delete(name);
  }
  const carried: Change[] = [];
  const base = frame.flow;
  const end = frame.branch(() => {
    frame.loops.push({ base, carried });
    work();
    frame.loops.pop();
  });
  const ways = [...carried, ...(end ? [end] : [])];
  for (const [name, variable] of phis)
    for (const way of ways) {
      const term = way.names.get(name);
      if (term !== undefined && w.facts.opOf(term) !== OP.unknown) w.facts.assignVariable(variable, term);
    }
  for (const name of new Set(ways.flatMap((way) => [...way.names.keys()])))
    if (!phis.has(name))
      frame.flow.names.set(name, w.facts.union(ways.map((way) => way.names.get(name) ?? -1)));
  for (const clause of w.children(n)) if (w.is(clause, 'else_clause')) w.visit(w.field(clause, 'body'));
}

function handler(w: PythonWalk, clause: number, tried: Change | undefined): void {
  // The body may have been left anywhere.
  for (const [name, term] of tried?.names ?? [])
    w.frame.flow.names.set(name, w.facts.union([w.frame.find(name) ?? -1, term]));
  const value = w.field(clause, 'value');
  if (value >= 0) {
    const named = w.is(value, 'as_pattern');
    const types = named ? w.firstChild(value) : value;
    const term = w.visit(types);
    const alias = named ? w.firstChild(w.field(value, 'alias')) : w.field(clause, 'alias');
    if (w.is(alias, 'identifier')) w.define(w.textOf(alias), caught(w, types, term), w.target);
  }
  for (const c of w.children(clause)) if (w.is(c, 'block')) w.visit(c);
}

/** An instance of the class (or one of the classes) that `except` names. */
function caught(w: PythonWalk, node: number, term: number): number {
  if (term < 0) return -1;
  const classes = w.is(node, 'tuple') ? w.facts.listItems(w.facts.operand(term, 'a')) : [term];
  return w.facts.union(classes.filter((c) => c >= 0).map((c) => w.facts.term(OP.cast, c, -1)));
}

function withItem(w: PythonWalk, item: number): void {
  const value = w.field(item, 'value');
  const isNamed = w.is(value, 'as_pattern');
  const contextNode = isNamed ? w.firstChild(value) : value;
  const context = w.visit(contextNode);
  const at = w.start(contextNode);
  const isAsync = w.has(w.parent(w.parent(item)), 'async');
  const [enter, exit] = isAsync
    ? (['__aenter__', '__aexit__'] as const)
    : (['__enter__', '__exit__'] as const);
  memberSite(w, context, enter, at);
  memberSite(w, context, exit, at);
  if (!isNamed) return;
  const entered = context < 0 ? -1 : w.facts.call(w.facts.member(context, enter));
  const term = isAsync && entered >= 0 ? w.facts.term(OP.await, entered) : entered;
  bindTarget(w, w.field(value, 'alias'), term, { statement: item, type: -1 });
}
