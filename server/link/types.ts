import type { Remembered } from './remembered.ts';
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

/** Makes types, each once. */
export class Types {
  readonly #known = new Map<string, Type>();
  readonly #plain = new Map<number, InstanceType>();
  readonly #functions = new Map<number, Map<number, FunctionType>>();
  /** Unions of two, by both ids. */
  readonly #pairs = new Map<number, Type>();
  readonly #depths: number[] = [];
  /** By id: whether a type parameter or `self` stands in the type. */
  readonly #open: boolean[] = [];
  readonly self: SelfType = this.#intern('self', () => ({ t: 'self' })) as SelfType;
  readonly #rank: (symbol: number) => number;

  /** `rank` orders symbols, whatever their numbers are: by file, then by place. */
  constructor(rank: (symbol: number) => number) {
    this.#rank = rank;
  }

  instance(symbol: number, args: readonly (Type | undefined)[] = NO_ARGUMENTS): InstanceType {
    if (args.length === 0) {
      let plain = this.#plain.get(symbol);
      if (!plain) {
        plain = this.#intern(`i${symbol}`, () => ({
          t: 'instance',
          symbol,
          args: NO_ARGUMENTS,
        })) as InstanceType;
        this.#plain.set(symbol, plain);
      }
      return plain;
    }
    const shallow = args.map((a) => this.#shallow(a));
    return this.#intern(
      `i${symbol}${keyOf(shallow)}`,
      () => ({ t: 'instance', symbol, args: shallow }),
      shallow,
    ) as InstanceType;
  }

  class(symbol: number, args: readonly (Type | undefined)[] = []): ClassType {
    const shallow = args.map((a) => this.#shallow(a));
    return this.#intern(
      `c${symbol}${keyOf(shallow)}`,
      () => ({ t: 'class', symbol, args: shallow }),
      shallow,
    ) as ClassType;
  }

  function(symbol: number, owner?: Type, receiver?: Type, wraps = -1): FunctionType {
    if (wraps >= 0) {
      const parts = [owner, receiver];
      const make = () => ({ t: 'function', symbol, owner, receiver, wraps });
      return this.#intern(`F${symbol},${wraps}${keyOf(parts)}`, make, parts) as FunctionType;
    }
    let known = this.#functions.get(symbol);
    if (!known) this.#functions.set(symbol, (known = new Map<number, FunctionType>()));
    const key = ((owner?.id ?? -1) + 1) * MOST_TYPES + (receiver?.id ?? -1) + 1;
    let type = known.get(key);
    if (!type) {
      const make = () => ({ t: 'function', symbol, owner, receiver, wraps });
      type = this.#intern(`f${symbol},${key}`, make, [owner, receiver]) as FunctionType;
      known.set(key, type);
    }
    return type;
  }

  lambda(file: number, fn: number): LambdaType {
    return this.#intern(`l${file},${fn}`, () => ({ t: 'lambda', file, function: fn })) as LambdaType;
  }

  module(symbol: number, name = ''): ModuleType {
    return this.#intern(`m${symbol},${name}`, () => ({ t: 'module', symbol, name })) as ModuleType;
  }

  signature(parameters: readonly (Type | undefined)[], result: Type | undefined): SignatureType {
    const own = [...parameters.map((p) => this.#shallow(p)), this.#shallow(result)];
    return this.#intern(
      `s${keyOf(own)}`,
      () => ({ t: 'signature', parameters: own.slice(0, -1), result: own.at(-1) }),
      own,
    ) as SignatureType;
  }

  parameter(owner: number, index: number): ParameterType {
    return this.#intern(`p${owner},${index}`, () => ({ t: 'parameter', owner, index })) as ParameterType;
  }

  tuple(items: readonly (Type | undefined)[]): TupleType {
    const shallow = items.map((i) => this.#shallow(i));
    return this.#intern(`t${keyOf(shallow)}`, () => ({ t: 'tuple', items: shallow }), shallow) as TupleType;
  }

  super(symbol: number): SuperType {
    return this.#intern(`S${symbol}`, () => ({ t: 'super', symbol })) as SuperType;
  }

  object(file: number, term: number): ObjectType {
    return this.#intern(`o${file},${term}`, () => ({ t: 'object', file, term })) as ObjectType;
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
    return this.#intern(`u${keyOf(sorted)}`, () => ({ t: 'union', items: sorted }), sorted);
  }

  /** True where a type parameter or `self` stands in a type, so that it means something else elsewhere. */
  isOpen(type: Type | undefined): boolean {
    return type !== undefined && this.#open[type.id]!;
  }

  #shallow(type: Type | undefined): Type | undefined {
    return type && this.#depths[type.id]! >= MOST_NESTED ? undefined : type;
  }

  #intern(key: string, make: () => object, parts: readonly (Type | undefined)[] = []): Type {
    let type = this.#known.get(key);
    if (!type) {
      const id = this.#depths.push(1 + Math.max(0, ...parts.map((p) => (p ? this.#depths[p.id]! : 0)))) - 1;
      type = { id, ...make() } as Type;
      this.#open[id] = type.t === 'parameter' || type.t === 'self' || parts.some((p) => this.isOpen(p));
      this.#known.set(key, type);
    }
    return type;
  }
}

function keyOf(parts: readonly (Type | undefined)[]): string {
  let key = '';
  for (const part of parts) key += part ? `,${part.id}` : ',';
  return key;
}
