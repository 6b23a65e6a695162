/** A growing table of 32-bit integers with rows of one width. */
export class Rows {
  readonly #width: number;
  #data: Int32Array;
  #used = 0;

  constructor(width: number, rows: number) {
    this.#width = width;
    this.#data = new Int32Array(width * rows);
  }

  get count(): number {
    return this.#used / this.#width;
  }

  at(row: number, column: number): number {
    return this.#data[row * this.#width + column]!;
  }

  set(row: number, column: number, value: number): void {
    this.#data[row * this.#width + column] = value;
  }

  /** Adds a row of the table's width; returns its index. */
  push(row: readonly number[]): number {
    this.#reserve(this.#width);
    for (let i = 0; i < this.#width; i++) this.#data[this.#used + i] = row[i]!;
    this.#used += this.#width;
    return this.#used / this.#width - 1;
  }

  push1(value: number): number {
    this.#reserve(1);
    this.#data[this.#used] = value;
    return this.#used++;
  }

  push3(a: number, b: number, c: number): number {
    this.#reserve(3);
    this.#data[this.#used] = a;
    this.#data[this.#used + 1] = b;
    this.#data[this.#used + 2] = c;
    this.#used += 3;
    return this.#used / 3 - 1;
  }

  /** The rows of several tables, in one buffer of their exact length. */
  static packed<Name extends string>(tables: Record<Name, Rows>): Record<Name, Int32Array> {
    const entries = Object.entries<Rows>(tables);
    const all = new Int32Array(entries.reduce((sum, [, table]) => sum + table.#used, 0));
    let end = 0;
    const packed = entries.map(([name, table]) => {
      const at = end;
      end += table.#used;
      all.set(table.#data.subarray(0, table.#used), at);
      return [name, all.subarray(at, end)] as const;
    });
    return Object.fromEntries(packed) as Record<Name, Int32Array>;
  }

  #reserve(more: number): void {
    if (this.#used + more <= this.#data.length) return;
    const grown = new Int32Array(Math.max(this.#data.length * 2, this.#used + more));
    grown.set(this.#data);
    this.#data = grown;
  }
}
