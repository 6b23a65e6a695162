import { SITE } from '../../index/facts.ts';
import { addSite, forEachPassed, fromFlow, MOST_ROUNDS } from '../call-edges.ts';
import { addDeclarations, addOverridesOf } from '../declaration-edges.ts';
import type { PackedEdges } from '../edges.ts';
import { Evaluator, MOST_FLOWS, type KnownFlows } from '../evaluator.ts';
import { addMention, addMentions } from '../mention-edges.ts';
import type { Program } from '../program.ts';
import { targetsOf, type Target } from '../sites.ts';
import type { Type } from '../types.ts';
import { unresolvedOf, type MethodNames, type PackedSites } from '../unresolved.ts';
import { AnsweredEdges } from './answered-edges.ts';
import type { FlowTable, Given } from './flow-table.ts';
import { NODE } from './trace-log.ts';

/** The edges of a file, linked again. Symbols are the program's. */
export interface RelinkedFile {
  file: number;
  /** The file's own numbers of the symbols whose edges these are, and whose open sites; all where it is not said. */
  only: ReadonlySet<number> | undefined;
  edges: PackedEdges;
  unresolved: PackedSites;
}

/** What a file's call sites call before it is known what callers pass. */
interface Answers {
  closed: { row: number; targets: readonly Target[] }[];
  /** Rows of the sites that rest on what callers pass. */
  open: number[];
  given: Given;
}

/**
 * Links some files again. What callers pass is known round by round: the evaluator of a round takes what the one before
 * it knew, and evaluates only what is asked for.
 */
export class Relink {
  readonly #program: Program;
  readonly #methods: MethodNames;
  readonly #flows: FlowTable;
  /** Evaluates what does not rest on what callers pass. */
  readonly #first: Evaluator;
  #last: Evaluator;
  readonly #answers = new Map<number, Answers>();
  readonly #answered: AnsweredEdges;

  constructor(first: Evaluator, methods: MethodNames, flows: FlowTable) {
    this.#program = first.program;
    this.#methods = methods;
    this.#flows = flows;
    this.#first = first;
    this.#last = first;
    this.#answered = new AnsweredEdges(first.program, false);
  }

  /** Knows all that is known of what callers pass. */
  get last(): Evaluator {
    return this.#last;
  }

