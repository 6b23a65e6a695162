import { createHash, randomUUID } from 'node:crypto';
import { constants, copyFileSync, linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from '../../settings/is-alive.ts';

/** A disk that answers otherwise each time is given up. */
const MOST_TRIES = 10_000;

interface Known<T> {
  generation: number;
  value: T;
  digest: string;
}

/**
 * A text that several processes change: each change is a new file, numbered one higher than the one that it was made
 * from, and the highest counts. A number can be taken once only, so that whoever comes second makes its change anew from
 * what the first wrote: no change is lost, and no lock is left by a kill.
 */
export class SharedFile<T> {
  readonly #folder: string;
  readonly #name: string;
  readonly #parse: (value: unknown) => T;
  #known: Known<T> | undefined;

  constructor(folder: string, name: string, parse: (value: unknown) => T) {
    this.#folder = folder;
    this.#name = name;
    this.#parse = parse;
  }

  /** Undefined where there is none, or one that cannot be read: what it held is seen anew. */
  read(): { value: T; digest: string } | undefined {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const generation = this.#highest();
      if (generation === this.#known?.generation) return this.#known;
      this.#known = undefined;
      if (generation === 0) return undefined;
      let text: string;
      try {
        text = readFileSync(this.#fileOf(generation), 'utf8');
      } catch {
        // It was taken away, for a higher one, or it cannot be read at all.
        if (this.#highest() !== generation) continue;
        return undefined;
      }
      try {
        const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
        this.#known = { generation, value: this.#parse(JSON.parse(text)), digest };
      } catch {
        // Damaged or of another version.
      }
      return this.#known;
    }
    return undefined;
  }

  /** Changes what is kept; `change` may be asked again. The folder must be there. Throws the disk's errors. */
  update(change: (value: T | undefined) => object): void {
    const aside = path.join(this.#folder, `${this.#name}.${process.pid}.${randomUUID()}`);
    try {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const value = this.read()?.value;
        const own = (this.#known?.generation ?? this.#highest()) + 1;
        writeFileSync(aside, JSON.stringify(change(value)));
        if (!takeNumber(aside, this.#fileOf(own))) continue;
        const highest = this.#highest();
        if (highest > own) {
          // The number had been given up for higher ones: what was written under it counts for nobody.
          rmSync(this.#fileOf(own), { force: true });
          continue;
        }
        this.#removeBelow(own);
        return;
      }
    } finally {
      rmSync(aside, { force: true });
    }
    throw new Error(`${this.#fileOf(0)}: others keep changing it`);
  }

  #fileOf(generation: number): string {
    return path.join(this.#folder, `${this.#name}-${generation}.json`);
  }

  /** 0 where there is none. */
  #highest(): number {
    return Math.max(0, ...this.#entries().map(({ generation }) => generation));
  }

  #entries(): { name: string; generation: number; writer: number }[] {
    let names: string[];
    try {
      names = readdirSync(this.#folder);
    } catch {
      return [];
    }
    return names.flatMap((name) => {
      if (!name.startsWith(this.#name)) return [];
      const [, generation, writer] =
        /^(?:-(\d+)\.json|\.(\d+)\..+)$/.exec(name.slice(this.#name.length)) ?? [];
      if (generation === undefined && writer === undefined) return [];
      return [{ name, generation: Number(generation ?? 0), writer: Number(writer ?? 0) }];
    });
  }

  /** Takes away lower numbers, and what killed processes had not finished. */
  #removeBelow(own: number): void {
    for (const { name, generation, writer } of this.#entries())
      if (generation > 0 ? generation < own : writer !== process.pid && !isAlive(writer))
        rmSync(path.join(this.#folder, name), { force: true });
  }
}

/** Gives a whole file a name that nobody has; false where somebody was first. */
function takeNumber(aside: string, file: string): boolean {
  try {
    linkSync(aside, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
  }
  try {
    // Disks without hard links: a kill may leave half of it, which is then read as nothing.
    copyFileSync(aside, file, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
