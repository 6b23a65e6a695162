import type { Program } from '../program.ts';
import { mix, textHash } from './hash.ts';
import { nodeOf, TraceLog } from './trace-log.ts';

/** What a look-up asks for. Part of every key. */
const ASKED = {
  ...{ member: 1, members: 2, heritage: 3, exported: 4, exports: 5, value: 6, type: 7, typeName: 8 },
  ...{ packageName: 9, methodName: 10, subclasses: 11, flow: 12, contents: 13, resolution: 14 },
  ...{ definedName: 15 },
} as const;

export type ResolutionKind = 'ecmascript' | 'python' | 'python-within' | 'path';

/** A module's name that was looked for from a file, and the path that it leads to. */
export interface Resolution {
  kind: ResolutionKind;
  from: string;
  name: string;
  found: string | undefined;
}

const RECENT = 1 << 15;

/**
 * Which look-ups each file's answers rest on, those that found nothing too. A look-up is a number: a hash of what is
 * asked of which symbol or file, by names and never by numbers, so that it means the same after an edit. Two look-ups of
 * one number make a file be linked again without need; they never keep it from being.
 */
export class Reads {
  /** What each node of the files that are traced rests on. */
  readonly trace = new TraceLog();
  /** The sum of all answers since it was set to 0. */
  answer = 0;
  /** The file whose terms are evaluated or linked now; -1 for none. */
  #reader = -1;
  /** Readers and captures around, and how many there are. */
  readonly #readers: number[] = [];
  readonly #captures: (number[] | undefined)[] = [];
  #depth = 0;
  #isAtNode = false;
  /** Every module's name that was looked for, by key. */
  readonly resolutions = new Map<number, Resolution>();
  readonly #program: Program;
  /** By file: keys, some of them more than once. */
  readonly #keys: (number[] | undefined)[] = [];
  #captured: number[] | undefined;
  /** Reads seen lately, so that most repetitions are not written down. */
  readonly #recentKey = new Int32Array(RECENT);
  readonly #recentReader = new Int32Array(RECENT).fill(-1);

  /** By the program's number of the language: whether it is traced which nodes of a file rest on a look-up. */
  readonly #isTraced: readonly boolean[];

  constructor(program: Program, isTraced: readonly boolean[]) {
    this.#program = program;
    this.#isTraced = isTraced;
  }

