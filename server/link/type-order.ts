import type { Type } from './types.ts';

const KINDS: readonly Type['t'][] = [
  ...(['instance', 'class', 'function', 'lambda', 'module', 'signature'] as const),
  ...(['parameter', 'tuple', 'object', 'union', 'self', 'super'] as const),
];

/**
 * An order of types that does not depend on when they were met, so that the first of several is the same one whatever
 * was asked before. `rank` orders symbols.
 */
export function compareTypes(a: Type, b: Type, rank: (symbol: number) => number): number {
  if (a === b) return 0;
  if (a.t !== b.t) return KINDS.indexOf(a.t) - KINDS.indexOf(b.t);
  const [x, y] = [numbersOf(a, rank), numbersOf(b, rank)];
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return x[i]! - y[i]!;
  if (a.t === 'module' && b.t === 'module') return a.name < b.name ? -1 : 1;
  return compareAll(partsOf(a), partsOf(b), rank);
}

function compareAll(
  a: readonly (Type | undefined)[],
  b: readonly (Type | undefined)[],
  rank: (symbol: number) => number,
): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i], b[i]];
    if (x === y) continue;
    if (!x) return -1;
    if (!y) return 1;
    const order = compareTypes(x, y, rank);
    if (order !== 0) return order;
  }
  return 0;
}

function numbersOf(type: Type, rank: (symbol: number) => number): readonly number[] {
  switch (type.t) {
    case 'instance':
    case 'class':
    case 'super':
    case 'module':
      return [type.symbol < 0 ? -1 : rank(type.symbol)];
    case 'function':
      return [rank(type.symbol), type.wraps < 0 ? -1 : rank(type.wraps)];
    case 'lambda':
      return [type.file, type.function];
    case 'object':
      return [type.file, type.term];
    case 'parameter':
      return [type.owner < 0 ? type.owner : rank(type.owner), type.index];
    default:
      return [];
  }
}

function partsOf(type: Type): readonly (Type | undefined)[] {
  switch (type.t) {
    case 'instance':
    case 'class':
      return type.args;
    case 'function':
      return [type.owner, type.receiver];
    case 'signature':
      return [...type.parameters, type.result];
    case 'tuple':
    case 'union':
      return type.items;
    default:
      return [];
  }
}
