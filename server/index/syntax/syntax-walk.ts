import type { FileFacts } from '../facts.ts';
import type { FactsBuilder } from '../facts-builder.ts';
import type { Grammar, Tape } from './tape.ts';

/** Deeper syntax is visited later, from a fresh stack, in the scope where it stands. */
const MOST_DEPTH = 400;

/** Visits a node; returns the term of its value, or -1. */
export type Visitor<W> = (walk: W, node: number) => number;

/** Visitors by kind id, and a grammar's field ids: made once for a grammar. */
export interface SyntaxTable<W> {
  readonly grammar: Grammar;
  readonly values: readonly (Visitor<W> | undefined)[];
  readonly types: readonly (Visitor<W> | undefined)[];
  readonly fields: ReadonlyMap<string, number>;
  /** By kind id: 1 for what is neither an anonymous token nor a comment. */
  readonly named: Uint8Array;
}

/**
 * Looks the kinds of a grammar up once. Kinds that only a sister grammar has (`interface_declaration` in JavaScript)
 * are passed over, but a kind that no grammar of `all` has is a mistake and throws.
 */
export function syntaxTable<W>(
  grammar: Grammar,
  visitors: Record<string, Visitor<W>>,
  types: Record<string, Visitor<W>>,
): SyntaxTable<W> {
  const fields = new Map<string, number>();
  grammar.language.fields.forEach((name, id) => {
    if (name !== null) fields.set(name, id);
  });
  const named = Uint8Array.from(grammar.kindNames, (name, id) =>
    grammar.language.nodeTypeIsNamed(id) && !/(^|_)comment$/.test(name) ? 1 : 0,
  );
  return { grammar, values: byKind(grammar, visitors), types: byKind(grammar, types), fields, named };
}

function byKind<W>(grammar: Grammar, visitors: Record<string, Visitor<W>>) {
  const table: (Visitor<W> | undefined)[] = Array.from({ length: grammar.kindNames.length }, () => undefined);
  for (const [name, visitor] of Object.entries(visitors)) {
    const id = grammar.language.idForNodeType(name, true);
    if (id !== null) table[id] = visitor;
  }
  return table;
}

/** A walk over one file's syntax in document order; a language's extractor extends it. */
export abstract class SyntaxWalk {
  tape: Tape;
  readonly text: string;
  abstract readonly facts: FactsBuilder;
  readonly #table: SyntaxTable<never>;
  readonly #later: { node: number; place: { scope: number; symbol: number } }[] = [];
  #depth = 0;
  #isInPart = false;

  constructor(tape: Tape, table: SyntaxTable<never>) {
    this.tape = tape;
    this.text = tape.text;
    this.#table = table;
  }

  /** Visits everything and closes the facts. */
  run(): FileFacts {
    this.visitAll();
    for (let item = this.#later.pop(); item; item = this.#later.pop()) {
      const { node, place } = item;
      this.facts.at(place, () => void this.resume(node));
    }
    this.close();
    return this.facts.finish(this.tape.hasError);
  }

  /** Visits the whole file. */
  protected visitAll(): void {
    this.visitChildren(0);
  }

  /** Visits what was too deep to be visited in its turn, in the scope where it stands. */
  protected resume(node: number): void {
    this.visit(node);
  }

  /** What is left to say when everything has been visited. */
  protected close(): void {
    // Nothing, unless a language has something to say.
  }

