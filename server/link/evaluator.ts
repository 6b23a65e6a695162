import { OP, TERM } from '../index/facts.ts';
import { nodeOf } from './live/trace-log.ts';
import { argumentsOf } from './arguments.ts';
import { callResult, meantBy, parameterType } from './calls.ts';
import { functionResult, signatureOf } from './results.ts';
import { Remembered } from './remembered.ts';
import type { Evaluation, FoundMember, LanguageRules } from './evaluation.ts';
import { asInstanceOf, basesOf, members, memberValue, selfType, symbolValue } from './members.ts';
import type { Program } from './program.ts';
import { replace, substitute } from './substitute.ts';
import { expectedType, typeOfTerm } from './type-terms.ts';
import { Types, type FunctionType, type InstanceType, type SignatureType, type Type } from './types.ts';
import { valueOfTerm } from './value-terms.ts';

const NO_BASES: readonly InstanceType[] = [];
const NOTHING = { nothing: true } as const;
const OPEN = { open: true } as const;
type Memo = (Type | typeof NOTHING | typeof OPEN | undefined)[];
/** Deeper, nothing is known: a chain of so many calls is generated code. */
const MOST_DEPTH = 900;
/** A parameter that so many calls fill says nothing about any of them. */
export const MOST_FLOWS = 40;
const MOST_FLOW_TYPES = 8;
const MOST_TERMS = 0x800000;
/** Of memos: values, types, and which overload a call means. */
const KINDS = 3;

/** A cycle that is not settled after so many rounds grows for ever; what was found is kept. */
const MOST_PASSES = 5;

/** A term that is being evaluated, or that rests on one that is. */
interface Open {
  readonly key: number;
  readonly memo: Memo;
  readonly isProvisional: Uint8Array;
  readonly term: number;
  /** What was found in this pass, or in the one before while it runs. */
  type: Type | undefined;
  depth: number;
  /** The lowest depth of what it rests on. */
  lowest: number;
  isRunning: boolean;
  /** True where `type` is of this pass. */
  isValid: boolean;
  /** True where something has read `type` while it was running. */
  isRead: boolean;
  /** True where that has become another. */
  isChanged: boolean;
  restsOnFlows: boolean;
}

function newOpen(key: number, memo: Memo, isProvisional: Uint8Array, term: number, depth: number): Open {
  return {
    key,
    memo,
    isProvisional,
    term,
    type: undefined,
    depth,
    lowest: 0,
    isRunning: true,
    isValid: false,
    isRead: false,
    isChanged: false,
    restsOnFlows: false,
  };
}

/** What calls pass for parameters, where that is known beforehand. */
export interface KnownFlows {
  /** Evaluates what does not rest on it. */
  readonly without: Evaluator;
  passed(file: number, variable: number): readonly { file: number; term: number }[];
  type(file: number, variable: number): Type | undefined;
  /** By a name of the parameter. */
  typeOf(parameter: number): Type | undefined;
}

/**
 * Values and types of terms, on demand and remembered. Terms that depend on themselves have their least fixed point, so
 * that answers do not depend on the order of questions.
 */
export class Evaluator implements Evaluation {
  readonly program: Program;
  readonly types: Types;
  readonly #values: Memo[] = [];
  readonly #typeTerms: Memo[] = [];
  readonly #meant: Memo[] = [];
  /** By kind of memo and file: 1 for terms that rest on what calls pass. */
  readonly #provisional: readonly Uint8Array[][] = Array.from({ length: KINDS }, () => []);
  /** Set when an answer rests on what calls are known to pass by now. */
  restsOnFlows = false;
  readonly #open = new Map<number, Open>();
  /** What rests on something lower that is still running, in the order of completion. */
  readonly #cycle: Open[] = [];
  readonly #bases = new Remembered<number, readonly InstanceType[]>();
  readonly #selfTypes = new Map<number, InstanceType>();
  readonly #ancestors = new Remembered<number, readonly InstanceType[]>();
  /** By kind of memo and file: 1 for terms that other files have read. */
  readonly #exposed: [(Uint8Array | undefined)[], (Uint8Array | undefined)[]];
  readonly #builtIns = new Map<string, Type | undefined>();
  readonly #flowTypes = new Map<number, Type | undefined>();
  /** What is passed for a parameter, by file and variable: filled in when calls are known. */
  readonly #flows = new Map<number, readonly { file: number; term: number }[]>();
  #depth = 0;
  #lowest = Infinity;

