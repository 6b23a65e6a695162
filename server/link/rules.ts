import type { Evaluation } from './evaluation.ts';
import type { Program } from './program.ts';
import type { FunctionType, InstanceType, Type } from './types.ts';

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
  /** What `super` is inside a class; by default the first base. */
  superOf?(ev: Evaluation, cls: number): InstanceType | undefined;
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
  /** A method, called or referred to, where methods have names of their own; one of several of its name. */
  method?(ev: Evaluation, object: Type | undefined, name: string): Type | undefined;
  /** What a bare name means as a method, inside the global class symbol `around` or at the top of a file (-1). */
  bareMethod?(ev: Evaluation, file: number, name: string, around: number): Type | undefined;
  /** True where methods have names of their own, so that a plain member is never one. */
  methodsApart?: boolean;
  /** True where a callee that was not found belongs to what is declared outside, so that its name says nothing. */
  isOutside?(ev: Evaluation, file: number, callee: number): boolean;
  /** True where a declared type that is not known hides what is assigned, and parameters are always declared. */
  staticallyTyped?: boolean;
  /**
   * Picks among the methods that share a callee's name by what a call gives them: the best first, several where
   * nothing tells them apart. `skip` is an argument that is not looked at.
   */
  overloads?(ev: Evaluation, callee: FunctionType, file: number, call: number, skip: number): readonly FunctionType[];
  /** True where an array given as the last argument can be all that a rest parameter takes. */
  restTakesArray?: boolean;
  /** Picks among the constructors of a class in the same way; none where it declares none that fits. */
  constructors?(ev: Evaluation, cls: number, file: number, call: number, skip: number): readonly number[];
  /** The method that a reference to a method of several signatures means, for these parameters. */
  referred?(ev: Evaluation, named: FunctionType, parameters: readonly (Type | undefined)[]): FunctionType;
  /** The methods of bases that a method overrides; by default those of its name. */
  overridden?(ev: Evaluation, method: number): readonly number[];
  /** True where a call of a function literal counts as a call of the symbol that it stands in. */
  callsLambdaOwner?: boolean;
  /** How many parameters come before the first argument of a call: the receiver, where it is one of them. */
  receiverArguments?(ev: Evaluation, file: number, site: number, callee: number): number;
  /** True for names so common that one definition says nothing about an unknown receiver. */
  isCommonName?(name: string): boolean;
}
