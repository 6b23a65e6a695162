import { symbolCount } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';
import type { Program } from '../program.ts';

/** Interfaces are satisfied by whatever has their methods: types and interfaces meet by the names of methods. */
export class GoInterfaces {
  readonly #program: Program;
  /** Methods that interfaces declare, by name. */
  readonly #declared = new Map<string, number[]>();
  /** The type of each method that stands outside its type. */
  readonly #owners = new Map<number, number>();
  readonly #satisfied = new Map<number, Map<number, boolean>>();

  constructor(program: Program) {
    this.#program = program;
    for (let file = 0; file < program.workspaceFiles; file++) {
      const facts = program.facts[file]!;
      if (facts.language !== 'go') continue;
      for (let s = 1, count = symbolCount(facts); s < count; s++) {
        const symbol = program.symbol(file, s);
        if (program.kind(symbol) === 'Interface')
          for (const [name, methods] of program.children(symbol)) {
            const list = this.#declared.get(name);
            if (list) list.push(...methods);
            else this.#declared.set(name, [...methods]);
          }
        else
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

  #satisfies(ev: Evaluation, type: number, wanted: number): boolean {
    let known = this.#satisfied.get(type);
    if (!known) this.#satisfied.set(type, (known = new Map<number, boolean>()));
    let found = known.get(wanted);
    if (found === undefined) {
      const self = ev.types.instance(type);
      const asked = [wanted, ...(ev.ancestorsOf(wanted) ?? []).map((base) => base.symbol)];
      found = asked.every((i) =>
        [...this.#program.children(i).keys()].every((name) => ev.members(self, name).length > 0),
      );
      known.set(wanted, found);
    }
    return found;
  }
}
