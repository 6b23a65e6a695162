import { OP, SITE, TERM } from '../index/facts.ts';
import { argumentVariable } from './arguments.ts';
import type { EdgeTable } from './edges.ts';
import { MOST_FLOWS, type Evaluator } from './evaluator.ts';
import { NODE } from './live/trace-log.ts';
import type { Steps } from './steps.ts';
import { targetsOf, type Target } from './sites.ts';
import { unresolvedOf, type MethodNames, type PackedSites, type SiteRow } from './unresolved.ts';

/** What passes through parameters is followed so many times from callers to callees. */
export const MOST_ROUNDS = 4;

/** Something that a call passes. `round` is the first round in which the call was known to pass it. */
export interface Passed {
  file: number;
  term: number;
  round: number;
}

/** What calls pass for parameters, by the evaluator's keys of parameter and term. */
export type Flows = Map<number, Map<number, Passed>>;

export interface LinkedCalls {
  unresolved: PackedSites;
  flows: Flows;
  /** How many rounds what is passed was followed for. */
  rounds: number;
}

/**
 * Adds every call that can be resolved. What callers pass is followed into parameters until nothing new is found; the
 * sites that rest on it are answered last, with all that is known.
 */
export function* addCalls(
  edges: EdgeTable,
  ev: Evaluator,
  methods: MethodNames,
  files: Iterable<number>,
): Steps<LinkedCalls> {
  const { program } = ev;
  const flows: Flows = new Map();
  const open: SiteRow[] = [];
  const unresolved: SiteRow[] = [];
  for (const file of files) {
    yield;
    const { sites } = program.facts[file]!;
    for (let row = 0; row < sites.length; row += SITE.width) {
      program.reads?.at(file, NODE.site, row);
      ev.restsOnFlows = false;
      const targets = targetsOf(ev, file, row);
      addFlows(ev, flows, file, row, targets, 1);
      if (ev.restsOnFlows) open.push({ file, row });
      else if (targets.length > 0) addSite(edges, ev, file, row, targets);
      else unresolved.push({ file, row });
    }
  }
  let rounds = 0;
  for (; rounds < MOST_ROUNDS && ev.setFlows(flows); rounds++)
    for (const { file, row } of open) {
      yield;
      program.reads?.at(file, NODE.site, row);
      addFlows(ev, flows, file, row, targetsOf(ev, file, row), rounds + 2);
    }
  for (const { file, row } of open) {
    yield;
    program.reads?.at(file, NODE.site, row);
    const targets = targetsOf(ev, file, row);
    addSite(edges, ev, file, row, targets.map(fromFlow));
    if (targets.length === 0) unresolved.push({ file, row });
  }
  unresolved.sort((x, y) => x.file - y.file || x.row - y.row);
  return { unresolved: unresolvedOf(edges, ev, methods, unresolved), flows, rounds };
}

/** A target that was found by what callers pass. */
export const fromFlow = (target: Target): Target => ({
  ...target,
  tier: 'receiver',
  confidence: Math.min(target.confidence, 0.8),
  reason: 'what callers pass has this type',
});

/** Adds the edges of one call site. */
export function addSite(
  edges: EdgeTable,
  ev: Evaluator,
  file: number,
  row: number,
  targets: readonly Target[],
): void {
  const { program } = ev;
  const { sites } = program.facts[file]!;
  for (const { symbol, tier, confidence, reason, form } of targets) {
    if (program.isBuiltIn(symbol)) continue;
    edges.add({
      ...{ kind: 'CALLS', from: program.symbol(file, sites[row + SITE.from]!), to: symbol, form },
      ...{ line: sites[row + SITE.line]!, column: sites[row + SITE.column]!, tier, confidence, reason },
    });
  }
}

function addFlows(
  ev: Evaluator,
  flows: Flows,
  file: number,
  row: number,
  targets: readonly Target[],
  round: number,
): void {
  forEachPassed(ev, file, row, targets, (into, term) => {
    const key = ev.flowKey(into.file, into.variable);
    let passed = flows.get(key);
    if (!passed) flows.set(key, (passed = new Map<number, Passed>()));
    const own = ev.flowKey(file, term);
    // Where more than the first rounds are to be known, nothing is left out.
    if ((ev.program.reads || passed.size <= MOST_FLOWS) && !passed.has(own))
      passed.set(own, { file, term, round });
  });
}

/** What a call passes flows into parameters that say nothing about themselves, or that are called. */
export function forEachPassed(
  ev: Evaluator,
  file: number,
  row: number,
  targets: readonly Target[],
  each: (into: { file: number; variable: number }, term: number) => void,
): void {
  const call = ev.program.facts[file]!.sites[row + SITE.call]!;
  if (call < 0 || targets.length === 0 || ev.rules(file).staticallyTyped) return;
  const given = ev.argumentsOf(file, call);
  if (given.length === 0) return;
  const { terms } = ev.program.facts[file]!;
  const rules = ev.rules(file);
  for (const { symbol, isPassed } of targets) {
    if (isPassed) continue;
    const before = rules.receiverArguments ? rules.receiverArguments(ev, file, row, symbol) : 0;
    if (ev.program.isBuiltIn(symbol) || before === undefined) continue;
    given.forEach((term, i) => {
      if (term < 0 || terms[term * TERM.width] === OP.literal || terms[term * TERM.width] === OP.text) return;
      const into = argumentVariable(ev, symbol, { file, argument: term }, i + before);
      if (into) each(into, term);
    });
  }
}
