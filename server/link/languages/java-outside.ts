import { FUNCTION, OP, SYMBOL, TERM, VARIABLE } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';

/**
 * True where a method that was not found is one of a class that is declared outside the workspace: everything in Java
 * says its type, so a type that is written and not known is one of a library.
 */
export function isOutside(ev: Evaluation, file: number, callee: number): boolean {
  const { program } = ev;
  const { terms } = program.facts[file]!;
  const at = (term: number, column: 'op' | 'a' | 'b') => terms[term * TERM.width + TERM[column]]!;

  const outside = (term: number): boolean => {
    if (term < 0) return true;
    const value = ev.value(file, term);
    // What is known and has no such method inherits it from outside.
    if (value) return true;
    switch (at(term, 'op')) {
      case OP.variable: {
        const variable = at(term, 'a');
        if (program.variableColumn(file, variable, VARIABLE.type) >= 0) return true;
        const assigned = program.variableColumn(file, variable, VARIABLE.value);
        return assigned >= 0 && outside(assigned);
      }
      case OP.symbol:
        return program.column(program.symbol(file, at(term, 'a')), SYMBOL.type) >= 0;
      case OP.apply:
      case OP.expecting:
      case OP.element:
        return outside(at(term, 'a'));
      case OP.call:
        return callOutside(at(term, 'a'));
      case OP.member:
        return memberOutside(term);
      case OP.union:
        return program.list(file, at(term, 'a')).some((item) => item >= 0 && outside(item));
      default:
        return true;
    }
  };

  /** A field whose object is known has a declared type that is not; else its object says where it belongs. */
  const memberOutside = (term: number): boolean => {
    const of = ev.value(file, at(term, 'a'));
    return of !== undefined || outside(at(term, 'a'));
  };

  const callOutside = (called: number): boolean => {
    const method = ev.value(file, called);
    if (method?.t !== 'function') return methodOutside(called);
    const fn = program.column(method.symbol, SYMBOL.function);
    const declaring = program.fileOf(method.symbol);
    const declared = fn < 0 ? -1 : program.functionColumn(declaring, fn, FUNCTION.returnType);
    // What a type parameter stands for was not found out: it may be a class of the workspace.
    return ev.type(declaring, declared) === undefined;
  };

  const methodOutside = (called: number): boolean => {
    if (at(called, 'op') !== OP.method) return true;
    const on = at(called, 'a');
    // A bare name that no class around and no import has is inherited from outside.
    return at(on, 'op') === OP.scope || outside(on);
  };

  return methodOutside(callee);
}
