import type { Remembered } from './remembered.ts';
import { StringNumbers } from './strings.ts';
import { Tuples } from './tuples.ts';
import { compareTypes } from './type-order.ts';

/**
 * What a value can be, as far as linking needs to know. Types are interned: equal types are the same object, so
 * they compare by identity and carry their own caches. Symbols are the program's global numbers.
 */
export type Type =
  | InstanceType
  | ClassType
  | FunctionType
  | LambdaType
  | ModuleType
  | SignatureType
  | ParameterType
  | TupleType
  | ObjectType
  | UnionType
  | SelfType
  | SuperType;

interface Base {
  readonly id: number;
}

/** An instance of a class, interface, enum or trait. */
export interface InstanceType extends Base {
  readonly t: 'instance';
  readonly symbol: number;
  readonly args: readonly (Type | undefined)[];
  /** Cache of member look-ups. */
  members?: Remembered<string, unknown>;
}

/** A class, interface, enum or alias itself: its static side, and what `new` or a call of it makes. */
export interface ClassType extends Base {
  readonly t: 'class';
  readonly symbol: number;
  readonly args: readonly (Type | undefined)[];
}

/** A function or method, with the receiver it was reached through. */
export interface FunctionType extends Base {
  readonly t: 'function';
  readonly symbol: number;
  /** The class it was found in, with its arguments there. */
  readonly owner: Type | undefined;
  /** What it is called on. */
  readonly receiver: Type | undefined;
  /** The function that a decorator has put this one in front of; -1 for none. What a call gives is that one's. */
  readonly wraps: number;
}

/** A function literal that no symbol stands for. */
export interface LambdaType extends Base {
  readonly t: 'lambda';
  readonly file: number;
  readonly function: number;
}

/** A module (symbol 0 of its file), package or namespace. */
export interface ModuleType extends Base {
  readonly t: 'module';
  /** A module symbol; -1 for a package that is no file. */
  readonly symbol: number;
  /** The package's name, where it is no file. */
  readonly name: string;
}

/** A function type as written. */
export interface SignatureType extends Base {
  readonly t: 'signature';
  readonly parameters: readonly (Type | undefined)[];
  readonly result: Type | undefined;
}

/** A type parameter of a symbol. */
export interface ParameterType extends Base {
  readonly t: 'parameter';
  readonly owner: number;
  readonly index: number;
}

export interface TupleType extends Base {
  readonly t: 'tuple';
  readonly items: readonly (Type | undefined)[];
}

/** An object literal or an object type as written: a term whose pairs are read on demand. */
export interface ObjectType extends Base {
  readonly t: 'object';
  readonly file: number;
  readonly term: number;
}

export interface UnionType extends Base {
  readonly t: 'union';
  readonly items: readonly Type[];
}

/** The type of the receiver, whatever it is. */
export interface SelfType extends Base {
  readonly t: 'self';
}

/** An instance of a class, seen without the class's own members: `super()` inside it. */
export interface SuperType extends Base {
  readonly t: 'super';
  readonly symbol: number;
}

const NO_ARGUMENTS: readonly (Type | undefined)[] = [];
const MOST_TYPES = 1 << 26;
const MOST_IN_UNION = 12;
/** Nested deeper, a type is taken for unknown: recursive generics would grow for ever. */
const MOST_NESTED = 6;

/** The first number of a type's key. */
const KEY = {
  ...{ self: 0, instance: 1, class: 2, function: 3, lambda: 4, module: 5 },
  ...{ parameter: 6, signature: 7, tuple: 8, super: 9, object: 10, union: 11, alternatives: 12 },
} as const;

/** Makes types, each once: they are found by keys of integers, in which other types stand by their ids. */
export class Types {
  readonly #keys = new Tuples();
  readonly #all: Type[] = [];
  readonly #packages = new StringNumbers();
  readonly #plain = new Map<number, InstanceType>();
  /** Unions of two, by both ids. */
  readonly #pairs = new Map<number, Type>();
  readonly #depths: number[] = [];
  /** By id: whether a type parameter or `self` stands in the type. */
  readonly #open: boolean[] = [];
  readonly self: SelfType;
  readonly #rank: (symbol: number) => number;

