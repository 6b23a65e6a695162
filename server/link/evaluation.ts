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
  /** The value of a term; undefined where nothing is known. */
  value(file: number, term: number): Type | undefined;
  /** The type that a term names, as an instance. */
  type(file: number, term: number): Type | undefined;
  /** What the surroundings expect: a type term, or a place in a call. */
  expected(file: number, term: number): Type | undefined;
  /** A symbol, mentioned as a value. */
  symbolValue(symbol: number, owner?: Type, receiver?: Type): Type | undefined;
  /** What a class value makes; what any other value is of. */
  instanceOf(type: Type | undefined): Type | undefined;
  /** A class, interface or enum seen from inside: its parameters stand for themselves. */
  selfType(symbol: number): InstanceType;
  basesOf(symbol: number): readonly InstanceType[];
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
  parameterType(callee: Type | undefined, index: number, file: number, call: number, context?: number): Type | undefined;
  elementOf(type: Type | undefined, file: number): Type | undefined;
  awaited(type: Type | undefined, file: number): Type | undefined;
  /** An instance of a built-in class of the file's language. */
  builtIn(file: number, name: string, args?: readonly (Type | undefined)[]): Type | undefined;
  substitute(type: Type | undefined, owner: Type | undefined, receiver: Type | undefined): Type | undefined;
  replace(type: Type | undefined, of: (parameter: number, index: number) => Type | undefined, self?: Type): Type | undefined;
  /** An instance seen as one of its bases. */
  asInstanceOf(type: InstanceType, symbol: number): InstanceType | undefined;
  exported(file: number, name: string): Type | undefined;
  functionResult(symbol: number): Type | undefined;
}
