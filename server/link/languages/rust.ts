import { OP, SYMBOL, symbolCount, TERM } from '../../index/facts.ts';
import type { Evaluation, LanguageRules } from '../evaluation.ts';
import { ancestorsByLevel, writtenBases } from '../members.ts';
import type { RustCrate } from '../module-resolution.ts';
import type { Program } from '../program.ts';
import { boundOf } from '../substitute.ts';
import type { FunctionType, InstanceType, Type } from '../types.ts';
import { rustBuiltIns } from './rust-built-ins.ts';
import { RustImpls } from './rust-impls.ts';
import { asEnum, inOrder, isVariant } from './rust-match.ts';
import { RUST_BUILT_IN, RustModules } from './rust-modules.ts';
import { rustOutside } from './rust-outside.ts';
import { rustOverloads } from './rust-overloads.ts';
import { RustTree } from './rust-tree.ts';

const OPERATORS: Record<string, string> = {
  ...{ '+': 'Add', '-': 'Sub', '*': 'Mul', '/': 'Div', '%': 'Rem' },
  ...{ '&': 'BitAnd', '|': 'BitOr', '^': 'BitXor', '<<': 'Shl', '>>': 'Shr' },
};

interface Known {
  program: Program;
  tree: RustTree;
  modules: RustModules;
  impls?: RustImpls;
  commonNames?: ReadonlySet<string>;
}

/** Rust: crates and modules, `impl` blocks, traits, smart pointers, patterns. */
export function rustRules(crates: readonly RustCrate[]): LanguageRules {
  let known: Known | undefined;
  const of = (program: Program): Known => {
    if (known?.program !== program) {
      const tree = new RustTree(program, crates);
      known = { program, tree, modules: new RustModules(program, tree) };
    }
    return known;
  };
  const impls = (ev: Evaluation): RustImpls => {
    const at = of(ev.program);
    if (!at.impls) {
      at.impls = new RustImpls(ev, externalSymbol(ev), (file, trait) => at.modules.hasTrait(ev, file, trait));
      at.impls.read();
    }
    return at.impls;
  };

  return {
    builtIns: { file: RUST_BUILT_IN, text: rustBuiltIns },
    constructorNames: [],
    textName: 'str',
    sharesStatic: true,
    hidesLocals: true,
    staticallyTyped: true,
    methodsApart: true,
    infersThroughBounds: true,
    callMakesInstance: true,
    builtInName: (what) => (what === 'array' ? 'slice__' : 'External__'),
    resolveModule: () => undefined,
    importedFile(ev, file, index) {
      const brought = of(ev.program).modules.imported(ev, file, index);
      const [first] = inOrder(ev, brought);
      const isOfFile = first?.t === 'module' || first?.t === 'class' || first?.t === 'function';
      if (!isOfFile || first.symbol < 0 || ev.program.isBuiltIn(first.symbol)) return undefined;
      return ev.program.fileOf(first.symbol);
    },
    imported: (ev, file, index) => of(ev.program).modules.imported(ev, file, index),
    global(ev, file, name, around) {
      const { modules } = of(ev.program);
      return modules.inModule(ev, around < 0 ? ev.program.moduleOf(file) : around, name);
    },
    moduleMember(ev, module, name) {
      const { modules } = of(ev.program);
      if (name === 'super' || name === 'self') return modules.inModule(ev, module, name);
      return modules.member(ev, module, name);
    },
    packageMember: (ev, packageName, member) => of(ev.program).modules.packageMember(ev, packageName, member),
    typeArguments,
    basesOf(ev, symbol) {
      const kind = ev.program.kind(symbol);
      if (kind === 'Interface' || isVariant(ev, symbol)) return writtenBases(ev, symbol);
      return basesOfType(impls(ev), symbol);
    },
    ancestorsOf: ancestorsByLevel,
    prepare: (ev) => void impls(ev),
    // A tuple struct or variant is made by a call of its name.
    constructors: (ev, cls) => (ev.program.column(cls, SYMBOL.function) >= 0 ? [cls] : []),
    method(ev, object, name, file) {
      if (!object || isExternal(ev, object)) return externalMethod(ev, name, object !== undefined);
      return impls(ev).method(object, name, file);
    },
    member: (ev, type, name) => memberOf(ev, impls(ev), type, name),
    overloads(ev, callee, file, call) {
      const { tree } = of(ev.program);
      if (!tree.sees(file, ev.program.fileOf(callee.symbol))) return [];
      return rustOverloads(ev, impls(ev), callee, file, call).filter((c) =>
        tree.sees(file, ev.program.fileOf(c.symbol)),
      );
    },
    overridden(ev, method) {
      const trait = impls(ev).traitOf(method);
      const name = ev.program.name(method);
      const declared = trait && ev.program.child(trait.symbol, name);
      return declared?.filter((s) => ev.program.kind(s) === 'Method') ?? [];
    },
    elementOf(ev, type) {
      if (isExternal(ev, type)) return type;
      let at: Type | undefined = type;
      for (let step = 0; at && step < 4; step++) {
        const item = impls(ev).associated(at, 'Iterator', 0) ?? impls(ev).associated(at, 'IntoIterator', 0);
        if (item) return item;
        at = impls(ev).dereferenced(at);
      }
      return undefined;
    },
    indexed: (ev, object, key) => indexed(ev, impls(ev), object, key),
    unwrapped(ev, type) {
      if (type.t === 'union') return ev.types.union(type.items.map((item) => firstArgument(ev, item)));
      return firstArgument(ev, type);
    },
    awaited(ev, type) {
      return type.t === 'instance' ? (impls(ev).associated(type, 'Future', 0) ?? type) : type;
    },
    narrowed,
    operator(ev, operator, [left, right]) {
      const trait = OPERATORS[operator];
      if (!left || !trait || isExternal(ev, left)) return left;
      const seen = overloadedBy(impls(ev), left, trait, right);
      return seen ? seen.args[1] : left;
    },
    signatureOf: (ev, type) =>
      ev.program.column(type.symbol, SYMBOL.function) >= 0 && ev.program.kind(type.symbol) === 'Class'
        ? ev.types.function(type.symbol)
        : undefined,
    isCommonName(ev, name) {
      const at = of(ev.program);
      at.commonNames ??= namesOfBuiltIns(ev);
      return at.commonNames.has(name);
    },
    isOutside: (ev, file, callee) => rustOutside(ev, file, callee),
  };
}

