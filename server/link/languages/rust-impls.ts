import { FLAG, SYMBOL, symbolCount } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';
import { boundOf } from '../substitute.ts';
import type { FunctionType, InstanceType, Type } from '../types.ts';
import { asEnum, filled, inOrder, knownOwner, matches } from './rust-match.ts';

/** A function of an `impl` block, for the types that the block is for. */
interface Candidate {
  symbol: number;
  target: Type;
  /** The trait that the block implements. */
  trait: InstanceType | undefined;
}

/** That types implement a trait. */
interface Implementation {
  /** The symbol whose type parameters stand in both types. */
  owner: number;
  target: Type;
  trait: InstanceType;
}

const MOST_DEREFS = 8;
/** Heads of types that no symbol stands for. */
const TUPLE = -2;
const FUNCTION = -3;

/** What `impl` blocks give to types: functions, traits and what they associate with them. */
export class RustImpls {
  readonly #ev: Evaluation;
  readonly #functions = new Map<number, Map<string, Candidate[]>>();
  /** Functions of blocks that are for every type, or for all that have a trait. */
  readonly #blanket = new Map<string, Candidate[]>();
  readonly #traits = new Map<number, Implementation[]>();
  readonly #blanketTraits: Implementation[] = [];
  /** Traits by the names of their methods. */
  readonly #declaring = new Map<string, number[]>();
  /** By method: the trait that its block implements. */
  readonly #traitOf = new Map<number, InstanceType>();
  readonly #implemented = new Map<string, boolean>();
  readonly #external: number;
  readonly #hasTrait: (file: number, trait: number) => boolean;

  /** `hasTrait` says whether the methods of a trait can be called in a file. */
  constructor(ev: Evaluation, external: number, hasTrait: (file: number, trait: number) => boolean) {
    this.#hasTrait = hasTrait;
    this.#ev = ev;
    this.#external = external;
  }

