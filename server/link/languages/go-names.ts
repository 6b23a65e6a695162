import { FLAG, IMPORT } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';
import type { GoModule } from '../module-resolution.ts';
import type { Program } from '../program.ts';
import type { Type } from '../types.ts';

const BUILT_IN = '<built-in>/builtin.go';
/** What a package value is called in the program, so that no other language has a package of that name. */
const PACKAGE = 'go:';
const OUTSIDE = 'go:!';

/** A folder's files of one package clause. */
interface GoPackage {
  files: number[];
  names: Map<string, number[]>;
}

interface FileImports {
  /** Packages whose names the file sees as its own. */
  dots: readonly string[];
  /** Folders of the workspace that are imported without a name of their own, by import path. */
  plain: readonly string[];
}

/** What names mean across Go files: packages are folders, import paths begin with a module's path. */
export class GoNames {
  readonly #program: Program;
  /** By folder: its package, and apart from it the tests that import it. */
  readonly #packages = new Map<string, GoPackage>();
  readonly #testPackages = new Map<string, GoPackage>();
  readonly #modules: readonly GoModule[];
  readonly #folders = new Map<string, string | undefined>();
  readonly #imports: (FileImports | undefined)[] = [];

  constructor(program: Program, modules: readonly GoModule[]) {
    this.#program = program;
    // The longest path first: a module may stand inside another.
    this.#modules = [...modules].sort((a, b) => b.path.length - a.path.length || (a.path < b.path ? -1 : 1));
    const files = program.files.map((_, i) => i).filter((i) => program.facts[i]!.language === 'go');
    // Where several files of a package declare a name, the default build has the first of these.
    files.sort((a, b) => this.#rank(a) - this.#rank(b) || (program.files[a]! < program.files[b]! ? -1 : 1));
    for (const file of files) {
      const at = this.#packageAround(file);
      at.files.push(file);
      for (const [name, symbols] of program.children(program.moduleOf(file))) {
        const own = symbols.filter((s) => program.kind(s) !== 'Method');
        if (own.length > 0 && name !== 'init') at.names.set(name, [...(at.names.get(name) ?? []), ...own]);
      }
    }
  }

  #packageAround(file: number): GoPackage {
    const isApart = this.#program.facts[file]!.package.endsWith('_test');
    const packages = isApart ? this.#testPackages : this.#packages;
    const folder = folderOf(this.#program.files[file]!);
    let found = packages.get(folder);
    if (!found) packages.set(folder, (found = { files: [], names: new Map() }));
    return found;
  }

  #rank(file: number): number {
    const program = this.#program;
    const isLeftOut = (program.flags(program.moduleOf(file)) & FLAG.leftOut) !== 0;
    const name = program.files[file]!;
    return (isLeftOut ? 2 : 0) + (name.endsWith('_test.go') ? 1 : 0);
  }

  /** The folder of the workspace that an import path means. */
  folderOfImport(path: string): string | undefined {
    if (this.#folders.has(path)) return this.#folders.get(path);
    let found: string | undefined;
    for (const { folder, path: prefix } of this.#modules) {
      const rest =
        path === prefix ? '' : path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : undefined;
      const candidates = [
        ...(rest === undefined ? [] : [join(folder, rest)]),
        join(folder, `vendor/${path}`),
      ];
      found = candidates.find((c) => this.#packages.has(c));
      if (found !== undefined) break;
    }
    this.#folders.set(path, found);
    return found;
  }

  /** The file that stands for an imported package: the one of its name, else its first. */
  fileOfImport(path: string): number | undefined {
    const folder = this.folderOfImport(path);
    const at = folder === undefined ? undefined : this.#packages.get(folder);
    if (!at) return undefined;
    const named = join(folder!, `${folder!.slice(folder!.lastIndexOf('/') + 1)}.go`);
    return at.files.find((f) => this.#program.files[f] === named) ?? at.files[0];
  }

  /** A package as a value; one outside the workspace has members that nothing is known of. */
  packageOf(ev: Evaluation, path: string): Type {
    const folder = this.folderOfImport(path);
    return ev.types.module(-1, folder === undefined ? `${OUTSIDE}${path}` : `${PACKAGE}${folder}`);
  }

  packageMember(ev: Evaluation, packageName: string, member: string): Type | undefined {
    if (packageName.startsWith(OUTSIDE)) return this.external(ev);
    if (!packageName.startsWith(PACKAGE)) return undefined;
    return valueOf(ev, this.#packages.get(packageName.slice(PACKAGE.length))?.names.get(member)?.[0]);
  }

  /** What a name means that its file does not bind: of its package, of a dot import, of the universe. */
  inFile(ev: Evaluation, file: number, name: string): Type | undefined {
    if (!this.#program.isBuiltInFile(file)) {
      const own = this.#packageAround(file).names.get(name);
      if (own) return valueOf(ev, own[0]);
      const { dots, plain } = (this.#imports[file] ??= this.#readImports(file));
      for (const path of dots) {
        const folder = this.folderOfImport(path);
        const found = folder === undefined ? undefined : this.#packages.get(folder)?.names.get(name);
        if (found) return valueOf(ev, found[0]);
      }
      // A package whose name is not the end of its path.
      for (const path of plain) {
        const first = this.fileOfImport(path);
        if (first !== undefined && this.#program.facts[first]!.package === name)
          return this.packageOf(ev, path);
      }
    }
    return valueOf(ev, this.#builtIn(name));
  }

  external(ev: Evaluation): Type | undefined {
    return valueOf(ev, this.#builtIn('external__'));
  }

  #builtIn(name: string): number | undefined {
    const file = this.#program.fileIndex(BUILT_IN);
    return file === undefined ? undefined : this.#program.child(this.#program.moduleOf(file), name)?.[0];
  }

  #readImports(file: number): FileImports {
    const dots: string[] = [];
    const plain: string[] = [];
    const { imports } = this.#program.facts[file]!;
    for (let row = 0; row < imports.length / IMPORT.width; row++) {
      const imported = this.#program.importText(file, row, 'imported');
      const from = this.#program.importText(file, row, 'from');
      if (imported === '.') dots.push(from);
      else if (imported === '*') plain.push(from);
    }
    return { dots, plain };
  }
}

function valueOf(ev: Evaluation, symbol: number | undefined): Type | undefined {
  return symbol === undefined ? undefined : ev.symbolValue(symbol);
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

function join(folder: string, rest: string): string {
  return folder === '' || rest === '' ? folder + rest : `${folder}/${rest}`;
}
