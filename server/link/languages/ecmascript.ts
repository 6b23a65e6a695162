import { EXPORT, OP, SYMBOL, TERM } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';
import { fileOfType } from '../members.ts';
import type { ModuleResolver } from '../module-resolution.ts';
import type { LanguageRules, Meaning } from '../evaluation.ts';
import { calledResult, madeBy } from '../results.ts';
import type { InstanceType, Type } from '../types.ts';
import { ecmascriptBuiltIns } from './ecmascript-built-ins.ts';

const BUILT_IN = {
  ...{ array: 'Array', map: 'Dictionary', set: 'Set' },
  ...{ function: 'Function', promise: 'Promise', generator: 'Generator' },
} as const;
const MOST_RE_EXPORTS = 30;

/** TypeScript and JavaScript: ES modules, CommonJS, structural built-ins. */
export function ecmascriptRules(resolve: ModuleResolver): LanguageRules {
  const known = new Map<string, { file: number | undefined; key: number }>();
  const rules: LanguageRules = {
    builtIns: { file: '<built-in>/lib.ts', text: ecmascriptBuiltIns },
    constructorNames: ['constructor'],
    classOfClasses: '$Newable',
    declaredHidesPassed: true,
    reduced,
    builtInName: (what) => BUILT_IN[what],
    resolveModule(program, from, specifier) {
      const asked = `${from} ${specifier}`;
      let found = known.get(asked);
      if (!found) {
        const path = resolve(program.files[from]!, specifier);
        const key = program.reads?.resolution('ecmascript', program.files[from]!, specifier, path) ?? 0;
        known.set(asked, (found = { file: path === undefined ? undefined : program.fileIndex(path), key }));
      }
      program.reads?.resolved(found.key);
      return found.file;
    },
    imported(ev, file, index, meaning = 'value') {
      const target = rules.resolveModule(ev.program, file, ev.program.importText(file, index, 'from'));
      if (target === undefined) return undefined;
      const name = ev.program.importText(file, index, 'imported');
      if (name !== '*') return exportedAs(ev, rules, target, name, meaning, 0);
      // `const f = require('./f')` is the module's one value where it exports one.
      const only = isCommonJs(ev, target) ? exportedAs(ev, rules, target, 'default', meaning, 0) : undefined;
      return only ?? ev.types.module(ev.program.moduleOf(target));
    },
    global: (ev, _file, name) => ev.memberValue(builtInModule(ev), name),
    moduleMember(ev, module, name, meaning = 'value') {
      const file = ev.program.fileOf(module);
      if (ev.program.localOf(module) > 0) return declaredAs(ev, module, name, meaning);
      if (ev.program.isBuiltInFile(file)) {
        const found = ev.program.child(module, name) ?? [];
        return ev.types.union(found.slice(0, 1).map((s) => ev.symbolValue(s)));
      }
      return exportedAs(ev, rules, file, name, meaning, 0);
    },
    elementOf(ev, type) {
      if (type.t === 'object') return objectValues(ev, type.file, type.term);
      return argumentAs(ev, type, 'Iterable', 0);
    },
    awaited: (ev, type) =>
      type.t === 'instance' ? (argumentAs(ev, type, 'Promise', 0) ?? notPromise(ev, type)) : type,
    indexed: (ev, object) => argumentAs(ev, object, 'Array', 0) ?? argumentAs(ev, object, 'Dictionary', 1),
    member(ev, type, name) {
      if (type.t === 'instance')
        return argumentAs(ev, type, 'Dictionary', 1) ?? indexSignature(ev, type.symbol);
      if (type.t !== 'function' && type.t !== 'lambda') return undefined;
      return ev.memberValue(ev.builtIn(fileOfType(ev, type), 'Function'), name);
    },
  };
  return rules;
}

/** What the built-in types that look into others come to, once it is known what they look into. */
function reduced(ev: Evaluation, { symbol, args: [of] }: InstanceType): Type | undefined {
  if (!of || of.t === 'parameter') return undefined;
  const name = ev.program.name(symbol);
  if (name === 'InstanceType') return madeBy(ev, of);
  return name === 'ReturnType' ? calledResult(ev, of) : undefined;
}

function builtInModule(ev: Evaluation): Type | undefined {
  const file = ev.program.fileIndex('<built-in>/lib.ts');
  return file === undefined ? undefined : ev.types.module(ev.program.moduleOf(file));
}

