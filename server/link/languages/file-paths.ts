import path from 'node:path';
import { languageOf, tagLanguages } from '../../index/languages/index.ts';

/** Where a path in an import leads: beside its file, from the root, or to the one file whose path ends so. */
export class FilePaths {
  readonly #files: ReadonlySet<string>;
  /** By last part. */
  readonly #byName = new Map<string, string[]>();

  constructor(files: ReadonlySet<string>) {
    this.#files = files;
    for (const file of files) {
      if (!isTagged(file)) continue;
      const name = file.slice(file.lastIndexOf('/') + 1);
      const known = this.#byName.get(name);
      if (known) known.push(file);
      else this.#byName.set(name, [file]);
    }
  }

  resolve(from: string, written: string): string | undefined {
    const plain = written.replaceAll('\\', '/').replace(/^\/+/, '');
    const endings = ['', ...(tagLanguages.find((l) => l === languageOf(from))?.names.endings ?? [])];
    for (const start of [path.posix.dirname(from), '.'])
      for (const ending of endings) {
        const at = path.posix.join(start, plain + ending);
        if (this.#files.has(at)) return at;
      }
    const wanted = path.posix.normalize(plain);
    if (wanted === '.' || wanted.startsWith('..')) return undefined;
    for (const ending of endings) {
      const tail = wanted + ending;
      const named = this.#byName.get(tail.slice(tail.lastIndexOf('/') + 1)) ?? [];
      const found = named.filter((file) => file.endsWith(`/${tail}`));
      if (found.length > 0) return found.length === 1 ? found[0] : undefined;
    }
    return undefined;
  }
}

function isTagged(file: string): boolean {
  return languageOf(file)?.depth === 'definition';
}