  /** Visits a node as statement or value; returns the value's term, or -1 where it has none. */
  visit(node: number): number {
    if (node < 0) return -1;
    if (this.#depth >= MOST_DEPTH) {
      // A part has no tape that could be gone on with later.
      if (this.#isInPart) return -1;
      this.#later.push({ node, place: this.facts.place() });
      return -1;
    }
    this.#depth++;
    const visitor = this.#table.values[this.tape.kind[node]!] as Visitor<this> | undefined;
    let term = -1;
    if (visitor) term = visitor(this, node);
    else this.visitChildren(node);
    this.#depth--;
    return term;
  }

  /** Does work on the tape of a part that was parsed apart; its places must be those of the whole text. */
  inPart(tape: Tape, work: () => void): void {
    const outer = { tape: this.tape, isInPart: this.#isInPart };
    this.tape = tape;
    this.#isInPart = true;
    work();
    this.tape = outer.tape;
    this.#isInPart = outer.isInPart;
  }

  visitChildren(node: number): void {
    const { after } = this.tape;
    for (let c = node + 1, end = after[node]!; c < end; c = after[c]!) this.visit(c);
  }

  /** Reads a node as a type; -1 where it says nothing. */
  type(node: number): number {
    if (node < 0 || this.#depth >= MOST_DEPTH) return -1;
    this.#depth++;
    const visitor = this.#table.types[this.tape.kind[node]!] as Visitor<this> | undefined;
    const term = visitor ? visitor(this, node) : -1;
    this.#depth--;
    return term;
  }

  /** The child under a field; -1 for none. */
  field(node: number, name: string): number {
    const wanted = this.#table.fields.get(name);
    if (node < 0 || wanted === undefined) return -1;
    const { after, field } = this.tape;
    for (let c = node + 1, end = after[node]!; c < end; c = after[c]!) if (field[c] === wanted) return c;
    return -1;
  }

  /** All children under a field. */
  fieldsOf(node: number, name: string): number[] {
    const wanted = this.#table.fields.get(name);
    const found: number[] = [];
    if (node < 0 || wanted === undefined) return found;
    const { after, field } = this.tape;
    for (let c = node + 1, end = after[node]!; c < end; c = after[c]!) if (field[c] === wanted) found.push(c);
    return found;
  }

  /** The named children, comments left out. */
  children(node: number): number[] {
    const found: number[] = [];
    if (node < 0) return found;
    const { after, kind } = this.tape;
    for (let c = node + 1, end = after[node]!; c < end; c = after[c]!)
      if (this.#table.named[kind[c]!] !== 0) found.push(c);
    return found;
  }

  /** The words that stand directly under a node: `static`, `async` … */
  words(node: number): string[] {
    const found: string[] = [];
    if (node < 0) return found;
    const { after, kind } = this.tape;
    for (let c = node + 1, end = after[node]!; c < end; c = after[c]!)
      if (this.#table.named[kind[c]!] === 0) found.push(this.kind(c));
    return found;
  }

  /** The first child of a kind or token; -1 for none. */
  childOf(node: number, kind: string): number {
    if (node < 0) return -1;
    const { after } = this.tape;
    for (let c = node + 1, end = after[node]!; c < end; c = after[c]!) if (this.is(c, kind)) return c;
    return -1;
  }

  has(node: number, kind: string): boolean {
    return this.childOf(node, kind) >= 0;
  }

  /** The first named child that is no comment; -1 for none. */
  firstChild(node: number): number {
    if (node < 0) return -1;
    const { after, kind } = this.tape;
    for (let c = node + 1, end = after[node]!; c < end; c = after[c]!)
      if (this.#table.named[kind[c]!] !== 0) return c;
    return -1;
  }

  kind(node: number): string {
    return node < 0 ? '' : (this.#table.grammar.kindNames[this.tape.kind[node]!] ?? 'ERROR');
  }

  is(node: number, kind: string): boolean {
    return node >= 0 && this.#table.grammar.kindNames[this.tape.kind[node]!] === kind;
  }

  textOf(node: number): string {
    return node < 0 ? '' : this.text.slice(this.tape.start[node], this.tape.end[node]);
  }

  start(node: number): number {
    return this.tape.start[node]!;
  }

  end(node: number): number {
    return this.tape.end[node]!;
  }

  parent(node: number): number {
    return this.tape.parent[node]!;
  }

  /** A definition's head on one line: what stands before its body. */
  signature(start: number, end: number): string {
    return this.text
      .slice(start, Math.min(end, start + 400))
      .replaceAll(/\s+/g, ' ')
      .trim();
  }
}