/** Names of the methods that the standard library declares. */
function namesOfBuiltIns(ev: Evaluation): ReadonlySet<string> {
  const file = ev.program.fileIndex(RUST_BUILT_IN);
  const names = new Set<string>();
  if (file === undefined) return names;
  for (let s = 1, count = symbolCount(ev.program.facts[file]!); s < count; s++) {
    const symbol = ev.program.symbol(file, s);
    if (ev.program.kind(symbol) === 'Method') names.add(ev.program.name(symbol));
  }
  return names;
}

/** Positional arguments, then those given by the name of an associated type. */
function typeArguments(
  ev: Evaluation,
  file: number,
  of: number,
  list: number,
): readonly (Type | undefined)[] {
  const { program } = ev;
  const { terms } = program.facts[file]!;
  const args: (Type | undefined)[] = [];
  const named: [string, number][] = [];
  for (const item of program.list(file, list))
    if (item >= 0 && terms[item * TERM.width] === OP.keyword)
      named.push([
        program.text(file, terms[item * TERM.width + TERM.a]!),
        terms[item * TERM.width + TERM.b]!,
      ]);
    else args.push(ev.type(file, item));
  if (named.length === 0) return args;
  const own = program.fileOf(of);
  const parameters = program.list(own, program.column(of, SYMBOL.typeParameters));
  for (let i = 0; i < parameters.length; i += 2) {
    const name = program.text(own, parameters[i]!);
    const given = named.find(([n]) => n === name);
    if (!given) continue;
    while (args.length < i / 2) args.push(undefined);
    args[i / 2] = ev.type(file, given[1]);
  }
  return args;
}

/** The traits of a type, and what it dereferences to. */
function basesOfType(impls: RustImpls, symbol: number): readonly InstanceType[] {
  const traits = impls.traitsOf(symbol);
  const deref = impls.builtInTrait('Deref');
  const target = traits.find((t) => t.symbol === deref)?.args[0];
  return target?.t === 'instance' && target.symbol !== symbol ? [...traits, target] : traits;
}

/** A function of a type's `impl` blocks, a field of what it points to, what a bound associates. */
function memberOf(ev: Evaluation, impls: RustImpls, type: Type, name: string): Type | undefined {
  if (isExternal(ev, type)) return type;
  switch (type.t) {
    case 'class': {
      const made = ev.instanceOf(type);
      if (!made) return undefined;
      if (isExternal(ev, made)) return ev.types.class(externalSymbol(ev));
      if (ev.program.kind(type.symbol) === 'TypeAlias')
        return made.t === 'instance'
          ? ev.memberValue(ev.types.class(made.symbol, made.args), name)
          : undefined;
      return impls.direct(made, name) ?? associatedOf(ev, impls, made, name);
    }
    case 'instance': {
      const at = asEnum(ev, type);
      if (at !== type) return ev.memberValue(at, name);
      const target = impls.dereferenced(type);
      return (
        (target && target !== type ? ev.memberValue(target, name) : undefined) ??
        associatedOf(ev, impls, type, name)
      );
    }
    case 'parameter':
      return impls.direct(type, name) ?? associatedOf(ev, impls, type, name);
    default:
      return undefined;
  }
}

