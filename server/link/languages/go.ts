import { SYMBOL } from '../../index/facts.ts';
import type { Evaluation, LanguageRules } from '../evaluation.ts';
import { ancestorsByLevel, writtenBases } from '../members.ts';
import type { GoModule } from '../module-resolution.ts';
import type { Program } from '../program.ts';
import type { InstanceType, Type } from '../types.ts';
import { goBuiltIns } from './go-built-ins.ts';
import { GoInterfaces } from './go-interfaces.ts';
import { GoNames } from './go-names.ts';

const BUILT_IN = {
  ...{ array: 'slice__', map: 'map__', set: 'map__' },
  ...{ function: 'function__', promise: 'promise__', generator: 'generator__' },
} as const;

/** Go: packages, embedding, interfaces that are satisfied without being named, generics. */
export function goRules(modules: readonly GoModule[]): LanguageRules {
  let known: { program: Program; names: GoNames; interfaces?: GoInterfaces } | undefined;
  const of = (program: Program) => {
    if (known?.program !== program) known = { program, names: new GoNames(program, modules) };
    return known;
  };
  // Made when methods in other files have become members of their types.
  const interfacesOf = (program: Program) => (of(program).interfaces ??= new GoInterfaces(program));

  return {
    builtIns: { file: '<built-in>/builtin.go', text: goBuiltIns },
    constructorNames: [],
    textName: 'string',
    sharesStatic: true,
    hidesLocals: true,
    staticallyTyped: true,
    callConverts: true,
    builtInName: (what) => BUILT_IN[what],
    resolveModule: (program, _from, specifier) => of(program).names.fileOfImport(specifier),
    imported: (ev, file, index) =>
      of(ev.program).names.packageOf(ev, ev.program.importText(file, index, 'from')),
    global: (ev, file, name) => of(ev.program).names.inFile(ev, file, name),
    moduleMember: () => undefined,
    packageMember: (ev, packageName, member) => of(ev.program).names.packageMember(ev, packageName, member),
    basesOf,
    ancestorsOf: ancestorsByLevel,
    elementOf: (ev, type) => ranged(ev, type, 0),
    indexed(ev, object, key) {
      if (object.t === 'function') return object;
      if (object.t === 'class')
        return isExternal(ev, object) ? object : ev.types.class(object.symbol, [ev.instanceOf(key)]);
      return ranged(ev, object, 1);
    },
    // What a package outside the workspace gives has members of which nothing is known.
    member: (ev, type) =>
      isExternal(ev, type) || (type.t === 'instance' && hasExternalBase(ev, type))
        ? of(ev.program).names.external(ev)
        : undefined,
    overridden: (ev, method) => interfacesOf(ev.program).declarationsOf(ev, method),
    implemented: (ev, symbol) => interfacesOf(ev.program).implementedBy(ev, symbol),
  };
}

/** What is embedded, then the type that a type is defined as. */
function basesOf(ev: Evaluation, symbol: number): readonly InstanceType[] {
  const written = writtenBases(ev, symbol);
  const type = ev.program.column(symbol, SYMBOL.type);
  const defined = type < 0 ? undefined : ev.type(ev.program.fileOf(symbol), type);
  return defined?.t === 'instance' && defined.symbol !== symbol ? [...written, defined] : written;
}

/** What `range` gives first (0) and second (1): of a map key and value, of a function what it yields, else items. */
function ranged(ev: Evaluation, type: Type, which: 0 | 1): Type | undefined {
  if (isExternal(ev, type)) return type.t === 'class' ? ev.instanceOf(type) : type;
  const signature = ev.signatureOf(type);
  if (signature?.t === 'signature') {
    const yielded = signature.parameters[0];
    return yielded?.t === 'signature' ? yielded.parameters[which] : undefined;
  }
  const at = type.t === 'parameter' ? undefined : type;
  if (at?.t !== 'instance') return undefined;
  const map = argumentAs(ev, at, 'map__', which);
  if (map) return map;
  const item = argumentAs(ev, at, 'slice__', 0) ?? argumentAs(ev, at, 'chan__', 0);
  return item ?? (hasExternalBase(ev, at) ? ev.instanceOf(externalOf(ev, at)) : undefined);
}

function argumentAs(ev: Evaluation, type: InstanceType, name: string, index: number): Type | undefined {
  const as = ev.builtIn(ev.program.fileOf(type.symbol), name);
  return as?.t === 'instance' ? ev.asInstanceOf(type, as.symbol)?.args[index] : undefined;
}

function externalOf(ev: Evaluation, type: InstanceType): Type | undefined {
  const base = ev.ancestorsOf(type.symbol)?.find((b) => isExternal(ev, b));
  return base && ev.types.class(base.symbol);
}

function isExternal(ev: Evaluation, type: Type): boolean {
  return (
    (type.t === 'instance' || type.t === 'class') &&
    ev.program.isBuiltIn(type.symbol) &&
    ev.program.name(type.symbol) === 'external__'
  );
}

function hasExternalBase(ev: Evaluation, type: InstanceType): boolean {
  return ev.ancestorsOf(type.symbol)?.some((base) => isExternal(ev, base)) ?? false;
}
