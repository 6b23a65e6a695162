import type { Evaluation } from './evaluation.ts';
import type { Program } from './program.ts';
import type { InstanceType, Type } from './types.ts';

/** A method that no name in the code spells. */
export interface ImplicitCall {
  on: Type | undefined;
  name: string;
  /** True where it runs besides the ones before it, and not in their place. */
  besides?: boolean;
}

/**
 * What names mean beyond their file, in one language. Everything here is asked with the numbers of the program;
 * "nothing known" is undefined, never a guess.
 */
export interface LanguageRules {
  /** Declarations of built-in types in the language itself: a file name (its ending picks the language) and text. */
  builtIns?: { file: string; text: string };
  /** The file that an import's specifier means; undefined where it is outside the workspace. */
  resolveModule(program: Program, from: number, specifier: string): number | undefined;
  /** What an import brings, as a value. */
  imported(ev: Evaluation, file: number, index: number): Type | undefined;
  /** What a name that is bound nowhere in its file means. `around` is the global class symbol around, or -1. */
  global(ev: Evaluation, file: number, name: string, around: number): Type | undefined;
  /** What a module shows under a name. */
  moduleMember(ev: Evaluation, module: number, name: string): Type | undefined;
  /** What a package that is no file shows under a name (Java, Go). */
  packageMember?(ev: Evaluation, name: string, member: string): Type | undefined;
  /** The name of the built-in class of text; `string` where it is not said. */
  textName?: string;
  /** True where a class's static members are also reached through its instances. */
  instanceSeesStatic?: boolean;
  /** The name of the built-in class that stands for arrays, maps …, as `OP.literal` and the literals need it. */
  builtInName(what: 'array' | 'map' | 'set' | 'function' | 'promise' | 'generator'): string;
  /** Bases in the order in which members are looked up; by default as written, extended before implemented. */
  basesOf?(ev: Evaluation, symbol: number): readonly InstanceType[];
  /** True where a static member is found through an instance and the other way round (Python). */
  sharesStatic?: boolean;
  /**
   * All bases in the order in which members are looked up, the class itself left out. Where a language does not say,
   * bases are searched depth first.
   */
  ancestorsOf?(ev: Evaluation, symbol: number): readonly InstanceType[];
  /** What `super` means inside a class; by default an instance of its first base. */
  superOf?(ev: Evaluation, symbol: number): Type | undefined;
  /** What an `OP.index` or `OP.item` picks, where what is written says more than the types; else undefined. */
  picked?(ev: Evaluation, file: number, term: number): Type | undefined;
  /** What an `OP.object` is; by default an object with these properties. */
  objectOf?(ev: Evaluation, file: number, term: number): Type | undefined;
  /** The methods that run for an operator, an index or an iteration, in the order in which they are asked for. */
  implicitCalls?(ev: Evaluation, file: number, term: number): readonly ImplicitCall[];
  /** All that a construction of a class runs; by default the first of `constructorNames`. */
  constructorsOf?(ev: Evaluation, symbol: number): readonly number[];
  /** The name of the built-in generic class whose instances are classes. */
  classOfClasses?: string;
  /** What a value of a built-in type stands for when it is called: the class of Python's `type[T]`. */
  standIn?(ev: Evaluation, type: Type): Type | undefined;
  /** True where what is declared inside a function is no member of it. */
  hidesLocals?: boolean;
  /** True where functions that are passed to a built-in function count as called by its caller. */
  callsPassedFunctions?: boolean;
  /** Asked once, when members that stand outside their class have been attached. */
  prepare?(ev: Evaluation): void;
  /** The name of a constructor, to which a construction is an edge. */
  constructorNames: readonly string[];
  /** True where calling a class makes an instance (Python). */
  callMakesInstance?: boolean;
  /** Item of an iteration over a value, beyond arrays and tuples. */
  elementOf?(ev: Evaluation, type: Type): Type | undefined;
  /** What `await` gives. */
  awaited?(ev: Evaluation, type: Type): Type | undefined;
  /** What `x?`, `x!` and the like give (Rust). */
  unwrapped?(ev: Evaluation, type: Type): Type | undefined;
  /** `object[key]`. */
  indexed?(ev: Evaluation, object: Type, key: Type | undefined): Type | undefined;
  /** The result of an operator on values, and the method that runs for it. */
  operator?(ev: Evaluation, operator: string, operands: readonly (Type | undefined)[]): Type | undefined;
  /** The signature of an instance that can be called: a functional interface, a callable object. */
  signatureOf?(ev: Evaluation, type: InstanceType): Type | undefined;
  /** A member that no declaration has, such as a trait's method for every type. */
  member?(ev: Evaluation, type: Type, name: string): Type | undefined;
  /** Picks among overloads by what a call gives them. */
  overload?(ev: Evaluation, file: number, call: number, candidates: readonly number[]): readonly number[];
  /** True where a call of a function literal counts as a call of the symbol that it stands in. */
  callsLambdaOwner?: boolean;
  /**
   * How many parameters come before the first argument of a call: the receiver, where it is one of them; -1 where the
   * first argument is the receiver and no parameter; undefined where that cannot be known.
   */
  receiverArguments?(ev: Evaluation, file: number, site: number, callee: number): number | undefined;
  /** True for names so common that one definition says nothing about an unknown receiver. */
  isCommonName?(name: string): boolean;
}
