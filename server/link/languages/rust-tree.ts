import { IMPORT } from '../../index/facts.ts';
import type { RustCrate } from '../module-resolution.ts';
import type { Program } from '../program.ts';

/** Which file and module stands where in a workspace's crates. Modules are module symbols. */
export class RustTree {
  readonly #program: Program;
  readonly #crates: readonly RustCrate[];
  /** By file: the module that declares it, and the root file of its crate. */
  readonly #parents = new Map<number, number>();
  readonly #roots = new Map<number, number>();
  /** By file and import row of a `mod name;`: the file that it means. */
  readonly #children = new Map<string, number>();

  constructor(program: Program, crates: readonly RustCrate[]) {
    this.#program = program;
    // The innermost crate first.
    this.#crates = [...crates].sort(
      (a, b) => b.folder.length - a.folder.length || (a.folder < b.folder ? -1 : 1),
    );
    const files = program.files.map((_, i) => i).filter((i) => program.facts[i]!.language === 'rust');
    const isRoot = new Set(this.#crates.flatMap((c) => c.roots));
    const rank = (file: number) => {
      const name = program.files[file]!;
      if (isRoot.has(name)) return name.endsWith('lib.rs') ? 0 : 1;
      return /(?:^|\/)(?:lib|main)\.rs$/.test(name) ? 2 : 3;
    };
    for (const root of files.sort(
      (a, b) => rank(a) - rank(b) || (program.files[a]! < program.files[b]! ? -1 : 1),
    ))
      if (!this.#roots.has(root)) this.#readTree(root);
  }

  #readTree(root: number): void {
    const work = [root];
    this.#roots.set(root, root);
    for (let file = work.pop(); file !== undefined; file = work.pop()) {
      const { imports } = this.#program.facts[file]!;
      for (let row = 0; row < imports.length / IMPORT.width; row++) {
        if (this.#program.importText(file, row, 'imported') !== 'mod') continue;
        const child = this.#fileOf(file, row, file === root);
        if (child === undefined || child === file) continue;
        this.#children.set(`${file},${row}`, child);
        if (this.#roots.has(child)) continue;
        this.#roots.set(child, root);
        this.#parents.set(child, this.#program.symbol(file, imports[row * IMPORT.width + IMPORT.module]!));
        work.push(child);
      }
    }
  }

  /** The file of `mod name;`: beside a root or `mod.rs`, else in the folder of the file's name. */
  #fileOf(file: number, row: number, isRoot: boolean): number | undefined {
    const program = this.#program;
    const path = program.files[file]!;
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const stem = path.slice(folder.length).replace(/\.rs$/, '');
    const inner = this.#innerPath(
      program.symbol(file, program.facts[file]!.imports[row * IMPORT.width + IMPORT.module]!),
    );
    const given = program.importText(file, row, 'from');
    const own = isRoot || stem === 'mod' ? folder : `${folder}${stem}/`;
    const inside = inner.map((name) => `${name}/`).join('');
    if (given !== '') return this.#file((inner.length > 0 ? own + inside : folder) + given);
    const name = program.importText(file, row, 'local').replace(/^r#/, '');
    return this.#file(`${own}${inside}${name}.rs`) ?? this.#file(`${own}${inside}${name}/mod.rs`);
  }

  #file(path: string): number | undefined {
    const parts: string[] = [];
    for (const part of path.split('/'))
      if (part === '..') parts.pop();
      else if (part !== '.') parts.push(part);
    return this.#program.fileIndex(parts.join('/'));
  }

  #innerPath(module: number): string[] {
    const names: string[] = [];
    for (let at = module; this.#program.localOf(at) > 0; at = this.#program.parent(at))
      names.unshift(this.#program.name(at));
    return names;
  }

  /** The file that an import row's `mod name;` declares. */
  declared(file: number, row: number): number | undefined {
    return this.#children.get(`${file},${row}`);
  }

  rootOf(file: number): number {
    return this.#roots.get(file) ?? file;
  }

  /** Whether the code of a file may use what another declares: of its own crate, or of one that it depends on. */
  sees(from: number, to: number): boolean {
    if (this.#crates.length === 0 || this.#program.facts[to]!.language !== 'rust') return true;
    if (this.#program.isBuiltInFile(to)) return true;
    const [own, other] = [this.#crateOf(from), this.#crateOf(to)];
    if (!own || !other) return this.rootOf(from) === this.rootOf(to);
    return own === other || this.#dependencies(own).has(other.name);
  }

  readonly #crateOfRoot = new Map<number, RustCrate | undefined>();
  #crateOf(file: number): RustCrate | undefined {
    const root = this.rootOf(file);
    if (!this.#crateOfRoot.has(root)) {
      const path = this.#program.files[root]!;
      this.#crateOfRoot.set(
        root,
        this.#crates.find((c) => c.roots.includes(path)),
      );
    }
    return this.#crateOfRoot.get(root);
  }

  readonly #allDependencies = new Map<RustCrate, ReadonlySet<string>>();
  #dependencies(crate: RustCrate): ReadonlySet<string> {
    let found = this.#allDependencies.get(crate);
    if (!found) {
      const names = new Set<string>();
      const work = [crate];
      for (let at = work.pop(); at; at = work.pop())
        for (const name of Object.values(at.dependencies)) {
          const next = name === '' || names.has(name) ? undefined : this.#crates.find((c) => c.name === name);
          if (!next) continue;
          names.add(name);
          work.push(next);
        }
      this.#allDependencies.set(crate, (found = names));
    }
    return found;
  }

  /** The module around a module; undefined for a crate's root. */
  parentOf(module: number): number | undefined {
    if (this.#program.localOf(module) === 0) return this.#parents.get(this.#program.fileOf(module));
    let at = this.#program.parent(module);
    while (this.#program.kind(at) !== 'Module') at = this.#program.parent(at);
    return at;
  }

  /** Whether a module stands around another, or is it. */
  isAround(outer: number, inner: number): boolean {
    for (let at: number | undefined = inner; at !== undefined; at = this.parentOf(at))
      if (at === outer) return true;
    return false;
  }

  /** What a file's crate calls by a name: the root file of a library here, or that it is one from elsewhere. */
  library(file: number, name: string): number | 'outside' | undefined {
    const path = this.#program.files[file]!;
    const own = this.#crates.find((c) => c.folder === '' || path.startsWith(`${c.folder}/`));
    const wanted = own?.dependencies[name] ?? '';
    const target = wanted === '' ? undefined : this.#crates.find((c) => c.name === wanted);
    const lib = target ?? (own?.library === name ? own : undefined);
    const root = lib && this.#program.fileIndex(lib.roots[0] ?? '');
    if (root !== undefined) return root;
    return own && name in own.dependencies ? 'outside' : undefined;
  }
}
