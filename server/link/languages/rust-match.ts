import type { Evaluation } from '../evaluation.ts';
import type { InstanceType, Type } from '../types.ts';

const MOST_DEPTH = 8;

/**
 * Whether a type as an `impl` block writes it can be a given one; what its type parameters (those of `of`) then are is
 * added to `known`. What is not known fits everything.
 */
export function matches(
  ev: Evaluation,
  pattern: Type | undefined,
  given: Type | undefined,
  of: number,
  known: Map<number, Type>,
  depth = 0,
): boolean {
  if (!pattern || !given || depth > MOST_DEPTH) return true;
  const each = (patterns: readonly (Type | undefined)[], types: readonly (Type | undefined)[]) =>
    patterns.every((p, i) => matches(ev, p, types[i], of, known, depth + 1));
  switch (pattern.t) {
    case 'parameter': {
      if (pattern.owner !== of) return given.t === 'parameter' ? pattern === given : true;
      const before = known.get(pattern.index);
      if (!before) known.set(pattern.index, given);
      return true;
    }
    case 'instance': {
      const type = asEnum(ev, given);
      if (type.t === 'union')
        return type.items.some((item) => matches(ev, pattern, item, of, known, depth + 1));
      if (type.t !== 'instance' || type.symbol !== pattern.symbol) return false;
      return each(pattern.args, type.args);
    }
    case 'tuple':
      return (
        given.t === 'tuple' && given.items.length === pattern.items.length && each(pattern.items, given.items)
      );
    case 'signature':
      return given.t === 'signature' || given.t === 'lambda' || given.t === 'function';
    case 'self':
      return true;
    default:
      return pattern === given;
  }
}

/** The types of a union in an order that does not depend on when they were met. */
export function inOrder(ev: Evaluation, type: Type | undefined): readonly Type[] {
  if (type?.t !== 'union') return type ? [type] : [];
  return [...type.items].sort((a, b) => (keyOf(ev, a, 0) < keyOf(ev, b, 0) ? -1 : 1));
}

function keyOf(ev: Evaluation, type: Type | undefined, depth: number): string {
  if (!type || depth > 4) return '';
  const { program } = ev;
  const each = (items: readonly (Type | undefined)[]) => items.map((i) => keyOf(ev, i, depth + 1)).join();
  switch (type.t) {
    case 'instance':
    case 'class':
      return `${placeOf(ev, type.symbol)}<${each(type.args)}>`;
    case 'function':
      return `${placeOf(ev, type.symbol)}(${each([type.owner, type.receiver])})`;
    case 'module':
      return type.symbol < 0 ? type.name : placeOf(ev, type.symbol);
    case 'tuple':
    case 'union':
      return `${type.t}(${each(type.items)})`;
    case 'signature':
      return `signature(${each([...type.parameters, type.result])})`;
    case 'parameter':
      return type.owner < 0 ? '' : `${placeOf(ev, type.owner)}#${type.index}`;
    case 'lambda':
      return `lambda ${program.files[type.file]!} ${type.function}`;
    default:
      return type.t;
  }
}

function placeOf({ program }: Evaluation, symbol: number): string {
  return `${program.files[program.fileOf(symbol)]!} ${String(program.localOf(symbol)).padStart(7, '0')}`;
}

/** A variant as an instance of its enum. */
export function asEnum(ev: Evaluation, type: Type): Type {
  if (type.t !== 'instance' || !isVariant(ev, type.symbol)) return type;
  const [base] = ev.basesOf(type.symbol);
  const seen = base && ev.substitute(base, type, type);
  return seen ?? type;
}

export function isVariant(ev: Evaluation, symbol: number): boolean {
  const parent = ev.program.parent(symbol);
  return parent >= 0 && ev.program.kind(parent) === 'Enum' && ev.program.kind(symbol) === 'Class';
}

/** What a block's type parameters are known to be, put into a type of its. */
export function filled<T extends Type>(
  ev: Evaluation,
  type: T | undefined,
  of: number,
  known: ReadonlyMap<number, Type>,
  self: Type | undefined,
): T | undefined {
  return ev.replace(
    type,
    (owner, i) => (owner === of ? known.get(i) : ev.types.parameter(owner, i)),
    self,
  ) as T | undefined;
}

/** The instance whose arguments are what a block's own type parameters are known to be. */
export function knownOwner(ev: Evaluation, of: number, known: ReadonlyMap<number, Type>): InstanceType {
  const count = Math.max(-1, ...known.keys()) + 1;
  return ev.types.instance(
    of,
    Array.from({ length: count }, (_, i) => known.get(i)),
  );
}