function notPromise(ev: Evaluation, type: Type): Type | undefined {
  return type.t === 'instance' &&
    ev.program.isBuiltIn(type.symbol) &&
    ev.program.name(type.symbol) === 'Promise'
    ? undefined
    : type;
}

/** The value of an index signature that an interface declares. */
function indexSignature(ev: Evaluation, symbol: number): Type | undefined {
  const file = ev.program.fileOf(symbol);
  if (ev.program.kind(symbol) !== 'Interface') return undefined;
  const value = ev.type(file, ev.program.column(symbol, SYMBOL.value));
  return value?.t === 'instance' ? value.args[1] : undefined;
}

/** A type argument of a type seen as one of the built-in classes. */
function argumentAs(ev: Evaluation, type: Type, name: string, index: number): Type | undefined {
  if (type.t === 'union') return ev.types.union(type.items.map((item) => argumentAs(ev, item, name, index)));
  if (type.t !== 'instance') return undefined;
  const as = ev.builtIn(0, name) ?? ev.builtIn(ev.program.fileOf(type.symbol), name);
  return as?.t === 'instance' ? ev.asInstanceOf(type, as.symbol)?.args[index] : undefined;
}

function objectValues(ev: Evaluation, file: number, term: number): Type | undefined {
  const { terms, lists } = ev.program.facts[file]!;
  const list = terms[term * TERM.width + TERM.a]!;
  const isType = terms[term * TERM.width] === OP.objectType;
  const values: (Type | undefined)[] = [];
  for (let i = list + 2; i <= list + lists[list]!; i += 2)
    values.push(isType ? ev.type(file, lists[i]!) : ev.value(file, lists[i]!));
  return values.length > 30 ? undefined : ev.types.union(values);
}

function isCommonJs(ev: Evaluation, file: number): boolean {
  return (
    ev.program.facts[file]!.language === 'javascript' || ev.program.exported(file, 'default') !== undefined
  );
}

/** A name can be a type and a value at once: `const Log = createDecorator<Log>()` beside `interface Log`. */
function isMeant(ev: Evaluation, found: Type, meaning: Meaning): boolean {
  if (found.t === 'union') return found.items.some((item) => isMeant(ev, item, meaning));
  if (meaning === 'type') return found.t === 'class';
  if (found.t !== 'class') return true;
  const kind = ev.program.kind(found.symbol);
  return kind !== 'Interface' && kind !== 'TypeAlias';
}

/** What a namespace declares under a name: of what has the meaning that is asked for, else of anything, the first. */
function declaredAs(ev: Evaluation, module: number, name: string, meaning: Meaning): Type | undefined {
  let other: Type | undefined;
  for (const symbol of ev.program.child(module, name) ?? []) {
    const found = ev.symbolValue(symbol);
    if (found && isMeant(ev, found, meaning)) return found;
    other ??= found;
  }
  return other;
}

/** What a file exports under a name, through re-exports: with the meaning that is asked for, else with another. */
function exportedAs(
  ev: Evaluation,
  rules: LanguageRules,
  file: number,
  name: string,
  meaning: Meaning,
  depth: number,
): Type | undefined {
  if (depth > MOST_RE_EXPORTS) return undefined;
  const { program } = ev;
  let other: Type | undefined;
  for (const row of program.exported(file, name) ?? []) {
    const from = program.exportColumn(file, row, EXPORT.from);
    const found =
      from < 0
        ? ev.value(file, program.exportColumn(file, row, EXPORT.term))
        : reExported(ev, rules, file, row, meaning, depth);
    if (found && isMeant(ev, found, meaning)) return found;
    other ??= found;
  }
  if (other || name === 'default') return other;
  for (const row of program.exported(file, '*') ?? []) {
    const target = rules.resolveModule(
      program,
      file,
      program.text(file, program.exportColumn(file, row, EXPORT.from)),
    );
    const found = target === undefined ? undefined : exportedAs(ev, rules, target, name, meaning, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function reExported(
  ev: Evaluation,
  rules: LanguageRules,
  file: number,
  row: number,
  meaning: Meaning,
  depth: number,
): Type | undefined {
  const { program } = ev;
  const target = rules.resolveModule(
    program,
    file,
    program.text(file, program.exportColumn(file, row, EXPORT.from)),
  );
  if (target === undefined) return undefined;
  const local = program.text(file, program.exportColumn(file, row, EXPORT.local));
  return local === '*'
    ? ev.types.module(program.moduleOf(target))
    : exportedAs(ev, rules, target, local, meaning, depth + 1);
}