  /** What is read from now on is read for a node of a file, or for none of it; -1 for no file. */
  at(file: number, kind = 0, at = -1): void {
    if (this.#isAtNode) this.trace.end();
    this.#isAtNode = at >= 0;
    if (this.#isAtNode) this.trace.begin(this.isTraced(file) ? file : -1, nodeOf(kind, at));
    this.#reader = file;
  }

  /** What the node that is read for answers, as a number: the sum of all that it is told. */
  answered(answer: number): void {
    this.answer = (this.answer + answer) | 0;
    this.trace.answer(answer);
  }

  /** Whether each node of a file is traced. */
  isTraced(file: number): boolean {
    return this.#isTraced[this.#program.languageOf(file)]! && !this.#program.isBuiltInFile(file);
  }

  member(symbol: number, name: string): void {
    const file = this.#program.fileOf(symbol);
    if (this.#isOwn(file)) return;
    this.#note(mix(this.#symbolKey(ASKED.member, symbol), textHash(name)), file);
  }

  members(symbol: number): void {
    const file = this.#program.fileOf(symbol);
    if (!this.#isOwn(file)) this.#note(this.#symbolKey(ASKED.members, symbol), file);
  }

  heritage(symbol: number): void {
    const file = this.#program.fileOf(symbol);
    if (!this.#isOwn(file)) this.#note(this.#symbolKey(ASKED.heritage, symbol), file);
  }

  subclasses(symbol: number): void {
    this.#note(this.#symbolKey(ASKED.subclasses, symbol), -1);
  }

  exported(file: number, name: string): void {
    if (!this.#isOwn(file)) this.#note(exportedKey(this.#program.identity(file).path, name), file);
  }

  exports(file: number): void {
    if (!this.#isOwn(file)) this.#note(exportsKey(this.#program.identity(file).path), file);
  }

  /** True where the read crosses files, so that what was found is to be remembered. `kind` is 0 for values, 1 for types. */
  term(kind: number, file: number, term: number): boolean {
    if (this.#isOwn(file)) return false;
    const identity = this.#program.identity(file);
    this.#note(termKey(kind, identity.path, identity.nameOf(term)), file);
    return true;
  }

  typeName(packageName: string, name: string): void {
    this.#note(typeNameKey(packageName, name), -1);
  }

  packageName(name: string): void {
    this.#note(packageNameKey(name), -1);
  }

  methodName(name: string): void {
    this.#note(methodNameKey(name), -1);
  }

  /** All definitions of a name, in the languages that look names up so. */
  definedName(name: string): void {
    this.#note(definedNameKey(name), -1);
  }

  /** What calls pass for a parameter. */
  flow(file: number, variable: number): void {
    this.#note(flowKey(this.#program.identity(file).variable(variable)), -1);
  }

  /** Where a name of a module leads from a file. Gives the key that each use is to be noted by. */
  resolution(kind: ResolutionKind, from: string, name: string, found: string | undefined): number {
    const key = mix(mix(mix(ASKED.resolution, textHash(kind)), textHash(from)), textHash(name));
    this.resolutions.set(key, { kind, from, name, found });
    return key;
  }

  resolved(key: number): void {
    this.#note(key, -1);
  }

  /** Anything of a file. */
  contents(file: number): void {
    if (!this.#isOwn(file)) this.#note(contentsKey(this.#program.identity(file).path), file);
  }

  /** What is read from now on is read for a term of a file, and for no capture around. `kind` is 0 for values. */
  begin(kind: number, file: number, term: number): void {
    this.#readers[this.#depth] = this.#reader;
    this.#captures[this.#depth++] = this.#captured;
    this.#reader = file;
    this.#captured = undefined;
    this.trace.begin(this.isTraced(file) ? file : -1, nodeOf(kind, term));
  }

  /** Ends what was begun last. */
  end(): void {
    this.trace.end();
    this.#reader = this.#readers[--this.#depth]!;
    this.#captured = this.#captures[this.#depth];
  }

  /** Computes what others will be given from a cache, and says what it rests on. */
  capture<T>(compute: () => T): { value: T; keys: readonly number[] } {
    const outer = this.#captured;
    const own: number[] = [];
    this.#captured = own;
    const value = compute();
    this.#captured = outer;
    const keys = own.length > 1 ? [...new Set(own)] : own;
    if (outer) for (const key of keys) outer.push(key);
    return { value, keys };
  }

  /** What a cache gives rests on this. */
  replay(keys: readonly number[]): void {
    for (const key of keys) this.#note(key, -1);
  }

  /** The look-ups of a file, sorted, each once. */
  of(file: number): Int32Array {
    const keys = Int32Array.from(this.#keys[file] ?? []).sort();
    let count = 0;
    for (let i = 0; i < keys.length; i++) if (i === 0 || keys[i] !== keys[i - 1]) keys[count++] = keys[i]!;
    return keys.slice(0, count);
  }

  /** The files that something was read for. */
  files(): number[] {
    return [...this.#keys.keys()].filter((file) => this.#keys[file] !== undefined);
  }

  #isOwn(file: number): boolean {
    return this.#captured === undefined && (file === this.#reader || this.#program.isBuiltInFile(file));
  }

  #symbolKey(asked: number, symbol: number): number {
    const program = this.#program;
    return mix(asked, program.identity(program.fileOf(symbol)).symbols[program.localOf(symbol)]!);
  }

  #note(key: number, file: number): void {
    if (this.#program.isBuiltInFile(file)) return;
    this.#captured?.push(key);
    const reader = this.#reader;
    if (reader < 0 || reader === file || this.#program.isBuiltInFile(reader)) return;
    this.trace.key(key);
    const slot = (key ^ Math.imul(reader, 0x9e3779b1)) & (RECENT - 1);
    if (this.#recentKey[slot] === key && this.#recentReader[slot] === reader) return;
    this.#recentKey[slot] = key;
    this.#recentReader[slot] = reader;
    (this.#keys[reader] ??= []).push(key);
  }
}

export const exportedKey = (path: number, name: string): number =>
  mix(mix(ASKED.exported, path), textHash(name));
export const flowKey = (variable: number): number => mix(ASKED.flow, variable);
export const contentsKey = (path: number): number => mix(ASKED.contents, path);
export const exportsKey = (path: number): number => mix(ASKED.exports, path);
export const memberKey = (symbol: number, name: string): number =>
  mix(mix(ASKED.member, symbol), textHash(name));
export const membersKey = (symbol: number): number => mix(ASKED.members, symbol);
export const heritageKey = (symbol: number): number => mix(ASKED.heritage, symbol);
export const subclassesKey = (symbol: number): number => mix(ASKED.subclasses, symbol);
export const methodNameKey = (name: string): number => mix(ASKED.methodName, textHash(name));
export const definedNameKey = (name: string): number => mix(ASKED.definedName, textHash(name));
export const typeNameKey = (packageName: string, name: string): number =>
  mix(mix(ASKED.typeName, textHash(packageName)), textHash(name));
export const packageNameKey = (name: string): number => mix(ASKED.packageName, textHash(name));

/** The look-up of a term by its name. `kind` is 0 for values, 1 for types. */
export const termKey = (kind: number, path: number, name: number): number =>
  mix(mix(kind === 0 ? ASKED.value : ASKED.type, path), name);
