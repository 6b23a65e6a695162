import { EXPORT, OP, TERM } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';
import type { Program } from '../program.ts';
import type { Type } from '../types.ts';
import { standardModules } from './python-built-ins.ts';
import type { PythonModule, PythonModules } from './python-modules.ts';

const FOLDER = 'python folder ';
const STANDARD = 'python standard ';
const MOST_IMPORTS = 30;

export const BUILT_INS = '<built-in>/builtins.pyi';

/** A value as written: a term of a file. */
export interface Written {
  file: number;
  term: number;
}

/** What Python's names mean across modules. */
export class PythonNames {
  readonly #modules: PythonModules;
  readonly #standard = new Map<string, ReadonlySet<string>>();

  constructor(modules: PythonModules) {
    this.#modules = modules;
    for (const [module, names] of Object.entries(standardModules))
      this.#standard.set(module, new Set(names.split(/\s+/)));
  }

  #resolve(program: Program, from: number, specifier: string): PythonModule | undefined {
    const path = program.files[from]!;
    const found = this.#modules.resolve(path, specifier);
    const { reads } = program;
    reads?.resolved(reads.resolution('python', path, specifier, pathOf(found)));
    return found;
  }

  #within(program: Program, folder: string, name: string): PythonModule | undefined {
    const found = this.#modules.within(folder, name);
    const { reads } = program;
    reads?.resolved(reads.resolution('python-within', folder, name, pathOf(found)));
    return found;
  }

  /** The file that a module's name means. */
  fileOf(program: Program, from: number, specifier: string): number | undefined {
    const found = this.#resolve(program, from, specifier)?.file;
    return found === undefined ? undefined : program.fileIndex(found);
  }

  imported(ev: Evaluation, file: number, index: number): Type | undefined {
    const { program } = ev;
    const from = program.importText(file, index, 'from');
    const name = program.importText(file, index, 'imported');
    if (name === '') return undefined;
    const module = this.#resolve(program, file, from);
    if (name === '*') return module ? this.#moduleType(ev, module) : this.#standardModule(ev, from);
    if (!module) return this.#standardMember(ev, from, name);
    return this.#memberOf(ev, module, name);
  }

  /** A name that is bound nowhere in its file: of a module imported with `*`, else built in. */
  global(ev: Evaluation, file: number, name: string): Type | undefined {
    if (!ev.program.isBuiltInFile(file)) {
      const found = this.#starred(ev, file, name, new Set([file]));
      if (found) return ev.value(found.file, found.term);
    }
    return builtIn(ev, name);
  }

  moduleMember(ev: Evaluation, module: number, name: string): Type | undefined {
    const file = ev.program.fileOf(module);
    if (ev.program.isBuiltInFile(file)) return builtIn(ev, name);
    return this.#memberOf(ev, { file: ev.program.files[file]! }, name);
  }

  packageMember(ev: Evaluation, name: string, member: string): Type | undefined {
    if (name.startsWith(FOLDER)) return this.#memberOf(ev, { folder: name.slice(FOLDER.length) }, member);
    return name.startsWith(STANDARD)
      ? this.#standardMember(ev, name.slice(STANDARD.length), member)
      : undefined;
  }

  /** What a module shows under a name, as written; undefined where it is a module or not known. */
  exported(ev: Evaluation, file: number, name: string): Written | undefined {
    return this.#exported(ev, file, name, new Set());
  }

  /** What an import means, as written. */
  importedTerm(ev: Evaluation, file: number, index: number): Written | undefined {
    const target = this.fileOf(ev.program, file, ev.program.importText(file, index, 'from'));
    const name = ev.program.importText(file, index, 'imported');
    return target === undefined || name === '*' || name === '' ? undefined : this.exported(ev, target, name);
  }

  #memberOf(ev: Evaluation, module: PythonModule, name: string): Type | undefined {
    const { program } = ev;
    const index = module.file === undefined ? undefined : program.fileIndex(module.file);
    if (index !== undefined) {
      const found = this.exported(ev, index, name);
      const value = found && ev.value(found.file, found.term);
      if (value) return value;
    }
    const folder = folderOf(module);
    const inner = folder === undefined ? undefined : this.#within(program, folder, name);
    return inner && this.#moduleType(ev, inner);
  }

  #exported(ev: Evaluation, file: number, name: string, seen: Set<number>): Written | undefined {
    if (seen.has(file) || seen.size > MOST_IMPORTS) return undefined;
    seen.add(file);
    const [row] = ev.program.exported(file, name) ?? [];
    if (row !== undefined && name !== '__all__' && name !== '*')
      return { file, term: ev.program.exportColumn(file, row, EXPORT.term) };
    return this.#starred(ev, file, name, seen);
  }

  /** What `from m import *` brings under a name; the last of several wins. */
  #starred(ev: Evaluation, file: number, name: string, seen: Set<number>): Written | undefined {
    const { program } = ev;
    const rows = program.exported(file, '*') ?? [];
    for (const row of [...rows].reverse()) {
      const target = this.fileOf(
        program,
        file,
        program.text(file, program.exportColumn(file, row, EXPORT.from)),
      );
      if (target === undefined || !this.#isPublic(program, target, name)) continue;
      const found = this.#exported(ev, target, name, seen);
      if (found && !this.#isMissing(ev, found)) return found;
    }
    return undefined;
  }

  /** An import of nothing that is known. */
  #isMissing(ev: Evaluation, { file, term }: Written): boolean {
    const { terms } = ev.program.facts[file]!;
    return terms[term * TERM.width] === OP.unknown;
  }

  /** Whether `*` brings a name: what `__all__` lists, else what does not begin with an underscore. */
  #isPublic(program: Program, file: number, name: string): boolean {
    const listed = (program.exported(file, '__all__') ?? []).filter(
      (row) => program.exportColumn(file, row, EXPORT.term) < 0,
    );
    if (listed.length === 0) return !name.startsWith('_');
    return listed.some((row) => program.text(file, program.exportColumn(file, row, EXPORT.local)) === name);
  }

  #moduleType(ev: Evaluation, { file, folder }: PythonModule): Type | undefined {
    const index = file === undefined ? undefined : ev.program.fileIndex(file);
    if (index !== undefined) return ev.types.module(ev.program.moduleOf(index));
    return folder === undefined ? undefined : ev.types.module(-1, `${FOLDER}${folder}`);
  }

  #standardModule(ev: Evaluation, name: string): Type | undefined {
    return this.#standard.has(name) ? ev.types.module(-1, `${STANDARD}${name}`) : undefined;
  }

  #standardMember(ev: Evaluation, module: string, name: string): Type | undefined {
    const inner = this.#standardModule(ev, `${module}.${name}`);
    if (inner) return inner;
    const names = this.#standard.get(module);
    return names && (names.has('*') || names.has(name)) ? builtIn(ev, name) : undefined;
  }
}

/** A module's path, with a slash at the end for a folder. */
export function pathOf(module: PythonModule | undefined): string | undefined {
  return module?.file ?? (module?.folder === undefined ? undefined : `${module.folder}/`);
}

/** A name of the built-in declarations. */
function builtIn(ev: Evaluation, name: string): Type | undefined {
  const file = ev.program.fileIndex(BUILT_INS);
  if (file === undefined) return undefined;
  const [symbol] = ev.program.child(ev.program.moduleOf(file), name) ?? [];
  return symbol === undefined ? undefined : ev.symbolValue(symbol);
}

/** The folder whose modules a package shows as its members. */
function folderOf({ file, folder }: PythonModule): string | undefined {
  if (folder !== undefined) return folder;
  return file !== undefined && /(?:^|\/)__init__\.pyi?$/.test(file)
    ? file.replace(/\/?__init__\.pyi?$/, '')
    : undefined;
}
