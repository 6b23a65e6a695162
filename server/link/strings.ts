/** Texts by number, each once. Those that come from a disk are decoded when they are asked for. */
export class Strings {
  readonly #texts: (string | undefined)[];
  readonly #bytes: Buffer | undefined;
  readonly #ends: Int32Array | undefined;
  /** How many there were at first. */
  readonly #first: number;
  #added: Map<string, number> | undefined;

  private constructor(count: number, texts: string[], bytes?: Buffer, ends?: Int32Array) {
    this.#first = count;
    this.#texts = texts;
    this.#bytes = bytes;
    this.#ends = ends;
  }

  static of(texts: string[]): Strings {
    return new Strings(texts.length, texts);
  }

  /** UTF-8, one after the other; text i ends before `ends[i]`. */
  static encoded(bytes: Buffer, ends: Int32Array): Strings {
    return new Strings(ends.length, [], bytes, ends);
  }

  get count(): number {
    return this.#first + (this.#added?.size ?? 0);
  }

  /** True where texts were added. */
  get isGrown(): boolean {
    return this.#added !== undefined;
  }

  /** Adds a text; gives its number. A text that was there at first gets a second one. */
  add(text: string): number {
    this.#added ??= new Map<string, number>();
    let number = this.#added.get(text);
    if (number === undefined) {
      number = this.count;
      this.#added.set(text, number);
      this.#texts[number] = text;
    }
    return number;
  }

  get(i: number): string {
    return (this.#texts[i] ??= this.#decode(i));
  }

  #decode(i: number): string {
    const ends = this.#ends!;
    return this.#bytes!.toString('utf8', i === 0 ? 0 : ends[i - 1]!, ends[i]);
  }

  encode(): { bytes: Buffer; ends: Int32Array } {
    if (this.#bytes && this.#ends && !this.isGrown) return { bytes: this.#bytes, ends: this.#ends };
    const ends = new Int32Array(this.count);
    let length = 0;
    for (let i = 0; i < this.count; i++) ends[i] = length += Buffer.byteLength(this.get(i));
    const bytes = Buffer.allocUnsafe(length);
    for (let i = 0; i < this.count; i++) bytes.write(this.get(i), i === 0 ? 0 : ends[i - 1]!);
    return { bytes, ends };
  }
}

/** Numbers texts, equal ones alike. */
export class StringNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [];

  number(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#texts.push(text) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }

  strings(): Strings {
    return Strings.of(this.#texts);
  }
}
