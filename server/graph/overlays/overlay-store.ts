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
import { SharedFile } from './shared-file.ts';

/** Older confirmations go first. */
const MOST_CONFIRMATIONS = 20_000;

/**
 * The overlays of one workspace, a file each in its state folder, shared by all processes: what several write at once is
 * all kept, and read again when another one wrote. They can be lost at any moment: then they are seen anew.
 */
export class OverlayStore {
  readonly #folder: string;
  readonly #confirmations: SharedFile<Confirmation[]>;
  readonly #coverage: SharedFile<CoveredTest[]>;

  constructor(stateFolder: string) {
    this.#folder = stateFolder;
    this.#confirmations = new SharedFile(
      stateFolder,
      'confirmations',
      (value) => confirmationsFileSchema().parse(value).confirmations,
    );
    this.#coverage = new SharedFile(
      stateFolder,
      'coverage',
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
    this.#update(this.#confirmations, (before = []) => {
      const bySite = new Map(before.map((c) => [siteKey(c.file, c.line, c.column), c]));
      for (const one of said) {
        const key = siteKey(one.file, one.line, one.column);
        const earlier = bySite.get(key);
        bySite.delete(key);
        bySite.set(key, joined(earlier, one));
      }
      return { version: 1, confirmations: [...bySite.values()].slice(-MOST_CONFIRMATIONS) };
    });
  }

  /**
   * Keeps what tests executed; it takes the place of what is known of the same tests. Of other tests, what was seen of
   * contents that are no longer there is forgotten. Throws `badInput`.
   */
  recordCoverage(tests: readonly CoveredTest[], hashOf: HashOf): void {
    if (tests.length === 0) return;
    const key = ({ runner, id }: CoveredTest) => `${runner}\0${id}`;
    const ran = new Set(tests.map(key));
    this.#update(this.#coverage, (before = []) => {
      const others = before
        .filter((test) => !ran.has(key(test)) && hashOf(test.file) === test.hash)
        .map((test) => ({
          ...test,
          covered: test.covered.filter(({ file, hash }) => hashOf(file) === hash),
        }));
      return { version: 1, tests: [...others, ...tests] };
    });
  }

  #update<T>(file: SharedFile<T>, change: (before: T | undefined) => object): void {
    makeStateFolder(this.#folder);
    try {
      file.update(change);
    } catch (error) {
      throw cannotWriteState(this.#folder, error);
    }
  }
}
