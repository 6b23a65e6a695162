import path from 'node:path';

/** What a module's name means: a file of the workspace, or a folder that is a package without `__init__.py`. */
export interface PythonModule {
  file?: string;
  folder?: string;
}

/**
 * Python's import system over a workspace of these files. Absolute names are looked up from the folder that the
 * importing file's own package stands in, then from the workspace's roots; never from inside a package, so that
 * `import random` in `pkg/core/x.py` is the library's and not `pkg/core/random.py`.
 */
export class PythonModules {
  readonly #files: ReadonlySet<string>;
  readonly #folders = new Set<string>();
  readonly #packages = new Set<string>();
  /** Folders that hold a top-level package, by the package's name. */
  readonly #roots = new Map<string, string[]>();
  readonly #known = new Map<string, PythonModule | undefined>();

  constructor(files: ReadonlySet<string>) {
    this.#files = files;
    for (const file of files) {
      if (!/\.pyi?$/.test(file)) continue;
      if (/(?:^|\/)__init__\.pyi?$/.test(file)) this.#packages.add(folderOf(file));
      for (let at = folderOf(file); at !== '' && !this.#folders.has(at); at = folderOf(at))
        this.#folders.add(at);
    }
    for (const at of [...this.#packages].sort()) {
      if (at === '' || this.#packages.has(folderOf(at))) continue;
      const name = path.posix.basename(at);
      this.#roots.set(name, [...(this.#roots.get(name) ?? []), folderOf(at)]);
    }
  }

  /** What `specifier` means in a file: dots for relative levels, then dotted names. */
  resolve(from: string, specifier: string): PythonModule | undefined {
    const dots = /^\.*/.exec(specifier)![0].length;
    const parts = specifier
      .slice(dots)
      .split('.')
      .filter((part) => part !== '');
    const folder = folderOf(from);
    const key = dots > 0 ? `${folder} ${specifier}` : `${this.#rootOf(folder)} ${specifier}`;
    if (this.#known.has(key)) return this.#known.get(key);
    const found = dots > 0 ? this.#relative(folder, dots, parts) : this.#absolute(folder, parts);
    this.#known.set(key, found);
    return found;
  }

  /** A module inside a package or folder. */
  within(folder: string, name: string): PythonModule | undefined {
    return this.#at(folder, [name]);
  }

  #relative(folder: string, dots: number, parts: readonly string[]): PythonModule | undefined {
    let at = folder;
    for (let level = 1; level < dots; level++) {
      if (at === '') return undefined;
      at = folderOf(at);
    }
    if (parts.length > 0) return this.#at(at, parts);
    const file = [`${at}/__init__.py`, `${at}/__init__.pyi`].find((f) =>
      this.#files.has(f.replace(/^\//, '')),
    );
    return file === undefined ? { folder: at } : { file: file.replace(/^\//, '') };
  }

  #absolute(folder: string, parts: readonly string[]): PythonModule | undefined {
    const [top = ''] = parts;
    const own = this.#rootOf(folder);
    const places = new Set([
      own,
      '',
      'src',
      'lib',
      ...ancestors(own),
      ...this.#nearest(own, this.#roots.get(top) ?? []),
    ]);
    let namespace: PythonModule | undefined;
    for (const place of places) {
      const found = this.#at(place, parts);
      if (found?.file !== undefined) return found;
      namespace ??= found;
    }
    return namespace;
  }

  /** Roots in the order of how much of the path they share with a folder. */
  #nearest(folder: string, roots: readonly string[]): string[] {
    const shared = (root: string) => {
      const [a, b] = [folder.split('/'), root.split('/')];
      let i = 0;
      while (i < a.length && a[i] === b[i]) i++;
      return i;
    };
    return [...roots].sort((a, b) => shared(b) - shared(a) || a.length - b.length || (a < b ? -1 : 1));
  }

  /** The nearest folder around that is no package: where Python starts to look. */
  #rootOf(folder: string): string {
    let at = folder;
    while (at !== '' && this.#packages.has(at)) at = folderOf(at);
    return at;
  }

  #at(place: string, parts: readonly string[]): PythonModule | undefined {
    const stem = [...(place === '' ? [] : [place]), ...parts].join('/');
    for (const file of [`${stem}/__init__.py`, `${stem}.py`, `${stem}/__init__.pyi`, `${stem}.pyi`])
      if (this.#files.has(file)) return { file };
    return this.#folders.has(stem) ? { folder: stem } : undefined;
  }
}

function folderOf(file: string): string {
  const at = file.lastIndexOf('/');
  return at < 0 ? '' : file.slice(0, at);
}

function ancestors(folder: string): string[] {
  const found: string[] = [];
  for (let at = folder; at !== ''; at = folderOf(at)) found.push(folderOf(at));
  return found;
}
