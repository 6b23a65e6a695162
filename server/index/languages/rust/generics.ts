import { OP } from '../../facts.ts';
import { boundsOf, isFunctionBound } from './types.ts';
import type { RustWalk } from './walk.ts';

interface Parameter {
  name: string;
  bounds: number[];
}

/**
 * Binds the type parameters that some declarations have (an `impl` block's before its method's) in the scope here, and
 * returns the list for the owner's row; -1 for none. A parameter that stands for a function is that function type.
 * `more` are the names of further parameters, such as a trait's associated types, with their bounds.
 */
export function bindTypeParameters(
  w: RustWalk,
  nodes: readonly number[],
  owner: number,
  { first = 0, more = [] }: { first?: number; more?: readonly Parameter[] } = {},
): number {
  const parameters = [...nodes.flatMap((n) => parametersOf(w, n)), ...more];
  if (parameters.length === 0) return -1;
  const functions: Parameter[] = [];
  parameters.forEach((parameter, i) => {
    if (parameter.bounds.some((b) => isFunctionBound(w, b))) functions.push(parameter);
    else w.facts.bindType(parameter.name, w.facts.term(OP.typeParameter, owner, first + i));
  });
  for (const { name, bounds } of functions)
    w.facts.bindType(name, w.type(bounds.find((b) => isFunctionBound(w, b)) ?? -1));
  return w.facts.list(
    parameters.flatMap(({ name, bounds }) => {
      const traits = bounds.filter((b) => !isFunctionBound(w, b));
      return [w.facts.text(name), boundsOf(w, traits)];
    }),
  );
}

/** The type parameters of a declaration, with what its head and its `where` clause ask of them. */
export function parametersOf(w: RustWalk, n: number): Parameter[] {
  const found: Parameter[] = [];
  for (const c of w.children(w.field(n, 'type_parameters'))) {
    if (w.is(c, 'type_parameter'))
      found.push({ name: w.textOf(w.field(c, 'name')), bounds: boundNodes(w, c) });
    else if (w.is(c, 'const_parameter')) found.push({ name: w.textOf(w.field(c, 'name')), bounds: [] });
  }
  for (const predicate of w.children(w.childOf(n, 'where_clause'))) {
    const name = w.textOf(w.field(predicate, 'left'));
    found.find((p) => p.name === name)?.bounds.push(...boundNodes(w, predicate));
  }
  return found;
}

function boundNodes(w: RustWalk, n: number): number[] {
  return w.children(w.field(n, 'bounds')).filter((c) => !w.is(c, 'lifetime'));
}
