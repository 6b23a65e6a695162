import { FLAG, HERITAGE, IMPORT, OP, TERM } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';
import { writtenBases } from '../members.ts';
import type { Program } from '../program.ts';
import type { LanguageRules } from '../evaluation.ts';
import type { InstanceType, Type } from '../types.ts';
import { javaBuiltIns } from './java-built-ins.ts';
import { JavaFit } from './java-fit.ts';
import { JavaMethods } from './java-methods.ts';
import { inClasses, JavaNames } from './java-names.ts';
import { JavaPackages } from './java-packages.ts';
import { JavaOverloads } from './java-overloads.ts';
import { isOutside } from './java-outside.ts';
import { JavaReferences } from './java-references.ts';

const BUILT_IN = {
  ...{ array: '$Array', map: 'Map', set: 'Set' },
  ...{ function: 'Function', promise: 'Future', generator: 'Iterator' },
} as const;

const NUMERIC = ['$double', '$float', '$long'];

/** Java: packages, inheritance with generics, overloads, functional interfaces. */
export function javaRules(packages?: JavaPackages): LanguageRules {
  let known: { program: Program; names: JavaNames } | undefined;
  const namesOf = (program: Program): JavaNames => {
    if (known?.program !== program)
      known = { program, names: new JavaNames(program, packages ?? new JavaPackages(program)) };
    return known.names;
  };
  const names = () => known!.names;
  const methods = new JavaMethods(names);
  const overloads = new JavaOverloads(names, methods, new JavaFit(names));
  const references = new JavaReferences(methods, overloads);

  return {
    builtIns: { file: '<built-in>/Java.java', text: javaBuiltIns },
    constructorNames: [],
    textName: 'String',
    instanceSeesStatic: true,
    methodsApart: true,
    staticallyTyped: true,
    restTakesArray: true,
    builtInName: (what) => BUILT_IN[what],
    resolveModule: (program, from, specifier) => namesOf(program).fileOfClass(program, specifier, from),
    imported(ev, file, index) {
      const from = ev.program.importText(file, index, 'from');
      const found = namesOf(ev.program).byFullName(ev, from, file);
      const { imports } = ev.program.facts[file]!;
      const isStatic = (imports[index * IMPORT.width + IMPORT.flags]! & FLAG.static) !== 0;
      return isStatic ? ev.memberValue(found, ev.program.importText(file, index, 'imported')) : found;
    },
    global: (ev, file, name, around) => global(ev, namesOf(ev.program), file, name, around),
    moduleMember: () => undefined,
    packageMember: (ev, packageName, member) => packageMember(ev, namesOf(ev.program), packageName, member),
    basesOf,
    superOf,
    elementOf(ev, type) {
      if (type.t === 'parameter') return undefined;
      return argumentAs(ev, type, '$Array') ?? argumentAs(ev, type, 'Iterable');
    },
    signatureOf: (ev, type) => methods.single(ev, type),
    method: (ev, object, name) => {
      namesOf(ev.program);
      return methods.one(ev, object, name);
    },
    bareMethod: (ev, file, name, around) => {
      namesOf(ev.program);
      return methods.bare(ev, file, name, around);
    },
    overloads: (ev, callee, file, call, skip) => {
      const all = methods.siblings(ev, callee);
      const candidates = all.length === 0 ? [callee] : all;
      if (call < 0) return candidates;
      if (isCall(ev, file, call)) return overloads.pick(ev, candidates, file, call, skip);
      return references.pick(ev, candidates, references.parametersExpected(ev, file, call));
    },
    constructors(ev, cls, file, call, skip) {
      namesOf(ev.program);
      const candidates = methods.constructors(ev, cls);
      if (candidates.length === 0) return [];
      if (call < 0) return candidates.map((c) => c.symbol);
      const picked = isCall(ev, file, call)
        ? overloads.pick(ev, candidates, file, call, skip)
        : references.pick(ev, candidates, references.parametersExpected(ev, file, call));
      return picked.map((c) => c.symbol);
    },
    isOutside,
    referred: (ev, named, parameters) => references.referred(ev, named, parameters),
    overridden: (ev, method) => methods.overridden(ev, method),
    operator(ev, operator, operands) {
      const named = operands.map((o) => (o?.t === 'instance' ? ev.program.name(o.symbol) : ''));
      const file = fileOfLanguage(ev);
      if (operator === '+' && named.includes('String')) return ev.builtIn(file, 'String');
      if (named.includes('') || /<<|>>/.test(operator)) return operands[0];
      const widest = NUMERIC.find((n) => named.includes(n));
      return ev.builtIn(file, widest ?? (named.every((n) => n === '$boolean') ? '$boolean' : '$int'));
    },
  };
}

