import { OP, TERM, VARIABLE } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';

/**
 * True where the receiver of a method that was not found belongs to what is declared outside the workspace, or is known
 * and has the method from outside (a derived one, one that a macro writes).
 */
export function rustOutside(ev: Evaluation, file: number, callee: number): boolean {
  const { program } = ev;
  const { terms } = program.facts[file]!;
  const at = (term: number, column: 'op' | 'a' | 'b') => terms[term * TERM.width + TERM[column]]!;

  const outside = (term: number, depth: number): boolean => {
    if (term < 0 || depth > 100) return false;
    if (ev.value(file, term)) return true;
    switch (at(term, 'op')) {
      case OP.variable: {
        const variable = at(term, 'a');
        if (program.variableColumn(file, variable, VARIABLE.type) >= 0) return true;
        return outside(program.variableColumn(file, variable, VARIABLE.value), depth + 1);
      }
      case OP.global:
      case OP.import:
      case OP.literal:
        return true;
      case OP.call:
      case OP.apply:
      case OP.expecting:
      case OP.element:
      case OP.item:
      case OP.index:
      case OP.unwrap:
      case OP.await:
      case OP.reference:
      case OP.member:
      case OP.method:
      case OP.narrowed:
        return outside(at(term, 'a'), depth + 1);
      default:
        return false;
    }
  };
  return outside(at(callee, 'a'), 0);
}
