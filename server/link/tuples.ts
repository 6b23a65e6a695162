const START = 1024;
/** Of FNV-1a, 32 bits. */
const [BASIS, PRIME] = [0x811c9dc5 | 0, 0x01000193];

/**
 * Numbers tuples of 32-bit integers, equal ones alike, in the order of their first appearance: a hash table with open
 * addressing whose keys stand in one array. A key is told with `start` and `push`, then numbered.
 */
export class Tuples {
  #keys = new Int32Array(START * 4);
  /** Where each key starts, and where the next one will. */
  #starts = new Int32Array(START + 1);
  #hashes = new Int32Array(START);
  /** Numbers of keys, from 1; 0 is free. */
  #slots = new Int32Array(START * 2);
  #count = 0;
  /** The end of the key that is being told. */
  #end = 0;
  #hash = BASIS;

  get count(): number {
    return this.#count;
  }

  start(): void {
    this.#end = this.#starts[this.#count]!;
    this.#hash = BASIS;
  }

  push(value: number): void {
    if (this.#end === this.#keys.length) this.#keys = grown(this.#keys);
    this.#keys[this.#end++] = value;
    // Each step is mixed: products of small numbers would fill few of the slots.
    const mixed = Math.imul(this.#hash ^ value, PRIME);
    this.#hash = mixed ^ (mixed >>> 15);
  }

  /** The number of the key that was told: how many there were before, where it is new. */
  number(): number {
    const mask = this.#slots.length - 1;
    let slot = Math.imul(this.#hash, PRIME) & mask;
    for (let found = this.#slots[slot]!; found !== 0; found = this.#slots[slot]!) {
      if (this.#hashes[found - 1] === this.#hash && this.#equals(found - 1)) return found - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(slot);
  }

  #equals(known: number): boolean {
    const from = this.#starts[known]!;
    const to = this.#starts[known + 1]!;
    const pending = this.#starts[this.#count]!;
    if (to - from !== this.#end - pending) return false;
    for (let i = from, j = pending; i < to; i++, j++) if (this.#keys[i] !== this.#keys[j]) return false;
    return true;
  }

  #add(slot: number): number {
    const number = this.#count++;
    this.#slots[slot] = this.#count;
    this.#hashes[number] = this.#hash;
    this.#starts[this.#count] = this.#end;
    if (this.#count === this.#hashes.length) {
      this.#hashes = grown(this.#hashes);
      this.#starts = grown(this.#starts);
      this.#spread();
    }
    return number;
  }

  /** Half of the slots stay free. */
  #spread(): void {
    const slots = new Int32Array(this.#hashes.length * 2);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#count; number++) {
      let slot = Math.imul(this.#hashes[number]!, PRIME) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

function grown(old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(old.length * 2);
  bigger.set(old);
  return bigger;
}
