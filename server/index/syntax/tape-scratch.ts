import type { Tape } from './tape.ts';

/** Columns that grow while a tape is written; kept from file to file, so that a file costs one copy a column. */
export class TapeScratch {
  kind = new Uint16Array(1 << 14);
  field = new Uint16Array(1 << 14);
  start = new Int32Array(1 << 14);
  end = new Int32Array(1 << 14);
  after = new Int32Array(1 << 14);
  parent = new Int32Array(1 << 14);

  /** Doubles the columns; what is written stays. Read the columns again after it. */
  grow(): void {
    const size = this.kind.length * 2;
    this.kind = grown(this.kind, new Uint16Array(size));
    this.field = grown(this.field, new Uint16Array(size));
    this.start = grown(this.start, new Int32Array(size));
    this.end = grown(this.end, new Int32Array(size));
    this.after = grown(this.after, new Int32Array(size));
    this.parent = grown(this.parent, new Int32Array(size));
  }

  /** Makes room for `count` nodes; what is written stays. Read the columns again after it. */
  reserve(count: number): void {
    while (this.kind.length < count) this.grow();
  }

  /** A tape of the first `count` nodes, with memory of its own. */
  take(text: string, count: number, hasError: boolean): Tape {
    return {
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
  }
}

function grown<T extends Uint16Array | Int32Array>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}
