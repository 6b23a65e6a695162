import { FactsBuilder } from '../../facts-builder.ts';
import { FLAG, FUNCTION, OP } from '../../facts.ts';
import { SyntaxWalk, type SyntaxTable, type Visitor } from '../../syntax/syntax-walk.ts';
import type { Tape } from '../../syntax/tape.ts';

export type EcmascriptVisitor = Visitor<EcmascriptWalk>;

/** What `this` means: a term, or -1 where it cannot be known. */
interface Receiver {
  term: number;
  superTerm: number;
}

/** One TypeScript or JavaScript file, walked. */
export class EcmascriptWalk extends SyntaxWalk {
  readonly facts: FactsBuilder;
  readonly file: string;
  readonly isTypeScript: boolean;
  receiver: Receiver = { term: -1, superTerm: -1 };
  /** What the tests around are given: `t` of `test('…', (t) => …)`. */
  testContexts: readonly string[] = [];
  /** Titles of the suites around. */
  suites: readonly string[] = [];
  /** What an `export` around the next declaration makes of it. */
  exporting: 'default' | 'named' | undefined;
  /** Functions that are signatures: their body may follow. */
  readonly signatures = new Set<number>();
  /** Methods that have only signatures so far, by class, name and whether they are static. */
  readonly methods = new Map<string, number>();
  readonly #overloadReturns = new Map<number, number[]>();
  /** Names and bounds of the type parameters of a function's signatures so far. */
  readonly overloadPairs = new Map<number, readonly number[]>();
  /** The scope of the namespace around; 0 is the module's. */
  namespaceScope = 0;
  /** What the surroundings expect of the next function or object literal: a term, or -1. */
  expected = -1;

  /** Parameters and body of a function-like node. */
  readonly functionBody: (node: number, fn: number) => void;

  constructor(
    file: string,
    tape: Tape,
    language: string,
    table: SyntaxTable<EcmascriptWalk>,
    functionBody: (w: EcmascriptWalk, node: number, fn: number) => void,
  ) {
    super(tape, table);
    this.functionBody = (node, fn) => functionBody(this, node, fn);
    this.file = file;
    this.isTypeScript = language === 'typescript';
    this.facts = new FactsBuilder(file, tape.text, language);
  }

  withReceiver(receiver: Receiver, work: () => void): void {
    const outer = this.receiver;
    this.receiver = receiver;
    work();
    this.receiver = outer;
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

  /** The name a property key spells; '' where it is computed. */
  keyOf(node: number): string {
    switch (this.kind(node)) {
      case 'property_identifier':
      case 'private_property_identifier':
      case 'identifier':
      case 'shorthand_property_identifier':
      case 'shorthand_property_identifier_pattern':
      case 'type_identifier':
      case 'number':
        return this.textOf(node);
      case 'string':
        return this.textOf(node).slice(1, -1);
      case 'computed_property_name': {
        const inner = this.firstChild(node);
        if (this.is(inner, 'string')) return this.textOf(inner).slice(1, -1);
        this.visit(inner);
        // A well-known symbol has a name that all spell alike.
        return /^Symbol\.\w+$/.test(this.textOf(inner)) ? `[${this.textOf(inner)}]` : '';
      }
      default:
        return '';
    }
  }

  /** The comment right above a definition, without its marks. */
  docOf(node: number): string {
    let at = node;
    for (let up = this.parent(at); up >= 0; up = this.parent(at)) {
      const kind = this.kind(up);
      if (kind !== 'export_statement' && kind !== 'lexical_declaration' && kind !== 'variable_declaration')
        break;
      at = up;
    }
    const before = this.text.slice(Math.max(0, this.start(at) - 2_000), this.start(at)).trimEnd();
    if (before.endsWith('*/')) {
      const open = before.lastIndexOf('/*');
      return open < 0 ? '' : plainComment(before.slice(open));
    }
    const lines = before.split('\n');
    let first = lines.length;
    while (first > 0 && /^\s*\/\//.test(lines[first - 1]!)) first--;
    return first === lines.length ? '' : plainComment(lines.slice(first).join('\n'));
  }

  /** Remembers what a signature without a body returns, for the implementation that may follow. */
  addOverload(symbol: number, fn: number): void {
    const type = this.facts.functionColumn(fn, FUNCTION.returnType);
    const types = this.#overloadReturns.get(symbol);
    if (types) types.push(type);
    else this.#overloadReturns.set(symbol, [type]);
  }

  /** What any of the signatures of a function returns. */
  overloadedReturn(symbol: number): number {
    return this.facts.union(this.#overloadReturns.get(symbol) ?? [], OP.unionType);
  }

  /**
   * Type parameters of a declaration: bound in the scope here, listed for its row. `before` are the pairs of the overloads
   * before it, which have the first numbers.
   */
  typeParameters(node: number, owner: number, before: readonly number[] = []): number {
    const parameters = this.field(node, 'type_parameters');
    if (parameters < 0 && before.length === 0) return -1;
    const found = this.children(parameters).filter((c) => this.is(c, 'type_parameter'));
    found.forEach((parameter, i) =>
      this.facts.bindType(
        this.textOf(this.field(parameter, 'name')),
        this.facts.term(OP.typeParameter, owner, before.length / 2 + i),
      ),
    );
    return this.facts.list([
      ...before,
      ...found.flatMap((parameter) => {
        const bound = this.firstChild(this.field(parameter, 'constraint'));
        const byDefault = this.firstChild(this.field(parameter, 'value'));
        return [
          this.facts.text(this.textOf(this.field(parameter, 'name'))),
          bound >= 0 ? this.type(bound) : this.type(byDefault),
        ];
      }),
    ]);
  }

  /** The type of a `type_annotation` child; -1 for none. */
  annotation(node: number, field = 'type'): number {
    const annotation = this.field(node, field);
    if (annotation < 0) return -1;
    return this.is(annotation, 'type_annotation')
      ? this.type(this.firstChild(annotation))
      : this.type(annotation);
  }

  isFunction(node: number): boolean {
    const kind = this.kind(node);
    return kind === 'arrow_function' || kind === 'function_expression' || kind === 'generator_function';
  }

  /** The function literal that a value is, within parentheses and casts; and the type that a cast says. */
  functionLiteral(value: number): { node: number; type: number } {
    let type = -1;
    let node = value;
    for (;;) {
      const kind = this.kind(node);
      if (kind === 'as_expression' || kind === 'satisfies_expression') {
        const [inner = -1, said = -1] = this.children(node);
        if (!this.holdsFunction(inner)) return { node: -1, type: -1 };
        if (type < 0) type = this.type(said);
        node = inner;
      } else if (kind === 'parenthesized_expression' || kind === 'non_null_expression')
        node = this.firstChild(node);
      else return { node: this.isFunction(node) ? node : -1, type };
    }
  }

  private holdsFunction(value: number): boolean {
    let node = value;
    while (/^(as|satisfies|parenthesized|non_null)_expression$/.test(this.kind(node)))
      node = this.firstChild(node);
    return this.isFunction(node);
  }

  accessibility(node: number): number {
    const modifier = this.childOf(node, 'accessibility_modifier');
    return modifier >= 0 && this.textOf(modifier) !== 'public' ? FLAG.private : 0;
  }
}

function plainComment(comment: string): string {
  return comment
    .replace(/^\/\*+|\*+\/$/g, '')
    .replace(/^\s*(\*|\/\/+) ?/gm, '')
    .trim();
}
