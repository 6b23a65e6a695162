import { OP, TERM } from '../index/facts.ts';
import { argumentsOf, callResult, functionResult, parameterType, signatureOf } from './calls.ts';
import type { Evaluation, FoundMember } from './evaluation.ts';
import { asInstanceOf, basesOf, members, memberValue, selfType, symbolValue } from './members.ts';
import type { Program } from './program.ts';
import { replace, substitute } from './substitute.ts';
import { expectedType, typeOfTerm } from './type-terms.ts';
import { Types, type FunctionType, type InstanceType, type SignatureType, type Type } from './types.ts';
import { valueOfTerm } from './value-terms.ts';

const NOTHING = { nothing: true } as const;
const IN_PROGRESS = { inProgress: true } as const;
type Memo = (Type | typeof NOTHING | typeof IN_PROGRESS | undefined)[];
/** Deeper, nothing is known: a chain of so many calls is generated code. */
const MOST_DEPTH = 900;

/** What was found while a cycle was open: good until the question that opened it is answered. */
interface Provisional {
  type: Type | undefined;
  lowest: number;
}

/**
 * Values and types of terms, on demand and remembered. A term that depends on itself is evaluated without that
 * dependency; what was found on the way is forgotten when the outermost question is answered, so that answers do
 * not depend on the order of questions.
 */
export class Evaluator implements Evaluation {
  readonly program: Program;
  readonly types = new Types();
  readonly #values: Memo[] = [];
  readonly #typeTerms: Memo[] = [];
  readonly #provisional = new Map<number, Provisional>();
  readonly #depths = new Map<number, number>();
  readonly #bases = new Map<number, readonly InstanceType[]>();
  readonly #builtIns = new Map<string, Type | undefined>();
  /** What is passed for a parameter, by file and variable: filled in when calls are known. */
  readonly #flows = new Map<number, readonly { file: number; term: number }[]>();
  #depth = 0;
  #lowest = Infinity;

  constructor(program: Program) {
    this.program = program;
  }

  value(file: number, term: number): Type | undefined {
    return this.#memoised(this.#values, 0, file, term, valueOfTerm);
  }

  type(file: number, term: number): Type | undefined {
    return this.#memoised(this.#typeTerms, 1, file, term, typeOfTerm);
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
    if (this.program.kind(type.symbol) !== 'TypeAlias') return this.types.instance(type.symbol, type.args);
    return this.#aliased(type.symbol, type.args);
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
    return selfType(this, symbol);
  }

  basesOf(symbol: number): readonly InstanceType[] {
    let bases = this.#bases.get(symbol);
    if (!bases) {
      // A class that inherits from itself finds no bases the second time.
      this.#bases.set(symbol, []);
      bases = basesOf(this, symbol);
      this.#bases.set(symbol, bases);
    }
    return bases;
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
    return this.program.rules(file).elementOf?.(this, type);
  }

  awaited(type: Type | undefined, file: number): Type | undefined {
    if (!type) return undefined;
    if (type.t === 'union') return this.types.union(type.items.map((item) => this.awaited(item, file)));
    const rules = this.program.rules(file);
    return rules.awaited ? rules.awaited(this, type) : type;
  }

  builtIn(file: number, name: string, args: readonly (Type | undefined)[] = []): Type | undefined {
    const key = `${this.program.facts[file]!.language}#${name}`;
    let found = this.#builtIns.get(key);
    if (!found && !this.#builtIns.has(key)) {
      const module = this.builtInModule(file);
      const [symbol] = (module < 0 ? undefined : this.program.children(module).get(name)) ?? [];
      found = symbol === undefined ? undefined : this.types.class(symbol);
      this.#builtIns.set(key, found);
    }
    return found?.t === 'class' ? this.types.instance(found.symbol, args) : undefined;
  }

  /** The module symbol of the built-in declarations of a file's language; -1 for none. */
  builtInModule(file: number): number {
    const name = this.program.rules(file).builtIns?.file;
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
    return this.program.rules(file).moduleMember(this, this.program.moduleOf(file), name);
  }

  /** What calls pass for a parameter or store in it. */
  flowsInto(file: number, variable: number): readonly { file: number; term: number }[] {
    return this.#flows.get(keyOf(file, variable, 0)) ?? [];
  }

  /** Says what calls pass for parameters; what rested on knowing nothing of them is forgotten. */
  setFlows(flows: ReadonlyMap<number, readonly { file: number; term: number }[]>): void {
    for (const [key, terms] of flows) this.#flows.set(key, terms);
    this.#values.length = 0;
  }

  flowKey(file: number, variable: number): number {
    return keyOf(file, variable, 0);
  }

  #memoised(
    memos: Memo[],
    kind: number,
    file: number,
    term: number,
    evaluate: (ev: Evaluator, file: number, term: number) => Type | undefined,
  ): Type | undefined {
    if (term < 0) return undefined;
    const memo = (memos[file] ??= new Array<undefined>(this.program.facts[file]!.terms.length / TERM.width) as Memo);
    const known = memo[term];
    if (known !== undefined) {
      if (known === IN_PROGRESS) {
        this.#lowest = Math.min(this.#lowest, this.#depths.get(keyOf(file, term, kind))!);
        return undefined;
      }
      return known === NOTHING ? undefined : (known as Type);
    }
    const key = keyOf(file, term, kind);
    const provisional = this.#provisional.get(key);
    if (provisional) {
      this.#lowest = Math.min(this.#lowest, provisional.lowest);
      return provisional.type;
    }
    if (this.#depth >= MOST_DEPTH) return undefined;
    const depth = this.#depth++;
    const outerLowest = this.#lowest;
    this.#lowest = Infinity;
    memo[term] = IN_PROGRESS;
    this.#depths.set(key, depth);
    const type = evaluate(this, file, term);
    this.#depths.delete(key);
    this.#depth = depth;
    if (this.#lowest >= depth) {
      memo[term] = type ?? NOTHING;
      this.#lowest = outerLowest;
    } else {
      memo[term] = undefined;
      this.#provisional.set(key, { type, lowest: this.#lowest });
      this.#lowest = Math.min(outerLowest, this.#lowest);
    }
    if (depth === 0) this.#provisional.clear();
    return type;
  }
}

function keyOf(file: number, term: number, kind: number): number {
  return (file * 0x800000 + term) * 2 + kind;
}

/** Whether a term says what is expected rather than what a type is. */
export const isPlaceOfExpectation = (op: number): boolean =>
  op === OP.argumentOf || op === OP.propertyOf || op === OP.returnOf || op === OP.element;
