import type { Program } from './program.ts';
import type { FunctionType, InstanceType, SignatureType, Type, Types } from './types.ts';

/** A member found in a type, and what it was found through. */
export interface FoundMember {
  symbol: number;
  /** The class it is declared in, with its arguments as seen from the type asked. */
  owner: InstanceType;
}

/** What rules and the parts of the evaluator may ask each other. */
export interface Evaluation {
  readonly program: Program;
  readonly types: Types;
  /** The rules of a file's language. */
  rules(file: number): LanguageRules;
  /** The rules of every language that the program has files of. */
  allRules(): ReadonlySet<LanguageRules>;
  /** The value of a term; undefined where nothing is known. */
  value(file: number, term: number): Type | undefined;
  /** The type that a term names, as an instance. */
  type(file: number, term: number): Type | undefined;
  /** Which of the functions that share its callee's name a call means: several as `alternatives`, the best first. */
  meant(file: number, call: number): Type | undefined;
  /** What the surroundings expect: a type term, or a place in a call. */
  expected(file: number, term: number): Type | undefined;
  /** A symbol, mentioned as a value. */
  symbolValue(symbol: number, owner?: Type, receiver?: Type): Type | undefined;
  /** What an instance stands for, where its type is a built-in one that looks into others; else itself. */
  reduced(type: InstanceType): Type;
  /** What a class value makes; what any other value is of. */
  instanceOf(type: Type | undefined): Type | undefined;
  /** A class, interface or enum seen from inside: its parameters stand for themselves. */
  selfType(symbol: number): InstanceType;
  basesOf(symbol: number): readonly InstanceType[];
  /** All bases in the order of look-ups; undefined where the language searches them depth first. */
  ancestorsOf(symbol: number): readonly InstanceType[] | undefined;
  /** Everywhere that a member of this name is found in a type; several where it is a union. */
  members(type: Type | undefined, name: string): readonly FoundMember[];
  memberValue(type: Type | undefined, name: string): Type | undefined;
  /** What a call of a value gives. `file` and `term` are the call's. */
  callResult(
    callee: Type | undefined,
    file: number,
    term: number,
    explicit?: readonly (Type | undefined)[],
    context?: number,
  ): Type | undefined;
  /** The arguments of a call term, as terms. */
  argumentsOf(file: number, term: number): Int32Array;
  signatureOf(type: Type | undefined): SignatureType | FunctionType | undefined;
  parameterType(
    callee: Type | undefined,
    index: number,
    file: number,
    call: number,
    context?: number,
  ): Type | undefined;
  elementOf(type: Type | undefined, file: number): Type | undefined;
  awaited(type: Type | undefined, file: number): Type | undefined;
  /** An instance of a built-in class of the file's language. */
  builtIn(file: number, name: string, args?: readonly (Type | undefined)[]): Type | undefined;
  substitute(type: Type | undefined, owner: Type | undefined, receiver: Type | undefined): Type | undefined;
  replace(
    type: Type | undefined,
    of: (parameter: number, index: number) => Type | undefined,
    self?: Type,
  ): Type | undefined;
  /** An instance seen as one of its bases. */
  asInstanceOf(type: InstanceType, symbol: number): InstanceType | undefined;
  exported(file: number, name: string): Type | undefined;
  /** What all that calls pass for a parameter may be. */
  flowType(file: number, variable: number): Type | undefined;
  /** What calls pass for a parameter. */
  flowsInto(file: number, variable: number): readonly { file: number; term: number }[];
  functionResult(symbol: number): Type | undefined;
}

/** What a name is asked for, where a value and a type may share it. */
export type Meaning = 'value' | 'type';

/** A method that no name in the code spells. */
export interface ImplicitCall {
  on: Type | undefined;
  name: string;
  /** True where it runs besides the ones before it, and not in their place. */
  besides?: boolean;
}

