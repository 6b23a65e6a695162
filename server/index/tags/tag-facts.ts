import type { SymbolKind } from '../../protocol/graph.ts';
import { FactsBuilder } from '../facts-builder.ts';
import { FLAG, OP, type FileFacts } from '../facts.ts';
import type { Captures, Definition, Reference } from './captures.ts';
import { Comments } from './comments.ts';
import { signatureOf } from './signature.ts';
import { partsOf } from './written-names.ts';

const CLASSES: ReadonlySet<SymbolKind> = new Set(['Class', 'Interface', 'Enum']);
const FUNCTIONS: ReadonlySet<SymbolKind> = new Set(['Function', 'Method', 'Test']);

/** One file's facts, from where a query says that it defines, calls and imports something. */
export function tagFacts(
  file: string,
  text: string,
  language: string,
  found: Captures,
  hasErrors: boolean,
): FileFacts {
  return new TagFacts(file, text, language, found).make(hasErrors);
}

/** What stands around a place: a symbol, how far it reaches, and the names of its file that are found in it. */
interface Around {
  definition: Definition | undefined;
  symbol: number;
  kind: SymbolKind;
  end: number;
}

/**
 * Goes through all that was found, in the order of the source, with a stack of what stands around: nothing here
 * recurs, so syntax may be nested as deep as it likes.
 */
class TagFacts {
  readonly #text: string;
  readonly #facts: FactsBuilder;
  readonly #found: Captures;
  readonly #comments: Comments;
  readonly #around: Around[];
  /** Classes and namespaces of the file, by qualified name. */
  readonly #containers = new Map<string, number>();
  /** Names of local variables by the function around; undefined for none. */
  readonly #named: ReadonlySet<number>;
  readonly #locals = new Map<Definition | undefined, Set<string>>();

  constructor(file: string, text: string, language: string, found: Captures) {
    this.#text = text;
    this.#found = found;
    this.#facts = new FactsBuilder(file, text, language);
    this.#comments = new Comments(text, found.comments);
    const bare = found.references.some(({ kind }) => kind === 'bare');
    this.#named = new Set(bare ? placesOfNames(found) : []);
    this.#around = [{ definition: undefined, symbol: 0, kind: 'Module', end: Infinity }];
  }

  make(hasErrors: boolean): FileFacts {
    const { imports } = this.#found;
    this.#facts.package = dotted(this.#found.package);
    for (const { at, from, isPath } of imports.sort((a, b) => a.at - b.at)) {
      const clean = isPath ? pathIn(from) : from.trim();
      if (clean !== '') this.#facts.addImport({ from: clean, imported: isPath ? '' : '*', local: '', at });
    }
    const definitions = distinct(this.#found.definitions);
    this.#bindLocals(definitions);
    const references = this.#found.references.sort((a, b) => a.at - b.at);
    let next = 0;
    for (const reference of references) {
      while (next < definitions.length && definitions[next]!.start <= reference.at)
        this.#define(definitions[next++]!);
      this.#refer(reference);
    }
    while (next < definitions.length) this.#define(definitions[next++]!);
    return this.#facts.finish(hasErrors);
  }

  /** Finds the function that each local variable stands in. */
  #bindLocals(definitions: readonly Definition[]): void {
    const { locals } = this.#found;
    const around: Definition[] = [];
    let next = 0;
    for (const { at, name } of locals.sort((a, b) => a.at - b.at)) {
      for (; next < definitions.length && definitions[next]!.start <= at; next++)
        if (FUNCTIONS.has(definitions[next]!.kind)) around.push(definitions[next]!);
      while (around.length > 0 && around.at(-1)!.end <= at) around.pop();
      const own = around.at(-1);
      const names = this.#locals.get(own) ?? new Set<string>();
      this.#locals.set(own, names.add(name));
    }
  }

  /** Leaves what ends before a place. */
  #leave(at: number): Around {
    while (this.#around.at(-1)!.end <= at) this.#around.pop();
    return this.#around.at(-1)!;
  }

  #define(definition: Definition): void {
    const around = this.#leave(definition.start);
    const { scope, name } = this.#nameOf(definition);
    const outer = scope.length > 0 ? this.#container(around.symbol, scope) : around;
    const isFree = definition.kind === 'Method' && around.symbol === 0 && scope.length === 0;
    const kind = isFree ? 'Function' : kindIn(definition.kind, outer?.kind ?? 'Class');
    if (name === '' || kind === undefined || (kind === 'Variable' && FUNCTIONS.has(around.kind))) return;
    const parent = outer?.symbol ?? around.symbol;
    const qualifiedName = [this.#prefixOf(parent), ...(outer && scope.length > 0 ? [] : scope), name]
      .filter(Boolean)
      .join('.');
    const symbol = this.#facts.addSymbol({
      ...{ kind, name, start: definition.start, end: definition.end, nameStart: definition.nameStart },
      ...{ parent, qualifiedName, doc: this.#comments.before(definition.start) },
      signature: signatureOf(this.#text, definition),
      flags:
        (definition.isLocal ? FLAG.private : FLAG.exported) | (definition.isAbstract ? FLAG.abstract : 0),
    });
    if (kind === 'Module' || CLASSES.has(kind)) this.#containers.set(qualifiedName, symbol);
    if (kind !== 'Variable' && kind !== 'Field')
      this.#around.push({ definition, symbol, kind, end: Math.max(definition.end, definition.start + 1) });
  }

