import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from '../../settings/is-alive.ts';

const NAME = 'owner.json';
const HEARD_EVERY_MS = 20_000;
/** One that was not heard of for so long has ended, or its number is another's now. */
const LOST_AFTER_MS = 70_000;

/**
 * Which of several processes keeps a store up to date: the first of those that go on, such as an editor's server. Others
 * read what it made last. Nothing rests on it but how much work is done twice.
 */
export class StoreOwner {
  readonly #folder: string;
  readonly #token = randomUUID();
  #timer: NodeJS.Timeout | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** True where another process owns the store. */
  get isOthers(): boolean {
    const file = path.join(this.#folder, NAME);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat || Math.abs(Date.now() - stat.mtimeMs) > LOST_AFTER_MS) return false;
    const { token, pid } = this.#read();
    return token !== undefined && token !== this.#token && pid !== undefined && isAlive(pid);
  }

  /** Makes this the owner where there is none. The folder must be there. */
  claim(): void {
    if (this.#timer !== undefined || this.isOthers) return;
    const file = path.join(this.#folder, NAME);
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, JSON.stringify({ pid: process.pid, token: this.#token }));
    renameSync(aside, file);
    this.#timer = setInterval(() => {
      if (this.#read().token !== this.#token) return this.release();
      try {
        utimesSync(file, new Date(), new Date());
      } catch {
        // The state folder was taken away: whoever comes next is the owner.
      }
    }, HEARD_EVERY_MS);
    this.#timer.unref();
  }

  release(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#read().token === this.#token) rmSync(path.join(this.#folder, NAME), { force: true });
  }

  #read(): { pid?: number; token?: string } {
    try {
      return JSON.parse(readFileSync(path.join(this.#folder, NAME), 'utf8')) as {
        pid?: number;
        token?: string;
      };
    } catch {
      return {};
    }
  }
}
