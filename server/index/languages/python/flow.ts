/** What names mean at one point of a run through the code: the terms of their newest values, layer over layer. */
export interface Flow {
  readonly parent: Flow | undefined;
  readonly names: Map<string, number>;
  /** What a test says of a name or a chain of attributes while its branch runs. */
  narrowed: Map<string, number> | undefined;
  /** True after `return`, `raise`, `break` or `continue`: nothing follows. */
  left: boolean;
}

/** What one way through a branching statement has changed. */
export interface Change {
  names: ReadonlyMap<string, number>;
  narrowed: ReadonlyMap<string, number> | undefined;
}

export type FrameKind = 'module' | 'function' | 'class' | 'comprehension' | 'lambda';

/** The names of one body of code, as they change from statement to statement. */
export class Frame {
  readonly kind: FrameKind;
  readonly outer: Frame | undefined;
  flow: Flow = newFlow(undefined);
  /** Every value that a name is ever given here: what a function inside may see. */
  readonly definitions = new Map<string, number[]>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();
  /** Names that were read before they had a value here. */
  readonly missed = new Set<string>();
  /** True where a test has said something of a chain of attributes. */
  hasChains = false;
  /** True where functions inside may read the names. */
  hasInner = false;
  /** What flows on from `break` and `continue` of the loops around. */
  readonly loops: { base: Flow; carried: Change[] }[] = [];

  constructor(kind: FrameKind, outer: Frame | undefined) {
    this.kind = kind;
    this.outer = outer;
  }

  /** The newest value of a name here; undefined where it has none yet. */
  find(name: string): number | undefined {
    for (let flow: Flow | undefined = this.flow; flow; flow = flow.parent) {
      const found = flow.narrowed?.get(name) ?? flow.names.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** What a test has said of `self.x` and the like. */
  narrowedChain(chain: string): number | undefined {
    for (let flow: Flow | undefined = this.flow; flow; flow = flow.parent) {
      const found = flow.narrowed?.get(chain);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  write(name: string, term: number): void {
    this.flow.names.set(name, term);
    this.flow.narrowed?.delete(name);
    for (let flow: Flow | undefined = this.flow; flow; flow = flow.parent)
      if (flow.narrowed)
        for (const chain of flow.narrowed.keys())
          if (chain.startsWith(`${name}.`)) flow.narrowed.delete(chain);
    const known = this.definitions.get(name);
    if (!known) this.definitions.set(name, [term]);
    else if (!known.includes(term)) known.push(term);
  }

  narrow(name: string, term: number): void {
    if (name.includes('.')) this.hasChains = true;
    (this.flow.narrowed ??= new Map()).set(name, term);
  }

  /** Runs a branch on a layer of its own; what it changes of a base, or undefined where nothing follows it. */
  branch(work: () => void, base: Flow = this.flow): Change | undefined {
    const outer = this.flow;
    this.flow = newFlow(outer);
    work();
    const change = this.flow.left ? undefined : changeSince(this.flow, base);
    this.flow = outer;
    return change;
  }

  /** Joins the ways that lead on from here. */
  join(ways: readonly (Change | undefined)[], union: (terms: number[]) => number): void {
    const open = ways.filter((w) => w !== undefined);
    const [only] = open;
    if (only === undefined) {
      this.flow.left = true;
      return;
    }
    if (open.length === 1) {
      for (const [name, term] of only.names) this.flow.names.set(name, term);
      for (const [name, term] of only.narrowed ?? []) this.narrow(name, term);
      return;
    }
    const names = new Set(open.flatMap((way) => [...way.names.keys()]));
    for (const name of names) {
      const before = this.find(name);
      const terms = open.map((way) => way.names.get(name) ?? before ?? -1);
      this.flow.names.set(name, union(terms));
      this.flow.narrowed?.delete(name);
    }
  }

  /** `break` or `continue`: what has changed flows to the end of the loop. */
  leaveLoop(): void {
    const loop = this.loops.at(-1);
    if (loop) loop.carried.push(changeSince(this.flow, loop.base));
    this.flow.left = true;
  }
}

export function newFlow(parent: Flow | undefined): Flow {
  return { parent, names: new Map(), narrowed: undefined, left: false };
}

/** All that changed on the layers above a base. */
function changeSince(flow: Flow, base: Flow): Change {
  if (flow.parent === base) return { names: flow.names, narrowed: flow.narrowed };
  const layers: Flow[] = [];
  for (let at: Flow | undefined = flow; at && at !== base; at = at.parent) layers.push(at);
  const names = new Map<string, number>();
  const narrowed = new Map<string, number>();
  for (const layer of layers.reverse()) {
    for (const [name, term] of layer.names) {
      names.set(name, term);
      narrowed.delete(name);
    }
    for (const [name, term] of layer.narrowed ?? []) narrowed.set(name, term);
  }
  return { names, narrowed };
}
