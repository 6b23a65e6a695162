import { FLAG, HERITAGE, OP, SYMBOL, TERM } from '../index/facts.ts';
import type { Evaluation, FoundMember, Meaning } from './evaluation.ts';
import { Remembered } from './remembered.ts';
import { boundOf } from './substitute.ts';
import type { InstanceType, Type } from './types.ts';

const NONE: readonly FoundMember[] = [];

/** A symbol, mentioned as a value: classes stand for themselves, variables for what they hold. */
export function symbolValue(ev: Evaluation, symbol: number, owner?: Type, receiver?: Type): Type | undefined {
  const { program } = ev;
  switch (program.kind(symbol)) {
    case 'Class':
    case 'Interface':
    case 'Enum':
    case 'TypeAlias':
      return ev.types.class(symbol);
    case 'Function':
    case 'Method':
    case 'Test': {
      const fn = ev.types.function(symbol, owner, receiver);
      if ((program.flags(symbol) & FLAG.getter) !== 0)
        return ev.substitute(ev.functionResult(symbol), owner, receiver);
      return decorated(ev, symbol, owner, receiver) ?? fn;
    }
    case 'Module':
      return ev.types.module(symbol);
    case 'Field':
    case 'Variable': {
      const file = program.fileOf(symbol);
      const declared = ev.type(file, program.column(symbol, SYMBOL.type));
      if (declared) return ev.substitute(declared, owner, receiver);
      if (ev.rules(file).staticallyTyped && program.column(symbol, SYMBOL.type) >= 0) return undefined;
      const parent = program.parent(symbol);
      if (parent >= 0 && program.kind(parent) === 'Enum' && program.isStatic(symbol))
        return ev.types.instance(parent);
      return ev.substitute(ev.value(file, program.column(symbol, SYMBOL.value)), owner, receiver);
    }
    case 'File':
      return undefined;
  }
}

/** What a function's name means after its decorators; undefined where that is not known or the function itself. */
function decorated(ev: Evaluation, symbol: number, owner?: Type, receiver?: Type): Type | undefined {
  const value = ev.program.column(symbol, SYMBOL.value);
  if (value < 0) return undefined;
  const made = ev.value(ev.program.fileOf(symbol), value);
  const own = (type: Type) => type.t === 'function' && type.symbol === symbol;
  const plain = ev.types.function(symbol, owner, receiver);
  if (!made || own(made)) return undefined;
  // A function type says what a call gives, not what is called.
  if (made.t === 'signature') return ev.types.union([made, plain]);
  const items = made.t === 'union' ? made.items : [made];
  return ev.types.union(
    items.flatMap((item): readonly (Type | undefined)[] => {
      if (own(item) || item.t === 'parameter' || item.t === 'self') return [plain];
      if (item.t === 'instance' && ev.program.isBuiltIn(item.symbol)) return [];
      if (item.t !== 'function') return [item];
      const around = ev.types.function(item.symbol, item.owner, item.receiver, symbol);
      return (ev.program.flags(item.symbol) & FLAG.wrapper) !== 0 ? [around, plain] : [around];
    }),
  );
}

export function selfType(ev: Evaluation, symbol: number): InstanceType {
  const file = ev.program.fileOf(symbol);
  const count = ev.program.list(file, ev.program.column(symbol, SYMBOL.typeParameters)).length / 2;
  return ev.types.instance(
    symbol,
    Array.from({ length: count }, (_, i) => ev.types.parameter(symbol, i)),
  );
}

/** The bases that a class's head names, extended before implemented. */
export function basesOf(ev: Evaluation, symbol: number): readonly InstanceType[] {
  const file = ev.program.fileOf(symbol);
  const rules = ev.rules(file);
  if (rules.basesOf) return rules.basesOf(ev, symbol);
  return writtenBases(ev, symbol);
}

/** The bases as a class's head names them. */
export function writtenBases(ev: Evaluation, symbol: number): InstanceType[] {
  const file = ev.program.fileOf(symbol);
  const rows = [...ev.program.heritage(symbol)].sort(
    (a, b) =>
      ev.program.heritageColumn(file, a, HERITAGE.relation) -
      ev.program.heritageColumn(file, b, HERITAGE.relation),
  );
  const bases: InstanceType[] = [];
  const add = (type: Type | undefined) => {
    if (type?.t === 'union') type.items.forEach(add);
    else if (type?.t === 'instance' && type.symbol !== symbol) bases.push(type);
    else if (type?.t === 'parameter') add(boundOf(ev, type.owner, type.index));
  };
  for (const row of rows) add(ev.type(file, ev.program.heritageColumn(file, row, HERITAGE.type)));
  return bases;
}

