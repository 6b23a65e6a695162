import { OP } from '../../facts.ts';
import { typeOfValue } from './annotations.ts';
import type { PythonWalk } from './walk.ts';

interface Said {
  /** A name or a chain of attributes. */
  chain: string;
  node: number;
  /** A type term. */
  type: number;
}

/** Does work where a condition is known to hold (or not): what it tests has the type it says. */
export function narrowed(w: PythonWalk, condition: number, holds: boolean, work: () => void): void {
  const said = testsOf(w, condition, holds);
  if (said.length === 0) return work();
  const change = w.branch(() => {
    applyTests(w, said);
    work();
  });
  // What the branch of an expression binds (`y := …`) stays bound.
  for (const [name, term] of change?.names ?? []) w.frame.write(name, term);
}

/** From here on, what a condition tests has the type it says. */
export function narrow(w: PythonWalk, condition: number, holds: boolean): void {
  applyTests(w, testsOf(w, condition, holds));
}

function applyTests(w: PythonWalk, said: readonly Said[]): void {
  for (const { chain, node, type } of said) {
    const value = w.is(node, 'identifier') ? w.read(chain) : -1;
    w.frame.narrow(chain, w.facts.term(OP.cast, type, value));
  }
}

/** The `isinstance(x, T)` that hold where a condition does, or where it fails. */
export function testsOf(w: PythonWalk, condition: number, holds: boolean): Said[] {
  let n = condition;
  while (w.is(n, 'parenthesized_expression')) n = w.firstChild(n);
  switch (w.kind(n)) {
    case 'not_operator':
      return testsOf(w, w.field(n, 'argument'), !holds);
    case 'boolean_operator': {
      const isAnd = w.textOf(w.field(n, 'operator')) === 'and';
      if (isAnd !== holds) return [];
      return [...testsOf(w, w.field(n, 'left'), holds), ...testsOf(w, w.field(n, 'right'), holds)];
    }
    case 'call':
      return holds ? instanceTest(w, n) : [];
    case 'comparison_operator':
      return holds ? typeTest(w, n) : [];
    case 'named_expression':
      return [];
    default:
      return [];
  }
}

function instanceTest(w: PythonWalk, call: number): Said[] {
  const callee = w.field(call, 'function');
  const isSubclass = w.isNameOf(callee, 'issubclass');
  if (!isSubclass && !w.isNameOf(callee, 'isinstance')) return [];
  const [node = -1, types = -1] = w.parts(w.field(call, 'arguments'));
  const chain = chainOf(w, node);
  if (chain === '') return [];
  const type = typesOf(w, types);
  if (type < 0) return [];
  return [{ chain, node, type: isSubclass ? w.classOf(type) : type }];
}

/** `type(x) is T`, `type(x) == T`. */
function typeTest(w: PythonWalk, n: number): Said[] {
  const [left = -1, right = -1, ...others] = w
    .parts(n)
    .filter((c) => !w.is(c, 'is not') && !w.is(c, 'not in'));
  const [operator = -1] = w.fieldsOf(n, 'operators');
  const text = w.textOf(operator);
  if (others.length > 0 || (text !== 'is' && text !== '==') || !w.is(left, 'call')) return [];
  if (!w.isNameOf(w.field(left, 'function'), 'type')) return [];
  const [node = -1] = w.parts(w.field(left, 'arguments'));
  const chain = chainOf(w, node);
  const type = chain === '' ? -1 : typesOf(w, right);
  return type < 0 ? [] : [{ chain, node, type }];
}

/** The types that the second argument of `isinstance` names. */
function typesOf(w: PythonWalk, node: number): number {
  if (w.is(node, 'tuple')) {
    const types = w.parts(node).map((c) => typesOf(w, c));
    return types.some((t) => t < 0) ? -1 : w.facts.union(types, OP.unionType);
  }
  if (w.is(node, 'binary_operator')) {
    const types = [w.field(node, 'left'), w.field(node, 'right')].map((c) => typesOf(w, c));
    return types.some((t) => t < 0) ? -1 : w.facts.union(types, OP.unionType);
  }
  if (w.is(node, 'identifier')) return typeOfValue(w, w.read(w.textOf(node)));
  if (!w.is(node, 'attribute')) return -1;
  const object = typesOf(w, w.field(node, 'object'));
  return object < 0 ? -1 : w.facts.member(object, w.textOf(w.field(node, 'attribute')));
}

/** `x`, `self.x`, `a.b.c`; '' for what is no chain of names. */
export function chainOf(w: PythonWalk, node: number): string {
  if (w.is(node, 'identifier')) return w.textOf(node);
  if (!w.is(node, 'attribute')) return '';
  const object = chainOf(w, w.field(node, 'object'));
  return object === '' ? '' : `${object}.${w.textOf(w.field(node, 'attribute'))}`;
}