  /** By the program's number of the language. */
  readonly #rules: readonly LanguageRules[];
  readonly #allRules: ReadonlySet<LanguageRules>;
  /** What is passed is known from here, and what does not rest on that is evaluated by another. */
  readonly #known: KnownFlows | undefined;

  constructor(program: Program, rulesOf: (language: string) => LanguageRules, known?: KnownFlows) {
    this.program = program;
    this.#known = known;
    this.types = known ? known.without.types : new Types((symbol) => program.rank(symbol));
    this.#exposed = known ? known.without.#exposed : [[], []];
    this.#rules = known ? known.without.#rules : program.languages.map(rulesOf);
    this.#allRules = known ? known.without.#allRules : new Set(this.#rules);
  }

  rules(file: number): LanguageRules {
    return this.#rules[this.program.languageOf(file)]!;
  }

  allRules(): ReadonlySet<LanguageRules> {
    return this.#allRules;
  }

  value(file: number, term: number): Type | undefined {
    return this.#memoised(this.#values, 0, file, term, valueOfTerm);
  }

  type(file: number, term: number): Type | undefined {
    return this.#memoised(this.#typeTerms, 1, file, term, typeOfTerm);
  }

  meant(file: number, call: number): Type | undefined {
    return this.#memoised(this.#meant, 2, file, call, meantBy);
  }

  expected(file: number, term: number): Type | undefined {
    return expectedType(this, file, term);
  }

  symbolValue(symbol: number, owner?: Type, receiver?: Type): Type | undefined {
    return symbolValue(this, symbol, owner, receiver);
  }

  instanceOf(type: Type | undefined): Type | undefined {
    if (!type) return undefined;
    if (type.t === 'union') return this.types.union(type.items.map((item) => this.instanceOf(item)));
    if (type.t === 'parameter' || type.t === 'signature' || type.t === 'self') return type;
    if (type.t !== 'class') return undefined;
    if (this.program.kind(type.symbol) !== 'TypeAlias')
      return this.reduced(this.types.instance(type.symbol, type.args));
    return this.#aliased(type.symbol, type.args);
  }

  reduced(type: InstanceType): Type {
    if (type.args.length === 0 || !this.program.isBuiltIn(type.symbol)) return type;
    return this.rules(this.program.fileOf(type.symbol)).reduced?.(this, type) ?? type;
  }

