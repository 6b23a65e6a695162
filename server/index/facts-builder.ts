import { CALL_FORMS, SYMBOL_KINDS, type CallForm, type SymbolKind } from '../protocol/graph.ts';
import { FLAG, FUNCTION, IMPORT, OP, SITE, SYMBOL, TERM, type FileFacts } from './facts.ts';
import { LineIndex } from './line-index.ts';
import type { BuilderOptions, NewFunction, NewSymbol, NewVariable } from './new-facts.ts';
import { Rows } from './rows.ts';
import { Scopes, type BindingPlace, type ScopeKind } from './scopes.ts';

/** Placeholders for names, replaced by what they mean when the file's scopes are complete. */
const NAME = 61;
const TYPE_NAME = 62;
/** Terms are hash-consed with keys of 53 bits: 6 for the operator, 23 for `a`, 24 for `b`. */
const MOST_CONSED = 1 << 23;
/** A name that is declared more often in one scope says nothing of any of them; generated code does so thousands of times. */
const MOST_MEANINGS = 16;
const SIGNATURE_LENGTH = 200;
const DOC_LENGTH = 400;

/**
 * Collects one file's facts. An extractor walks the syntax in document order, opens and closes scopes and symbols
 * around what it visits, and makes terms bottom-up; names are resolved in the file's own scopes when it finishes,
 * so that a use may come before its declaration.
 */
export class FactsBuilder {
  readonly lines: LineIndex;
  readonly #language: string;
  readonly #options: BuilderOptions;
  readonly #strings: string[] = [];
  readonly #stringIds = new Map<string, number>();
  readonly #terms = new Rows(TERM.width, 512);
  readonly #consed = new Map<number, number>();
  readonly #lists = new Rows(1, 512);
  readonly #symbols = new Rows(SYMBOL.width, 64);
  readonly #qualifiedNames: string[] = [];
  readonly #functions = new Rows(FUNCTION.width, 64);
  readonly #variables = new Rows(6, 64);
  readonly #variableValues: (number[] | undefined)[] = [];
  readonly #symbolValues = new Map<number, number[]>();
  readonly #returns: (number[] | undefined)[] = [];
  readonly #yields: (number[] | undefined)[] = [];
  readonly #imports = new Rows(IMPORT.width, 16);
  readonly #exports = new Rows(4, 16);
  readonly #heritage = new Rows(5, 16);
  readonly #members = new Rows(3, 16);
  readonly #sites = new Rows(6, 128);
  readonly #mentions = new Rows(5, 128);
  readonly #scopes: Scopes;
  readonly #placeholders: number[] = [];
  /** First symbols by parent and name, of those before `#indexed`: filled in when children are asked for. */
  readonly #children = new Map<number, number>();
  #indexed = 1;
  #scope = 0;
  #symbol = 0;
  package = '';

