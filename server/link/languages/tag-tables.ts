import { tagLanguages } from '../../index/languages/index.ts';
import type { LanguageRules } from '../evaluation.ts';
import type { Program } from '../program.ts';
import { nameRules } from './by-name.ts';
import { DefinedNames } from './defined-names.ts';
import { FilePaths } from './file-paths.ts';

/** What the rules of all languages look names and paths up in that are read at definition depth. */
export class TagTables {
  readonly #families = new Map<string, DefinedNames>();
  #paths: FilePaths;

  constructor(program: Program, files: ReadonlySet<string>) {
    this.#paths = new FilePaths(files);
    for (const { names } of tagLanguages) {
      if (this.#families.has(names.family)) continue;
      const own = tagLanguages.filter((l) => l.names.family === names.family).map((l) => l.name);
      if (own.some((language) => program.languages.includes(language)))
        this.#families.set(names.family, new DefinedNames(program, new Set(own)));
    }
  }

  get paths(): FilePaths {
    return this.#paths;
  }

  definedIn(family: string): DefinedNames {
    return this.#families.get(family)!;
  }

  setFiles(files: ReadonlySet<string>): void {
    this.#paths = new FilePaths(files);
  }

  remove(file: number): void {
    for (const defined of this.#families.values()) defined.remove(file);
  }

  add(file: number): void {
    for (const defined of this.#families.values()) defined.add(file);
  }
}

/** Rules by language; without tables, they make their own when they are first asked. */
export function tagRules(kept?: TagTables): Record<string, LanguageRules> {
  let known: { program: Program; tables: TagTables } | undefined;
  const tablesOf = (program: Program) => {
    if (kept) return kept;
    if (known?.program !== program)
      known = {
        program,
        tables: new TagTables(program, new Set(program.workspaceFiles().map((f) => program.files[f]!))),
      };
    return known.tables;
  };
  return Object.fromEntries(
    tagLanguages.map((language) => [
      language.name,
      nameRules(language, (program) => {
        const tables = tablesOf(program);
        return { defined: tables.definedIn(language.names.family), paths: tables.paths };
      }),
    ]),
  );
}
