import {
  FLAG,
  FUNCTION,
  HERITAGE,
  listItems,
  OP,
  SYMBOL,
  symbolCount,
  TERM,
  VARIABLE,
  type FileFacts,
} from '../../index/facts.ts';
import { mix, textHash } from './hash.ts';

/** What the operands of a term are; everything else is another term or nothing. */
const SYMBOL_LEAF = new Set<number>([OP.symbol, OP.this, OP.super, OP.class, OP.scope]);
const TEXT_FIRST = new Set<number>([OP.global, OP.literal, OP.text, OP.operator, OP.keyword]);
const TEXT_SECOND = new Set<number>([OP.member, OP.method, OP.propertyOf, OP.memberType]);
const LIST_FIRST = new Set<number>([
  ...[OP.union, OP.array, OP.object, OP.tuple, OP.unionType, OP.intersection, OP.tupleType, OP.objectType],
]);
const LIST_SECOND = new Set<number>([OP.call, OP.new, OP.operator, OP.apply, OP.functionType]);
const TEXT_PAIRS = new Set<number>([OP.object, OP.objectType]);
const NUMBER_SECOND = new Set<number>([OP.item, OP.argumentOf, OP.typeParameter]);
const FUNCTION_FIRST = new Set<number>([OP.function, OP.returnOf]);

interface Roles {
  ofTerm: Map<number, number>;
  terms: Map<number, number>;
}

const ROLE = { result: 1, value: 2 } as const;
/** A term that is for several things. No hash is one. */
const SHARED = 0.5;

/**
 * What a file's symbols and terms are called whatever their numbers are, as hashes: an edit elsewhere in the file moves
 * numbers and leaves these alone.
 */
export class FileIdentity {
  readonly path: number;
  /** Of each symbol: its file, qualified name and place among its namesakes. */
  readonly symbols: Int32Array;
  readonly #facts: FileFacts;
  readonly #texts: Int32Array;
  #faces: Int32Array | undefined;
  #terms: Int32Array | undefined;
  #variables: Int32Array | undefined;
  #roles: Roles | undefined;
  #byStructure: Map<number, number> | undefined;
  #functions: Int32Array | undefined;