/** Any file of Java, for its built-ins. */
function fileOfLanguage(ev: Evaluation): number {
  return ev.program.fileIndex('<built-in>/Java.java') ?? 0;
}

/** A name that is bound nowhere in its file: a member that a class around inherits, a type, a package. */
function global(
  ev: Evaluation,
  names: JavaNames,
  file: number,
  name: string,
  around: number,
): Type | undefined {
  if (name.includes('.')) return names.byFullName(ev, name, file);
  return (
    inClasses(ev, around, name) ??
    names.inFile(ev, file, name) ??
    staticMember(ev, names, file, name) ??
    (names.isPackage(name) ? ev.types.module(-1, name) : undefined)
  );
}

/** A field that `import static a.B.*` brings. */
function staticMember(ev: Evaluation, names: JavaNames, file: number, name: string): Type | undefined {
  for (const from of names.staticImports(file).all) {
    const found = ev.memberValue(names.byFullName(ev, from, file), name);
    if (found) return found;
  }
  return undefined;
}

function packageMember(
  ev: Evaluation,
  names: JavaNames,
  packageName: string,
  member: string,
): Type | undefined {
  const top = names.inPackage(packageName, member, fileOfLanguage(ev));
  if (top !== undefined) return ev.types.class(top);
  const inner = `${packageName}.${member}`;
  return names.isPackage(inner) ? ev.types.module(-1, inner) : undefined;
}

/** The bases as written, then what every class, enum, record and annotation has. */
function basesOf(ev: Evaluation, symbol: number): readonly InstanceType[] {
  const written = writtenBases(ev, symbol);
  const file = ev.program.fileOf(symbol);
  const name = ev.program.name(symbol);
  if (ev.program.isBuiltIn(symbol) && name === 'Object') return written;
  const implied =
    ev.program.kind(symbol) === 'Enum'
      ? ev.builtIn(file, 'Enum', [ev.selfType(symbol)])
      : ev.builtIn(file, 'Object');
  return implied?.t === 'instance' ? [...written, implied] : written;
}

/** The superclass: the one a class names, or what every class has; nothing where it is declared outside. */
function superOf(ev: Evaluation, cls: number): InstanceType | undefined {
  const { program } = ev;
  const file = program.fileOf(cls);
  for (const row of program.heritage(cls)) {
    if (program.heritageColumn(file, row, HERITAGE.relation) !== 0) continue;
    const type = ev.type(file, program.heritageColumn(file, row, HERITAGE.type));
    if (type?.t !== 'instance') return undefined;
    if (program.kind(type.symbol) !== 'Interface') return type;
  }
  return basesOf(ev, cls).at(-1);
}

function argumentAs(ev: Evaluation, type: Type, name: string): Type | undefined {
  if (type.t !== 'instance') return undefined;
  const as = ev.builtIn(ev.program.fileOf(type.symbol), name);
  return as?.t === 'instance' ? ev.asInstanceOf(type, as.symbol)?.args[0] : undefined;
}

/** Whether a site's term is a call or construction; a reference says what is expected of it instead. */
function isCall(ev: Evaluation, file: number, term: number): boolean {
  const op = ev.program.facts[file]!.terms[term * TERM.width];
  return op === OP.call || op === OP.new;
}