  /** Reads all blocks. What is asked for meanwhile finds those that were read before. */
  read(): void {
    const ev = this.#ev;
    const { program } = ev;
    // By the names of files, so that what comes first does not depend on the order of the files.
    const byName = (a: { file: number }, b: { file: number }) =>
      program.files[a.file]! < program.files[b.file]! ? -1 : a.file === b.file ? 0 : 1;
    for (const { file, target, symbol, trait } of [...program.extensionRows()].sort(byName)) {
      if (program.facts[file]!.language !== 'rust') continue;
      const type = ev.type(file, target);
      const implemented = trait < 0 ? undefined : ev.type(file, trait);
      // What is declared elsewhere is not told apart: its blocks would be those of any such type.
      if (!type || this.isExternal(type)) {
        if (implemented?.t === 'instance' && program.kind(symbol) === 'Method')
          this.#traitOf.set(symbol, implemented);
        continue;
      }
      const head = this.#headOf(type);
      if (program.localOf(symbol) === 0) this.#addImplementation(symbol, type, head, implemented);
      else if (program.kind(symbol) === 'Method') {
        const own = implemented?.t === 'instance' ? implemented : undefined;
        if (own) this.#traitOf.set(symbol, own);
        // A trait that is not known may be any: its methods are those of the type all the same.
        this.#addFunction({ symbol, target: type, trait: own }, head);
      }
    }
    for (const { facts, file } of program.facts.map((facts, file) => ({ facts, file })).sort(byName)) {
      if (facts.language !== 'rust') continue;
      for (let s = 1, count = symbolCount(facts); s < count; s++) {
        const symbol = program.symbol(file, s);
        if (program.kind(symbol) !== 'Interface') continue;
        for (const [name, [first]] of program.children(symbol))
          if (first !== undefined && program.kind(first) === 'Method') push(this.#declaring, name, symbol);
      }
    }
  }

  #addFunction(candidate: Candidate, head: number | undefined): void {
    const name = this.#ev.program.name(candidate.symbol);
    if (head === undefined) return push(this.#blanket, name, candidate);
    let own = this.#functions.get(head);
    if (!own) this.#functions.set(head, (own = new Map<string, Candidate[]>()));
    push(own, name, candidate);
  }

  #addImplementation(owner: number, target: Type, head: number | undefined, trait: Type | undefined): void {
    if (trait?.t !== 'instance' || trait.symbol === this.#external) return;
    const row = { owner, target, trait };
    if (head === undefined) this.#blanketTraits.push(row);
    else push(this.#traits, head, row);
  }

  /** What a type is found by; undefined for a type parameter, which is any type. */
  #headOf(type: Type): number | undefined {
    const seen = asEnum(this.#ev, type);
    switch (seen.t) {
      case 'instance':
        return seen.symbol;
      case 'tuple':
        return TUPLE;
      case 'parameter':
        return undefined;
      default:
        return FUNCTION;
    }
  }

  /** The function that a name means in a file on a type or what it dereferences to. */
  method(type: Type | undefined, name: string, file: number): Type | undefined {
    let at: Type | undefined = type;
    for (let step = 0; at && step < MOST_DEREFS; step++) {
      if (at.t === 'union')
        return this.#ofUnion(inOrder(this.#ev, at), (item) => this.method(item, name, file));
      const found = this.direct(at, name, file);
      if (found) return found;
      at = this.dereferenced(at);
    }
    return undefined;
  }

  /** All values of a union are of one type in the end: the one that most is known of says what is meant. */
  #ofUnion(items: readonly Type[], find: (item: Type) => Type | undefined): Type | undefined {
    const found = items.map(find).filter((f) => f?.t === 'function');
    const [first, ...others] = found;
    if (!first || others.some((f) => f.symbol !== first.symbol)) return this.#ev.types.union(found);
    return found.reduce((best, f) => (knownArguments(f) > knownArguments(best) ? f : best));
  }

  /** The function that a name means on a type itself. Without a file, traits need not be imported. */
  direct(type: Type, name: string, file = -1): FunctionType | undefined {
    const at = asEnum(this.#ev, type);
    if (at.t === 'parameter') return this.#ofParameter(at, name, file);
    const head = this.#headOf(at);
    const own = head === undefined ? [] : (this.#functions.get(head)?.get(name) ?? []);
    const fitting = this.#fitting(own, at).filter(({ candidate: { trait } }) =>
      this.#isInScope(trait?.symbol, file),
    );
    const inherent = fitting.find(({ candidate }) => !candidate.trait);
    if (inherent) return this.#found(inherent, at);
    if (at.t === 'instance' && this.#isTrait(at.symbol)) {
      const declared = this.ofTrait(at, name, at);
      if (declared) return declared;
    }
    const [first, ...others] = fitting;
    if (first) {
      const isOne = others.every((o) => o.candidate.trait?.symbol === first.candidate.trait?.symbol);
      return isOne ? this.#found(first, at) : undefined;
    }
    return this.#ofTraits(at, name, file);
  }

  #isInScope(trait: number | undefined, file: number): boolean {
    return trait === undefined || file < 0 || this.#hasTrait(file, trait);
  }

  #fitting(candidates: readonly Candidate[], at: Type): { candidate: Candidate; known: Map<number, Type> }[] {
    return candidates.flatMap((candidate) => {
      const known = new Map<number, Type>();
      return matches(this.#ev, candidate.target, at, candidate.symbol, known) ? [{ candidate, known }] : [];
    });
  }

  #found({ candidate, known }: { candidate: Candidate; known: Map<number, Type> }, at: Type): FunctionType {
    return this.#ev.types.function(candidate.symbol, knownOwner(this.#ev, candidate.symbol, known), at);
  }

