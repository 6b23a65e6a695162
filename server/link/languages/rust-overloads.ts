import { FUNCTION, SYMBOL, VARIABLE } from '../../index/facts.ts';
import type { Evaluation } from '../evaluation.ts';
import type { FunctionType, Type } from '../types.ts';
import type { RustImpls } from './rust-impls.ts';
import { matches } from './rust-match.ts';

/**
 * Among the functions of one name that several blocks give a type for one trait (`From<A>`, `From<B>`), those whose
 * first parameter can be what a call gives; all of them where that is not known.
 */
export function rustOverloads(
  ev: Evaluation,
  impls: RustImpls,
  callee: FunctionType,
  file: number,
  call: number,
): readonly FunctionType[] {
  if (ev.program.isBuiltIn(callee.symbol)) return [callee];
  const siblings = impls.siblings(callee);
  // Another block, such as one that a macro writes, may convert from what these do not.
  const trait = impls.traitOf(callee.symbol)?.symbol;
  const converts = trait !== undefined && CONVERSIONS.some((name) => impls.builtInTrait(name) === trait);
  if (siblings.length < 2 && !converts) return [callee];
  const given = ev.value(file, ev.argumentsOf(file, call)[0] ?? -1);
  if (!given || given.t === 'union' || impls.isExternal(given)) return siblings;
  const fitting = siblings.filter((s) => takes(ev, s, given));
  return fitting.length > 0 || converts ? fitting : siblings;
}

const CONVERSIONS = ['From', 'TryFrom'];

function takes(ev: Evaluation, callee: FunctionType, given: Type): boolean {
  const declared = firstParameter(ev, callee);
  if (!declared || matches(ev, declared, given, callee.symbol, new Map())) return true;
  // What dereferences to the declared type is taken as well.
  return declared.t === 'instance' && given.t === 'instance' && !!ev.asInstanceOf(given, declared.symbol);
}

function firstParameter(ev: Evaluation, { symbol, owner, receiver }: FunctionType): Type | undefined {
  const { program } = ev;
  const file = program.fileOf(symbol);
  const fn = program.column(symbol, SYMBOL.function);
  if (fn < 0) return undefined;
  const [first = -1] = program.list(file, program.functionColumn(file, fn, FUNCTION.parameters));
  if (first < 0) return undefined;
  return ev.substitute(ev.type(file, program.variableColumn(file, first, VARIABLE.type)), owner, receiver);
}
