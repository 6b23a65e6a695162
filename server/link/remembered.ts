import type { Reads } from './live/reads.ts';

/** Answers kept by what was asked, with the look-ups that they rest on, which whoever is given one rests on too. */
export class Remembered<K, V> {
  readonly #values = new Map<K, V>();
  readonly #keys = new Map<K, readonly number[]>();

  /** `meanwhile` answers who asks the same again before the answer is found. */
  get(reads: Reads | undefined, key: K, meanwhile: V, compute: () => V): V {
    const known = this.#values.get(key);
    if (known !== undefined || this.#values.has(key)) {
      const keys = reads && this.#keys.get(key);
      if (keys) reads.replay(keys);
      return known!;
    }
    this.#values.set(key, meanwhile);
    if (reads) {
      const { value, keys } = reads.capture(compute);
      this.#values.set(key, value);
      if (keys.length > 0) this.#keys.set(key, keys);
      return value;
    }
    const value = compute();
    this.#values.set(key, value);
    return value;
  }
}