  constructor(file: string, text: string, language: string, options: BuilderOptions = {}) {
    this.lines = new LineIndex(text);
    this.#language = language;
    this.#options = options;
    this.#scopes = new Scopes(options.hidesClassScope === true);
    const name = file.replace(/\.[^./]+$/, '');
    this.#addSymbol(
      {
        kind: 'Module',
        name: name.slice(name.lastIndexOf('/') + 1),
        start: 0,
        end: text.length,
        nameStart: 0,
      },
      { parent: -1, qualifiedName: name, signature: file, flags: FLAG.exported },
    );
  }

  // ── where we are ──

  /** The innermost symbol around. */
  get symbol(): number {
    return this.#symbol;
  }

  /** The function around; -1 at module level. */
  get function(): number {
    return this.#scopes.functionOf(this.#scope);
  }

  /** The innermost class symbol around; -1 for none. */
  get class(): number {
    return this.#scopes.classOf(this.#scope);
  }

  get scope(): number {
    return this.#scope;
  }

  get scopeKind(): ScopeKind {
    return this.#scopes.kindOf(this.#scope);
  }

  /** True outside every function. */
  get atModuleLevel(): boolean {
    return this.function < 0;
  }

  /** Remembers a place, to go on there later; see `at`. */
  place(): { scope: number; symbol: number } {
    return { scope: this.#scope, symbol: this.#symbol };
  }

  /** Does work as if it stood at a remembered place. */
  at(place: { scope: number; symbol: number }, work: () => void): void {
    const here = this.place();
    this.#scope = place.scope;
    this.#symbol = place.symbol;
    work();
    this.#scope = here.scope;
    this.#symbol = here.symbol;
  }

  /** Does work inside a symbol: what it mentions and defines belongs to it. */
  within(symbol: number, work: () => void): void {
    const outer = this.#symbol;
    this.#symbol = symbol;
    work();
    this.#symbol = outer;
  }

  /** Does work in a new scope. `inside` is the function or class symbol that the scope is the body of. */
  inScope(kind: ScopeKind, work: () => void, inside = -1): void {
    const outer = this.#scope;
    this.#scope = this.#scopes.open(kind, outer, inside);
    work();
    this.#scope = outer;
  }

  // ── strings and terms ──

  text(value: string): number {
    let id = this.#stringIds.get(value);
    if (id === undefined) {
      id = this.#strings.push(value) - 1;
      this.#stringIds.set(value, id);
    }
    return id;
  }

  string(id: number): string {
    return this.#strings[id]!;
  }

  list(items: readonly number[]): number {
    const at = this.#lists.push1(items.length);
    for (const item of items) this.#lists.push1(item);
    return at;
  }

  /** A list whose items are said later; -1 until then. */
  reserveList(length: number): number {
    const at = this.#lists.push1(length);
    for (let i = 0; i < length; i++) this.#lists.push1(-1);
    return at;
  }

  setListItem(list: number, item: number, term: number): void {
    this.#lists.set(list + 1 + item, 0, term);
  }

  term(op: number, a = -1, b = -1): number {
    if (a >= MOST_CONSED || b >= MOST_CONSED) return this.#terms.push3(op, a, b);
    const key = (op * MOST_CONSED + a + 1) * MOST_CONSED + b + 1;
    let id = this.#consed.get(key);
    if (id === undefined) {
      id = this.#terms.push3(op, a, b);
      this.#consed.set(key, id);
    }
    return id;
  }

  opOf(term: number): number {
    return term < 0 ? OP.unknown : this.#terms.at(term, TERM.op);
  }

  /** The operands of a term. */
  operand(term: number, which: 'a' | 'b'): number {
    return this.#terms.at(term, TERM[which]);
  }

  get unknown(): number {
    return this.term(OP.unknown);
  }

  member(object: number, name: string): number {
    return this.term(OP.member, object, this.text(name));
  }

  call(callee: number, args: readonly number[] = []): number {
    return this.term(OP.call, callee, this.list(args));
  }

  literal(type: string): number {
    return this.term(OP.literal, this.text(type));
  }

  /** Any of several values; the value itself where there is only one. */
  union(terms: readonly number[], op: number = OP.union): number {
    const distinct = [...new Set(terms)].filter((t) => t >= 0);
    if (distinct.length === 0) return -1;
    return distinct.length === 1 ? distinct[0]! : this.term(op, this.list(distinct));
  }

  /** The items of a list. */
  listItems(list: number): number[] {
    return list < 0 ? [] : this.#itemsOf(list);
  }

  /** The name that a term spells: of a name, a symbol, an import or a member; '' for another. */
  spelling(term: number): string {
    const op = this.opOf(term);
    if (op === NAME || op === TYPE_NAME || op === OP.global) return this.string(this.operand(term, 'a'));
    if (op === OP.symbol) return this.symbolName(this.operand(term, 'a'));
    if (op === OP.import) return this.string(this.#imports.at(this.operand(term, 'a'), 1));
    return op === OP.member ? this.string(this.operand(term, 'b')) : '';
  }

  /** The properties of an object literal's term. */
  objectPairs(term: number): [string, number][] {
    if (this.opOf(term) !== OP.object) return [];
    const items = this.#itemsOf(this.operand(term, 'a'));
    return items.flatMap((key, i) =>
      i % 2 === 0 ? [[this.string(key), items[i + 1]!] as [string, number]] : [],
    );
  }

  // ── names ──

  /** What a name means here, as a value. */
  name(text: string): number {
    if (this.#options.sequential) {
      const bound = this.#scopes.boundSoFar(this.#scope, text);
      if (bound && (bound.inFunction || this.opOf(bound.term) === OP.variable)) return bound.term;
    }
    return this.#placeholder(NAME, text);
  }

  /** What a name means here, as a type. */
  typeName(text: string): number {
    return this.#placeholder(TYPE_NAME, text);
  }

  /**
   * Gives a name a meaning in the scope here, or in the one around that is given. A second meaning in the same
   * scope stands beside the first, unless the language is sequential.
   */
  bind(name: string, term: number, where: BindingPlace = 'here'): void {
    const names = this.#scopes.namesOf(this.#scopes.target(this.#scope, where));
    const before = names.get(name);
    names.set(name, before === undefined || this.#options.sequential ? term : this.#both(before, term));
  }

  /** Gives a name a meaning as a type. */
  bindType(name: string, term: number): void {
    this.#scopes.bindType(this.#scope, name, term);
  }

  /** What a name is bound to in the very scope here (or the function's or module's). */
  bound(name: string, where: BindingPlace = 'here'): number | undefined {
    return this.#scopes.namesOf(this.#scopes.target(this.#scope, where)).get(name);
  }

  /** What a name is bound to now, from here outwards. */
  lookUp(name: string): number | undefined {
    return this.#scopes.resolve(this.#scope, name, false);
  }

  /** What a name is bound to now as a type, from here outwards. */
  lookUpType(name: string): number | undefined {
    return this.#scopes.resolve(this.#scope, name, true);
  }

  #both(before: number, term: number): number {
    if (before === term) return term;
    const flat = [before, term].flatMap((t) =>
      this.opOf(t) === OP.union ? this.#itemsOf(this.operand(t, 'a')) : [t],
    );
    return flat.length > MOST_MEANINGS ? before : this.union(flat);
  }

  #itemsOf(list: number): number[] {
    const length = this.#lists.at(list, 0);
    return Array.from({ length }, (_, i) => this.#lists.at(list + 1 + i, 0));
  }

  #placeholder(op: number, text: string): number {
    const count = this.#terms.count;
    const term = this.term(op, this.text(text), this.#scope);
    if (this.#terms.count > count) this.#placeholders.push(term);
    return term;
  }

  // ── symbols, functions, variables ──

  addSymbol(symbol: NewSymbol): number {
    const parent = symbol.parent ?? this.#symbol;
    const around = parent === 0 ? '' : `${this.#qualifiedNames[parent]}.`;
    return this.#addSymbol(symbol, {
      parent,
      qualifiedName: symbol.qualifiedName ?? `${around}${symbol.name}`,
      signature: symbol.signature ?? '',
      flags: symbol.flags ?? 0,
    });
  }

  #addSymbol(
    { kind, name, start, end, nameStart, doc = '', type = -1, value = -1, typeParameters = -1 }: NewSymbol,
    own: { parent: number; qualifiedName: string; signature: string; flags: number },
  ): number {
    const { line, column } = this.lines.position(nameStart);
    const id = this.#symbols.push([
      SYMBOL_KINDS.indexOf(kind),
      this.text(name),
      this.text(own.qualifiedName),
      own.parent,
      this.lines.line(start),
      this.lines.line(Math.max(start, end)),
      line,
      column,
      this.text(own.signature.slice(0, SIGNATURE_LENGTH)),
      this.text(doc.slice(0, DOC_LENGTH)),
      own.flags,
      -1,
      type,
      value,
      typeParameters,
    ]);
    this.#qualifiedNames.push(own.qualifiedName);
    return id;
  }

  /** A symbol, mentioned; unknown for -1, the class around what damaged source has put outside every class. */
  symbolTerm(symbol: number): number {
    return symbol < 0 ? this.unknown : this.term(OP.symbol, symbol);
  }

  symbolKind(symbol: number): SymbolKind {
    return SYMBOL_KINDS[this.#symbols.at(symbol, SYMBOL.kind)]!;
  }

  symbolName(symbol: number): string {
    return this.string(this.#symbols.at(symbol, SYMBOL.name));
  }

  qualifiedName(symbol: number): string {
    return this.#qualifiedNames[symbol]!;
  }

  symbolColumn(symbol: number, column: number): number {
    return this.#symbols.at(symbol, column);
  }

  setSymbol(symbol: number, column: number, value: number): void {
    this.#symbols.set(symbol, column, value);
  }

  addFlags(symbol: number, flags: number): void {
    this.#symbols.set(symbol, SYMBOL.flags, this.#symbols.at(symbol, SYMBOL.flags) | flags);
  }

  /** A child symbol of this name; -1 for none. */
  child(parent: number, name: string): number {
    const wanted = this.#stringIds.get(name);
    if (wanted === undefined) return -1;
    for (const last = this.#symbols.count; this.#indexed < last; this.#indexed++) {
      const own = this.#symbols.at(this.#indexed, SYMBOL.parent) * MOST_CONSED;
      const key = own + this.#symbols.at(this.#indexed, SYMBOL.name);
      if (!this.#children.has(key)) this.#children.set(key, this.#indexed);
    }
    return this.#children.get(parent * MOST_CONSED + wanted) ?? -1;
  }

  /** What else is assigned to a field or module-level variable. */
  assignSymbol(symbol: number, value: number): void {
    if (value < 0) return;
    const values = this.#symbolValues.get(symbol);
    if (values) values.push(value);
    else this.#symbolValues.set(symbol, [value]);
  }

  addFunction({
    symbol = -1,
    returnType = -1,
    flags = 0,
    context = -1,
    typeParameters = -1,
    receiver = -1,
  }: NewFunction): number {
    const owner = symbol >= 0 ? symbol : this.#symbol;
    const id = this.#functions.push([
      symbol,
      owner,
      -1,
      returnType,
      -1,
      -1,
      flags,
      context,
      typeParameters,
      receiver,
    ]);
    if (symbol >= 0) this.#symbols.set(symbol, SYMBOL.function, id);
    return id;
  }

  setFunction(id: number, column: number, value: number): void {
    this.#functions.set(id, column, value);
  }

  functionColumn(id: number, column: number): number {
    return this.#functions.at(id, column);
  }

  /** What the function around returns. */
  addReturn(value: number, of = this.function): void {
    if (of >= 0 && value >= 0) (this.#returns[of] ??= []).push(value);
  }

  addYield(value: number, of = this.function): void {
    if (of >= 0 && value >= 0) (this.#yields[of] ??= []).push(value);
  }

  /** A parameter or local; bound to its name by `bind`. Returns the variable's index. */
  addVariable({ name, type = -1, value = -1, parameter = -1, flags = 0 }: NewVariable): number {
    const id = this.#variables.push([this.text(name), type, -1, this.function, parameter, flags]);
    if (value >= 0) this.#variableValues[id] = [value];
    return id;
  }

  /** Declares a local and gives its name this meaning in the scope here; returns its term. */
  declare(variable: NewVariable, where: 'here' | 'function' = 'here'): number {
    const term = this.term(OP.variable, this.addVariable(variable));
    this.bind(variable.name, term, where);
    return term;
  }

  assignVariable(variable: number, value: number): void {
    if (value >= 0) (this.#variableValues[variable] ??= []).push(value);
  }

  variableColumn(variable: number, column: number): number {
    return this.#variables.at(variable, column);
  }

  setVariable(variable: number, column: number, value: number): void {
    this.#variables.set(variable, column, value);
  }

  /** Returns the import's index. */
  addImport(fact: {
    from: string;
    imported: string;
    local: string;
    at: number;
    flags?: number;
    module?: number;
  }): number {
    return this.#imports.push([
      this.text(fact.from),
      this.text(fact.imported),
      this.text(fact.local),
      this.lines.line(fact.at),
      fact.flags ?? 0,
      fact.module ?? 0,
    ]);
  }

  /** `term` is what the name means here; `from` a module that it is passed on from, `local` its name there. */
  addExport(fact: { name: string; term?: number; from?: string; local?: string }): void {
    this.#exports.push([
      this.text(fact.name),
      fact.term ?? -1,
      fact.from === undefined ? -1 : this.text(fact.from),
      this.text(fact.local ?? fact.name),
    ]);
  }

  addHeritage(symbol: number, relation: 'INHERITS' | 'IMPLEMENTS', type: number, at: number): void {
    const { line, column } = this.lines.position(at);
    this.#heritage.push([symbol, relation === 'INHERITS' ? 0 : 1, type, line, column]);
  }

  addMember(target: number, symbol: number, trait = -1): void {
    this.#members.push([target, symbol, trait]);
  }

  /** A call; `at` is the UTF-16 index of the called name. Returns the site's index. */
  addSite(callee: number, form: CallForm, at: number, call = -1, from = this.#symbol): number {
    const { line, column } = this.lines.position(at);
    return this.#sites.push([callee, call, CALL_FORMS.indexOf(form), from, line, column]);
  }

  setSiteCall(site: number, call: number): void {
    this.#sites.set(site, SITE.call, call);
  }

  addMention(term: number, at: number, flags = 0): void {
    const { line, column } = this.lines.position(at);
    this.#mentions.push([term, this.#symbol, line, column, flags]);
  }

  /** Every name of the module's own scope, with what it means. */
  moduleNames(): ReadonlyMap<string, number> {
    return this.#scopes.namesOf(0);
  }

  finish(hasSyntaxErrors: boolean): FileFacts {
    for (const [variable, values] of this.#variableValues.entries())
      if (values) this.#variables.set(variable, 2, this.union(values));
    for (const [symbol, values] of this.#symbolValues) {
      const first = this.#symbols.at(symbol, SYMBOL.value);
      this.#symbols.set(symbol, SYMBOL.value, this.union(first >= 0 ? [first, ...values] : values));
    }
    for (const [id, values] of this.#returns.entries())
      if (values) this.#functions.set(id, FUNCTION.returns, this.union(values));
    for (const [id, values] of this.#yields.entries())
      if (values) this.#functions.set(id, FUNCTION.yields, this.union(values));
    this.#resolvePlaceholders();
    // In one buffer: a file has eleven tables, most of them short.
    const tables = {
      ...{ terms: this.#terms, lists: this.#lists, symbols: this.#symbols, functions: this.#functions },
      ...{ variables: this.#variables, imports: this.#imports, exports: this.#exports },
      ...{ heritage: this.#heritage, members: this.#members, sites: this.#sites, mentions: this.#mentions },
    };
    const packed = Rows.packed(tables);
    return {
      ...{ language: this.#language, lines: this.lines.count, hasSyntaxErrors, package: this.package },
      ...{ strings: this.#strings, ...packed },
    };
  }

  #resolvePlaceholders(): void {
    for (const term of this.#placeholders) this.#resolvePlaceholder(term, 0);
  }

  #resolvePlaceholder(term: number, depth: number): void {
    const op = this.#terms.at(term, TERM.op);
    if (op !== NAME && op !== TYPE_NAME) return;
    const text = this.#terms.at(term, TERM.a);
    const scope = this.#terms.at(term, TERM.b);
    const name = this.#strings[text]!;
    const bound =
      this.#scopes.resolve(scope, name, op === TYPE_NAME) ??
      (this.#options.typesAreValues ? this.#scopes.resolve(scope, name, true) : undefined);
    if (bound === undefined || bound === term || depth > 20) {
      this.#terms.set(term, TERM.op, OP.global);
      this.#terms.set(term, TERM.b, this.#scopes.classOf(scope));
      return;
    }
    // A name bound to another name, such as `import f = ns.f`.
    this.#resolvePlaceholder(bound, depth + 1);
    for (const column of [TERM.op, TERM.a, TERM.b])
      this.#terms.set(term, column, this.#terms.at(bound, column));
  }
}
