import { UNRESOLVED, type PackedSites } from './unresolved.ts';

const { width } = UNRESOLVED;

/** Open call sites to which sites are added and of which others are marked as gone, with -1 for their file. */
export class GrowingSites implements PackedSites {
  readonly names: string[];
  #rows: Int32Array;
  #length: number;
  readonly #nameIds: Map<string, number>;
  /** By file: its rows. */
  readonly #ofFile = new Map<number, number[]>();

  constructor({ rows, names }: PackedSites) {
    this.names = [...names];
    this.#nameIds = new Map(this.names.map((name, i) => [name, i]));
    this.#rows = rows.slice();
    this.#length = rows.length;
    for (let row = 0; row < rows.length; row += width) this.#list(rows[row + UNRESOLVED.file]!, row);
  }

  get rows(): Int32Array {
    return this.#rows.subarray(0, this.#length);
  }

  #list(file: number, row: number): void {
    const own = this.#ofFile.get(file);
    if (own) own.push(row);
    else this.#ofFile.set(file, [row]);
  }

  /** Rows of a file's sites. */
  of(file: number): readonly number[] {
    return this.#ofFile.get(file) ?? [];
  }

  /**
   * Puts other sites in the place of those of a file that stand in certain symbols. The symbols of the new ones go by
   * other numbers.
   */
  replace(
    file: number,
    { rows, names }: PackedSites,
    numberOf: (symbol: number) => number,
    isReplaced: (symbol: number) => boolean,
  ): void {
    const kept: number[] = [];
    for (const row of this.of(file))
      if (isReplaced(this.#rows[row + UNRESOLVED.from]!)) this.#rows[row + UNRESOLVED.file] = -1;
      else kept.push(row);
    this.#ofFile.delete(file);
    if (kept.length > 0) this.#ofFile.set(file, kept);
    if (this.#length + rows.length > this.#rows.length) {
      const grown = new Int32Array(Math.ceil(((this.#length + rows.length) * 1.25) / width) * width);
      grown.set(this.#rows);
      this.#rows = grown;
    }
    for (let row = 0; row < rows.length; row += width) {
      const at = this.#length;
      this.#rows.set(rows.subarray(row, row + width), at);
      this.#rows[at + UNRESOLVED.file] = file;
      this.#rows[at + UNRESOLVED.name] = this.#nameId(names[rows[row + UNRESOLVED.name]!]!);
      this.#rows[at + UNRESOLVED.from] = numberOf(rows[row + UNRESOLVED.from]!);
      this.#length += width;
      this.#list(file, at);
    }
  }

  #nameId(name: string): number {
    let id = this.#nameIds.get(name);
    if (id === undefined) this.#nameIds.set(name, (id = this.names.push(name) - 1));
    return id;
  }

  /** The sites that are there, by files in this order, with their symbols by other numbers. */
  compact(files: readonly number[], numberOf: (symbol: number) => number): PackedSites {
    const kept: number[] = [];
    for (const [place, file] of files.entries())
      for (const row of this.of(file)) {
        kept.push(...this.#rows.subarray(row, row + width));
        kept[kept.length - width + UNRESOLVED.file] = place;
        kept[kept.length - width + UNRESOLVED.from] = numberOf(this.#rows[row + UNRESOLVED.from]!);
      }
    return { rows: Int32Array.from(kept), names: this.names };
  }
}
