/** Lines of a text, ended by LF (a CR before it belongs to the line). */
export class LineIndex {
  readonly #starts: Int32Array;
  #last = 0;
  /** Physical lines: a final line end makes no further line. */
  readonly count: number;

  constructor(text: string) {
    let starts = new Int32Array(Math.max(16, text.length >> 5));
    let used = 1;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (used === starts.length) {
        const grown = new Int32Array(starts.length * 2);
        grown.set(starts);
        starts = grown;
      }
      starts[used++] = at + 1;
    }
    this.#starts = starts.subarray(0, used);
    this.count = text === '' ? 0 : used - (text.endsWith('\n') ? 1 : 0);
  }

  /** 0-based line of a UTF-16 index. Quick where indices come in order. */
  line(index: number): number {
    const starts = this.#starts;
    let line = this.#last;
    if (starts[line]! <= index) {
      for (let steps = 0; steps < 8; steps++) {
        if (line + 1 >= starts.length || starts[line + 1]! > index) return (this.#last = line);
        line++;
      }
    }
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= index) low = middle;
      else high = middle - 1;
    }
    return (this.#last = low);
  }

  position(index: number): { line: number; column: number } {
    const line = this.line(index);
    return { line, column: index - this.#starts[line]! };
  }
}
