import { append } from './append.ts';
import { FactsBuilder } from '../../facts-builder.ts';
import { FLAG, OP, SYMBOL, type FileFacts } from '../../facts.ts';
import { SyntaxWalk, type SyntaxTable, type Visitor } from '../../syntax/syntax-walk.ts';
import type { CallForm } from '../../../protocol/graph.ts';
import type { Tape } from '../../syntax/tape.ts';
import { classOfType } from './annotations.ts';
import { Frame, type FrameKind } from './flow.ts';
import { closeModule } from './modules.ts';
import { boundIn } from './targets.ts';

export type PythonVisitor = Visitor<PythonWalk>;

/** Who declares the type variables that annotations here name. */
export interface TypeOwner {
  /** A symbol, or -2 - function. */
  owner: number;
  names: string[];
  outer: TypeOwner | undefined;
  /** A type variable that annotates `self` stands for the receiver. */
  self: string | undefined;
}

/** One Python file, walked. Names follow the order of the code: a name means what it was given last. */
export class PythonWalk extends SyntaxWalk {
  readonly facts: FactsBuilder;
  readonly file: string;
  frame = new Frame('module', undefined);
  readonly module = this.frame;
  /** Symbols of the module's variables, by name. */
  readonly moduleVariables = new Map<string, number>();
  /** What functions put into containers and variables of the module. */
  readonly laterValues = new Map<string, number[]>();
  /** Values of fields that are filled before anything declares them. */
  readonly laterFields: { owner: number; name: string; value: number }[] = [];
  /** Names that the module binds more than once. */
  readonly reassigned: ReadonlySet<string>;
  /** Fields and methods of the classes met so far, by class symbol and name. */
  readonly members = new Map<number, Map<string, number>>();
  /** The file's type variables: name and bound. */
  readonly typeVariables = new Map<string, number>();
  typeOwner: TypeOwner | undefined;
  /** Functions that are signatures of an overload: their body may follow. */
  readonly signatures = new Set<number>();
  /** Classes whose `test…` methods a runner collects. */
  readonly testClasses = new Set<number>();
  /** What the surroundings expect of the next function literal: a term, or -1. */
  expected = -1;
  /** The form of the next call. */
  form: CallForm = 'call';
  /** Modules that `from m import *` names. */
  readonly starImports: string[] = [];
  /** What `__all__` lists; undefined where it is not said. */
  allNames: string[] | undefined;
  readonly isTestFile: boolean;
  readonly isStub: boolean;

  constructor(file: string, tape: Tape, table: SyntaxTable<PythonWalk>) {
    super(tape, table);
    this.file = file;
    this.facts = new FactsBuilder(file, tape.text, 'python', { hidesClassScope: true });
    this.isTestFile = /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/.test(file);
    this.isStub = file.endsWith('.pyi');
    const counts = new Map<string, number>();
    boundIn(this, 0, (name) => counts.set(name, (counts.get(name) ?? 0) + 1));
    this.reassigned = new Set([...counts].filter(([, count]) => count > 1).map(([name]) => name));
    for (const at of ['__name__', '__file__', '__doc__'])
      this.frame.flow.names.set(at, this.facts.literal('str'));
  }

  override run(): FileFacts {
    this.facts.setSymbol(0, SYMBOL.doc, this.facts.text(this.docOf(0).slice(0, 400)));
    return super.run();
  }

  protected override resume(node: number): void {
    this.inFrame('function', () => void this.visit(node));
  }

  protected override close(): void {
    closeModule(this);
  }

  /** The named children, comments left out. */
  parts(node: number): number[] {
    return this.children(node).filter((c) => !this.is(c, 'comment'));
  }

  /** Visits a call of a form of its own. */
  visitAs(node: number, form: CallForm): number {
    this.form = form;
    const term = this.visit(node);
    this.form = 'call';
    return term;
  }

  /** Visits a function literal of which the surroundings say what it should be. */
  visitExpecting(node: number, expected: number): number {
    this.expected = this.is(node, 'lambda') ? expected : -1;
    const term = this.visit(node);
    this.expected = -1;
    return term;
  }

  takeExpected(): number {
    const { expected } = this;
    this.expected = -1;
    return expected;
  }

  classOf(type: number): number {
    return classOfType(this, type);
  }

  // ── names ──

  /** What a name means at this point. */
  read(name: string): number {
    let seesClass = true;
    for (let frame: Frame | undefined = this.frame; frame; frame = frame.outer) {
      if (frame.globals.has(name)) break;
      if (frame.kind !== 'class' || seesClass) {
        const found = frame.find(name);
        if (found !== undefined) return found;
      }
      if (frame.kind === 'function' || frame.kind === 'module') {
        frame.missed.add(name);
        break;
      }
      if (frame.kind !== 'class') seesClass = false;
      else if (frame.outer?.kind === 'class') seesClass = false;
    }
    return this.facts.name(name);
  }

