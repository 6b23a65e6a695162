import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  confirmationsFileSchema,
  coverageFileSchema,
  type Confirmation,
  type CoveredTest,
} from '../../protocol/overlays.ts';
import { cannotWriteState, makeStateFolder } from '../../settings/state-folder.ts';
import { joined, siteKey } from './confirmations.ts';
import type { HashOf } from './content.ts';
import type { Overlays } from './overlaid.ts';

/** Older confirmations go first. */
const MOST_CONFIRMATIONS = 20_000;

/**
 * The overlays of one workspace, a file each in its state folder, shared by all processes: read again when another one
 * wrote. They can be lost at any moment: then they are seen anew.
 */
export class OverlayStore {
  readonly #folder: string;
  readonly #confirmations: KeptFile<Confirmation[]>;
  readonly #coverage: KeptFile<CoveredTest[]>;

  constructor(stateFolder: string) {
    this.#folder = stateFolder;
    this.#confirmations = new KeptFile(
      path.join(stateFolder, 'confirmations.json'),
      (value) => confirmationsFileSchema().parse(value).confirmations,
    );
    this.#coverage = new KeptFile(
      path.join(stateFolder, 'coverage.json'),
      (value) => coverageFileSchema().parse(value).tests,
    );
  }

  /** What is known now; `version` is equal for equal overlays, and empty where there are none. */
  read(): Overlays & { version: string } {
    const [confirmations, coverage] = [this.#confirmations.read(), this.#coverage.read()];
    return {
      confirmations: confirmations?.value ?? [],
      coverage: coverage?.value ?? [],
      version: [confirmations?.digest, coverage?.digest].filter(Boolean).join('-'),
    };
  }

  /** Keeps what was said of sites, in the place of what was said of them before. Throws `badInput`. */
  addConfirmations(said: readonly Confirmation[]): void {
    if (said.length === 0) return;
    const bySite = new Map(
      (this.#confirmations.read()?.value ?? []).map((c) => [siteKey(c.file, c.line, c.column), c]),
    );
    for (const one of said) {
      const key = siteKey(one.file, one.line, one.column);
      const before = bySite.get(key);
      bySite.delete(key);
      bySite.set(key, joined(before, one));
    }
    const confirmations = [...bySite.values()].slice(-MOST_CONFIRMATIONS);
    this.#write(this.#confirmations, { version: 1, confirmations });
  }

  /**
   * Keeps what tests executed; it takes the place of what is known of the same tests. Of other tests, what was seen of
   * contents that are no longer there is forgotten. Throws `badInput`.
   */
  recordCoverage(tests: readonly CoveredTest[], hashOf: HashOf): void {
    if (tests.length === 0) return;
    const key = ({ runner, id }: CoveredTest) => `${runner}\0${id}`;
    const ran = new Set(tests.map(key));
    const others = (this.#coverage.read()?.value ?? [])
      .filter((test) => !ran.has(key(test)) && hashOf(test.file) === test.hash)
      .map((test) => ({ ...test, covered: test.covered.filter(({ file, hash }) => hashOf(file) === hash) }));
    this.#write(this.#coverage, { version: 1, tests: [...others, ...tests] });
  }

  #write(file: KeptFile<unknown>, value: object): void {
    makeStateFolder(this.#folder);
    try {
      file.write(JSON.stringify(value));
    } catch (error) {
      throw cannotWriteState(this.#folder, error);
    }
  }
}

/** One file whose text is parsed when its stat is another than before. */
class KeptFile<T> {
  readonly #file: string;
  readonly #parse: (value: unknown) => T;
  #stat = '';
  #known: { value: T; digest: string } | undefined;

  constructor(file: string, parse: (value: unknown) => T) {
    this.#file = file;
    this.#parse = parse;
  }

  /** Undefined where there is none, or one that cannot be read: what it held is seen anew. */
  read(): { value: T; digest: string } | undefined {
    const stat = statSync(this.#file, { throwIfNoEntry: false });
    const now = stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : '';
    if (now === this.#stat) return this.#known;
    this.#stat = now;
    this.#known = undefined;
    if (!stat) return undefined;
    try {
      const text = readFileSync(this.#file, 'utf8');
      const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
      this.#known = { value: this.#parse(JSON.parse(text)), digest };
    } catch {
      // Damaged or of another version.
    }
    return this.#known;
  }

  /** Written aside and renamed into place: a kill leaves the old text or the new one. */
  write(text: string): void {
    const aside = `${this.#file}.${process.pid}`;
    try {
      writeFileSync(aside, text);
      renameSync(aside, this.#file);
    } catch (error) {
      rmSync(aside, { force: true });
      throw error;
    }
  }
}