  constructor(file: string, facts: FileFacts) {
    this.#facts = facts;
    this.path = textHash(file);
    this.#texts = Int32Array.from(facts.strings, textHash);
    const count = symbolCount(facts);
    this.symbols = new Int32Array(count);
    const seen = new Map<number, number>();
    for (let s = 0; s < count; s++) {
      const name = facts.symbols[s * SYMBOL.width + SYMBOL.qualifiedName]!;
      const nth = seen.get(name) ?? 0;
      seen.set(name, nth + 1);
      this.symbols[s] = mix(mix(this.path, s === 0 ? 0 : this.#text(name)), nth);
    }
  }

  #text(id: number): number {
    return id < 0 ? -1 : this.#texts[id]!;
  }

  /**
   * All that other files can see of a symbol without asking for a value: its kind, its flags, what it stands in, how it
   * is called. What its types and values come to is not in it.
   */
  face(symbol: number): number {
    return (this.#faces ??= this.#readFaces())[symbol]!;
  }

  /** A term by its structure; other terms of the file may share it where they differ by scope alone. -1 for none. */
  term(term: number): number {
    if (term < 0) return -1;
    return (this.#terms ??= this.#readTerms())[term]!;
  }

  /** In the order in which terms are made, operands mostly first, so that long chains need no deep stack. */
  #readTerms(): Int32Array {
    const terms = new Int32Array(this.#facts.terms.length / TERM.width);
    for (let term = 0; term < terms.length; term++) this.#termHash(terms, term);
    return terms;
  }

  /**
   * What a term goes by for other files: what it is for, where it is one function's result or one symbol's value, else
   * its structure. So what it comes to can be held against what it came to before an edit of the term itself.
   */
  nameOf(term: number): number {
    const role = this.#rolesOf().ofTerm.get(term);
    return role === undefined || role === SHARED ? this.term(term) : role;
  }

  /** The term of a name; -1 where there is none, or several of one structure. */
  named(name: number): number {
    const byRole = this.#rolesOf().terms.get(name);
    if (byRole !== undefined) return byRole;
    if (!this.#byStructure) {
      this.#byStructure = new Map();
      for (let term = 0; term < this.#facts.terms.length / TERM.width; term++) {
        const own = this.term(term);
        this.#byStructure.set(own, this.#byStructure.has(own) ? -1 : term);
      }
    }
    return this.#byStructure.get(name) ?? -1;
  }

  #rolesOf(): Roles {
    if (this.#roles) return this.#roles;
    const roles: Roles = { ofTerm: new Map(), terms: new Map() };
    const { functions, symbols } = this.#facts;
    const add = (term: number, role: number) => {
      if (term < 0) return;
      roles.ofTerm.set(term, roles.ofTerm.has(term) ? SHARED : role);
      roles.terms.set(role, term);
    };
    for (let fn = 0, row = 0; row < functions.length; fn++, row += FUNCTION.width)
      add(functions[row + FUNCTION.returns]!, mix(this.#function(fn), ROLE.result));
    for (let s = 0, row = 0; row < symbols.length; s++, row += SYMBOL.width)
      add(symbols[row + SYMBOL.value]!, mix(this.symbols[s]!, ROLE.value));
    return (this.#roles = roles);
  }

  /** The bases that a class's head names. */
  heritage(symbol: number): number {
    const { heritage } = this.#facts;
    let hash = 0;
    for (let row = 0; row < heritage.length; row += HERITAGE.width)
      if (heritage[row + HERITAGE.symbol] === symbol)
        hash = mix(mix(hash, heritage[row + HERITAGE.relation]!), this.term(heritage[row + HERITAGE.type]!));
    return hash;
  }

  #readFaces(): Int32Array {
    const { symbols, functions } = this.#facts;
    const faces = new Int32Array(this.symbols.length);
    const ownFunctions = new Map<number, number[]>();
    for (let fn = 0, row = 0; row < functions.length; fn++, row += FUNCTION.width) {
      const symbol = functions[row + FUNCTION.symbol]!;
      if (symbol < 0) continue;
      const own = ownFunctions.get(symbol);
      if (own) own.push(fn);
      else ownFunctions.set(symbol, [fn]);
    }
    const inPackage = textHash(this.#facts.package);
    for (let s = 0; s < faces.length; s++) {
      const row = s * SYMBOL.width;
      let face = mix(mix(this.symbols[s]!, inPackage), symbols[row + SYMBOL.kind]!);
      face = mix(face, symbols[row + SYMBOL.flags]!);
      const parent = symbols[row + SYMBOL.parent]!;
      if (parent >= 0) {
        face = mix(face, symbols[parent * SYMBOL.width + SYMBOL.kind]!);
        face = mix(face, symbols[parent * SYMBOL.width + SYMBOL.flags]!);
      }
      face = mix(face, symbols[row + SYMBOL.function]! >= 0 ? 1 : 0);
      face = mix(face, this.term(symbols[row + SYMBOL.type]!));
      face = mix(face, symbols[row + SYMBOL.value]! >= 0 ? 1 : 0);
      face = this.#typeParameters(face, symbols[row + SYMBOL.typeParameters]!);
      for (const fn of ownFunctions.get(s) ?? []) face = this.#functionFace(face, fn);
      faces[s] = face;
    }
    return faces;
  }

  #typeParameters(hash: number, list: number): number {
    const items = listItems(this.#facts, list);
    let face = mix(hash, items.length);
    for (let i = 0; i < items.length; i += 2) {
      face = mix(face, this.#text(items[i]!));
      face = mix(face, this.term(items[i + 1]!));
    }
    return face;
  }

  #functionFace(hash: number, fn: number): number {
    const { functions, variables } = this.#facts;
    const row = fn * FUNCTION.width;
    let face = mix(hash, functions[row + FUNCTION.flags]!);
    for (const column of [FUNCTION.returnType, FUNCTION.yields, FUNCTION.receiver])
      face = mix(face, this.term(functions[row + column]!));
    // What is declared hides what is returned.
    if (functions[row + FUNCTION.returnType]! < 0) {
      face = mix(face, functions[row + FUNCTION.returns]! >= 0 ? 1 : 0);
      face = mix(face, this.#passedThrough(fn));
    }
    face = this.#typeParameters(face, functions[row + FUNCTION.typeParameters]!);
    for (const variable of listItems(this.#facts, functions[row + FUNCTION.parameters]!)) {
      const at = variable * VARIABLE.width;
      face = mix(face, this.#text(variables[at + VARIABLE.name]!));
      face = mix(face, variables[at + VARIABLE.flags]! & ~FLAG.narrowed);
      for (const column of [VARIABLE.type, VARIABLE.value])
        face = mix(face, this.term(variables[at + column]!));
    }
    return face;
  }

  /** Which of its parameters a function returns as they are. */
  #passedThrough(fn: number): number {
    const { functions, terms, variables } = this.#facts;
    const returned = functions[fn * FUNCTION.width + FUNCTION.returns]!;
    if (returned < 0) return -1;
    const isUnion = terms[returned * TERM.width] === OP.union;
    const parts = isUnion
      ? listItems(this.#facts, terms[returned * TERM.width + TERM.a]!)
      : Int32Array.of(returned);
    let hash = parts.length;
    for (const part of parts) {
      const variable = terms[part * TERM.width + TERM.a]! * VARIABLE.width;
      const isOwn =
        terms[part * TERM.width] === OP.variable && variables[variable + VARIABLE.function] === fn;
      hash = mix(hash, isOwn ? variables[variable + VARIABLE.parameter]! : -2);
    }
    return hash;
  }

  #termHash(known: Int32Array, term: number): number {
    if (term < 0) return -1;
    const before = known[term]!;
    if (before !== 0) return before;
    // A term that leads back to itself is told apart by what else is in it.
    known[term] = 1;
    const { terms } = this.#facts;
    const op = terms[term * TERM.width]!;
    const a = terms[term * TERM.width + TERM.a]!;
    const b = terms[term * TERM.width + TERM.b]!;
    const hash = mix(mix(op, this.#first(known, op, a)), this.#second(known, op, b));
    return (known[term] = hash === 0 || hash === 1 ? 2 : hash);
  }

  #first(known: Int32Array, op: number, a: number): number {
    if (SYMBOL_LEAF.has(op)) return a < 0 ? a : this.symbols[a]!;
    if (TEXT_FIRST.has(op)) return this.#text(a);
    if (LIST_FIRST.has(op)) return this.#listHash(known, a, TEXT_PAIRS.has(op));
    if (FUNCTION_FIRST.has(op)) return this.#function(a);
    if (op === OP.variable) return this.variable(a);
    if (op === OP.import) return this.#import(a);
    if (op === OP.typeParameter) return a >= 0 ? this.symbols[a]! : this.#function(-2 - a);
    if (op === OP.unknown || op === OP.self) return a;
    return this.#termHash(known, a);
  }

  #second(known: Int32Array, op: number, b: number): number {
    if (TEXT_SECOND.has(op)) return this.#text(b);
    if (LIST_SECOND.has(op)) return this.#listHash(known, b, false);
    if (op === OP.global) return b < 0 ? b : this.symbols[b]!;
    if (NUMBER_SECOND.has(op) || SYMBOL_LEAF.has(op) || FUNCTION_FIRST.has(op)) return b;
    if (op === OP.variable || op === OP.import || op === OP.unknown || op === OP.self) return b;
    if (TEXT_FIRST.has(op) && op !== OP.keyword) return b;
    if (LIST_FIRST.has(op)) return b;
    return this.#termHash(known, b);
  }

  #listHash(known: Int32Array, list: number, isPairs: boolean): number {
    const items = listItems(this.#facts, list);
    let hash = items.length;
    for (let i = 0; i < items.length; i++)
      hash = mix(hash, isPairs && i % 2 === 0 ? this.#text(items[i]!) : this.#termHash(known, items[i]!));
    return hash;
  }

  #import(index: number): number {
    const { imports } = this.#facts;
    const row = index * 6;
    return mix(mix(this.#text(imports[row]!), this.#text(imports[row + 1]!)), imports[row + 4]!);
  }

  /** A function by the symbol around it and its place among those there. */
  #function(fn: number): number {
    if (fn < 0) return fn;
    if (!this.#functions) {
      const { functions } = this.#facts;
      const seen = new Map<number, number>();
      this.#functions = new Int32Array(functions.length / FUNCTION.width);
      for (let i = 0; i < this.#functions.length; i++) {
        const owner = functions[i * FUNCTION.width + FUNCTION.owner]!;
        const nth = seen.get(owner) ?? 0;
        seen.set(owner, nth + 1);
        this.#functions[i] = mix(owner < 0 ? -1 : this.symbols[owner]!, nth);
      }
    }
    return this.#functions[fn]!;
  }

  /** A variable by its name, its function and its place among its namesakes there. */
  variable(variable: number): number {
    if (variable < 0) return variable;
    if (!this.#variables) {
      const { variables } = this.#facts;
      const seen = new Map<number, number>();
      this.#variables = new Int32Array(variables.length / VARIABLE.width);
      for (let i = 0; i < this.#variables.length; i++) {
        const row = i * VARIABLE.width;
        const name = mix(
          this.#text(variables[row + VARIABLE.name]!),
          this.#function(variables[row + VARIABLE.function]!),
        );
        const nth = seen.get(name) ?? 0;
        seen.set(name, nth + 1);
        this.#variables[i] = mix(name, nth);
      }
    }
    return this.#variables[variable]!;
  }
}
