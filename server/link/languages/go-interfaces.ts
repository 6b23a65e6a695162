import { FUNCTION, SYMBOL, symbolCount, VARIABLE } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';
import type { Program } from '../program.ts';
import type { Type } from '../types.ts';

/** Interfaces are satisfied by whatever has their methods: types and interfaces meet by the names of methods. */
export class GoInterfaces {
  readonly #program: Program;
  /** Methods that interfaces declare, by name. */
  readonly #declared = new Map<string, number[]>();
  /** The type of each method that stands outside its type. */
  readonly #owners = new Map<number, number>();
  readonly #satisfied = new Map<number, Map<number, boolean>>();
  readonly #interfaces: number[] = [];
  /** Interfaces by those that they are put together from, however far. */
  #composed: Map<number, number[]> | undefined;

  constructor(program: Program) {
    this.#program = program;
    for (const file of program.workspaceFiles()) {
      const facts = program.facts[file]!;
      if (facts.language !== 'go') continue;
      for (let s = 1, count = symbolCount(facts); s < count; s++) {
        const symbol = program.symbol(file, s);
        if (program.kind(symbol) === 'Interface') {
          this.#interfaces.push(symbol);
          for (const [name, methods] of program.children(symbol)) {
            const list = this.#declared.get(name);
            if (list) list.push(...methods);
            else this.#declared.set(name, [...methods]);
          }
        } else
          for (const methods of program.extensions(symbol).values())
            for (const method of methods) this.#owners.set(method, symbol);
      }
    }
  }

  /** The methods of interfaces that a method is the implementation of. */
  declarationsOf(ev: Evaluation, method: number): readonly number[] {
    const owner = this.#owners.get(method) ?? this.#program.parent(method);
    if (owner < 0 || this.#program.kind(owner) !== 'Class') return [];
    const declared = this.#declared.get(this.#program.name(method)) ?? [];
    return declared.filter((d) => this.#satisfies(ev, owner, this.#program.parent(d)));
  }

  /** The interfaces whose methods a type has, of its own and by embedding. */
  implementedBy(ev: Evaluation, type: number): readonly number[] {
    if (this.#program.kind(type) !== 'Class') return [];
    const found = new Set<number>();
    for (const owner of [type, ...(ev.ancestorsOf(type) ?? []).map((base) => base.symbol)])
      for (const name of [...this.#program.children(owner).keys(), ...this.#program.extensions(owner).keys()])
        for (const method of this.#declared.get(name) ?? []) {
          const wanted = this.#program.parent(method);
          if (!found.has(wanted) && this.#satisfies(ev, type, wanted)) found.add(wanted);
        }
    for (const part of found)
      for (const whole of this.#composedOf(ev, part))
        if (!found.has(whole) && this.#satisfies(ev, type, whole)) found.add(whole);
    return [...found].sort((a, b) => a - b);
  }

  #composedOf(ev: Evaluation, part: number): readonly number[] {
    if (!this.#composed) {
      this.#composed = new Map();
      for (const whole of this.#interfaces)
        for (const { symbol } of ev.ancestorsOf(whole) ?? []) {
          const known = this.#composed.get(symbol);
          if (known) known.push(whole);
          else this.#composed.set(symbol, [whole]);
        }
    }
    return this.#composed.get(part) ?? [];
  }

  #satisfies(ev: Evaluation, type: number, wanted: number): boolean {
    let known = this.#satisfied.get(type);
    if (!known) this.#satisfied.set(type, (known = new Map<number, boolean>()));
    let found = known.get(wanted);
    if (found === undefined) {
      const self = ev.types.instance(type);
      // `type plain Config` has the fields of Config and none of its methods.
      const definedAs = ev.type(this.#program.fileOf(type), this.#program.column(type, SYMBOL.type));
      const inherits = definedAs?.t !== 'instance' || this.#program.kind(definedAs.symbol) !== 'Class';
      const asked = [wanted, ...(ev.ancestorsOf(wanted) ?? []).map((base) => base.symbol)];
      found = asked.every((i) =>
        [...this.#program.children(i)].every(([name, [declared]]) =>
          ev
            .members(self, name)
            .some(
              ({ symbol, owner }) =>
                (inherits || owner.symbol === type) && this.#isLike(ev, symbol, declared!),
            ),
        ),
      );
      known.set(wanted, found);
    }
    return found;
  }

  /** True where one method can be the other: the same types, and the same package if its name is a small one. */
  #isLike(ev: Evaluation, method: number, declared: number): boolean {
    const program = this.#program;
    if (program.kind(method) !== 'Method' || program.kind(declared) !== 'Method')
      return program.kind(method) === program.kind(declared);
    const own = this.#signature(ev, method);
    const wanted = this.#signature(ev, declared);
    if (own.length !== wanted.length || !own.every((type, i) => isAlike(ev, type, wanted[i]))) return false;
    const isExported = /^\p{Lu}/u.test(program.name(declared));
    return isExported || this.#folderOf(method) === this.#folderOf(declared);
  }

  /** What a method gives, and what it takes. */
  #signature(ev: Evaluation, method: number): (Type | undefined)[] {
    const program = this.#program;
    const fn = program.column(method, SYMBOL.function);
    const file = program.fileOf(method);
    if (fn < 0) return [];
    const parameters = program.list(file, program.functionColumn(file, fn, FUNCTION.parameters));
    return [
      ev.type(file, program.functionColumn(file, fn, FUNCTION.returnType)),
      ...Array.from(parameters, (v) => ev.type(file, program.variableColumn(file, v, VARIABLE.type))),
    ];
  }

  #folderOf(symbol: number): string {
    const file = this.#program.files[this.#program.fileOf(symbol)]!;
    return file.slice(0, file.lastIndexOf('/') + 1);
  }
}

/** True where two types are the same, or would be for some type arguments. */
function isAlike(ev: Evaluation, a: Type | undefined, b: Type | undefined): boolean {
  if (a === b || a?.t === 'parameter' || b?.t === 'parameter') return true;
  if (!ev.types.isOpen(a) && !ev.types.isOpen(b)) return false;
  if (a?.t === 'instance') return b?.t === 'instance' && a.symbol === b.symbol;
  return a?.t === b?.t;
}
