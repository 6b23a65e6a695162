import { FLAG, OP, SITE, SYMBOL, TERM } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';
import type { LanguageRules } from '../evaluation.ts';
import type { InstanceType, Type } from '../types.ts';
import { pythonBuiltIns } from './python-built-ins.ts';
import { SubclassIndex, linearised } from './python-classes.ts';
import { BUILT_INS, PythonNames } from './python-names.ts';
import { iterated, operatorCalls, operatorResult } from './python-operators.ts';
import { dictionaryOf, pickedItem } from './python-containers.ts';
import type { PythonModules } from './python-modules.ts';

const BUILT_IN = {
  ...{ array: 'list', map: 'dict', set: 'set' },
  ...{ function: 'function', promise: 'Coroutine', generator: 'Generator' },
} as const;

const PARTIAL = ['partial', 'partialmethod'];

/** Python: modules and packages, C3 order, metaclasses, special methods. */
export function pythonRules(modules: PythonModules): LanguageRules {
  const names = new PythonNames(modules);
  const subclasses = new SubclassIndex();
  return {
    builtIns: { file: BUILT_INS, text: pythonBuiltIns },
    textName: 'str',
    classOfClasses: 'type',
    constructorNames: ['__init__', '__new__'],
    callMakesInstance: true,
    sharesStatic: true,
    hidesLocals: true,
    callsLambdaOwner: true,
    callsPassedFunctions: true,
    builtInName: (what) => BUILT_IN[what],
    prepare: (ev) => subclasses.read(ev),
    subclasses: () => subclasses.all,
    resolveModule: (program, from, specifier) => names.fileOf(program, from, specifier),
    imported: (ev, file, index) => names.imported(ev, file, index),
    global: (ev, file, name) => names.global(ev, file, name),
    moduleMember: (ev, module, name) => names.moduleMember(ev, module, name),
    packageMember: (ev, name, member) => names.packageMember(ev, name, member),
    ancestorsOf: linearised,
    superOf: (ev, symbol) => ev.types.super(symbol),
    constructorsOf,
    standIn,
    elementOf: (ev, type) => iterated(ev, type),
    asyncWraps: true,
    awaited: (ev, type) => argumentAs(ev, type, 'Awaitable'),
    indexed,
    picked: (ev, file, term) => pickedItem(ev, names, file, term),
    objectOf: dictionaryOf,
    operator: operatorResult,
    implicitCalls: (ev, file, term) => operatorCalls(ev, file, term),
    signatureOf: (ev, type) => {
      const [found] = ev.members(type, '__call__');
      if (found && !ev.program.isBuiltIn(found.symbol))
        return ev.types.function(found.symbol, found.owner, type);
      return found && ev.symbolValue(found.symbol, found.owner, type);
    },
    member: (ev, type, name) => otherMember(ev, subclasses, type, name),
    receiverArguments,
  };
}

/** A construction runs `__new__` and `__init__`, and a metaclass's `__call__` around them. */
function constructorsOf(ev: Evaluation, symbol: number): readonly number[] {
  const made = ev.types.instance(symbol);
  const found = [...ev.members(made, '__init__').slice(0, 1), ...ev.members(made, '__new__').slice(0, 1)];
  const meta = metaclassOf(ev, symbol);
  if (meta) found.push(...ev.members(meta, '__call__').slice(0, 1));
  return found
    .map((f) => f.symbol)
    .filter((s) => !ev.program.isBuiltIn(s) && ev.program.kind(s) === 'Method');
}

/** An instance of the class that a class is an instance of; undefined for `type`. */
function metaclassOf(ev: Evaluation, symbol: number): Type | undefined {
  for (const cls of [symbol, ...(ev.ancestorsOf(symbol) ?? []).map((a) => a.symbol)]) {
    const value = ev.program.column(cls, SYMBOL.value);
    const type = value < 0 ? undefined : ev.value(ev.program.fileOf(cls), value);
    if (type?.t === 'class') return ev.instanceOf(type);
  }
  return undefined;
}

/** `type[T]` stands for the class T, `partial(f)` for f. */
function standIn(ev: Evaluation, type: Type): Type | undefined {
  if (type.t !== 'instance') return undefined;
  if (isBuiltInNamed(ev, type, PARTIAL)) return type.args[0];
  if (!isBuiltInNamed(ev, type, ['type'])) return undefined;
  const [of] = type.args;
  if (of?.t === 'union') return ev.types.union(of.items.map((item) => classOf(ev, item)));
  return classOf(ev, of);
}