  #aliased(symbol: number, args: readonly (Type | undefined)[]): Type | undefined {
    const file = this.program.fileOf(symbol);
    const written = this.program.column(symbol, 12);
    const target = this.type(file, written);
    return this.replace(target, (owner, index) =>
      owner === symbol ? args[index] : this.types.parameter(owner, index),
    );
  }

  selfType(symbol: number): InstanceType {
    let type = this.#selfTypes.get(symbol);
    if (!type) this.#selfTypes.set(symbol, (type = selfType(this, symbol)));
    return type;
  }

  basesOf(symbol: number): readonly InstanceType[] {
    // A class that inherits from itself finds no bases the second time.
    return this.#bases.get(this.program.reads, symbol, NO_BASES, () => basesOf(this, symbol));
  }

  ancestorsOf(symbol: number): readonly InstanceType[] | undefined {
    const rules = this.rules(this.program.fileOf(symbol));
    if (!rules.ancestorsOf) return undefined;
    // A class that inherits from itself finds no ancestors the second time.
    return this.#ancestors.get(this.program.reads, symbol, NO_BASES, () => rules.ancestorsOf!(this, symbol));
  }

  members(type: Type | undefined, name: string): readonly FoundMember[] {
    return members(this, type, name);
  }

  memberValue(type: Type | undefined, name: string): Type | undefined {
    return memberValue(this, type, name);
  }

  callResult(
    callee: Type | undefined,
    file: number,
    term: number,
    explicit?: readonly (Type | undefined)[],
    context = -1,
  ): Type | undefined {
    return callResult(this, callee, file, term, explicit, context);
  }

  functionResult(symbol: number): Type | undefined {
    return functionResult(this, symbol);
  }

  argumentsOf(file: number, term: number): Int32Array {
    return argumentsOf(this, file, term);
  }

  signatureOf(type: Type | undefined): SignatureType | FunctionType | undefined {
    return signatureOf(this, type);
  }

  parameterType(
    callee: Type | undefined,
    index: number,
    file: number,
    call: number,
    context = -1,
  ): Type | undefined {
    return parameterType(this, callee, index, file, call, context);
  }

  elementOf(type: Type | undefined, file: number): Type | undefined {
    if (!type) return undefined;
    if (type.t === 'union') return this.types.union(type.items.map((item) => this.elementOf(item, file)));
    if (type.t === 'tuple') return this.types.union(type.items);
    return this.rules(file).elementOf?.(this, type);
  }

  awaited(type: Type | undefined, file: number): Type | undefined {
    if (!type) return undefined;
    if (type.t === 'union') return this.types.union(type.items.map((item) => this.awaited(item, file)));
    const rules = this.rules(file);
    return rules.awaited ? rules.awaited(this, type) : type;
  }

  builtIn(file: number, name: string, args: readonly (Type | undefined)[] = []): Type | undefined {
    const key = `${this.program.facts[file]!.language}#${name}`;
    let found = this.#builtIns.get(key);
    if (!found && !this.#builtIns.has(key)) {
      const module = this.builtInModule(file);
      const [symbol] = (module < 0 ? undefined : this.program.child(module, name)) ?? [];
      found = symbol === undefined ? undefined : this.types.class(symbol);
      this.#builtIns.set(key, found);
    }
    return found?.t === 'class' ? this.types.instance(found.symbol, args) : undefined;
  }

  /** The module symbol of the built-in declarations of a file's language; -1 for none. */
  builtInModule(file: number): number {
    const name = this.rules(file).builtIns?.file;
    const index = name === undefined ? undefined : this.program.fileIndex(name);
    return index === undefined ? -1 : this.program.moduleOf(index);
  }

  substitute(type: Type | undefined, owner: Type | undefined, receiver: Type | undefined): Type | undefined {
    return substitute(this, type, owner, receiver);
  }

  replace(
    type: Type | undefined,
    of: (parameter: number, index: number) => Type | undefined,
    self?: Type,
  ): Type | undefined {
    return replace(this, type, of, self);
  }

  asInstanceOf(type: InstanceType, symbol: number): InstanceType | undefined {
    return asInstanceOf(this, type, symbol);
  }

  exported(file: number, name: string): Type | undefined {
    return this.rules(file).moduleMember(this, this.program.moduleOf(file), name);
  }

  /** What calls pass for a parameter, as written. */
  flowsInto(file: number, variable: number): readonly { file: number; term: number }[] {
    this.restsOnFlows = true;
    this.program.reads?.flow(file, variable);
    if (this.#known) return this.#known.passed(file, variable);
    return this.#flows.get(keyOf(file, variable, 0)) ?? [];
  }

  /** What calls are known to pass for a parameter. */
  flowType(file: number, variable: number): Type | undefined {
    this.restsOnFlows = true;
    this.program.reads?.flow(file, variable);
    if (this.#known) return this.#known.type(file, variable);
    return this.#flowTypes.get(keyOf(file, variable, 0));
  }

  /**
   * Says what calls pass for parameters. Their types are taken from what was known so far, so that a parameter is never
   * evaluated through its callers; what rested on knowing less is forgotten. False where nothing new is known.
   */
  setFlows(flows: ReadonlyMap<number, ReadonlyMap<number, { file: number; term: number }>>): boolean {
    const types = new Map<number, Type | undefined>();
    let isChanged = false;
    for (const [key, passed] of flows) {
      this.program.reads?.at(Math.floor(key / (KINDS * MOST_TERMS)));
      types.set(key, passed.size > MOST_FLOWS ? undefined : this.typeOfPassed([...passed.values()]));
    }
    for (const [key, type] of types) {
      if (this.#flowTypes.get(key) !== type) isChanged = true;
      this.#flowTypes.set(key, type);
      const passed = flows.get(key)!;
      const known = passed.size > MOST_FLOWS ? [] : [...passed.values()];
      if (this.#flows.get(key)?.length !== known.length) isChanged = true;
      this.#flows.set(key, known);
    }
    if (isChanged) this.#forgetProvisional();
    return isChanged;
  }

  /** What a parameter is for which all of this is passed. */
  typeOfPassed(terms: readonly { file: number; term: number }[]): Type | undefined {
    if (terms.length > MOST_FLOWS) return undefined;
    const type = this.types.union(terms.map((t) => this.value(t.file, t.term)));
    // So many types say nothing about any of them.
    return type?.t === 'union' && type.items.length > MOST_FLOW_TYPES ? undefined : type;
  }

  /** What is passed for a parameter, by its name, where that is known beforehand. */
  passedType(parameter: number): Type | undefined {
    return this.#known?.typeOf(parameter);
  }

  flowKey(file: number, variable: number): number {
    return keyOf(file, variable, 0);
  }

  /**
   * The least fixed point of terms that depend on each other: the one of a cycle that was asked for first is evaluated
   * again with what was found for the others, until nothing new is found; then the whole cycle is known.
   */
  #memoised(
    memos: Memo[],
    kind: number,
    file: number,
    term: number,
    evaluate: (ev: Evaluator, file: number, term: number) => Type | undefined,
  ): Type | undefined {
    if (term < 0) return undefined;
    const { reads } = this.program;
    // Which overload a call means is asked in its file alone.
    if (kind < 2 && reads?.term(kind, file, term)) this.#expose(kind, file, term);
    if (this.#known) {
      const { without } = this.#known;
      const before = without.restsOnFlows;
      without.restsOnFlows = false;
      const type =
        kind === 0
          ? without.value(file, term)
          : kind === 1
            ? without.type(file, term)
            : without.meant(file, term);
      const rests = without.restsOnFlows;
      without.restsOnFlows = before;
      if (!rests) return type;
      this.restsOnFlows = true;
    }
    const memo = memos[file] ?? this.#memoOf(memos, kind, file);
    const known = memo[term];
    if (known !== undefined && known !== OPEN) {
      if (this.#provisional[kind]![file]![term] !== 0) this.restsOnFlows = true;
      reads?.trace.known(file, nodeOf(kind, term));
      return known === NOTHING ? undefined : (known as Type);
    }
    const key = keyOf(file, term, kind);
    let own = known === OPEN ? this.#open.get(key)! : undefined;
    if (own?.restsOnFlows) this.restsOnFlows = true;
    if (own) reads?.trace.node(file, nodeOf(kind, term));
    if (own?.isRunning) {
      own.isRead = true;
      this.#lowest = Math.min(this.#lowest, own.depth);
      return own.type;
    }
    if (own?.isValid) {
      this.#lowest = Math.min(this.#lowest, own.lowest);
      return own.type;
    }
    if (this.#depth >= MOST_DEPTH) {
      // What rests on this is not remembered: asked for in another way, it may be found.
      reads?.trace.node(file, nodeOf(kind, term));
      this.#lowest = -1;
      return undefined;
    }
    const depth = this.#depth++;
    reads?.begin(kind, file, term);
    if (!own) {
      own = newOpen(key, memo, this.#provisional[kind]![file]!, term, depth);
      this.#open.set(key, own);
      memo[term] = OPEN;
    }
    own.isRunning = true;
    own.depth = depth;
    const outerLowest = this.#lowest;
    const outerFlows = this.restsOnFlows;
    this.restsOnFlows = false;
    const first = this.#cycle.length;
    for (let pass = 1; ; pass++) {
      this.#lowest = Infinity;
      own.isRead = false;
      const type = evaluate(this, file, term);
      own.isChanged = own.isRead && own.type !== type;
      own.type = type;
      if (this.#lowest !== depth || pass >= MOST_PASSES) break;
      let isSettled = !own.isChanged;
      for (let i = first; i < this.#cycle.length; i++) if (this.#cycle[i]!.isChanged) isSettled = false;
      if (isSettled) break;
      for (let i = first; i < this.#cycle.length; i++) this.#cycle[i]!.isValid = false;
      this.#cycle.length = first;
    }
    own.isRunning = false;
    reads?.end();
    own.restsOnFlows ||= this.restsOnFlows;
    this.#depth = depth;
    if (this.#lowest >= depth) {
      for (let i = first; i < this.#cycle.length; i++) own.restsOnFlows ||= this.#cycle[i]!.restsOnFlows;
      for (let i = first; i < this.#cycle.length; i++) this.#close(this.#cycle[i]!, own.restsOnFlows);
      this.#cycle.length = first;
      this.#close(own, own.restsOnFlows);
      this.#lowest = outerLowest;
    } else {
      own.lowest = this.#lowest;
      own.isValid = true;
      this.#cycle.push(own);
      this.#lowest = Math.min(outerLowest, this.#lowest);
      if (depth === 0) this.#forgetOpen();
    }
    this.restsOnFlows = outerFlows || own.restsOnFlows;
    return own.type;
  }

  #expose(kind: number, file: number, term: number): void {
    const exposed = (this.#exposed[kind]![file] ??= new Uint8Array(
      this.program.facts[file]!.terms.length / TERM.width,
    ));
    exposed[term] = 1;
  }

  /** The files that others have read terms of. */
  exposedFiles(): Set<number> {
    return new Set(this.#exposed.flatMap((files) => [...files.keys()].filter((file) => files[file])));
  }

  /** The terms of a file that other files have read; `kind` is 0 for values, 1 for types. */
  exposedTerms(kind: number, file: number): number[] {
    const terms: number[] = [];
    this.#exposed[kind]![file]?.forEach((isExposed, term) => isExposed !== 0 && terms.push(term));
    return terms;
  }

  #close({ key, memo, isProvisional, term, type }: Open, restsOnFlows: boolean): void {
    memo[term] = type ?? NOTHING;
    isProvisional[term] = restsOnFlows ? 1 : 0;
    this.#open.delete(key);
  }

  #memoOf(memos: Memo[], kind: number, file: number): Memo {
    const count = this.program.facts[file]!.terms.length / TERM.width;
    this.#provisional[kind]![file] = new Uint8Array(count);
    return (memos[file] = new Array<undefined>(count) as Memo);
  }

  /** Forgets what rested on knowing less of parameters. */
  #forgetProvisional(): void {
    for (const [kind, memos] of [this.#values, this.#typeTerms, this.#meant].entries())
      memos.forEach((memo, file) => {
        const isProvisional = this.#provisional[kind]![file]!;
        for (let term = 0; term < isProvisional.length; term++)
          if (isProvisional[term] !== 0) {
            memo[term] = undefined;
            isProvisional[term] = 0;
          }
      });
  }

  /** Too deep to be known: nothing of it is remembered. */
  #forgetOpen(): void {
    for (const open of this.#open.values()) open.memo[open.term] = undefined;
    this.#open.clear();
    this.#cycle.length = 0;
    this.#lowest = Infinity;
  }
}

function keyOf(file: number, term: number, kind: number): number {
  return (file * MOST_TERMS + term) * KINDS + kind;
}

/** The parameter that a key of `Evaluator.flowKey` means. */
export function parameterOf(key: number): { file: number; variable: number } {
  const file = Math.floor(key / (KINDS * MOST_TERMS));
  return { file, variable: key / KINDS - file * MOST_TERMS };
}

/** Whether a term says what is expected rather than what a type is. */
export const isPlaceOfExpectation = (op: number): boolean =>
  op === OP.argumentOf || op === OP.propertyOf || op === OP.returnOf || op === OP.element;
