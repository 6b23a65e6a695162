import { FLAG, HERITAGE, OP, SITE, TERM } from '../../index/facts.ts';
import type { TagLanguage, TagNames } from '../../index/tags/tag-language.ts';
import { CALL_FORMS, type SymbolKind } from '../../protocol/graph.ts';
import { builtInNames } from '../built-in-names.ts';
import type { Candidate, LanguageRules } from '../evaluation.ts';
import type { Program } from '../program.ts';
import { ownerName, type DefinedNames } from './defined-names.ts';
import type { FilePaths } from './file-paths.ts';

const CLASSES: ReadonlySet<SymbolKind> = new Set(['Class', 'Interface', 'Enum']);
const NEW = CALL_FORMS.indexOf('new');
/** What stands for the object around, or its class. */
const OWN = /^(?:\$?this|self|static|Self)(?:::)?$/;
const OF_BASES = /^(?:super|parent|base)(?:::)?$/;

/** What rules by name look things up in. */
interface Tables {
  defined: DefinedNames;
  paths: FilePaths;
}

/**
 * A language of which nothing is known but what a query finds: a call is a candidate where one definition alone has its
 * name. Where several have it, the call stays an open site, which answers count.
 */
export function nameRules({ names }: TagLanguage, tablesOf: (program: Program) => Tables): LanguageRules {
  const common = new Set(names.common?.split(' '));
  const isCommon = (name: string) =>
    common.has(name) ||
    builtInNames.has(name) ||
    builtInNames.has(name.charAt(0).toLowerCase() + name.slice(1));
  return {
    constructorNames: [],
    builtInName: () => '',
    resolveModule: () => undefined,
    importedFile: ({ program }, file, index) => importedFile(program, tablesOf(program), file, index),
    imported: () => undefined,
    global: () => undefined,
    moduleMember: () => undefined,
    isOutside: () => false,
    called: ({ program }, file, row) =>
      new CallByName(program, tablesOf(program).defined, names, file, row, isCommon).target(),
    base({ program }, file, name) {
      const { defined } = tablesOf(program);
      const isClass = (s: number) => CLASSES.has(program.kind(s)) && isSeen(program, s, file);
      return (
        only(defined.inFile(file, name).filter(isClass), IN_FILE) ??
        only(defined.of(name).filter(isClass), ALONE)
      );
    },
  };
}

/** The file that an import's path leads to, or the one that declares the name which it brings. */
function importedFile(
  program: Program,
  { defined, paths }: Tables,
  file: number,
  index: number,
): number | undefined {
  const written = program.importText(file, index, 'from');
  if (program.importText(file, index, 'imported') === '') {
    const from = program.files[file]!;
    const found = paths.resolve(from, written);
    const { reads } = program;
    reads?.resolved(reads.resolution('path', from, written, found));
    return found === undefined ? undefined : program.fileIndex(found);
  }
  const wanted = written.replaceAll(/\\|::/g, '.').replace(/^\.+/, '');
  const found = defined.of(wanted.slice(wanted.lastIndexOf('.') + 1)).filter((symbol) => {
    const { package: own } = program.facts[program.fileOf(symbol)]!;
    return (own === '' ? '' : `${own}.`) + program.qualifiedName(symbol) === wanted;
  });
  return found.length === 1 ? program.fileOf(found[0]!) : undefined;
}

/** What one call may mean. */
class CallByName {
  readonly #program: Program;
  readonly #defined: DefinedNames;
  readonly #names: TagNames;
  readonly #file: number;
  readonly #row: number;
  readonly #isCommon: boolean;
  readonly #isMember: boolean;
  readonly #name: string;

  constructor(
    program: Program,
    defined: DefinedNames,
    names: TagNames,
    file: number,
    row: number,
    isCommon: (name: string) => boolean,
  ) {
    this.#program = program;
    this.#defined = defined;
    this.#names = names;
    this.#file = file;
    this.#row = row;
    const { terms } = program.facts[file]!;
    const callee = this.#site(SITE.callee) * TERM.width;
    this.#isMember = terms[callee] === OP.member;
    this.#name = program.text(file, terms[callee + (this.#isMember ? TERM.b : TERM.a)]!);
    this.#isCommon = isCommon(this.#name);
  }

  target(): Candidate | undefined {
    if (this.#site(SITE.form) === NEW) return this.#construction();
    return this.#isMember ? this.#member() : this.#bare();
  }

  #site(column: number): number {
    return this.#program.facts[this.#file]!.sites[this.#row + column]!;
  }

  /** A method of the class around; then functions, then classes, then methods that might be inherited. */
  #bare(): Candidate | undefined {
    const { reachesMethods = false, callMakesInstance = false } = this.#names;
    const own = reachesMethods ? this.#ofClassAround() : [];
    if (own.length > 0) return only(own, OF_CLASS);
    const functions = this.#chosen((s) => this.#program.kind(s) !== 'Method');
    if (functions !== 'none') return found(functions);
    const made = callMakesInstance ? this.#construction() : undefined;
    if (made || !reachesMethods || this.#isCommon) return made;
    return this.#onlyMethod();
  }