  #nameOf({ kind, name }: Definition): { scope: string[]; name: string } {
    if (kind === 'Test') return { scope: [], name: name.trim() };
    if (name.startsWith(':')) return { scope: [], name: name.slice(1) };
    // A namespace that is opened by its whole name is one.
    return kind === 'Module' ? { scope: [], name: dotted(name) } : partsOf(name, false);
  }

  #prefixOf(symbol: number): string {
    return symbol === 0 ? '' : this.#facts.qualifiedName(symbol);
  }

  /** The class or namespace of this file that a scope names, from where it is written outwards. */
  #container(from: number, scope: readonly string[]): { symbol: number; kind: SymbolKind } | undefined {
    const written = scope.join('.');
    for (
      let prefix = this.#prefixOf(from);
      ;
      prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf('.')))
    ) {
      const symbol = this.#containers.get(prefix === '' ? written : `${prefix}.${written}`);
      if (symbol !== undefined) return { symbol, kind: this.#facts.symbolKind(symbol) };
      if (prefix === '') return undefined;
    }
  }

  #refer({ kind, at, name, receiver }: Reference): void {
    const { symbol } = this.#leave(at);
    const { scope, name: last } = partsOf(name, kind !== 'call');
    // `\Exception` is one of the platform's, hardly ever one of the workspace.
    if (scope.length === 0 && name.startsWith('\\')) return;
    if (last === '' || (kind === 'bare' && this.#isNoCall(at, last))) return;
    const facts = this.#facts;
    const from = receiver ?? (scope.length > 0 ? `${scope.at(-1)!}::` : undefined);
    if (kind === 'base') {
      const cls = this.#around.findLast((outer) => CLASSES.has(outer.kind));
      if (cls) facts.addHeritage(cls.symbol, 'INHERITS', facts.term(OP.global, facts.text(last)), at);
    } else if (kind === 'new' || from === undefined)
      facts.addSite(facts.term(OP.global, facts.text(last)), kind === 'new' ? 'new' : 'call', at, -1, symbol);
    else facts.addSite(facts.member(this.#receiver(from), last), 'call', at, -1, symbol);
  }

  /** True for a local variable, and for a word that is another reference's or a definition's name. */
  #isNoCall(at: number, name: string): boolean {
    if (this.#named.has(at)) return true;
    const own = this.#around.findLast(({ kind }) => FUNCTIONS.has(kind));
    return this.#locals.get(own?.definition)?.has(name) === true;
  }

  /** A receiver that is one word says which class may be meant; another says nothing. */
  #receiver(written: string): number {
    const { scope, name } = partsOf(written, true);
    const isClass = /^\p{Lu}/u.test(name);
    const word = written.endsWith('::')
      ? `${scope.at(-1) ?? ''}::`
      : scope.length > 0 && !isClass
        ? ''
        : name;
    const isWord = /^[$@]?[\p{L}_][\p{L}\p{N}_]*(?:::)?$/u.test(word);
    return isWord ? this.#facts.term(OP.global, this.#facts.text(word)) : this.#facts.unknown;
  }
}

/** Where the names stand of all that is no bare word. */
function placesOfNames({ definitions, references, locals }: Captures): number[] {
  return [
    ...definitions.map(({ nameStart }) => nameStart),
    ...references.flatMap(({ kind, at }) => (kind === 'bare' ? [] : [at])),
    ...locals.map(({ at }) => at),
  ];
}

/** The path in an expression that may build it: the last text in quotes, else all that is written. */
function pathIn(written: string): string {
  const quoted = [...written.slice(0, 1000).matchAll(/["'<]([^"'<>\n]+)["'>]/g)].at(-1);
  return (quoted?.[1] ?? written.slice(0, 1000)).trim();
}

function dotted(written: string): string {
  const { scope, name } = partsOf(written, true);
  return name === '' ? '' : [...scope, name].join('.');
}

/** Functions in a class are its methods, variables its fields; a local variable is no symbol. */
function kindIn(kind: SymbolKind, around: SymbolKind): SymbolKind | undefined {
  if (kind === 'Function') return CLASSES.has(around) ? 'Method' : kind;
  if (kind === 'Variable') return CLASSES.has(around) ? 'Field' : kind;
  if (kind === 'Field') return CLASSES.has(around) ? kind : undefined;
  return kind;
}

/**
 * In the order of the source, the outer first. Of several patterns that define one name, the last of the query counts;
 * what a test's pattern finds is nothing else.
 */
function distinct(definitions: Definition[]): Definition[] {
  const tests = new Set(definitions.filter((d) => d.kind === 'Test').map((d) => d.start));
  const byName = new Map<number, Definition>();
  for (const definition of definitions) {
    if (FUNCTIONS.has(definition.kind) && definition.kind !== 'Test' && tests.has(definition.start)) continue;
    const known = byName.get(definition.nameStart);
    byName.set(definition.nameStart, known ? both(known, definition) : definition);
  }
  return [...byName.values()].sort((a, b) => a.start - b.start || b.end - a.end || a.nameStart - b.nameStart);
}

function both(one: Definition, other: Definition): Definition {
  const [before, last] = one.pattern > other.pattern ? [other, one] : [one, other];
  return {
    ...last,
    isLocal: before.isLocal || last.isLocal,
    isAbstract: before.isAbstract && last.isAbstract,
    body: last.body < 0 && before.start === last.start ? before.body : last.body,
  };
}
