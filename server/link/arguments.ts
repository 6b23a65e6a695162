import { FLAG, FUNCTION, OP, SYMBOL, TERM, VARIABLE } from '../index/facts.ts';
import type { Evaluation } from './evaluation.ts';

const NO_ARGUMENTS = new Int32Array(0);

/** The arguments of a call or construction term. */
export function argumentsOf(ev: Evaluation, file: number, term: number): Int32Array {
  if (term < 0) return NO_ARGUMENTS;
  const { terms } = ev.program.facts[file]!;
  const op = terms[term * TERM.width + TERM.op];
  if (op === OP.apply) return argumentsOf(ev, file, terms[term * TERM.width + TERM.a]!);
  if (op !== OP.call && op !== OP.new) return NO_ARGUMENTS;
  return ev.program.list(file, terms[term * TERM.width + TERM.b]!);
}

/** The variable that receives an argument; undefined where there is none. `fn` is one of several signatures. */
export function parameterVariable(
  ev: Evaluation,
  symbol: number,
  index: number,
  fn = ev.program.column(symbol, SYMBOL.function),
): { file: number; variable: number; isRest: boolean } | undefined {
  const file = ev.program.fileOf(symbol);
  if (fn < 0) return undefined;
  const parameters = ev.program.list(file, ev.program.functionColumn(file, fn, FUNCTION.parameters));
  const flags = (v: number) => ev.program.variableColumn(file, v, VARIABLE.flags);
  const isRest = (v: number) => (flags(v) & FLAG.rest) !== 0;
  const at = parameters[index];
  const byPlace = at !== undefined && (flags(at) & (FLAG.named | FLAG.keywords)) === 0;
  const variable = byPlace ? at : index < 0 ? undefined : parameters.find(isRest);
  return variable === undefined ? undefined : { file, variable, isRest: isRest(variable) };
}

/** The variable that receives the argument of a call at a place, which may be given by name. */
export function argumentVariable(
  ev: Evaluation,
  symbol: number,
  from: { file: number; argument: number },
  index: number,
  fn = ev.program.column(symbol, SYMBOL.function),
): { file: number; variable: number; isRest: boolean } | undefined {
  const { terms } = ev.program.facts[from.file]!;
  const op = from.argument < 0 ? OP.unknown : terms[from.argument * TERM.width];
  if (op === OP.spread) return undefined;
  if (op !== OP.keyword) return parameterVariable(ev, symbol, index, fn);
  const file = ev.program.fileOf(symbol);
  if (fn < 0) return undefined;
  const name = ev.program.text(from.file, terms[from.argument * TERM.width + TERM.a]!);
  const variable = ev.program
    .list(file, ev.program.functionColumn(file, fn, FUNCTION.parameters))
    .find((v) => ev.program.text(file, ev.program.variableColumn(file, v, VARIABLE.name)) === name);
  return variable === undefined ? undefined : { file, variable, isRest: false };
}
