import { FactsBuilder } from '../../facts-builder.ts';
import { FLAG, OP, SYMBOL } from '../../facts.ts';
import { SyntaxWalk, type SyntaxTable, type Visitor } from '../../syntax/syntax-walk.ts';
import type { Grammar, Tape } from '../../syntax/tape.ts';
import { visitItems } from './items.ts';

export type RustVisitor = Visitor<RustWalk>;

/** The `impl` block or trait around. */
export interface Surroundings {
  /** The trait symbol; -1 in an `impl` block. */
  trait: number;
  /** The `impl` block's node; -1 in a trait. */
  node: number;
  /** Associated types: the type node of each in an `impl`, the place among the parameters in a trait. */
  types: ReadonlyMap<string, number>;
  /** The symbol that a method of an `impl` block is a member of; -1 where that stands elsewhere. */
  owner: number;
}

/** One Rust file, walked. The items of a block are bound before any of them is visited. */
export class RustWalk extends SyntaxWalk {
  readonly facts: FactsBuilder;
  readonly file: string;
  readonly grammar: Grammar;
  /** The module around: its scope and symbol. */
  module = { scope: 0, symbol: 0 };
  /** Names of the inline modules around. */
  readonly path: string[] = [];
  around: Surroundings | undefined;
  /** What `_` stands for in a type; -1 where nothing says it. */
  guess = -1;
  /** Names and bounds of the type parameters of `impl` blocks, which belong to the file. */
  readonly implParameters: number[] = [];
  /** How many parts are around the one that is being visited. */
  parts = 0;
  /** What `break` gives to the loop around. */
  breaks: number[] = [];
  /** What the surroundings expect of the expression that is being visited: a type, or a place in a call; or -1. */
  expected = -1;
  #next = -1;
  readonly #mentions = new Set<number>();
  /** Symbols that were made when their block was entered, by node. */
  made = new Map<number, number>();
  /** What stands above an item in `#[…]`. */
  attributes = new Map<number, string>();

  constructor(file: string, tape: Tape, table: SyntaxTable<RustWalk>) {
    super(tape, table);
    this.facts = new FactsBuilder(file, tape.text, 'rust', { sequential: true });
    this.file = file;
    this.grammar = table.grammar;
  }

  protected override visitAll(): void {
    visitItems(this, 0);
  }

  protected override close(): void {
    if (this.implParameters.length > 0)
      this.facts.setSymbol(0, SYMBOL.typeParameters, this.facts.list(this.implParameters));
  }

  /** What a name means as a value. What no block around has is a name of the module, or of another. */
  name(text: string): number {
    return this.facts.lookUp(text) ?? this.facts.lookUpType(text) ?? this.global(text);
  }

  /** What a name means as a type or module. */
  typeName(text: string): number {
    return this.facts.lookUpType(text) ?? this.facts.lookUp(text) ?? this.global(text);
  }

  /** A name that the module around does not bind itself. */
  global(text: string): number {
    let term = -1;
    this.facts.at(this.module, () => {
      term = this.facts.typeName(text);
    });
    return term;
  }

  bind(name: string, term: number): void {
    if (name !== '_' && name !== '') this.facts.bind(name, term);
  }

  declare(name: string, type: number, value: number): void {
    if (name !== '_' && name !== '') this.facts.declare({ name, type, value });
  }

  /** Nodes of a part are numbered on their own, so that nothing said by number of the nodes around holds in it. */
  override inPart(tape: Tape, work: () => void): void {
    const { made, attributes, around } = this;
    this.parts++;
    this.made = new Map();
    this.attributes = new Map();
    this.around = around && { ...around, node: -1, types: new Map() };
    super.inPart(tape, work);
    this.parts--;
    this.made = made;
    this.attributes = attributes;
    this.around = around;
  }

  override visit(node: number): number {
    const outer = this.expected;
    this.expected = this.#next;
    this.#next = -1;
    const value = super.visit(node);
    this.expected = outer;
    return value;
  }

  /** Visits a value of which something is expected. */
  visitExpecting(node: number, expected: number): number {
    this.#next = expected;
    return this.visit(node);
  }

  /** Mentions a type by its name, once: what stands in an `impl` block's head is read for each of its methods. */
  mentioned(term: number, nameNode: number): number {
    const at = this.start(nameNode);
    const op = this.facts.opOf(term);
    const isType = op !== OP.typeParameter && op !== OP.self && op !== OP.functionType;
    const first = this.text.charCodeAt(at);
    if (isType && first >= 0x41 && first <= 0x5a && !this.#mentions.has(at)) {
      this.#mentions.add(at);
      this.facts.addMention(term, at);
    }
    return term;
  }

  /** The parts of a list with their places in it; `_`, which stands for a part as well, is no node. */
  placesIn(list: number): { node: number; place: number }[] {
    const found: { node: number; place: number }[] = [];
    const { after, start, end } = this.tape;
    const named = new Set(this.children(list));
    let at = this.start(list);
    let place = 0;
    for (let c = list + 1; c < after[list]!; c = after[c]!) {
      for (let i = at; i < start[c]!; i++) if (this.text.charCodeAt(i) === 0x2c) place++;
      if (named.has(c)) found.push({ node: c, place });
      at = end[c]!;
    }
    return found;
  }

  /** The trait around as a class value, where `Self` is what implements it. */
  selfOfTrait(): number {
    return this.facts.term(OP.class, this.around!.trait);
  }

  flagsOf(node: number): number {
    return this.has(node, 'visibility_modifier') ? FLAG.exported : 0;
  }

  /** The `///` lines above a definition and its attributes. */
  docOf(node: number): string {
    let end = this.text.lastIndexOf('\n', this.start(node) - 1);
    const lines: string[] = [];
    for (let seen = 0; end > 0 && seen < 40; seen++) {
      const start = this.text.lastIndexOf('\n', end - 1) + 1;
      const line = this.text.slice(start, end).trim();
      if (line.startsWith('///')) lines.unshift(line.replace(/^\/\/\/ ?/, ''));
      else if (!line.startsWith('#[') && !line.endsWith(')]')) break;
      end = start - 1;
    }
    return lines.slice(0, 12).join('\n').trim();
  }
}