  /** `rank` orders symbols, whatever their numbers are: by file, then by place. */
  constructor(rank: (symbol: number) => number) {
    this.#rank = rank;
    this.#key(KEY.self, 0);
    this.self = (this.#known() ?? this.#add({ t: 'self', id: this.#next })) as SelfType;
  }

  instance(symbol: number, args: readonly (Type | undefined)[] = NO_ARGUMENTS): InstanceType {
    if (args.length === 0) {
      let plain = this.#plain.get(symbol);
      if (!plain) {
        plain = { t: 'instance', id: this.#next, symbol, args: NO_ARGUMENTS };
        this.#key(KEY.instance, symbol);
        this.#keys.number();
        this.#add(plain);
        this.#plain.set(symbol, plain);
      }
      return plain;
    }
    this.#key(KEY.instance, symbol);
    this.#pushAll(args);
    const known = this.#known();
    if (known) return known as InstanceType;
    const own = this.#allShallow(args);
    return this.#add({ t: 'instance', id: this.#next, symbol, args: own }, own);
  }

  class(symbol: number, args: readonly (Type | undefined)[] = NO_ARGUMENTS): ClassType {
    this.#key(KEY.class, symbol);
    this.#pushAll(args);
    const known = this.#known();
    if (known) return known as ClassType;
    const own = this.#allShallow(args);
    return this.#add({ t: 'class', id: this.#next, symbol, args: own }, own);
  }

  function(symbol: number, owner?: Type, receiver?: Type, wraps = -1): FunctionType {
    this.#key(KEY.function, symbol);
    this.#keys.push(owner?.id ?? -1);
    this.#keys.push(receiver?.id ?? -1);
    this.#keys.push(wraps);
    const known = this.#known();
    if (known) return known as FunctionType;
    return this.#add({ t: 'function', id: this.#next, symbol, owner, receiver, wraps }, [owner, receiver]);
  }

  lambda(file: number, fn: number): LambdaType {
    this.#key(KEY.lambda, file);
    this.#keys.push(fn);
    return (this.#known() ?? this.#add({ t: 'lambda', id: this.#next, file, function: fn })) as LambdaType;
  }

  module(symbol: number, name = ''): ModuleType {
    this.#key(KEY.module, symbol);
    this.#keys.push(this.#packages.number(name));
    return (this.#known() ?? this.#add({ t: 'module', id: this.#next, symbol, name })) as ModuleType;
  }

  signature(parameters: readonly (Type | undefined)[], result: Type | undefined): SignatureType {
    this.#key(KEY.signature, parameters.length);
    this.#pushAll(parameters);
    this.#keys.push(this.#shallow(result)?.id ?? -1);
    const known = this.#known();
    if (known) return known as SignatureType;
    const own = this.#allShallow(parameters);
    const gives = this.#shallow(result);
    return this.#add({ t: 'signature', id: this.#next, parameters: own, result: gives }, [...own, gives]);
  }

  parameter(owner: number, index: number): ParameterType {
    this.#key(KEY.parameter, owner);
    this.#keys.push(index);
    return (this.#known() ?? this.#add({ t: 'parameter', id: this.#next, owner, index })) as ParameterType;
  }

  tuple(items: readonly (Type | undefined)[]): TupleType {
    this.#key(KEY.tuple, items.length);
    this.#pushAll(items);
    const known = this.#known();
    if (known) return known as TupleType;
    const own = this.#allShallow(items);
    return this.#add({ t: 'tuple', id: this.#next, items: own }, own);
  }

  /** Functions of which one is meant, in this order. */
  alternatives(items: readonly FunctionType[]): TupleType {
    this.#key(KEY.alternatives, items.length);
    for (const { id } of items) this.#keys.push(id);
    const known = this.#known();
    if (known) return known as TupleType;
    return this.#add({ t: 'tuple', id: this.#next, items }, items);
  }

  super(symbol: number): SuperType {
    this.#key(KEY.super, symbol);
    return (this.#known() ?? this.#add({ t: 'super', id: this.#next, symbol })) as SuperType;
  }

  object(file: number, term: number): ObjectType {
    this.#key(KEY.object, file);
    this.#keys.push(term);
    return (this.#known() ?? this.#add({ t: 'object', id: this.#next, file, term })) as ObjectType;
  }

  /** Any of several; what is unknown among them is left out. */
  union(items: readonly (Type | undefined)[]): Type | undefined {
    let first: Type | undefined;
    let second: Type | undefined;
    let isPair = true;
    for (const item of items) {
      if (!item || item === first || item === second) continue;
      if (!first) first = item;
      else if (!second) second = item;
      else isPair = false;
    }
    if (!first || !second) return first;
    if (!isPair) return this.#unionOf(items);
    const key = first.id < second.id ? first.id * MOST_TYPES + second.id : second.id * MOST_TYPES + first.id;
    let pair = this.#pairs.get(key);
    if (!pair) {
      pair = this.#unionOf([first, second])!;
      this.#pairs.set(key, pair);
    }
    return pair;
  }

  #unionOf(items: readonly (Type | undefined)[]): Type | undefined {
    const flat = new Set<Type>();
    for (const item of items) {
      if (!item) continue;
      if (item.t === 'union') item.items.forEach((i) => flat.add(i));
      else flat.add(item);
    }
    const [only] = flat;
    if (flat.size <= 1) return only;
    const sorted = [...flat].sort((a, b) => compareTypes(a, b, this.#rank)).slice(0, MOST_IN_UNION);
    this.#key(KEY.union, sorted.length);
    this.#pushAll(sorted);
    return this.#known() ?? this.#add({ t: 'union', id: this.#next, items: sorted }, sorted);
  }

  /** True where a type parameter or `self` stands in a type, so that it means something else elsewhere. */
  isOpen(type: Type | undefined): boolean {
    return type !== undefined && this.#open[type.id]!;
  }

  #shallow(type: Type | undefined): Type | undefined {
    return type && this.#depths[type.id]! >= MOST_NESTED ? undefined : type;
  }

  #allShallow(types: readonly (Type | undefined)[]): readonly (Type | undefined)[] {
    return types.length === 0 ? NO_ARGUMENTS : types.map((type) => this.#shallow(type));
  }

  get #next(): number {
    return this.#all.length;
  }

  #key(kind: number, first: number): void {
    this.#keys.start();
    this.#keys.push(kind);
    this.#keys.push(first);
  }

  #pushAll(parts: readonly (Type | undefined)[]): void {
    for (const part of parts) this.#keys.push(this.#shallow(part)?.id ?? -1);
  }

  /** The type of the key that was told. Where there is none yet, the next one added is. */
  #known(): Type | undefined {
    return this.#all[this.#keys.number()];
  }

  #add<T extends Type>(type: T, parts: readonly (Type | undefined)[] = NO_ARGUMENTS): T {
    let depth = 0;
    let isOpen = type.t === 'parameter' || type.t === 'self';
    for (const part of parts) {
      if (!part) continue;
      depth = Math.max(depth, this.#depths[part.id]!);
      isOpen ||= this.#open[part.id]!;
    }
    this.#all.push(type);
    this.#depths.push(depth + 1);
    this.#open.push(isOpen);
    return type;
  }
}