  /** What a test has said of `self.x` and the like; undefined where none has. */
  narrowedChain(node: number): number | undefined {
    for (let frame: Frame | undefined = this.frame; frame; frame = frame.outer) {
      const found = frame.hasChains ? frame.narrowedChain(this.textOf(node)) : undefined;
      if (found !== undefined) return found;
      if (frame.kind === 'function' || frame.kind === 'module' || frame.kind === 'class') return undefined;
    }
    return undefined;
  }

  /** The frame that a plain assignment here binds its names in. */
  get target(): Frame {
    let { frame } = this;
    while ((frame.kind === 'comprehension' || frame.kind === 'lambda') && frame.outer) frame = frame.outer;
    return frame;
  }

  /** Gives a name a new value from here on. */
  define(name: string, term: number, frame: Frame = this.frame): void {
    if (frame.globals.has(name)) {
      if (term >= 0) append(this.laterValues, name, term);
    } else if (frame.nonlocals.has(name)) {
      for (let at = frame.outer; at; at = at.outer)
        if (at.kind === 'function' && at.definitions.has(name)) {
          at.write(name, this.facts.union([at.find(name) ?? -1, term]));
          at.definitions.get(name)?.push(term);
          return;
        }
    } else frame.write(name, term);
  }

  /** Runs a body of code with names of its own. */
  inFrame(kind: FrameKind, work: () => void): Frame {
    const outer = this.frame;
    if (kind === 'function') for (let at: Frame | undefined = outer; at; at = at.outer) at.hasInner = true;
    const frame = new Frame(kind, outer);
    this.frame = frame;
    work();
    this.frame = outer;
    return frame;
  }

  branch(work: () => void) {
    return this.frame.branch(work);
  }

  join(ways: Parameters<Frame['join']>[0]): void {
    this.frame.join(ways, (terms) => this.facts.union(terms));
  }

  /** `set(…)` of these items. */
  setOf(items: readonly number[]): number {
    return this.builtInCall('set', [this.facts.term(OP.array, this.facts.list(items))]);
  }

  /** A call of a built-in function, whatever its name means here. */
  builtInCall(name: string, args: readonly number[]): number {
    return this.facts.call(this.facts.term(OP.global, this.facts.text(name)), args);
  }

  // ── members ──

  /** A member of a class of this file by name; -1 for none. */
  memberOf(owner: number, name: string): number {
    return this.members.get(owner)?.get(name) ?? -1;
  }

  addMemberOf(owner: number, name: string, symbol: number): void {
    let members = this.members.get(owner);
    if (!members) this.members.set(owner, (members = new Map<string, number>()));
    members.set(name, symbol);
  }

  /** The class of `self` or `cls`; -1 where a term is neither. */
  ownClass(term: number): number {
    const op = this.facts.opOf(term);
    return op === OP.this || op === OP.class ? this.facts.operand(term, 'a') : -1;
  }

  // ── text ──

  /** What a string literal without holes says; undefined for another node. */
  stringOf(node: number): string | undefined {
    if (!this.is(node, 'string')) return undefined;
    const [, ...inner] = this.children(node);
    inner.pop();
    if (inner.some((c) => !this.is(c, 'string_content'))) return undefined;
    return inner.map((c) => this.textOf(c)).join('');
  }

  /** The string that a body begins with, without its marks. */
  docOf(body: number): string {
    const first = this.children(body).find((c) => !this.is(c, 'comment')) ?? -1;
    if (!this.is(first, 'expression_statement')) return '';
    const text = this.firstChild(first);
    return (this.is(text, 'string') ? (this.stringOf(text) ?? '') : '').trim();
  }

  /** The head of a definition on one line, decorators left out. */
  head(node: number): string {
    const body = this.field(node, 'body');
    return this.signature(this.start(node), body < 0 ? this.end(node) : this.start(body)).replace(/:$/, '');
  }

  isNameOf(node: number, name: string): boolean {
    return this.is(node, 'identifier') && this.textOf(node) === name;
  }

  /** The last name of `a.b.c`; '' for anything else. */
  lastName(node: number): string {
    if (this.is(node, 'identifier')) return this.textOf(node);
    return this.is(node, 'attribute') ? this.textOf(this.field(node, 'attribute')) : '';
  }

  hasFlag(symbol: number, flag: number): boolean {
    return (this.facts.symbolColumn(symbol, SYMBOL.flags) & flag) !== 0;
  }

  isPrivate(name: string): number {
    return name.startsWith('_') && !name.endsWith('__') ? FLAG.private : 0;
  }
}
