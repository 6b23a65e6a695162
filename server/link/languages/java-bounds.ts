import type { Evaluation } from '../evaluation.ts';
import { boundOf } from '../substitute.ts';
import type { ParameterType, Type } from '../types.ts';

/** So many type parameters may be bounded by each other. */
const MOST_BOUNDS = 8;

/** What a type parameter is known to be, through bounds that are type parameters themselves; at least an object. */
export function firstBound(ev: Evaluation, parameter: ParameterType): Type | undefined {
  let at: Type | undefined = parameter;
  for (let steps = 0; at?.t === 'parameter' && steps < MOST_BOUNDS; steps++) {
    if (at.owner < 0) return undefined;
    at = boundOf(ev, at.owner, at.index) ?? ev.builtIn(ev.program.fileOf(at.owner), 'Object');
  }
  return at?.t === 'parameter' ? undefined : at;
}
