import { FactsBuilder } from '../../facts-builder.ts';
import { FLAG, OP, type FileFacts } from '../../facts.ts';
import { SyntaxWalk, type SyntaxTable, type Visitor } from '../../syntax/syntax-walk.ts';
import type { Tape } from '../../syntax/tape.ts';

export type GoVisitor = Visitor<GoWalk>;

/** One Go file, walked. Types come first, so that methods find the type of their receiver. */
export class GoWalk extends SyntaxWalk {
  readonly facts: FactsBuilder;
  readonly file: string;
  readonly isTestFile: boolean;
  /** True when the types at the top of the file have been visited. */
  typesAreDone = false;

  constructor(file: string, tape: Tape, table: SyntaxTable<GoWalk>) {
    super(tape, table);
    this.facts = new FactsBuilder(file, tape.text, 'go', { sequential: true });
    this.file = file;
    this.isTestFile = file.endsWith('_test.go');
  }

  override run(): FileFacts {
    for (const c of this.children(0)) if (this.is(c, 'type_declaration')) this.visit(c);
    this.typesAreDone = true;
    return super.run();
  }

  /**
   * What a name means here. Inside a function what is declared later is not seen (`labels := labels.New()`); what is
   * bound nowhere so far is a name of the file or the package.
   */
  name(text: string): number {
    const bound = this.facts.atModuleLevel ? this.#localType(text) : this.facts.lookUp(text);
    if (bound !== undefined) return bound;
    let term = -1;
    this.facts.at({ scope: 0, symbol: 0 }, () => {
      term = this.facts.typeName(text);
    });
    return term;
  }

  /** A type parameter of the declaration around, which stands in no function. */
  #localType(text: string): number | undefined {
    const bound = this.facts.scope === 0 ? undefined : this.facts.lookUp(text);
    return bound !== undefined && this.facts.opOf(bound) === OP.typeParameter ? bound : undefined;
  }

  bind(name: string, term: number): void {
    if (name !== '_' && name !== '') this.facts.bind(name, term);
  }

  declare(name: string, type: number, value: number): void {
    if (name !== '_' && name !== '') this.facts.declare({ name, type, value });
  }

  /** The declared names, which start with a capital where other packages see them. */
  flagsOf(name: string): number {
    const first = name.charAt(0);
    return first !== first.toLowerCase() ? FLAG.exported : 0;
  }

  /** The comment right above a definition, without its marks. */
  docOf(node: number): string {
    let end = this.text.lastIndexOf('\n', this.start(node) - 1);
    const lines: string[] = [];
    while (end > 0 && lines.length < 12) {
      const start = this.text.lastIndexOf('\n', end - 1) + 1;
      const line = this.text.slice(start, end).trim();
      if (!line.startsWith('//')) {
        if (lines.length === 0 && line.endsWith('*/')) return this.#blockComment(end);
        break;
      }
      if (!/^\/\/\w+:/.test(line)) lines.unshift(line.replace(/^\/\/ ?/, ''));
      end = start - 1;
    }
    return lines.join('\n').trim();
  }

  #blockComment(end: number): string {
    const close = this.text.lastIndexOf('*/', end);
    const open = this.text.lastIndexOf('/*', close);
    return open < 0 ? '' : this.text.slice(open + 2, close).trim();
  }

  /** Type parameters of a declaration: bound in the scope here, listed for its row. */
  typeParameters(node: number, owner: number): number {
    const list = this.field(node, 'type_parameters');
    if (list < 0) return -1;
    const found = this.children(list).flatMap((declaration) =>
      this.fieldsOf(declaration, 'name').map((name) => ({
        name: this.textOf(name),
        bound: this.field(declaration, 'type'),
      })),
    );
    found.forEach(({ name }, i) => {
      this.bind(name, this.facts.term(OP.typeParameter, owner, i));
    });
    return this.facts.list(found.flatMap(({ name, bound }) => [this.facts.text(name), this.type(bound)]));
  }
}