/** Bases level by level, the nearest first, each once: what is less deep hides what is deeper. */
export function ancestorsByLevel(ev: Evaluation, symbol: number): readonly InstanceType[] {
  const found: InstanceType[] = [];
  const seen = new Set([symbol]);
  let level: readonly InstanceType[] = ev.basesOf(symbol);
  while (level.length > 0) {
    const next: InstanceType[] = [];
    for (const base of level) {
      if (seen.has(base.symbol)) continue;
      seen.add(base.symbol);
      found.push(base);
      for (const inner of ev.basesOf(base.symbol)) {
        const as = ev.substitute(inner, base, base);
        if (as?.t === 'instance') next.push(as);
      }
    }
    level = next;
  }
  return found;
}

/** Everywhere that a member of this name is found. */
export function members(ev: Evaluation, type: Type | undefined, name: string): readonly FoundMember[] {
  if (!type) return NONE;
  switch (type.t) {
    case 'instance':
      return membersOfInstance(ev, type, name);
    case 'class':
      return staticMembers(ev, type.symbol, name, 0);
    case 'parameter':
      return members(ev, boundOf(ev, type.owner, type.index), name);
    case 'union': {
      const found = type.items.flatMap((item) => members(ev, item, name));
      return found.filter((f, i) => found.findIndex((g) => g.symbol === f.symbol) === i);
    }
    case 'module':
      return [];
    case 'function': {
      const { hidesLocals } = ev.rules(ev.program.fileOf(type.symbol));
      return (ev.program.child(type.symbol, name) ?? [])
        .filter((symbol) => !hidesLocals || ev.program.kind(symbol) === 'Field')
        .map((symbol) => ({ symbol, owner: ev.types.instance(type.symbol) }));
    }
    case 'super':
      return inheritedMembers(ev, type.symbol, name, ev.selfType(type.symbol));
    default:
      return NONE;
  }
}

function membersOfInstance(ev: Evaluation, type: InstanceType, name: string): readonly FoundMember[] {
  const cache = (type.members ??= new Remembered<string, unknown>()) as Remembered<
    string,
    readonly FoundMember[]
  >;
  return cache.get(ev.program.reads, name, NONE, () => findMembers(ev, type, name));
}

function findMembers(ev: Evaluation, type: InstanceType, name: string): readonly FoundMember[] {
  const own = ownMembers(ev, type.symbol, name, false);
  let found: readonly FoundMember[] = own.map((symbol) => ({ symbol, owner: type }));
  if (ev.ancestorsOf(type.symbol)) {
    if (found.every((f) => isFilledByBases(ev, f.symbol)))
      found = [...found, ...inheritedMembers(ev, type.symbol, name, type, found.length > 0)];
  } else if (found.length === 0) {
    for (const base of ev.basesOf(type.symbol)) {
      const seen = ev.substitute(base, type, type);
      if (seen?.t !== 'instance') continue;
      found = membersOfInstance(ev, seen, name);
      if (found.length > 0) break;
    }
  }
  return found;
}

/** Members of a class's ancestors, in the order of look-ups. A field that every object fills itself goes on to the next. */
function inheritedMembers(
  ev: Evaluation,
  symbol: number,
  name: string,
  seenFrom: InstanceType,
  onlyFields = false,
): readonly FoundMember[] {
  const found: FoundMember[] = [];
  for (const ancestor of ev.ancestorsOf(symbol) ?? []) {
    const own = ownMembers(ev, ancestor.symbol, name, false);
    if (own.length === 0) continue;
    const isField = own.every((s) => isFilledByBases(ev, s));
    if ((onlyFields || found.length > 0) && ev.program.kind(own[0]!) !== 'Field') break;
    const owner = ev.substitute(ancestor, seenFrom, seenFrom);
    if (owner?.t === 'instance') found.push(...own.map((s) => ({ symbol: s, owner })));
    if (!isField) break;
  }
  return found;
}

/** A field that is assigned through the object, so that its bases' code may have filled it as well, or one that says nothing. */
function isFilledByBases(ev: Evaluation, symbol: number): boolean {
  if (ev.program.kind(symbol) !== 'Field') return false;
  if (ev.program.column(symbol, SYMBOL.type) >= 0) return false;
  return (ev.program.flags(symbol) & FLAG.ofInstance) !== 0 || ev.program.column(symbol, SYMBOL.value) < 0;
}

function staticMembers(ev: Evaluation, symbol: number, name: string, depth: number): readonly FoundMember[] {
  const own = ownMembers(ev, symbol, name, true);
  if (own.length > 0) return own.map((s) => ({ symbol: s, owner: ev.selfType(symbol) }));
  if (ev.ancestorsOf(symbol)) return inheritedMembers(ev, symbol, name, ev.selfType(symbol));
  if (depth > 50) return NONE;
  for (const base of ev.basesOf(symbol)) {
    const found = staticMembers(ev, base.symbol, name, depth + 1);
    if (found.length > 0) return found;
  }
  return NONE;
}

