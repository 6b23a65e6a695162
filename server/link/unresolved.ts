import { OP, SITE, symbolCount, TERM } from '../index/facts.ts';
import { tagLanguages } from '../index/languages/index.ts';
import { CALL_FORMS } from '../protocol/graph.ts';
import { builtInNames } from './built-in-names.ts';
import type { EdgeTable } from './edges.ts';
import type { Candidate } from './evaluation.ts';
import type { Evaluator } from './evaluator.ts';
import { NODE } from './live/trace-log.ts';
import type { Program } from './program.ts';

/** Call sites whose target could be in the workspace and was not found: rows of `UNRESOLVED`. */
export interface PackedSites {
  readonly rows: Int32Array;
  readonly names: readonly string[];
}
/** `form` is an index in CALL_FORMS, `from` a symbol. */
export const UNRESOLVED = { file: 0, line: 1, column: 2, name: 3, from: 4, form: 5, width: 6 } as const;

const BY_NAME: ReadonlySet<string> = new Set(tagLanguages.map(({ name }) => name));
/** The answer of a site that stays open. */
const OPEN_SITE = 1;
const OPERATOR = CALL_FORMS.indexOf('operator');

/** A call site, by its file and row. */
export interface SiteRow {
  file: number;
  row: number;
}

/** The methods of a workspace by their names. */
export class MethodNames {
  readonly #program: Program;
  readonly #methods = new Map<string, number[]>();

  constructor(program: Program) {
    this.#program = program;
    for (const file of program.workspaceFiles()) this.add(file);
  }

  /** Adds the methods of a file as the program has them now. */
  add(file: number): void {
    for (const symbol of this.#methodsOf(file)) {
      const name = this.#program.name(symbol);
      const known = this.#methods.get(name);
      if (known) known.push(symbol);
      else this.#methods.set(name, [symbol]);
    }
  }

  /** Takes the methods of a file away; to be called before the program has others in their place. */
  remove(file: number): void {
    for (const symbol of this.#methodsOf(file)) {
      const name = this.#program.name(symbol);
      const left = (this.#methods.get(name) ?? []).filter((other) => other !== symbol);
      if (left.length > 0) this.#methods.set(name, left);
      else this.#methods.delete(name);
    }
  }

  /** The one method of a name; undefined where there are none or several. */
  only(name: string): number | undefined {
    this.#program.reads?.methodName(name);
    const named = this.#methods.get(name);
    return named?.length === 1 ? named[0] : undefined;
  }

  *#methodsOf(file: number): Generator<number> {
    // Where calls are known by name alone, names are looked up otherwise.
    if (BY_NAME.has(this.#program.facts[file]!.language)) return;
    const count = symbolCount(this.#program.facts[file]!);
    for (let s = 1; s < count; s++) {
      const symbol = this.#program.symbol(file, s);
      if (this.#program.kind(symbol) === 'Method') yield symbol;
    }
  }
}

/** A unique name is a candidate; the rest is listed by the called name. */
export function unresolvedOf(
  edges: EdgeTable,
  ev: Evaluator,
  methods: MethodNames,
  open: readonly SiteRow[],
): PackedSites {
  const { program } = ev;
  const rows: number[] = [];
  const names = new Map<string, number>();
  for (const { file, row } of open) {
    program.reads?.at(file, NODE.site, row);
    const { sites, terms } = program.facts[file]!;
    const callee = sites[row + SITE.callee]!;
    if (callee < 0) continue;
    const op = terms[callee * TERM.width]!;
    const isMember = op === OP.member || op === OP.method;
    if (!isMember && op !== OP.global) continue;
    // No one writes the name of an operator's method: what has it is no candidate.
    if (sites[row + SITE.form] === OPERATOR) continue;
    const name = program.text(file, terms[callee * TERM.width + (isMember ? TERM.b : TERM.a)]!);
    if (isMember && isOutside(ev, file, callee)) continue;
    // A type calls nothing where that is a conversion; one of an unknown package stands for all that it declares.
    const rules = ev.rules(file);
    if (rules.callConverts && ev.value(file, callee)?.t === 'class') continue;
    const from = program.symbol(file, sites[row + SITE.from]!);
    const [line, column] = [sites[row + SITE.line]!, sites[row + SITE.column]!];
    const only = rules.called ? rules.called(ev, file, row) : onlyMethod(ev, methods, file, name, isMember);
    if (only) {
      const form = only.isNew ? 'new' : CALL_FORMS[sites[row + SITE.form]!]!;
      const { symbol: to, confidence, reason } = only;
      edges.add({ kind: 'CALLS', from, to, form, line, column, tier: 'name', confidence, reason });
      continue;
    }
    let id = names.get(name);
    if (id === undefined) names.set(name, (id = names.size));
    program.reads?.answered(OPEN_SITE);
    rows.push(file, line, column, id, from, sites[row + SITE.form]!);
  }
  return { rows: Int32Array.from(rows), names: [...names.keys()] };
}

/** The only method of a name, unless the name is so common that this says nothing. */
function onlyMethod(
  ev: Evaluator,
  methods: MethodNames,
  file: number,
  name: string,
  isMember: boolean,
): Candidate | undefined {
  if (!isMember || builtInNames.has(name) || ev.rules(file).isCommonName?.(ev, name) === true)
    return undefined;
  const symbol = methods.only(name);
  return symbol !== undefined && sameLanguage(ev.program, symbol, file)
    ? { symbol, confidence: 0.4, reason: 'the only method of this name' }
    : undefined;
}

/** True where the receiver is known and declared outside the workspace, so that no symbol of it can be meant. */
function isOutside(ev: Evaluator, file: number, callee: number): boolean {
  const rules = ev.rules(file);
  if (rules.isOutside) return rules.isOutside(ev, file, callee);
  const { terms } = ev.program.facts[file]!;
  const object = terms[callee * TERM.width + TERM.a]!;
  const at = beginningOf(terms, object);
  if (at < 0) return false;
  // A name that no file of the workspace declares is the platform's.
  if (terms[at * TERM.width] === OP.global && !ev.value(file, at)) return true;
  if (terms[at * TERM.width] === OP.import) {
    const index = terms[at * TERM.width + TERM.a]!;
    const from = ev.program.importText(file, index, 'from');
    return rules.resolveModule(ev.program, file, from) === undefined;
  }
  const type = ev.value(file, object);
  return type?.t === 'instance' && ev.program.isBuiltIn(type.symbol);
}

const CHAINED: ReadonlySet<number> = new Set([OP.member, OP.call, OP.new, OP.await, OP.index]);

/** Where a chain of members and calls begins; -1 for one that begins with itself, as in `x = x.strip()`. */
function beginningOf(terms: Int32Array, term: number): number {
  let at = term;
  for (let step = 0; step < terms.length; step++) {
    if (at < 0 || !CHAINED.has(terms[at * TERM.width]!)) return at;
    at = terms[at * TERM.width + TERM.a]!;
  }
  return -1;
}

function sameLanguage(program: Program, symbol: number, file: number): boolean {
  return program.facts[program.fileOf(symbol)]!.language === program.facts[file]!.language;
}
