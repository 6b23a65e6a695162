import { OP } from '../../facts.ts';
import { typeArguments } from './types.ts';
import type { RustWalk } from './walk.ts';

/** A path as a value: where its last name stands, its term, and the type arguments after its last name. */
export interface Path {
  nameNode: number;
  term: number;
  explicit: readonly number[];
}

/** Reads `f`, `a::b::<T>::f::<U>`, `Self::f`, `<T as Trait>::f`. */
export function pathOf(w: RustWalk, n: number): Path {
  switch (w.kind(n)) {
    case 'generic_function':
      return {
        ...pathOf(w, w.field(n, 'function')),
        explicit: typeArguments(w, w.field(n, 'type_arguments')),
      };
    case 'generic_type':
    case 'generic_type_with_turbofish':
      return { ...pathOf(w, w.field(n, 'type')), explicit: typeArguments(w, w.field(n, 'type_arguments')) };
    case 'scoped_identifier':
    case 'scoped_type_identifier': {
      const pathNode = w.field(n, 'path');
      const nameNode = w.field(n, 'name');
      const name = w.textOf(nameNode);
      if (pathNode < 0) return { nameNode, term: w.global(name), explicit: [] };
      const around = qualifier(w, pathNode);
      return { nameNode, term: around < 0 ? -1 : w.facts.member(around, name), explicit: [] };
    }
    case 'self':
      return { nameNode: n, term: w.name('self'), explicit: [] };
    default: {
      const text = w.textOf(n);
      const isType = text === 'Self';
      return { nameNode: n, term: isType ? qualifier(w, n) : w.name(text), explicit: [] };
    }
  }
}

/** What stands before `::`. */
function qualifier(w: RustWalk, n: number): number {
  if (w.is(n, 'identifier') || w.is(n, 'type_identifier')) {
    const text = w.textOf(n);
    if (text === 'Self' && (w.around?.trait ?? -1) >= 0) return w.selfOfTrait();
    return w.mentioned(w.typeName(text), n);
  }
  if (w.is(n, 'bracketed_type')) {
    const inner = w.firstChild(n);
    // `<T as Trait>::f` names the trait's function.
    if (w.is(inner, 'qualified_type')) return w.type(w.field(inner, 'alias'));
  }
  if (w.is(n, 'scoped_identifier') || w.is(n, 'scoped_type_identifier')) {
    const path = w.field(n, 'path');
    const name = w.textOf(w.field(n, 'name'));
    if (path < 0) return w.global(name);
    const isSelf = w.textOf(path) === 'Self';
    if (isSelf && w.around?.types.has(name)) return w.type(n);
    const around = qualifier(w, path);
    return around < 0 ? -1 : w.mentioned(w.facts.member(around, name), w.field(n, 'name'));
  }
  return w.type(n);
}

/** A path mentioned as a value: a unit struct or variant is its instance. */
export function pathValue(w: RustWalk, n: number): number {
  const { nameNode, term } = pathOf(w, n);
  if (term < 0) return -1;
  const op = w.facts.opOf(term);
  if (op === OP.variable) return term;
  w.facts.addMention(term, w.start(nameNode));
  return /^[A-Z]/.test(w.textOf(nameNode)) ? w.facts.term(OP.cast, term, term) : term;
}
