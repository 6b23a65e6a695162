import { isTerm, RECORD, type TraceLog } from './trace-log.ts';

/** Records as they are kept, without their file: a node, how many look-ups and nodes it rests on, these, an answer. */
const KEPT = { node: 0, keys: 1, nodes: 2, head: 3 } as const;

const NOTHING = new Int32Array(0);

/** Where records of a log stand. */
interface Logged {
  chunk: Int32Array;
  at: number;
  size: number;
}

/** Which look-ups each node of a file rests on, kept from one update to the next. */
export class Traces {
  /** By file, from `first` on: what was written down at first. */
  readonly #kept: Int32Array;
  readonly #first: Int32Array;
  /** By file: what holds in its place. */
  readonly #later = new Map<number, Int32Array>();
  /** By file, a bit for each node: whether something is kept of it. Made when it is asked for. */
  readonly #known = new Map<number, Uint8Array>();

  constructor(log: TraceLog, files: number) {
    this.#first = new Int32Array(files + 1);
    log.forEach((chunk, at, size) => (this.#first[chunk[at]! + 1]! += size - 1));
    for (let file = 0; file < files; file++) this.#first[file + 1]! += this.#first[file]!;
    this.#kept = new Int32Array(this.#first[files]!);
    const next = this.#first.slice(0, files);
    log.forEach((chunk, at, size) => {
      const file = chunk[at]!;
      this.#kept.set(chunk.subarray(at + 1, at + size), next[file]);
      next[file]! += size - 1;
    });
  }

  #of(file: number): Int32Array {
    const later = this.#later.get(file);
    if (later || file + 1 >= this.#first.length) return later ?? NOTHING;
    return this.#kept.subarray(this.#first[file], this.#first[file + 1]);
  }

  /** Adds the nodes of a file that rest on one of these look-ups, through other nodes too; true where there are more. */
  touch(file: number, keys: ReadonlySet<number>, touched: Set<number>): boolean {
    const kept = this.#of(file);
    const before = touched.size;
    forEachRecord(kept, (at) => {
      if (touched.has(kept[at]!)) return;
      const firstNode = at + KEPT.head + kept[at + KEPT.keys]!;
      const end = firstNode + kept[at + KEPT.nodes]!;
      for (let i = at + KEPT.head; i < firstNode; i++)
        if (keys.has(kept[i]!)) return void touched.add(kept[at]!);
      if (touched.size > 0)
        for (let i = firstNode; i < end; i++) if (touched.has(kept[i]!)) return void touched.add(kept[at]!);
    });
    if (touched.size === before) return false;
    // Nodes mostly stand behind those that they rest on.
    for (let count = -1; count !== touched.size;) {
      count = touched.size;
      forEachRecord(kept, (at) => {
        if (touched.has(kept[at]!)) return;
        const firstNode = at + KEPT.head + kept[at + KEPT.keys]!;
        for (let i = firstNode; i < firstNode + kept[at + KEPT.nodes]!; i++)
          if (touched.has(kept[i]!)) return void touched.add(kept[at]!);
      });
    }
    return true;
  }

  /** What nodes of a file that are no terms have answered. */
  answers(file: number, nodes: ReadonlySet<number>): Map<number, number> {
    const kept = this.#of(file);
    const answers = new Map<number, number>();
    forEachRecord(kept, (at, end) => {
      const node = kept[at]!;
      if (!isTerm(node) && nodes.has(node))
        answers.set(node, ((answers.get(node) ?? 0) + kept[end - 1]!) | 0);
    });
    return answers;
  }

  /**
   * Takes over what an update has written down: all of files that were evaluated as a whole; of others, what is new and
   * what was evaluated again because it was touched.
   *
   * @param isOutdated for records that later ones stand in the place of, by their file, node and number.
   */
  renew(
    log: TraceLog,
    whole: ReadonlySet<number>,
    touched: ReadonlyMap<number, ReadonlySet<number>>,
    isOutdated: (file: number, node: number, number: number) => boolean,
  ): void {
    const logged = new Map<number, Logged[]>();
    for (const file of [...whole, ...touched.keys()]) logged.set(file, []);
    log.forEach((chunk, at, size, number) => {
      const file = chunk[at + RECORD.file]!;
      const node = chunk[at + RECORD.node]!;
      if (!isTerm(node) && isOutdated(file, node, number)) return;
      const own = logged.get(file);
      if (own) own.push({ chunk, at, size });
      else if (!this.#isKnown(file, node)) logged.set(file, [{ chunk, at, size }]);
    });
    for (const [file, records] of logged) {
      const again = touched.get(file);
      const isWhole = whole.has(file);
      const added = isWhole
        ? records
        : records.filter(({ chunk, at }) => {
            const node = chunk[at + RECORD.node]!;
            return again?.has(node) === true || !this.#isKnown(file, node);
          });
      const left = isWhole ? NOTHING : again && again.size > 0 ? this.#without(file, again) : this.#of(file);
      const all = new Int32Array(left.length + added.reduce((sum, { size }) => sum + size - 1, 0));
      all.set(left);
      let next = left.length;
      for (const { chunk, at, size } of added) {
        all.set(chunk.subarray(at + 1, at + size), next);
        next += size - 1;
      }
      this.#later.set(file, all);
      this.#known.delete(file);
    }
  }

  #without(file: number, nodes: ReadonlySet<number>): Int32Array {
    const kept = this.#of(file);
    const left = new Int32Array(kept.length);
    let length = 0;
    forEachRecord(kept, (at, end) => {
      if (nodes.has(kept[at]!)) return;
      left.set(kept.subarray(at, end), length);
      length += end - at;
    });
    return left.subarray(0, length);
  }

  #isKnown(file: number, node: number): boolean {
    let known = this.#known.get(file);
    if (!known) {
      const kept = this.#of(file);
      let most = 0;
      forEachRecord(kept, (at) => (most = Math.max(most, kept[at]!)));
      known = new Uint8Array((most >>> 3) + 1);
      for (let at = 0; at < kept.length; at += sizeAt(kept, at))
        known[kept[at]! >>> 3]! |= 1 << (kept[at]! & 7);
      this.#known.set(file, known);
    }
    return ((known[node >>> 3] ?? 0) & (1 << (node & 7))) !== 0;
  }
}

const sizeAt = (kept: Int32Array, at: number): number =>
  KEPT.head + kept[at + KEPT.keys]! + kept[at + KEPT.nodes]! + (isTerm(kept[at]!) ? 0 : 1);

function forEachRecord(kept: Int32Array, each: (at: number, end: number) => void): void {
  for (let at = 0; at < kept.length;) {
    const end = at + sizeAt(kept, at);
    each(at, end);
    at = end;
  }
}
