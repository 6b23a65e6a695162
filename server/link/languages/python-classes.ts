import type { Evaluation } from '../evaluation.ts';
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

/** So many classes may give a base what it lacks; more say that nothing is known. */
const MOST_PROVIDERS = 6;

/** Which classes inherit directly from which. */
export class SubclassIndex {
  readonly #direct = new Map<number, number[]>();

  read(ev: Evaluation): void {
    const { program } = ev;
    const seen = new Set<number>();
    for (let file = 0; file < program.workspaceFiles; file++) {
      const { heritage, language } = program.facts[file]!;
      if (language !== 'python') continue;
      for (let row = 0; row < heritage.length; row += 5) seen.add(program.symbol(file, heritage[row]!));
    }
    for (const symbol of seen)
      for (const base of ev.basesOf(symbol)) {
        const list = this.#direct.get(base.symbol);
        if (list) list.push(symbol);
        else this.#direct.set(base.symbol, [symbol]);
      }
  }

  /** What the nearest classes below a class declare under a name. */
  member(ev: Evaluation, symbol: number, name: string): Type | undefined {
    const found: Type[] = [];
    const seen = new Set<number>();
    const open = [...(this.#direct.get(symbol) ?? [])];
    for (let at = open.shift(); at !== undefined; at = open.shift()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const own = ev.program.children(at).get(name);
      if (!own) {
        open.push(...(this.#direct.get(at) ?? []));
        continue;
      }
      const self = ev.selfType(at);
      const value = ev.types.union(own.map((s) => ev.symbolValue(s, self, self)));
      if (value) found.push(value);
      if (found.length > MOST_PROVIDERS) return undefined;
    }
    return ev.types.union(found);
  }
}
