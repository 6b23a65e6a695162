import type { Evaluation } from '../evaluation.ts';
import { Remembered } from '../remembered.ts';
import type { InstanceType, Type } from '../types.ts';

/**
 * The ancestors of a class in C3 order (Barrett et al., "A Monotonic Superclass Linearization for Dylan", 1996), with
 * `object` last. Where the bases allow no such order, they are taken depth first.
 */
export function linearised(ev: Evaluation, symbol: number): readonly InstanceType[] {
  const bases = ev.basesOf(symbol).filter((b) => b.symbol !== symbol);
  const lists = bases.map((base) => [
    base,
    ...(ev.ancestorsOf(base.symbol) ?? []).flatMap((a) => {
      const seen = ev.substitute(a, base, base);
      return seen?.t === 'instance' && seen.symbol !== symbol ? [seen] : [];
    }),
  ]);
  lists.push([...bases]);
  const object = ev.builtIn(ev.program.fileOf(symbol), 'object');
  const merged = merge(lists.map((list) => list.filter((t) => t.symbol !== symbolOf(object))));
  return object?.t === 'instance' && object.symbol !== symbol ? [...merged, object] : merged;
}

const symbolOf = (type: Type | undefined) => (type?.t === 'instance' ? type.symbol : -1);

function merge(lists: readonly (readonly InstanceType[])[]): InstanceType[] {
  const merged: InstanceType[] = [];
  let open = lists.filter((list) => list.length > 0);
  while (open.length > 0) {
    const heads = open.map((list) => list[0]!);
    const isLater = (head: InstanceType) =>
      open.some((list) => list.slice(1).some((t) => t.symbol === head.symbol));
    const next = heads.find((head) => !isLater(head)) ?? heads[0]!;
    merged.push(next);
    open = open.map((list) => list.filter((t) => t.symbol !== next.symbol)).filter((list) => list.length > 0);
  }
  return merged;
}

const NO_PROVIDERS: readonly number[] = [];
/** So many classes may give a base what it lacks; more say that nothing is known. */
const MOST_PROVIDERS = 6;

/** Which classes inherit directly from which. */
export class SubclassIndex {
  readonly #direct = new Map<number, number[]>();
  readonly #providers = new Remembered<string, readonly number[]>();

  get all(): ReadonlyMap<number, readonly number[]> {
    return this.#direct;
  }

  read(ev: Evaluation): void {
    const { program } = ev;
    const seen = new Set<number>();
    for (const file of program.filesOf('python')) {
      const { heritage } = program.facts[file]!;
      for (let row = 0; row < heritage.length; row += 5) seen.add(program.symbol(file, heritage[row]!));
    }
    for (const symbol of seen)
      for (const base of ev.basesOf(symbol)) {
        const list = this.#direct.get(base.symbol);
        if (list) list.push(symbol);
        else this.#direct.set(base.symbol, [symbol]);
      }
  }

  /** What the nearest classes below a class have under a name, of their own or from other bases. */
  member(ev: Evaluation, symbol: number, name: string): Type | undefined {
    if (name.startsWith('__') || !this.#subclassesOf(ev, symbol)) return undefined;
    const providers = this.#providers.get(ev.program.reads, `${symbol} ${name}`, NO_PROVIDERS, () =>
      this.#providersOf(ev, symbol, name),
    );
    if (providers.length > MOST_PROVIDERS) return undefined;
    return ev.types.union(
      providers.map((at) => {
        const self = ev.selfType(at);
        return ev.memberValue(self, name);
      }),
    );
  }

  #subclassesOf(ev: Evaluation, symbol: number): readonly number[] | undefined {
    ev.program.reads?.subclasses(symbol);
    return this.#direct.get(symbol);
  }

  #providersOf(ev: Evaluation, symbol: number, name: string): number[] {
    const found: number[] = [];
    const members = new Set<number>();
    const seen = new Set<number>([symbol]);
    const open = [...(this.#subclassesOf(ev, symbol) ?? [])];
    for (let i = 0; i < open.length && found.length <= MOST_PROVIDERS; i++) {
      const at = open[i]!;
      if (seen.has(at)) continue;
      seen.add(at);
      const [member] = ev.members(ev.selfType(at), name);
      if (!member) open.push(...(this.#subclassesOf(ev, at) ?? []));
      else if (!members.has(member.symbol)) {
        members.add(member.symbol);
        found.push(at);
      }
    }
    return found;
  }
}
