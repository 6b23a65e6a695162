import { SYMBOL } from '../index/facts.ts';
import type { Evaluation } from './evaluation.ts';
import type { Type } from './types.ts';

/**
 * A type as seen from a member's receiver: the owner's type parameters become its arguments, `self` the receiver.
 * A parameter without an argument becomes its bound.
 */
export function substitute(
  ev: Evaluation,
  type: Type | undefined,
  owner: Type | undefined,
  receiver: Type | undefined,
): Type | undefined {
  if (!type || !ev.types.isOpen(type)) return type;
  const at = owner?.t === 'instance' || owner?.t === 'class' ? owner : undefined;
  return replace(
    ev,
    type,
    (symbol, index) => {
      if (at?.symbol !== symbol) return ev.types.parameter(symbol, index);
      const argument = at.args[index];
      // A method that stands for itself still waits for what its call says of the others.
      if (!argument && isFunctionKind(ev, symbol)) return ev.types.parameter(symbol, index);
      return argument ?? boundOf(ev, symbol, index);
    },
    receiver?.t === 'class' ? ev.instanceOf(receiver) : receiver,
  );
}

function isFunctionKind(ev: Evaluation, symbol: number): boolean {
  const kind = ev.program.kind(symbol);
  return kind === 'Method' || kind === 'Function';
}

/** A type with its parameters and `self` replaced. */
export function replace(
  ev: Evaluation,
  type: Type | undefined,
  of: (symbol: number, index: number) => Type | undefined,
  self?: Type,
): Type | undefined {
  if (!type || !ev.types.isOpen(type)) return type;
  const each = (items: readonly (Type | undefined)[]) => items.map((item) => replace(ev, item, of, self));
  switch (type.t) {
    case 'parameter':
      return of(type.owner, type.index);
    case 'self':
      return self ?? type;
    case 'instance':
      return ev.reduced(ev.types.instance(type.symbol, each(type.args)));
    case 'class':
      return ev.types.class(type.symbol, each(type.args));
    case 'function':
      return ev.types.function(
        type.symbol,
        replace(ev, type.owner, of, self),
        replace(ev, type.receiver, of, self),
        type.wraps,
      );
    case 'signature':
      return ev.types.signature(each(type.parameters), replace(ev, type.result, of, self));
    case 'tuple':
      return ev.types.tuple(each(type.items));
    case 'union':
      return ev.types.union(each(type.items));
    default:
      return type;
  }
}

/** What a type parameter is known to extend. */
export function boundOf(ev: Evaluation, symbol: number, index: number): Type | undefined {
  if (symbol < 0) return undefined;
  const file = ev.program.fileOf(symbol);
  const parameters = ev.program.list(file, ev.program.column(symbol, SYMBOL.typeParameters));
  const bound = parameters[index * 2 + 1];
  if (bound !== undefined) return ev.type(file, bound);
  const fn = ev.program.signatures(symbol).at(-1) ?? ev.program.column(symbol, SYMBOL.function);
  if (fn < 0) return undefined;
  const own = ev.program.list(file, ev.program.functionColumn(file, fn, 8));
  return ev.type(file, own[index * 2 + 1] ?? -1);
}