/** `T::Item`: what a type's traits associate with it under a name. */
function associatedOf(ev: Evaluation, impls: RustImpls, type: Type, name: string): Type | undefined {
  if (!/^[A-Z]/.test(name)) return undefined;
  const bound = type.t === 'parameter' ? boundOf(ev, type.owner, type.index) : undefined;
  const bounds = bound?.t === 'union' ? bound.items : [bound];
  const traits = type.t === 'instance' ? ev.basesOf(type.symbol) : [];
  for (const trait of [...bounds, ...traits.map((t) => ev.substitute(t, type, type))]) {
    if (trait?.t !== 'instance') continue;
    const at = impls.parameterIndex(trait.symbol, name);
    if (at >= 0) return trait.args[at] ?? boundOf(ev, trait.symbol, at);
  }
  return undefined;
}

/** A value that a pattern finds to be of a struct or variant has that one's fields. */
function narrowed(ev: Evaluation, value: Type | undefined, cls: Type | undefined): Type | undefined {
  const wanted = cls?.t === 'class' ? ev.instanceOf(cls) : undefined;
  if (cls && isExternal(ev, cls)) return ev.types.instance(externalSymbol(ev));
  if (wanted?.t !== 'instance') return undefined;
  const around = isVariant(ev, wanted.symbol) ? ev.program.parent(wanted.symbol) : wanted.symbol;
  for (const item of inOrder(ev, value)) {
    const seen = asEnum(ev, item);
    const as = seen.t === 'instance' ? ev.asInstanceOf(seen, around) : undefined;
    if (as && as.args.length > 0) return ev.types.instance(wanted.symbol, as.args);
  }
  return wanted;
}

function indexed(ev: Evaluation, impls: RustImpls, object: Type, key: Type | undefined): Type | undefined {
  if (isExternal(ev, object)) return object;
  // A range is an array here, and picks a part that is of the same type.
  const isRange =
    key?.t === 'instance' && ev.program.isBuiltIn(key.symbol) && ev.program.name(key.symbol) === 'slice__';
  let at: Type | undefined = object;
  for (let step = 0; at && step < 4; step++) {
    const seen = at.t === 'union' ? undefined : overloadedBy(impls, at, 'Index', key);
    if (seen) return isRange && ev.program.isBuiltIn((at as InstanceType).symbol) ? at : seen.args[1];
    at = at.t === 'union' ? inOrder(ev, at)[0] : impls.dereferenced(at);
  }
  return undefined;
}

/** What a type implements of an operator's trait, for an operand. */
function overloadedBy(
  impls: RustImpls,
  type: Type,
  trait: string,
  operand: Type | undefined,
): InstanceType | undefined {
  const symbol = impls.builtInTrait(trait);
  if (symbol === undefined) return undefined;
  if (type.t === 'parameter') return impls.seenAs(type, symbol);
  const all = impls.allSeenAs(type, symbol);
  if (all.length < 2 || !operand) return all.length === 1 ? all[0] : undefined;
  return all.find((seen) => seen.args[0] === operand) ?? all.find((seen) => sameHead(seen.args[0], operand));
}

function sameHead(a: Type | undefined, b: Type): boolean {
  return a?.t === 'instance' && b.t === 'instance' && a.symbol === b.symbol;
}

const FALLIBLE = new Set(['Option', 'Result', 'Poll', 'ControlFlow', 'Mapped__']);

function firstArgument(ev: Evaluation, type: Type): Type | undefined {
  if (isExternal(ev, type)) return type;
  const at = asEnum(ev, type);
  if (at.t !== 'instance' || !ev.program.isBuiltIn(at.symbol)) return undefined;
  return FALLIBLE.has(ev.program.name(at.symbol)) ? at.args[0] : undefined;
}

function externalSymbol(ev: Evaluation): number {
  const file = ev.program.fileIndex(RUST_BUILT_IN);
  const module = file === undefined ? -1 : ev.program.moduleOf(file);
  return (module < 0 ? undefined : ev.program.child(module, 'External__')?.[0]) ?? -1;
}

/** A method of what nothing is known of: that of an option or iterator where the name is theirs alone. */
function externalMethod(ev: Evaluation, name: string, isExternal: boolean): FunctionType | undefined {
  const external = externalSymbol(ev);
  const declared = external < 0 ? undefined : ev.program.children(external);
  const method = (declared?.get(name) ?? (isExternal ? declared?.get('member') : undefined))?.[0];
  return method === undefined ? undefined : ev.types.function(method, ev.types.instance(external));
}

/** A type that is declared outside the workspace, so that nothing is known of it. */
function isExternal(ev: Evaluation, type: Type): boolean {
  return (
    (type.t === 'instance' || type.t === 'class') &&
    ev.program.isBuiltIn(type.symbol) &&
    ev.program.name(type.symbol) === 'External__'
  );
}