/** What a name alone may mean. */
export interface Candidate {
  symbol: number;
  /** At most .5. */
  confidence: number;
  reason: string;
  /** True where calling it makes an instance. */
  isNew?: boolean;
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
  /** The file that an import names, where its specifier alone does not say it; by default that of `resolveModule`. */
  importedFile?(ev: Evaluation, file: number, index: number): number | undefined;
  /** What an import brings, as a value; as a type where that is asked for and can be another. */
  imported(ev: Evaluation, file: number, index: number, meaning?: Meaning): Type | undefined;
  /** What a name that is bound nowhere in its file means. `around` is the global class symbol around, or -1. */
  global(ev: Evaluation, file: number, name: string, around: number): Type | undefined;
  /** What a module or namespace shows under a name. */
  moduleMember(ev: Evaluation, module: number, name: string, meaning?: Meaning): Type | undefined;
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
  /** What an `OP.index` or `OP.item` picks, where what is written says more than the types: null for nothing at all. */
  picked?(ev: Evaluation, file: number, term: number): Type | undefined | null;
  /** What an `OP.object` is; by default an object with these properties. */
  objectOf?(ev: Evaluation, file: number, term: number): Type | undefined;
  /** The methods that run for an operator, an index or an iteration, in the order in which they are asked for. */
  implicitCalls?(ev: Evaluation, file: number, term: number): readonly ImplicitCall[];
  /** All that a construction of a class runs; by default the first of `constructorNames`. */
  constructorsOf?(ev: Evaluation, symbol: number): readonly number[];
  /** The name of the built-in generic class whose instances are classes, or whatever can be constructed. */
  classOfClasses?: string;
  /** What an instance of a built-in type stands for, such as TypeScript's `InstanceType<C>`. */
  reduced?(ev: Evaluation, type: InstanceType): Type | undefined;
  /** What a value of a built-in type stands for when it is called: the class of Python's `type[T]`. */
  standIn?(ev: Evaluation, type: Type): Type | undefined;
  /** True where what is declared inside a function is no member of it. */
  hidesLocals?: boolean;
  /** True where functions that are passed to a built-in function count as called by its caller. */
  callsPassedFunctions?: boolean;
  /** The classes that inherit directly from each, where look-ups ask for them. */
  subclasses?(): ReadonlyMap<number, readonly number[]>;
  /** Asked once, when members that stand outside their class have been attached. */
  prepare?(ev: Evaluation): void;
  /** The name of a constructor, to which a construction is an edge. */
  constructorNames: readonly string[];
  /** True where calling a class makes an instance (Python). */
  callMakesInstance?: boolean;
  /** True where what looks like a call of a type is a conversion: it gives an instance and calls nothing (Go). */
  callConverts?: boolean;
  /** Item of an iteration over a value, beyond arrays and tuples. */
  elementOf?(ev: Evaluation, type: Type): Type | undefined;
  /** What `await` gives. */
  awaited?(ev: Evaluation, type: Type): Type | undefined;
  /** An async function declares what awaiting it gives, and gives an awaitable of that. */
  asyncWraps?: boolean;
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
  method?(ev: Evaluation, object: Type | undefined, name: string, file: number): Type | undefined;
  /** What a bare name means as a method, inside the global class symbol `around` or at the top of a file (-1). */
  bareMethod?(ev: Evaluation, file: number, name: string, around: number): Type | undefined;
  /** What a pattern says of a value that it finds to be of a class or variant (Rust). */
  narrowed?(ev: Evaluation, value: Type | undefined, cls: Type | undefined): Type | undefined;
  /** The arguments of a generic type as written, where some are given by name. */
  typeArguments?(ev: Evaluation, file: number, of: number, list: number): readonly (Type | undefined)[];
  /** True where a type parameter's bound says what its argument's own arguments are. */
  infersThroughBounds?: boolean;
  /** True where methods have names of their own, so that a plain member is never one. */
  methodsApart?: boolean;
  /** True where a callee that was not found belongs to what is declared outside, so that its name says nothing. */
  isOutside?(ev: Evaluation, file: number, callee: number): boolean;
  /** True where a declared type that is not known hides what is assigned, and parameters are always declared. */
  staticallyTyped?: boolean;
  /** True where a parameter's declared type, known or not, outweighs the objects that callers pass (TypeScript). */
  declaredHidesPassed?: boolean;
  /**
   * Picks among the methods that share a callee's name by what a call gives them: the best first, several where
   * nothing tells them apart. `skip` is an argument that is not looked at.
   */
  overloads?(
    ev: Evaluation,
    callee: FunctionType,
    file: number,
    call: number,
    skip: number,
  ): readonly FunctionType[];
  /** True where an array given as the last argument can be all that a rest parameter takes. */
  restTakesArray?: boolean;
  /** Picks among the constructors of a class in the same way; none where it declares none that fits. */
  constructors?(ev: Evaluation, cls: number, file: number, call: number, skip: number): readonly number[];
  /** The method that a reference to a method of several signatures means, for these parameters. */
  referred?(ev: Evaluation, named: FunctionType, parameters: readonly (Type | undefined)[]): FunctionType;
  /** The interfaces that a class implements without naming them (Go). */
  implemented?(ev: Evaluation, cls: number): readonly number[];
  /** The methods of bases that a method overrides; by default those of its name. */
  overridden?(ev: Evaluation, method: number): readonly number[];
  /** True where a call of a function literal counts as a call of the symbol that it stands in. */
  callsLambdaOwner?: boolean;
  /**
   * How many parameters come before the first argument of a call: the receiver, where it is one of them; -1 where the
   * first argument is the receiver and no parameter; undefined where that cannot be known.
   */
  receiverArguments?(ev: Evaluation, file: number, site: number, callee: number): number | undefined;
  /** What the name of a call alone may mean, in a language that is read at definition depth. `row` is the site's. */
  called?(ev: Evaluation, file: number, row: number): Candidate | undefined;
  /** The class that the name of a base alone may mean, in such a language. */
  base?(ev: Evaluation, file: number, name: string): Candidate | undefined;
  /** True for names so common that one definition says nothing about an unknown receiver. */
  isCommonName?(ev: Evaluation, name: string): boolean;
}