  /** All functions of one name that different blocks give a type for one trait: `From<A>` and `From<B>`. */
  siblings(callee: FunctionType): readonly FunctionType[] {
    const trait = this.#traitOf.get(callee.symbol);
    const at = callee.receiver && asEnum(this.#ev, callee.receiver);
    if (!trait || !at) return [callee];
    const head = this.#headOf(at);
    const own =
      head === undefined ? [] : (this.#functions.get(head)?.get(this.#ev.program.name(callee.symbol)) ?? []);
    const same = own.filter((c) => c.trait?.symbol === trait.symbol);
    return same.length < 2 ? [callee] : this.#fitting(same, at).map((f) => this.#found(f, at));
  }

  isExternal(type: Type): boolean {
    return type.t === 'instance' && type.symbol === this.#external;
  }

  traitOf(method: number): InstanceType | undefined {
    return this.#traitOf.get(method);
  }

  #isTrait(symbol: number): boolean {
    return this.#ev.program.kind(symbol) === 'Interface';
  }

  /** A method that a trait or one of its supertraits declares, as seen from a receiver. */
  ofTrait(trait: InstanceType, name: string, receiver: Type, depth = 0): FunctionType | undefined {
    const { program } = this.#ev;
    const symbol = program
      .children(trait.symbol)
      .get(name)
      ?.find((s) => program.kind(s) === 'Method');
    if (symbol !== undefined) return this.#ev.types.function(symbol, trait, receiver);
    if (depth > MOST_DEREFS) return undefined;
    for (const base of this.#ev.basesOf(trait.symbol)) {
      const seen = this.#ev.substitute(base, trait, receiver);
      const found = seen?.t === 'instance' ? this.ofTrait(seen, name, receiver, depth + 1) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  #ofParameter(
    type: Extract<Type, { t: 'parameter' }>,
    name: string,
    file: number,
  ): FunctionType | undefined {
    const bound = boundOf(this.#ev, type.owner, type.index);
    for (const each of bound?.t === 'union' ? bound.items : [bound]) {
      const found = each?.t === 'instance' ? this.ofTrait(each, name, type) : undefined;
      if (found) return found;
    }
    return this.#ofTraits(type, name, file);
  }

  /** What blocks for all types with a trait give, else what a trait declares; the standard library's blocks last. */
  #ofTraits(at: Type, name: string, file: number): FunctionType | undefined {
    return (
      this.#ofBlanket(at, name, file, false) ??
      this.#default(at, name, file) ??
      this.#ofBlanket(at, name, file, true)
    );
  }

  /** A method that a trait declares and the type's block leaves as it is. */
  #default(at: Type, name: string, file: number): FunctionType | undefined {
    for (const trait of this.#declaring.get(name) ?? []) {
      const seen = this.#isInScope(trait, file) ? this.seenAs(at, trait) : undefined;
      const found = seen && this.ofTrait(seen, name, at);
      if (found) return found;
    }
    return undefined;
  }

  #ofBlanket(at: Type, name: string, file: number, isBuiltIn: boolean): FunctionType | undefined {
    const all = (this.#blanket.get(name) ?? []).flatMap((candidate) => {
      const known = new Map<number, Type>();
      if (this.#ev.program.isBuiltIn(candidate.symbol) !== isBuiltIn) return [];
      if (!this.#isInScope(candidate.trait?.symbol, file)) return [];
      if (!matches(this.#ev, candidate.target, at, candidate.symbol, known)) return [];
      const bound = this.#boundOf(candidate.target);
      return this.#satisfies(at, bound, 0) ? [{ candidate, known }] : [];
    });
    const [first, ...others] = all;
    return first && others.length === 0 ? this.#found(first, at) : undefined;
  }

  #boundOf(type: Type): Type | undefined {
    return type.t === 'parameter' ? boundOf(this.#ev, type.owner, type.index) : undefined;
  }

  #satisfies(type: Type, bound: Type | undefined, depth: number): boolean {
    const bounds = bound?.t === 'union' ? bound.items : [bound];
    return bounds.every((b) => {
      if (b?.t !== 'instance' || this.#ev.program.isBuiltIn(b.symbol)) return true;
      return this.implements(type, b.symbol, depth + 1);
    });
  }

  implements(type: Type, trait: number, depth = 0): boolean {
    if (depth > 5) return false;
    const key = `${type.id},${trait}`;
    const known = this.#implemented.get(key);
    if (known !== undefined) return known;
    this.#implemented.set(key, false);
    const found = this.seenAs(type, trait, depth) !== undefined;
    this.#implemented.set(key, found);
    return found;
  }

  /** The trait that a type implements, with its arguments for this type; undefined where it does not. */
  seenAs(type: Type, trait: number, depth = 0): InstanceType | undefined {
    const at = asEnum(this.#ev, type);
    if (at.t === 'parameter') {
      const bound = boundOf(this.#ev, at.owner, at.index);
      for (const each of bound?.t === 'union' ? bound.items : [bound]) {
        const seen = each?.t === 'instance' ? this.#ev.asInstanceOf(each, trait) : undefined;
        if (seen) return seen;
      }
    } else if (at.t === 'instance' && this.#isTrait(at.symbol)) {
      const seen = this.#ev.asInstanceOf(at, trait);
      if (seen) return seen;
    }
    const head = this.#headOf(at);
    const own = head === undefined ? [] : (this.#traits.get(head) ?? []);
    for (const row of own) {
      const seen = row.trait.symbol === trait ? this.#seen(row, at) : undefined;
      if (seen) return seen;
    }
    for (const row of this.#blanketTraits) {
      if (row.trait.symbol !== trait || !this.#satisfies(at, this.#boundOf(row.target), depth)) continue;
      const seen = this.#seen(row, at);
      if (seen) return seen;
    }
    return undefined;
  }

  #seen({ owner, target, trait }: Implementation, at: Type): InstanceType | undefined {
    const known = new Map<number, Type>();
    return matches(this.#ev, target, at, owner, known)
      ? filled(this.#ev, trait, owner, known, at)
      : undefined;
  }

  /** The traits of a type that blocks name it for, with its own parameters in them. */
  traitsOf(symbol: number): InstanceType[] {
    const self = this.#ev.selfType(symbol);
    return (this.#traits.get(symbol) ?? []).flatMap((row) => this.#seen(row, self) ?? []);
  }

  /** All that blocks say of one trait for a type: `Index<A>` and `Index<B>`. */
  allSeenAs(type: Type, trait: number): InstanceType[] {
    const at = asEnum(this.#ev, type);
    const head = this.#headOf(at);
    const own = head === undefined ? [] : (this.#traits.get(head) ?? []);
    return own.flatMap((row) => (row.trait.symbol === trait ? (this.#seen(row, at) ?? []) : []));
  }

  /** What a built-in trait associates with a type. */
  associated(type: Type, trait: string, index: number): Type | undefined {
    const symbol = this.#builtInTrait(trait);
    return symbol === undefined ? undefined : this.seenAs(type, symbol)?.args[index];
  }

  #builtInTraits = new Map<string, number | undefined>();
  #builtInTrait(name: string): number | undefined {
    if (!this.#builtInTraits.has(name)) {
      const { program } = this.#ev;
      const module = program.moduleOf(program.fileOf(this.#external));
      this.#builtInTraits.set(name, program.child(module, name)?.[0]);
    }
    return this.#builtInTraits.get(name);
  }

  builtInTrait(name: string): number | undefined {
    return this.#builtInTrait(name);
  }

  dereferenced(type: Type): Type | undefined {
    const at = asEnum(this.#ev, type);
    if (at.t !== 'instance' && at.t !== 'parameter') return undefined;
    const target = this.associated(at, 'Deref', 0);
    return target === type ? undefined : target;
  }

  /** A method without a receiver of its own is called with the type before it. */
  isStatic(symbol: number): boolean {
    return (this.#ev.program.flags(symbol) & FLAG.static) !== 0;
  }

  /** The place of a type parameter or associated type of a symbol, by its name. */
  parameterIndex(symbol: number, name: string): number {
    const { program } = this.#ev;
    const file = program.fileOf(symbol);
    const list = program.list(file, program.column(symbol, SYMBOL.typeParameters));
    for (let i = 0; i < list.length; i += 2) if (program.text(file, list[i]!) === name) return i / 2;
    return -1;
  }
}

function knownArguments({ owner }: FunctionType): number {
  return owner?.t === 'instance' ? owner.args.filter((a) => a !== undefined).length : 0;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
