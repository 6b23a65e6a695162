/**
 * The part of the standard library that code is typed through: collections, promises and the functions that take
 * callbacks. Read like any other source, so generics and callbacks follow the same rules as the workspace's own.
 */
export const ecmascriptBuiltIns = `
export interface Iterable<T> { }
export interface Iterator<T> extends Iterable<T> { next(): IteratorResult<T>; }
export interface IteratorResult<T> { value: T; done: boolean; }
export interface Generator<T> extends Iterable<T> { next(): IteratorResult<T>; }
export interface AsyncGenerator<T> extends Iterable<T> { }
export interface AsyncIterable<T> extends Iterable<T> { }
export interface AsyncIterableIterator<T> extends Iterable<T> { }
export interface IterableIterator<T> extends Iterable<T> { next(): IteratorResult<T>; }
export interface ArrayLike<T> extends Iterable<T> { }
export interface PromiseLike<T> extends Promise<T> { }
export class Promise<T> {
  then<A, B>(f: (value: T) => A, g?: (reason: any) => B): Promise<A>;
  catch<A>(f: (reason: any) => A): Promise<T>;
  finally(f: () => void): Promise<T>;
  static resolve<T>(value: T): Promise<T>;
  static all<T>(values: Iterable<Promise<T>>): Promise<T[]>;
  static allSettled<T>(values: Iterable<Promise<T>>): Promise<{ value: T }[]>;
  static race<T>(values: Iterable<Promise<T>>): Promise<T>;
  static any<T>(values: Iterable<Promise<T>>): Promise<T>;
}
export class Array<T> extends Iterable<T> {
  static from<T, U>(items: Iterable<T>, f?: (value: T, index: number) => U): T[];
  static of<T>(...items: T[]): T[];
  static isArray(x: any): boolean;
  concat(...items: T[][]): T[];
  copyWithin(): T[];
  entries(): Iterable<[number, T]>;
  every(f: (value: T, index: number, array: T[]) => unknown): boolean;
  fill(value: T): T[];
  filter(f: (value: T, index: number, array: T[]) => unknown): T[];
  find(f: (value: T, index: number, array: T[]) => unknown): T;
  findIndex(f: (value: T, index: number, array: T[]) => unknown): number;
  findLast(f: (value: T, index: number, array: T[]) => unknown): T;
  findLastIndex(f: (value: T, index: number, array: T[]) => unknown): number;
  flat(): T;
  flatMap<U>(f: (value: T, index: number, array: T[]) => U): U;
  forEach(f: (value: T, index: number, array: T[]) => void): void;
  includes(value: T): boolean;
  indexOf(value: T): number;
  join(separator?: string): string;
  keys(): Iterable<number>;
  lastIndexOf(value: T): number;
  length: number;
  map<U>(f: (value: T, index: number, array: T[]) => U): U[];
  pop(): T;
  push(...items: T[]): number;
  reduce<U>(f: (result: U, value: T, index: number, array: T[]) => U, start: U): U;
  reduceRight<U>(f: (result: U, value: T, index: number, array: T[]) => U, start: U): U;
  reverse(): T[];
  toReversed(): T[];
  shift(): T;
  slice(start?: number, end?: number): T[];
  some(f: (value: T, index: number, array: T[]) => unknown): boolean;
  sort(f?: (a: T, b: T) => number): T[];
  toSorted(f?: (a: T, b: T) => number): T[];
  splice(start: number, count?: number, ...items: T[]): T[];
  unshift(...items: T[]): number;
  values(): Iterable<T>;
  at(index: number): T;
}
export interface ReadonlyArray<T> extends Array<T> { }
export class Map<K, V> extends Iterable<[K, V]> {
  constructor(entries?: Iterable<[K, V]>);
  get(key: K): V;
  set(key: K, value: V): Map<K, V>;
  has(key: K): boolean;
  delete(key: K): boolean;
  clear(): void;
  forEach(f: (value: V, key: K, map: Map<K, V>) => void): void;
  keys(): Iterable<K>;
  values(): Iterable<V>;
  entries(): Iterable<[K, V]>;
  size: number;
}
export interface ReadonlyMap<K, V> extends Map<K, V> { }
export class WeakMap<K, V> { get(key: K): V; set(key: K, value: V): WeakMap<K, V>; has(key: K): boolean; delete(key: K): boolean; }
export class Set<T> extends Iterable<T> {
  constructor(items?: Iterable<T>);
  add(value: T): Set<T>;
  has(value: T): boolean;
  delete(value: T): boolean;
  clear(): void;
  forEach(f: (value: T, again: T, set: Set<T>) => void): void;
  keys(): Iterable<T>;
  values(): Iterable<T>;
  entries(): Iterable<[T, T]>;
  size: number;
}
export interface ReadonlySet<T> extends Set<T> { }
export class WeakSet<T> { add(value: T): WeakSet<T>; has(value: T): boolean; delete(value: T): boolean; }
export class WeakRef<T> { constructor(value: T); deref(): T; }
export class Object {
  static keys(o: any): string[];
  static values<T>(o: Iterable<T>): T[];
  static entries<T>(o: Iterable<T>): [string, T][];
  static assign<T, U>(target: T, ...sources: U[]): T;
  static freeze<T>(o: T): T;
  static create<T>(o: T): T;
  static fromEntries<T>(entries: Iterable<[string, T]>): Record<string, T>;
  toString(): string;
  hasOwnProperty(key: string): boolean;
}
export interface $Newable<T> { }
export interface InstanceType<C> { }
export interface ReturnType<F> { }
export interface Dictionary<K, V> extends Iterable<V> { }
export class Function { call(...args: any[]): any; apply(...args: any[]): any; bind(...args: any[]): any; }
export class RegExp { exec(text: string): string[]; test(text: string): boolean; source: string; }
export class Date { getTime(): number; toISOString(): string; }
export class Error { message: string; stack: string; name: string; constructor(message?: string); }
export class TypeError extends Error { }
export class RangeError extends Error { }
export class SyntaxError extends Error { }
export interface string extends Iterable<string> {
  charAt(i: number): string; concat(...s: string[]): string; indexOf(s: string): number; length: number;
  match(r: RegExp): string[]; matchAll(r: RegExp): Iterable<string[]>; padEnd(n: number): string; padStart(n: number): string;
  repeat(n: number): string; replace(a: RegExp, b: string): string; replaceAll(a: RegExp, b: string): string;
  slice(a: number): string; split(s: string): string[]; startsWith(s: string): boolean; endsWith(s: string): boolean;
  substring(a: number): string; substr(a: number): string; toLowerCase(): string; toUpperCase(): string; trim(): string;
  trimStart(): string; trimEnd(): string; includes(s: string): boolean; charCodeAt(i: number): number;
  codePointAt(i: number): number; localeCompare(s: string): number; normalize(): string; search(r: RegExp): number;
  at(i: number): string; toString(): string; valueOf(): string; lastIndexOf(s: string): number;
}
export interface number { toFixed(n: number): string; toString(): string; valueOf(): number; toPrecision(n: number): string; toLocaleString(): string; }
export interface boolean { toString(): string; valueOf(): boolean; }
export interface symbol { toString(): string; description: string; }
export interface bigint { toString(): string; }
export type Partial<T> = T;
export type Required<T> = T;
export type Readonly<T> = T;
export type NonNullable<T> = T;
export type Pick<T, K> = T;
export type Omit<T, K> = T;
export type Exclude<T, U> = T;
export type Extract<T, U> = T;
export type Awaited<T> = T;
export type NoInfer<T> = T;
export type ThisType<T> = T;
export type Record<K, V> = Dictionary<K, V>;
`;
