import { FLAG, FUNCTION, OP, TERM, VARIABLE } from '../index/facts.ts';
import { argumentsOf } from './arguments.ts';
import type { Evaluation } from './evaluation.ts';
import type { Type } from './types.ts';

/**
 * The signatures of a function that a call may mean, where a function has several: those that take as many arguments,
 * and arguments like these. All of them where none does. `skip` is an argument that is not looked at.
 */
export function fittingSignatures(
  ev: Evaluation,
  symbol: number,
  file: number,
  call: number,
  skip: number,
): readonly number[] {
  const all = ev.program.signatures(symbol);
  if (all.length === 0 || call < 0) return all;
  const given = argumentsOf(ev, file, call);
  const fitting = all.filter((fn) => fits(ev, ev.program.fileOf(symbol), fn, { file, given, skip }));
  return fitting.length > 0 ? fitting : all;
}

/** How many type parameters the signatures before one have: they are numbered through. */
export function parametersBefore(ev: Evaluation, symbol: number, fn: number): number {
  const before = ev.program.signatures(symbol).findLast((other) => other < fn);
  if (before === undefined) return 0;
  const file = ev.program.fileOf(symbol);
  return ev.program.list(file, ev.program.functionColumn(file, before, FUNCTION.typeParameters)).length / 2;
}

function fits(
  ev: Evaluation,
  own: number,
  fn: number,
  { file, given, skip }: { file: number; given: Int32Array; skip: number },
): boolean {
  const { program } = ev;
  const { terms } = program.facts[file]!;
  const parameters = program.list(own, program.functionColumn(own, fn, FUNCTION.parameters));
  const flags = (at: number) => program.variableColumn(own, parameters[at]!, VARIABLE.flags);
  const takesRest = parameters.length > 0 && (flags(parameters.length - 1) & FLAG.rest) !== 0;
  const isSpread = given.some((term) => term >= 0 && terms[term * TERM.width] === OP.spread);
  if (isSpread) return true;
  if (given.length > parameters.length && !takesRest) return false;
  for (let i = 0; i < parameters.length; i++) {
    if ((flags(i) & FLAG.rest) !== 0) break;
    if (i >= given.length) {
      if ((flags(i) & FLAG.hasDefault) === 0) return false;
    } else if (i !== skip && given[i]! >= 0) {
      const declared = ev.type(own, program.variableColumn(own, parameters[i]!, VARIABLE.type));
      if (!mayTake(ev, declared, ev.value(file, given[i]!))) return false;
    }
  }
  return true;
}

/** False where a value is of another nature than what is declared; true wherever too little is known. */
function mayTake(ev: Evaluation, declared: Type | undefined, given: Type | undefined): boolean {
  if (!declared || !given) return true;
  if (declared.t === 'union') return declared.items.some((item) => mayTake(ev, item, given));
  if (given.t === 'union') return given.items.some((item) => mayTake(ev, declared, item));
  const own = natureOf(ev, given);
  if (declared.t === 'signature') return own !== 'plain';
  if (declared.t !== 'instance' || declared === given) return true;
  const wanted = natureOf(ev, declared);
  if (wanted === 'plain') return own === 'other';
  return wanted !== 'class' || own === 'class' || own === 'other';
}

/** What a value is, as far as that rules others out. */
function natureOf(ev: Evaluation, type: Type): 'plain' | 'class' | 'called' | 'other' {
  if (type.t === 'lambda' || type.t === 'function' || type.t === 'class') return 'called';
  if (type.t !== 'instance') return 'other';
  const name = ev.program.isBuiltIn(type.symbol) ? ev.program.name(type.symbol) : '';
  if (PLAIN.has(name)) return 'plain';
  return ev.program.kind(type.symbol) === 'Class' && !ANY.has(name) ? 'class' : 'other';
}

const PLAIN = new Set(['string', 'number', 'boolean', 'bigint', 'symbol']);
const ANY = new Set(['Object', 'Function']);