function ownMembers(ev: Evaluation, symbol: number, name: string, isStatic: boolean): readonly number[] {
  const { program } = ev;
  const declared = program.child(symbol, name);
  const added = program.extension(symbol, name);
  if (!declared && !added) return NO_SYMBOLS;
  const rules = ev.rules(program.fileOf(symbol));
  let all = added ? [...(declared ?? []), ...added] : declared!;
  if (rules.methodsApart) all = all.filter((s) => program.kind(s) !== 'Method' && program.kind(s) !== 'Test');
  if (rules.sharesStatic) return all;
  return all.filter((s) => {
    const kind = program.kind(s);
    const isOfClass = program.isStatic(s) || kind === 'Class' || kind === 'Interface' || kind === 'Enum';
    return isOfClass === isStatic || (isOfClass && rules.instanceSeesStatic === true);
  });
}

const NO_SYMBOLS: readonly number[] = [];

/** The value of a member: of an object's property, a module's export, a class's field or method. */
export function memberValue(ev: Evaluation, type: Type | undefined, name: string): Type | undefined {
  if (!type) return undefined;
  switch (type.t) {
    case 'union':
      return ev.types.union(type.items.map((item) => memberValue(ev, item, name)));
    case 'module':
      return moduleMember(ev, type.symbol, type.name, name);
    case 'object':
      return propertyOf(ev, type.file, type.term, name);
    case 'tuple':
      return type.items[Number(name)];
    default: {
      const found = members(ev, type, name);
      if (found.length > 0) {
        // A getter and its setter are one member.
        const read = found.find((f) => (ev.program.flags(f.symbol) & FLAG.setter) === 0) ?? found[0]!;
        const receiver = type.t === 'super' ? ev.selfType(type.symbol) : type;
        if (ev.program.kind(read.symbol) !== 'Field')
          return symbolValue(ev, read.symbol, read.owner, receiver);
        const fields = found.filter((f) => f === read || isFilledByBases(ev, read.symbol));
        return ev.types.union(fields.map((f) => symbolValue(ev, f.symbol, f.owner, receiver)));
      }
      const file = fileOfType(ev, type);
      return file < 0 ? undefined : ev.rules(file).member?.(ev, type, name);
    }
  }
}

/** What a member's name means where a type is written: `Log.Level` of a namespace, a module or a class. */
export function memberAsType(ev: Evaluation, type: Type | undefined, name: string): Type | undefined {
  if (type?.t === 'union') return ev.types.union(type.items.map((item) => memberAsType(ev, item, name)));
  return type?.t === 'module'
    ? moduleMember(ev, type.symbol, type.name, name, 'type')
    : memberValue(ev, type, name);
}

/** The file whose language's rules a type follows; -1 where it belongs to none. */
export function fileOfType(ev: Evaluation, type: Type): number {
  if (type.t === 'instance' || type.t === 'class' || type.t === 'function')
    return ev.program.fileOf(type.symbol);
  if (type.t === 'super') return ev.program.fileOf(type.symbol);
  if (type.t === 'object' || type.t === 'lambda') return type.file;
  if (type.t === 'parameter' && type.owner >= 0) return ev.program.fileOf(type.owner);
  return -1;
}

function moduleMember(
  ev: Evaluation,
  module: number,
  packageName: string,
  name: string,
  meaning?: Meaning,
): Type | undefined {
  const { program } = ev;
  if (module >= 0) return ev.rules(program.fileOf(module)).moduleMember(ev, module, name, meaning);
  return program.facts.length === 0 ? undefined : packageMember(ev, packageName, name);
}

function packageMember(ev: Evaluation, packageName: string, name: string): Type | undefined {
  for (const rules of ev.allRules()) {
    const found = rules.packageMember?.(ev, packageName, name);
    if (found) return found;
  }
  return undefined;
}

function propertyOf(ev: Evaluation, file: number, term: number, name: string): Type | undefined {
  const { terms, lists } = ev.program.facts[file]!;
  const list = terms[term * TERM.width + TERM.a]!;
  const isType = terms[term * TERM.width + TERM.op] === OP.objectType;
  const values: (Type | undefined)[] = [];
  for (let i = list + 1, end = list + 1 + lists[list]!; i < end; i += 2)
    if (ev.program.text(file, lists[i]!) === name)
      values.push(isType ? ev.type(file, lists[i + 1]!) : ev.value(file, lists[i + 1]!));
  return ev.types.union(values);
}

/** An instance seen as one of its bases, with that base's arguments. */
export function asInstanceOf(
  ev: Evaluation,
  type: InstanceType,
  symbol: number,
  depth = 0,
): InstanceType | undefined {
  if (type.symbol === symbol) return type;
  const ancestors = ev.ancestorsOf(type.symbol);
  if (ancestors) {
    const found = ancestors.find((a) => a.symbol === symbol);
    const seen = found && ev.substitute(found, type, type);
    return seen?.t === 'instance' ? seen : undefined;
  }
  if (depth > 30) return undefined;
  for (const base of ev.basesOf(type.symbol)) {
    const seen = ev.substitute(base, type, type);
    const found = seen?.t === 'instance' ? asInstanceOf(ev, seen, symbol, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}
