import { FLAG, OP, SYMBOL } from '../../facts.ts';
import type { PythonWalk } from './walk.ts';

/** A field of a class (or an attribute of a function), made where it is first assigned; -1 where a method has its name. */
export function addField(
  w: PythonWalk,
  owner: number,
  nameNode: number,
  value: number,
  { statement, type, flags }: { statement: number; type: number; flags: number },
): number {
  const name = w.textOf(nameNode);
  const known = w.memberOf(owner, name);
  if (known >= 0) {
    if (w.facts.symbolKind(known) !== 'Field') return -1;
    if (type >= 0 && w.facts.symbolColumn(known, SYMBOL.type) < 0)
      w.facts.setSymbol(known, SYMBOL.type, type);
    if ((flags & FLAG.static) === 0) w.facts.addFlags(known, FLAG.ofInstance);
    w.facts.assignSymbol(known, value);
    return known;
  }
  const symbol = w.facts.addSymbol({
    ...{
      kind: 'Field',
      name,
      start: w.start(statement),
      end: w.end(statement),
      nameStart: w.start(nameNode),
    },
    ...{ parent: owner, type, signature: w.signature(w.start(statement), w.end(statement)) },
    flags: w.isPrivate(name) | ((flags & FLAG.static) === 0 ? FLAG.ofInstance : FLAG.static),
  });
  w.facts.assignSymbol(symbol, value);
  w.addMemberOf(owner, name, symbol);
  return symbol;
}

/** The fields that `__slots__ = ('a', 'b')` names. */
export function addSlots(w: PythonWalk, owner: number, value: number): void {
  for (const item of w.children(value)) {
    const name = w.stringOf(item);
    if (name === undefined || w.memberOf(owner, name) >= 0 || !/^\w+$/.test(name)) continue;
    const symbol = w.facts.addSymbol({
      ...{ kind: 'Field', name, start: w.start(item), end: w.end(item), nameStart: w.start(item) },
      ...{ parent: owner, signature: w.textOf(item), flags: FLAG.ofInstance | w.isPrivate(name) },
    });
    w.addMemberOf(owner, name, symbol);
  }
}

/** The field that `self.x` or `cls.x` means; -1 where the class has none (yet). */
export function fieldOf(w: PythonWalk, object: number, name: string): number {
  const owner = w.ownClass(object);
  const symbol = owner < 0 ? -1 : w.memberOf(owner, name);
  return symbol >= 0 && w.facts.symbolKind(symbol) === 'Field' ? symbol : -1;
}

/** A value that a field is known to hold, as one of its values. */
export function fillField(w: PythonWalk, symbol: number, value: number): void {
  if (w.facts.opOf(value) !== OP.unknown) w.facts.assignSymbol(symbol, value);
}
