import { SYMBOL_KINDS, type SymbolKind } from '../protocol/graph.ts';

/**
 * What one file says by itself, packed: rows of 32-bit integers and one table of strings, so that facts cross a
 * thread, a disk and a link without being copied into objects. A row's columns are named by the constants below;
 * an integer that names something is an index (of a symbol, term, list, string …) and -1 means "none". Lines and
 * columns are 0-based, columns in UTF-16 units.
 */
export interface FileFacts {
  language: string;
  /** Physical lines. */
  lines: number;
  /** True when the parser met errors; what parses around them is here all the same. */
  hasSyntaxErrors: boolean;
  /** The package or namespace the file says it belongs to (Java, Go); empty elsewhere. */
  package: string;
  strings: string[];
  /** Rows of `TERM`: values and types as written. */
  terms: Int32Array;
  /** Lists that terms and rows point into: a length, then the items. */
  lists: Int32Array;
  /** Rows of `SYMBOL`; symbol 0 is the module itself. */
  symbols: Int32Array;
  functions: Int32Array;
  variables: Int32Array;
  imports: Int32Array;
  exports: Int32Array;
  heritage: Int32Array;
  /** Members declared outside their class: Go's methods, Rust's `impl`, `C.prototype.m = …`. */
  members: Int32Array;
  /** Calls, in source order. */
  sites: Int32Array;
  /** Names and members that are mentioned and not called. */
  mentions: Int32Array;
}

export const TERM = { op: 0, a: 1, b: 2, width: 3 } as const;

export const SYMBOL = {
  kind: 0,
  name: 1,
  qualifiedName: 2,
  parent: 3,
  startLine: 4,
  endLine: 5,
  nameLine: 6,
  nameColumn: 7,
  signature: 8,
  doc: 9,
  flags: 10,
  /** The function that a function-like symbol runs. */
  function: 11,
  /** The declared type of a field or variable; what an alias stands for; the base type of an enum. */
  type: 12,
  /** What is assigned to a field or variable. */
  value: 13,
  /** Pairs of name and bound. */
  typeParameters: 14,
  width: 15,
} as const;

export const FUNCTION = {
  /** The symbol whose body it is; -1 for a lambda. */
  symbol: 0,
  /** The innermost symbol around or at it. */
  owner: 1,
  /** List of variables. */
  parameters: 2,
  returnType: 3,
  /** What it returns, where that is written. */
  returns: 4,
  yields: 5,
  flags: 6,
  /** What the surroundings expect a lambda to be: a type term, or `argumentOf`. */
  context: 7,
  /** Pairs of name and bound. */
  typeParameters: 8,
  /** The declared type of the receiver, where it is not the class around. */
  receiver: 9,
  width: 10,
} as const;

export const VARIABLE = {
  name: 0,
  type: 1,
  value: 2,
  /** The function that it is a parameter or local of; -1 at module level. */
  function: 3,
  /** Its place among the parameters; -1 for a local. */
  parameter: 4,
  flags: 5,
  width: 6,
} as const;

/** `imported` is the exported name, `*` for the whole module, `default`, or empty for an import for its effects. */
export const IMPORT = {
  from: 0,
  imported: 1,
  local: 2,
  line: 3,
  flags: 4,
  /** The module symbol whose names it adds to; 0 for the file. */
  module: 5,
  width: 6,
} as const;

/** `name` is what others import, `*` for all of `from`; `term` what it means here, or `local` of `from`. */
export const EXPORT = { name: 0, term: 1, from: 2, local: 3, width: 4 } as const;

/** `relation` 0 is INHERITS, 1 IMPLEMENTS. */
export const HERITAGE = { symbol: 0, relation: 1, type: 2, line: 3, column: 4, width: 5 } as const;

/** `trait` is the trait that an `impl` block is for; a row of symbol 0 is the block itself. */
export const MEMBER = { target: 0, symbol: 1, trait: 2, width: 3 } as const;

export const SITE = {
  callee: 0,
  /** The term of the whole call, with its arguments; -1 where there are none to see. */
  call: 1,
  /** Index in CALL_FORMS. */
  form: 2,
  /** The innermost symbol around the site; 0 is the module. */
  from: 3,
  line: 4,
  column: 5,
  width: 6,
} as const;

export const MENTION = { term: 0, from: 1, line: 2, column: 3, flags: 4, width: 5 } as const;

export const FLAG = {
  exported: 1,
  static: 2,
  /** Of a function: a signature without a body. */
  abstract: 4,
  async: 8,
  generator: 16,
  getter: 32,
  setter: 64,
  private: 128,
  constructor: 256,
  /** A parameter that takes all that are left. */
  rest: 512,
  /** A parameter that takes all keywords that are left. */
  keywords: 1024,
  hasDefault: 2048,
  /** A method that gets its class as receiver. */
  classMethod: 4096,
  /** A local whose type a test has narrowed. */
  narrowed: 8192,
  typeOnly: 16384,
  /** A mention that is written to. */
  written: 32768,
  /** A member that extends its class from outside. */
  extension: 65536,
  /** A keyword-only or otherwise positionless parameter. */
  named: 131072,
  /** A field that every object has for itself, and its bases' code may fill as well. */
  ofInstance: 262144,
  /** A definition that a later one of the same name replaces. */
  replaced: 524288,
  /** A function literal that gives a value and cannot do without. */
  valueOnly: 1048576,
  /** A function that stands for the one that it wraps (`functools.wraps`). */
  wrapper: 2097152,
  /** Of a module: a file that the default build of its language leaves out. */
  leftOut: 4194304,
  /** A function literal that gives no value. */
  voidOnly: 8388608,
} as const;