  #member(): Candidate | undefined {
    const program = this.#program;
    if (this.#names.isMethodless) return undefined;
    const { terms } = program.facts[this.#file]!;
    const object = terms[this.#site(SITE.callee) * TERM.width + TERM.a]! * TERM.width;
    const receiver = terms[object] === OP.global ? program.text(this.#file, terms[object + TERM.a]!) : '';
    if (OWN.test(receiver)) {
      const own = this.#ofClassAround();
      if (own.length > 0) return only(own, OF_CLASS);
    } else if (OF_BASES.test(receiver)) return only(this.#ofBases(), OF_CLASS);
    else if (/^\p{Lu}|::$/u.test(receiver))
      // A class or namespace that is named: what others have is not meant.
      return only(this.#callable(this.#defined.ofOwner(receiver.replace(/::$/, ''), this.#name)), OF_CLASS);
    return this.#isCommon ? undefined : this.#onlyMethod();
  }

  /** The one class of the name: its constructor, where it declares exactly one. */
  #construction(): Candidate | undefined {
    const program = this.#program;
    const isClass = (s: number) => program.kind(s) === 'Class' && isSeen(program, s, this.#file);
    const cls =
      only(this.#defined.inFile(this.#file, this.#name).filter(isClass), IN_FILE) ??
      only(this.#defined.of(this.#name).filter(isClass), ALONE);
    if (!cls) return undefined;
    const name = this.#names.constructorName ?? program.name(cls.symbol);
    const declared = (program.child(cls.symbol, name) ?? []).filter((s) => program.kind(s) === 'Method');
    return { ...cls, symbol: declared.length === 1 ? declared[0]! : cls.symbol, isNew: true };
  }

  /** The one method of the name, whatever its file: another one may be that of the receiver. */
  #onlyMethod(): Candidate | undefined {
    const all = this.#callable(this.#defined.of(this.#name));
    return only(
      all.filter((s) => this.#program.kind(s) === 'Method'),
      ALONE,
    );
  }

  /** The one of the file, else the one there is; `none` where there are none to choose from. */
  #chosen(fits: (symbol: number) => boolean): Candidate | 'several' | 'none' {
    const own = this.#callable(this.#defined.inFile(this.#file, this.#name)).filter(fits);
    if (own.length > 0) return only(own, IN_FILE) ?? 'several';
    const all = this.#callable(this.#defined.of(this.#name)).filter(fits);
    return all.length > 0 ? (only(all, ALONE) ?? 'several') : 'none';
  }

  /** Functions and methods; constructors are none, nor are signatures where there are bodies. */
  #callable(symbols: readonly number[]): readonly number[] {
    const program = this.#program;
    const callable = symbols.filter((s) => {
      const kind = program.kind(s);
      const isFunction =
        kind === 'Function' || kind === 'Test' || (kind === 'Method' && !this.#isConstructor(s));
      return isFunction && isSeen(program, s, this.#file);
    });
    const withBodies = callable.filter((s) => (program.flags(s) & FLAG.abstract) === 0);
    return withBodies.length > 0 ? withBodies : callable;
  }

  #isConstructor(method: number): boolean {
    const { constructorName = ownerName(this.#program, method) } = this.#names;
    return this.#program.name(method) === constructorName;
  }

  /** The methods that the bases have which the class around names. */
  #ofBases(): readonly number[] {
    const program = this.#program;
    const { heritage, terms } = program.facts[this.#file]!;
    let cls = program.symbol(this.#file, this.#site(SITE.from));
    while (cls >= 0 && !CLASSES.has(program.kind(cls))) cls = program.parent(cls);
    return (cls < 0 ? [] : program.heritage(cls)).flatMap((row) => {
      const type = heritage[row * HERITAGE.width + HERITAGE.type]! * TERM.width;
      const base = program.text(this.#file, terms[type + TERM.a]!);
      return this.#callable(this.#defined.ofOwner(base, this.#name));
    });
  }

  #ofClassAround(): readonly number[] {
    const own = classAround(this.#program, this.#program.symbol(this.#file, this.#site(SITE.from)));
    if (own === undefined) return [];
    const members = this.#callable(this.#defined.ofOwner(own, this.#name));
    return members.filter((s) => this.#program.kind(s) === 'Method');
  }
}

/** What other files do not see is no candidate for them. */
function isSeen(program: Program, symbol: number, file: number): boolean {
  return program.fileOf(symbol) === file || (program.flags(symbol) & FLAG.private) === 0;
}

type Sure = Omit<Candidate, 'symbol'>;
const IN_FILE: Sure = { confidence: 0.5, reason: 'the only definition of this name in its file' };
const OF_CLASS: Sure = {
  confidence: 0.5,
  reason: 'the only member of this name in the class that is meant',
};
const ALONE: Sure = { confidence: 0.4, reason: 'the only definition of this name' };

function only(symbols: readonly number[], sure: Sure): Candidate | undefined {
  return symbols.length === 1 ? { symbol: symbols[0]!, ...sure } : undefined;
}

function found(chosen: Candidate | 'several' | 'none'): Candidate | undefined {
  return typeof chosen === 'string' ? undefined : chosen;
}

function classAround(program: Program, from: number): string | undefined {
  for (let at = from; at >= 0; at = program.parent(at)) {
    const kind = program.kind(at);
    if (kind === 'Method') return ownerName(program, at);
    if (CLASSES.has(kind)) return program.name(at);
  }
  return undefined;
}
