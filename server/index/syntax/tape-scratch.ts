import type { Tape } from './tape.ts';

/** Nodes for which room is kept from file to file: enough for some 100,000 lines, 21 MB. */
const LARGEST_KEPT = 1 << 20;

/** Columns that grow while a tape is written; kept from file to file, so that a file costs one copy a column. */
export class TapeScratch {
  kind = new Uint16Array(1 << 14);
  field = new Uint16Array(1 << 14);
  start = new Int32Array(1 << 14);
  end = new Int32Array(1 << 14);
  after = new Int32Array(1 << 14);
  parent = new Int32Array(1 << 14);

  /** Makes room for `count` nodes; what is written stays. Read the columns again after it. */
  reserve(count: number): void {
    let size = this.kind.length;
    while (size < count) size *= 2;
    if (size > this.kind.length) this.#resize(size);
  }

  /** A tape of the first `count` nodes, with memory of its own. What a huge file needed is given back. */
  take(text: string, count: number, hasError: boolean): Tape {
    const tape = {
      text,
      count,
      kind: this.kind.slice(0, count),
      field: this.field.slice(0, count),
      start: this.start.slice(0, count),
      end: this.end.slice(0, count),
      after: this.after.slice(0, count),
      parent: this.parent.slice(0, count),
      hasError,
    };
    if (this.kind.length > LARGEST_KEPT) this.#resize(LARGEST_KEPT);
    return tape;
  }

  #resize(size: number): void {
    this.kind = copied(this.kind, new Uint16Array(size));
    this.field = copied(this.field, new Uint16Array(size));
    this.start = copied(this.start, new Int32Array(size));
    this.end = copied(this.end, new Int32Array(size));
    this.after = copied(this.after, new Int32Array(size));
    this.parent = copied(this.parent, new Int32Array(size));
  }
}

function copied<T extends Uint16Array | Int32Array>(from: T, to: T): T {
  to.set(from.subarray(0, to.length));
  return to;
}