/**
 * Values and types as written. Comments name `a` and `b`; "list" is an index into `lists`, "text" one into
 * `strings`.
 */
export const OP = {
  unknown: 0,
  /** symbol */
  symbol: 1,
  /** variable */
  variable: 2,
  /** import */
  import: 3,
  /** text: bound nowhere in the file */
  global: 4,
  /** class symbol: the instance inside a method */
  this: 5,
  /** class symbol */
  super: 6,
  /** object, text */
  member: 7,
  /** callee, list of arguments */
  call: 8,
  /** class, list of arguments */
  new: 9,
  /** object, key (-1 unknown) */
  index: 10,
  await: 11,
  /** collection: one item of an iteration */
  element: 12,
  /** list: any of them */
  union: 13,
  /** function */
  function: 14,
  /** text: the name of a built-in type whose literal it is */
  literal: 15,
  /** list of items */
  array: 16,
  /** list of pairs text, value */
  object: 17,
  /** list of items */
  tuple: 18,
  /** type, value */
  cast: 19,
  /** text of the operator, list of operands */
  operator: 20,
  /** value: `...x`, `*x` */
  spread: 21,
  /** text, value */
  keyword: 22,
  /** value, number: one of several results or of a destructured sequence */
  item: 23,
  /** text: a string literal, for keys */
  text: 24,
  /** class symbol: the class inside a class method */
  class: 25,
  /** value: `&x`, `*x`; transparent but for languages that look */
  reference: 26,
  /** value: what remains when an optional or fallible value is unwrapped, such as `x?` in Rust */
  unwrap: 27,
  /** call, index of the argument: what the callee expects there */
  argumentOf: 28,
  /** context, text: what the expected type says of a property */
  propertyOf: 29,
  /** function: what it is declared to return, as an expected type */
  returnOf: 30,
  /** class symbol (-1 for none): all that a bare name can mean inside it, where methods have names of their own */
  scope: 31,
  /** object or `scope`, text: a method, where methods have names of their own */
  method: 32,
  /** call or construction, what the surroundings expect of it */
  expecting: 33,
  /** value, class: a value that a pattern has found to be of a class or variant */
  narrowed: 34,

  /** type, list of type arguments */
  apply: 40,
  /** list of types */
  unionType: 41,
  intersection: 42,
  /** return type (-1), list of parameter types */
  functionType: 43,
  tupleType: 44,
  /** list of pairs text, type */
  objectType: 45,
  /** value */
  typeOf: 46,
  /** owner (a symbol ≥ 0, or -2 - function), index */
  typeParameter: 47,
  /** The type of the receiver, such as `this` or `Self` */
  self: 48,
  /** type, type of the key */
  indexedType: 49,
  /** type, text: the type of one member */
  memberType: 50,
  /** item type: array, slice, `T[]` */
  arrayType: 51,
  /** key type, value type */
  mapType: 52,
  /** type: pointer or reference to it */
  pointerType: 53,
} as const;

const NOTHING = new Int32Array(0);

/** The facts of a file that is not there. */
export function emptyFacts(language: string): FileFacts {
  return {
    ...{
      language,
      lines: 0,
      hasSyntaxErrors: false,
      package: '',
      strings: [],
      terms: NOTHING,
      lists: NOTHING,
    },
    ...{ symbols: NOTHING, functions: NOTHING, variables: NOTHING, imports: NOTHING, exports: NOTHING },
    ...{ heritage: NOTHING, members: NOTHING, sites: NOTHING, mentions: NOTHING },
  };
}

export function kindOf(facts: FileFacts, symbol: number): SymbolKind {
  return SYMBOL_KINDS[facts.symbols[symbol * SYMBOL.width + SYMBOL.kind]!]!;
}

export function symbolCount(facts: FileFacts): number {
  return facts.symbols.length / SYMBOL.width;
}

/** One column of one symbol. */
export function symbolColumn(facts: FileFacts, symbol: number, column: number): number {
  return facts.symbols[symbol * SYMBOL.width + column]!;
}

/** A text column of one symbol. */
export function symbolText(facts: FileFacts, symbol: number, column: number): string {
  return facts.strings[facts.symbols[symbol * SYMBOL.width + column]!]!;
}

/** The items of a list; empty for -1. */
export function listItems(facts: FileFacts, list: number): Int32Array {
  if (list < 0) return NO_ITEMS;
  return facts.lists.subarray(list + 1, list + 1 + facts.lists[list]!);
}

const NO_ITEMS = new Int32Array(0);
