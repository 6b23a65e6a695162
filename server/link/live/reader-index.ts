import type { Reads } from './reads.ts';

/** Which files a look-up was made for: pairs of key and file in one sorted table, with later readings laid over it. */
export class ReaderIndex {
  readonly #keys: Int32Array;
  readonly #files: Int32Array;
  /** Files whose rows of the table no longer hold. */
  readonly #renewed = new Set<number>();
  readonly #later = new Map<number, Set<number>>();
  /** By file, sorted. */
  readonly #own: (Int32Array | undefined)[] = [];

  constructor(reads: Reads) {
    const own = reads.files().map((file) => ({ file, keys: reads.of(file) }));
    const count = own.reduce((sum, { keys }) => sum + keys.length, 0);
    const pairs = new Float64Array(count);
    let at = 0;
    for (const { file, keys } of own) {
      this.#own[file] = keys;
      for (const key of keys) pairs[at++] = key * MOST_FILES + file;
    }
    pairs.sort();
    this.#keys = new Int32Array(count);
    this.#files = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const key = Math.floor(pairs[i]! / MOST_FILES);
      this.#keys[i] = key;
      this.#files[i] = pairs[i]! - key * MOST_FILES;
    }
  }

  /** How many pairs there are, renewed ones left out of the count. */
  get size(): number {
    return this.#keys.length;
  }

  /** Says anew what a file rests on. */
  renew(file: number, keys: Int32Array): void {
    this.#renewed.add(file);
    for (const key of this.#own[file] ?? NO_KEYS) this.#later.get(key)?.delete(file);
    this.#own[file] = keys;
    for (const key of keys) this.#add(key, file);
  }

  /** Adds to what a file rests on. */
  extend(file: number, keys: Int32Array): void {
    const own = this.#own[file] ?? NO_KEYS;
    const added = keys.filter((key) => !has(own, key));
    if (added.length === 0) return;
    const all = new Int32Array(own.length + added.length);
    all.set(own);
    all.set(added, own.length);
    this.#own[file] = all.sort();
    for (const key of added) this.#add(key, file);
  }

  #add(key: number, file: number): void {
    const files = this.#later.get(key);
    if (files) files.add(file);
    else this.#later.set(key, new Set([file]));
  }

  /** Calls back with every file that rests on a look-up. */
  readersOf(key: number, each: (file: number) => void): void {
    for (let i = firstAt(this.#keys, key); i < this.#keys.length && this.#keys[i] === key; i++)
      if (!this.#renewed.has(this.#files[i]!)) each(this.#files[i]!);
    for (const file of this.#later.get(key) ?? []) each(file);
  }
}

const NO_KEYS = new Int32Array(0);

const has = (sorted: Int32Array, key: number): boolean => sorted[firstAt(sorted, key)] === key;

/** Where a key stands in a sorted list, or would. */
function firstAt(sorted: Int32Array, key: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

const MOST_FILES = 1 << 20;
