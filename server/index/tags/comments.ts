import type { Span } from './captures.ts';

const MOST_COMMENTS = 12;

/** The comments of a file, asked for in the order of the source. */
export class Comments {
  readonly #text: string;
  readonly #comments: readonly Span[];

  constructor(text: string, comments: Span[]) {
    this.#text = text;
    this.#comments = comments.sort((a, b) => a.start - b.start);
  }

  /** The text of the comments right above a place, without their marks. */
  before(place: number): string {
    const lines: string[] = [];
    let to = place;
    for (let i = this.#lastBefore(place); i >= 0 && lines.length < MOST_COMMENTS; i--) {
      const { start, end } = this.#comments[i]!;
      if (!this.#isRightAbove(end, to) || !this.#beginsLine(start)) break;
      lines.unshift(withoutMarks(this.#text.slice(start, end)));
      to = start;
    }
    return lines.join('\n').trim();
  }

  #lastBefore(place: number): number {
    let low = 0;
    let high = this.#comments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#comments[middle]!.end <= place) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #isRightAbove(end: number, place: number): boolean {
    return place - end < 400 && /^[ \t]*\r?\n?[ \t]*$/.test(this.#text.slice(end, place));
  }

  #beginsLine(start: number): boolean {
    const line = this.#text.lastIndexOf('\n', start - 1) + 1;
    return start - line < 400 && this.#text.slice(line, start).trim() === '';
  }
}

function withoutMarks(comment: string): string {
  return comment
    .slice(0, 2000)
    .replace(/\*\/\s*$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\/\/[/!]?|\/\*+!?|\*|#+)\s?/, '').trimEnd())
    .join('\n')
    .trim();
}
