import { OP } from '../../facts.ts';
import { elementOf } from './control.ts';
import { narrow } from './narrowing.ts';
import { bindTarget } from './targets.ts';
import type { PythonVisitor, PythonWalk } from './walk.ts';

/** Comprehensions: a scope of their own, run where they stand. */
export const comprehensionVisitors: Record<string, PythonVisitor> = {
  list_comprehension: (w, n) => {
    const item = each(w, n);
    return w.facts.term(OP.array, w.facts.list(item < 0 ? [] : [item]));
  },
  set_comprehension: (w, n) => {
    const item = each(w, n);
    return w.setOf(item < 0 ? [] : [item]);
  },
  generator_expression: (w, n) => {
    const item = each(w, n);
    return w.builtInCall('_generator_of', item < 0 ? [] : [item]);
  },
  dictionary_comprehension: (w, n) => {
    let term = -1;
    inClauses(w, n, () => {
      const pair = w.field(n, 'body');
      const [key, value] = [w.visit(w.field(pair, 'key')), w.visit(w.field(pair, 'value'))];
      const typeOf = (value: number) => (value < 0 ? -1 : w.facts.term(OP.typeOf, value));
      term = w.facts.term(OP.mapType, typeOf(key), typeOf(value));
    });
    return term;
  },
};

function each(w: PythonWalk, n: number): number {
  let term = -1;
  inClauses(w, n, () => {
    term = w.visit(w.field(n, 'body'));
  });
  return term;
}

function inClauses(w: PythonWalk, n: number, work: () => void): void {
  w.inFrame('comprehension', () => {
    for (const c of w.children(n)) {
      if (w.is(c, 'for_in_clause')) {
        const values = w.fieldsOf(c, 'right').filter((v) => w.kind(v) !== ',');
        const terms = values.map((v) => w.visit(v));
        const value = terms.length === 1 ? terms[0]! : w.facts.term(OP.tuple, w.facts.list(terms));
        const item = elementOf(w, value, w.start(values[0] ?? c));
        bindTarget(w, w.field(c, 'left'), item, { statement: c, type: -1 });
      } else if (w.is(c, 'if_clause')) {
        const condition = w.firstChild(c);
        w.visit(condition);
        narrow(w, condition, true);
      }
    }
    work();
  });
}