  /** Follows what the calls of these files pass; gives the parameters for which that is something else than before. */
  follow(files: Iterable<number>): Set<number> {
    const changed = new Set<number>();
    const own = [...files]
      // Nothing is passed on where what is not known has a declared type.
      .filter((file) => !this.#first.rules(file).staticallyTyped)
      .map((file) => ({ file, answers: this.#answersOf(file) }));
    const replace = () => {
      for (const { file, answers } of own)
        for (const parameter of this.#flows.replace(file, answers.given)) changed.add(parameter);
    };
    for (const { answers } of own) forgetLaterRounds(answers.given);
    replace();
    this.#last = this.#first;
    for (let round = 1; round <= MOST_ROUNDS; round++) {
      const before = this.#last;
      const next = this.#layer(before, round);
      if (round > this.#flows.rounds && !own.some(({ answers }) => knowsMore(next, before, answers.given)))
        break;
      this.#flows.rounds = Math.max(this.#flows.rounds, round);
      this.#last = next;
      for (const { file, answers } of own)
        for (const row of answers.open)
          this.#give(next, file, row, this.#ask(next, file, row), answers, round + 1);
      replace();
    }
    return changed;
  }

  #answersOf(file: number, only?: ReadonlySet<number>): Answers {
    const known = this.#answers.get(file);
    if (known) return known;
    const answers: Answers = { closed: [], open: [], given: new Map() };
    const ev = this.#first;
    const { sites } = this.#program.facts[file]!;
    for (let row = 0; row < sites.length; row += SITE.width) {
      if (only && !only.has(sites[row + SITE.from]!)) continue;
      ev.restsOnFlows = false;
      const targets = this.#ask(ev, file, row);
      this.#give(ev, file, row, targets, answers, 1);
      if (ev.restsOnFlows) answers.open.push(row);
      else answers.closed.push({ row, targets });
    }
    this.#answers.set(file, answers);
    return answers;
  }

  #ask(ev: Evaluator, file: number, row: number): Target[] {
    this.#program.reads?.at(file, NODE.site, row);
    return targetsOf(ev, file, row);
  }

  #give(
    ev: Evaluator,
    file: number,
    row: number,
    targets: readonly Target[],
    { given }: Answers,
    round: number,
  ): void {
    forEachPassed(ev, file, row, targets, (into, term) => {
      const parameter = this.#program.identity(into.file).variable(into.variable);
      let terms = given.get(parameter);
      if (!terms) given.set(parameter, (terms = new Map<number, number>()));
      if (!terms.has(term)) terms.set(term, round);
    });
  }

  #layer(before: Evaluator, round: number): Evaluator {
    const program = this.#program;
    const types = new Map<number, Type | undefined>();
    const passed = (file: number, variable: number) =>
      this.#flows.passed(program.identity(file).variable(variable), round, MOST_FLOWS);
    const known: KnownFlows = {
      without: this.#first,
      passed(file, variable) {
        const found = passed(file, variable);
        return found.length > MOST_FLOWS ? [] : found;
      },
      type(file, variable) {
        const parameter = program.identity(file).variable(variable);
        if (!types.has(parameter)) types.set(parameter, before.typeOfPassed(passed(file, variable)));
        return types.get(parameter);
      },
      typeOf: (parameter) => before.typeOfPassed(this.#flows.passed(parameter, round, MOST_FLOWS)),
    };
    return new Evaluator(program, () => this.#first.rules(0), known);
  }

  /**
   * What a node of a file answers now, as a number; undefined where that is not asked for node by node. Of files that
   * pass nothing on alone.
   */
  answer(file: number, node: number): number | undefined {
    const reads = this.#program.reads!;
    const at = Math.floor(node / NODE.kinds);
    reads.answer = 0;
    switch (node % NODE.kinds) {
      case NODE.site:
        this.#answerSite(file, at);
        break;
      case NODE.overrides:
        addOverridesOf(this.#answered, this.#first, file, at);
        break;
      case NODE.mention:
        addMention(this.#answered, this.#last, file, at);
        break;
      default:
        return undefined;
    }
    return reads.answer;
  }

  #answerSite(file: number, row: number): void {
    this.#first.restsOnFlows = false;
    let targets = this.#ask(this.#first, file, row);
    if (this.#first.restsOnFlows) targets = this.#ask(this.#last, file, row).map(fromFlow);
    addSite(this.#answered, this.#last, file, row, targets);
    if (targets.length === 0) unresolvedOf(this.#answered, this.#last, this.#methods, [{ file, row }]);
  }

  /** The edges of a file, or of some of its symbols, with all that is known. */
  link(file: number, only?: ReadonlySet<number>): RelinkedFile {
    const { closed, open } = this.#answersOf(file, only);
    const edges = new AnsweredEdges(this.#program);
    addDeclarations(edges, this.#first, file, only);
    const unresolved: number[] = [];
    for (const { row, targets } of closed) {
      this.#program.reads?.at(file, NODE.site, row);
      if (targets.length > 0) addSite(edges, this.#first, file, row, targets);
      else unresolved.push(row);
    }
    for (const row of open) {
      const targets = this.#ask(this.#last, file, row);
      addSite(edges, this.#last, file, row, targets.map(fromFlow));
      if (targets.length === 0) unresolved.push(row);
    }
    const rows = unresolved.sort((a, b) => a - b).map((row) => ({ file, row }));
    const sites = unresolvedOf(edges, this.#last, this.#methods, rows);
    addMentions(edges, this.#last, file, only);
    return { file, only, edges: edges.finish(), unresolved: sites };
  }
}

function forgetLaterRounds(given: Given): void {
  for (const terms of given.values()) for (const [term, round] of terms) if (round > 1) terms.delete(term);
}

/** Whether a round knows more of what is given than the one before. */
function knowsMore(next: Evaluator, before: Evaluator, given: Given): boolean {
  for (const parameter of given.keys())
    if (next.passedType(parameter) !== before.passedType(parameter)) return true;
  return false;
}
