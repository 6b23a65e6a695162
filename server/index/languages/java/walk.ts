import { FactsBuilder } from '../../facts-builder.ts';
import { FLAG, OP } from '../../facts.ts';
import { SyntaxWalk, type SyntaxTable, type Visitor } from '../../syntax/syntax-walk.ts';
import type { Tape } from '../../syntax/tape.ts';
import { isComment } from './types.ts';

export type JavaVisitor = Visitor<JavaWalk>;

const DOC_LENGTH = 900;

/** What is typed by where it stands. */
const EXPECTS = new Set([
  ...['lambda_expression', 'method_reference', 'method_invocation', 'object_creation_expression'],
  ...['parenthesized_expression', 'ternary_expression', 'switch_expression', 'cast_expression'],
]);

const MODIFIERS: Record<string, number> = {
  public: FLAG.exported,
  protected: FLAG.exported,
  private: FLAG.private,
  static: FLAG.static,
  abstract: FLAG.abstract,
};

/** One Java file, walked. */
export class JavaWalk extends SyntaxWalk {
  readonly facts: FactsBuilder;
  /** The named classes around, innermost last. */
  readonly classes: { name: string; symbol: number }[] = [];
  /** What the surroundings expect of the next value: a term, or -1. */
  expected = -1;
  /** The values of the `switch` around, as its rules and `yield` say them; undefined outside. */
  yielded: number[] | undefined;

  constructor(file: string, tape: Tape, table: SyntaxTable<JavaWalk>) {
    super(tape, table);
    this.facts = new FactsBuilder(file, tape.text, 'java', { sequential: true, typesAreValues: true });
  }

  /** Visits a value of which the surroundings say what it should be. */
  visitExpecting(node: number, expected: number): number {
    const outer = this.expected;
    this.expected = expected;
    const term = this.visit(node);
    this.expected = outer;
    return term;
  }

  /** What is expected, for the one node that it is meant for. */
  takeExpected(): number {
    const { expected } = this;
    this.expected = -1;
    return expected;
  }

  /** A primitive type: its class among the built-ins has a name that no source can declare. */
  primitive(name: string): number {
    return this.facts.literal(`$${name}`);
  }

  /** The class that encloses this place and has this name; -1 for none. */
  enclosing(name: string): number {
    return this.classes.findLast((c) => c.name === name)?.symbol ?? -1;
  }

  /** A type with the dimensions that stand after it: `int[] a[]`. */
  dimensioned(type: number, dimensions: number): number {
    let term = type;
    if (dimensions >= 0)
      for (let at = this.start(dimensions), end = this.end(dimensions); at < end; at++)
        if (this.text.charCodeAt(at) === 91) term = this.facts.term(OP.arrayType, term);
    return term;
  }

  /** The flags that a declaration's modifiers say. */
  modifiers(node: number): number {
    const modifiers = this.childOf(node, 'modifiers');
    let flags = 0;
    for (const word of this.words(modifiers)) flags |= MODIFIERS[word] ?? 0;
    return flags;
  }

  /** Visits the annotations of a declaration. */
  annotations(node: number): void {
    const modifiers = this.childOf(node, 'modifiers');
    if (modifiers >= 0 && this.firstChild(modifiers) >= 0) this.visitChildren(modifiers);
  }

  /** The simple names of a declaration's annotations. */
  annotationNames(node: number): string[] {
    return this.children(this.childOf(node, 'modifiers')).map((annotation) => {
      const name = this.textOf(this.field(annotation, 'name'));
      return name.slice(name.lastIndexOf('.') + 1);
    });
  }

  /** The documentation comment right above a definition, without its marks. */
  docOf(node: number): string {
    let at = this.start(node) - 1;
    while (at > 0 && this.text.charCodeAt(at) <= 32) at--;
    if (this.text.charCodeAt(at) !== 47 || this.text.charCodeAt(at - 1) !== 42) return '';
    const open = this.text.lastIndexOf('/*', at - 2);
    if (open < 0 || this.text.charCodeAt(open + 2) !== 42) return '';
    return this.text
      .slice(open + 3, Math.min(at - 1, open + DOC_LENGTH))
      .replaceAll(/\n[ \t]*\* ?/g, '\n')
      .trim();
  }

  /**
   * The arguments' terms as a call or construction; a lambda, a reference or a call among them knows where it stands.
   * `expected` is what the surroundings expect of the result.
   */
  withArguments(callee: number, args: number, op: number, expected = -1): number {
    const nodes = this.children(args).filter((c) => !isComment(this, c));
    if (nodes.length === 0) return this.facts.term(op, callee, this.facts.list([]));
    // The call's term comes first, so that its arguments can name it; its list is filled in as they are visited.
    const list = this.facts.reserveList(nodes.length);
    const term = this.facts.term(op, callee, list);
    nodes.forEach((c, i) => {
      let place = -1;
      if (EXPECTS.has(this.kind(c))) {
        const call = expected < 0 ? term : this.facts.term(OP.expecting, term, expected);
        place = this.facts.term(OP.argumentOf, call, i);
      }
      this.facts.setListItem(list, i, this.visitExpecting(c, place));
    });
    return term;
  }

  /** Type parameters of a declaration: bound in the scope here, listed for its row. */
  typeParameters(node: number, owner: number): number {
    const parameters = this.field(node, 'type_parameters');
    if (parameters < 0) return -1;
    const found = this.children(parameters).filter((c) => this.is(c, 'type_parameter'));
    const names = found.map((parameter) => this.textOf(this.childOf(parameter, 'type_identifier')));
    names.forEach((name, i) => {
      this.facts.bindType(name, this.facts.term(OP.typeParameter, owner, i));
    });
    const pairs = found.flatMap((parameter, i) => {
      const bounds = this.children(this.childOf(parameter, 'type_bound')).map((bound) => this.type(bound));
      return [this.facts.text(names[i]!), this.facts.union(bounds, OP.intersection)];
    });
    return this.facts.list(pairs);
  }
}
