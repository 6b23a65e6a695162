import { FLAG } from '../../facts.ts';
import type { EcmascriptWalk } from './walk.ts';

/** Does work where a condition is known to hold (or not): names that it tests have the type it says. */
export function narrowed(w: EcmascriptWalk, condition: number, holds: boolean, work: () => void): void {
  const said = holds ? instanceTests(w, condition) : negatedTests(w, condition);
  if (said.length === 0) return work();
  w.facts.inScope('block', () => {
    for (const { name, type } of said) w.facts.declare({ name, type, flags: FLAG.narrowed });
    work();
  });
}

/** The `x instanceof T` that hold when a condition does. */
export function instanceTests(w: EcmascriptWalk, node: number): { name: string; type: number }[] {
  let n = node;
  while (w.is(n, 'parenthesized_expression')) n = w.firstChild(n);
  if (!w.is(n, 'binary_expression')) return [];
  const operator = w.textOf(w.field(n, 'operator'));
  const [left, right] = [w.field(n, 'left'), w.field(n, 'right')];
  if (operator === '&&') return [...instanceTests(w, left), ...instanceTests(w, right)];
  if (operator !== 'instanceof' || !w.is(left, 'identifier')) return [];
  const type = w.type(right);
  return type < 0 ? [] : [{ name: w.textOf(left), type }];
}

/** The `x instanceof T` that hold when a condition fails: `!(x instanceof T)`. */
export function negatedTests(w: EcmascriptWalk, node: number): { name: string; type: number }[] {
  let n = node;
  while (w.is(n, 'parenthesized_expression')) n = w.firstChild(n);
  if (w.is(n, 'binary_expression') && w.textOf(w.field(n, 'operator')) === '||')
    return [...negatedTests(w, w.field(n, 'left')), ...negatedTests(w, w.field(n, 'right'))];
  if (!w.is(n, 'unary_expression') || w.textOf(w.field(n, 'operator')) !== '!') return [];
  return instanceTests(w, w.field(n, 'argument'));
}