function classOf(ev: Evaluation, type: Type | undefined): Type | undefined {
  return type?.t === 'instance' ? ev.types.class(type.symbol, type.args) : undefined;
}

export function isBuiltInNamed(ev: Evaluation, type: InstanceType, names: readonly string[]): boolean {
  return ev.program.isBuiltIn(type.symbol) && names.includes(ev.program.name(type.symbol));
}

/** The first type argument of a value seen as one of the built-in classes. */
function argumentAs(ev: Evaluation, type: Type, name: string): Type | undefined {
  if (type.t !== 'instance') return undefined;
  const as = ev.builtIn(ev.program.fileOf(type.symbol), name);
  return as?.t === 'instance' ? ev.asInstanceOf(type, as.symbol)?.args[0] : undefined;
}

/** `object[key]` by its type: `__getitem__`; a class with arguments is the class. */
function indexed(ev: Evaluation, object: Type, key: Type | undefined): Type | undefined {
  switch (object.t) {
    case 'union':
      return ev.types.union(object.items.map((item) => indexed(ev, item, key)));
    case 'class': {
      if (ev.program.kind(object.symbol) === 'Enum') return ev.instanceOf(object);
      const meta = metaclassOf(ev, object.symbol);
      const found = meta && ev.memberValue(meta, '__getitem__');
      return found ? ev.callResult(found, ev.program.fileOf(object.symbol), -1) : object;
    }
    case 'tuple':
      return isSlice(ev, key) ? object : ev.types.union(object.items);
    case 'instance': {
      if (isSlice(ev, key) && ev.program.isBuiltIn(object.symbol)) return object;
      return ev.callResult(ev.memberValue(object, '__getitem__'), ev.program.fileOf(object.symbol), -1);
    }
    default:
      return undefined;
  }
}

function isSlice(ev: Evaluation, key: Type | undefined): boolean {
  return key?.t === 'instance' && isBuiltInNamed(ev, key, ['slice']);
}

/** A member that no class of the receiver declares itself. */
function otherMember(ev: Evaluation, subclasses: SubclassIndex, type: Type, name: string): Type | undefined {
  switch (type.t) {
    case 'instance': {
      if (name === '__class__') return ev.types.class(type.symbol, type.args);
      const behind = isBuiltInNamed(ev, type, ['type']) ? standIn(ev, type) : undefined;
      if (behind) return ev.memberValue(behind, name);
      // A base calls what the classes that inherit from it declare.
      return ev.program.isBuiltIn(type.symbol) ? undefined : subclasses.member(ev, type.symbol, name);
    }
    case 'class': {
      const meta = metaclassOf(ev, type.symbol);
      const found = meta && ev.memberValue(meta, name);
      if (found) return found;
      const byType = ev.memberValue(ev.builtIn(ev.program.fileOf(type.symbol), 'type'), name);
      if (byType) return byType;
      return ev.program.isBuiltIn(type.symbol) ? undefined : subclasses.member(ev, type.symbol, name);
    }
    case 'function':
      return ev.memberValue(ev.builtIn(ev.program.fileOf(type.symbol), 'function'), name);
    case 'lambda':
      return ev.memberValue(ev.builtIn(type.file, 'function'), name);
    default:
      return undefined;
  }
}

/** `C.m(x)` passes the receiver as its first argument; a `partial` has filled some already. */
function receiverArguments(ev: Evaluation, file: number, row: number, callee: number): number | undefined {
  const { program } = ev;
  const { sites, terms } = program.facts[file]!;
  const written = sites[row + SITE.callee]!;
  const op = terms[written * TERM.width];
  const value =
    op === OP.operator || op === OP.element || op === OP.index ? undefined : ev.value(file, written);
  if (value?.t === 'instance' && isBuiltInNamed(ev, value, PARTIAL)) return undefined;
  if (program.kind(callee) !== 'Method' || (program.flags(callee) & (FLAG.static | FLAG.classMethod)) !== 0)
    return 0;
  if (op !== OP.member) return 0;
  const receiver = ev.value(file, terms[written * TERM.width + TERM.a]!);
  return receiver?.t === 'class' ? -1 : 0;
}
