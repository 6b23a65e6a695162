import type { Expression, Quantifier } from './ast.ts';
import { at, binary, call, compare, literal, when } from './build.ts';
import { Refusal, type Span } from './refusal.ts';
import { descendants } from './walk.ts';

/** Behind the end of every list. */
export const MOST_ITEMS = 9_223_372_036_854_775_807n;

/** `list_transform(list, name -> map)` */
export function forEach(list: Expression, name: string, map: Expression, span: Span): Expression {
  return withLambda('list_transform', list, name, map, span);
}

/**
 * `list_filter(list, name -> where)`. It answers wrongly, also in other columns, where it reads more than the item
 * (0.19.1).
 */
export function keepItems(list: Expression, name: string, where: Expression, span: Span): Expression {
  const other = namesIn(where).find((one) => one !== name);
  if (other !== undefined)
    throw new Refusal(`"${other}" cannot be used where items of a list are chosen`, where, {
      hint: `UNWIND the list AS ${name}, then WITH … WHERE … and collect(${name})`,
    });
  return withLambda('list_filter', list, name, where, span);
}

/**
 * A function on a copy of a list: on the lists inside paths, and on lists just collected, these two read items of other
 * rows (0.19.1; `properties(nodes(p), 'name')`, quantifiers and IN do not).
 */
function withLambda(
  name: string,
  list: Expression,
  variable: string,
  body: Expression,
  span: Span,
): Expression {
  checkLambda(variable, body, span);
  const copy = wholeSlice(list, span);
  return call(name, [copy, { kind: 'lambda', variable, body, ...at(span) }], span);
}

function namesIn(body: Expression): string[] {
  return [...descendants(body)].flatMap((node) => (node.kind === 'variable' ? [node.name] : []));
}

/** `any(name IN list WHERE …)` and the like: what is asked must be asked of the item. */
export function checkQuantifier({ variable, where, which, ...span }: Quantifier): void {
  checkLambda(variable, where, span);
  if (!namesIn(where).includes(variable))
    throw new Refusal(`"${variable}" is not used in ${which}( … )`, where, {
      hint: 'put the condition beside it, joined by AND',
    });
}

function wholeSlice(list: Expression, span: Span): Expression {
  return { kind: 'slice', of: list, from: literal(1, span), to: literal(MOST_ITEMS, span), ...at(span) };
}

/** Refuses what a function of items cannot hold: a pattern, and a list inside that uses the item. */
function checkLambda(variable: string, body: Expression, span: Span): void {
  for (const inner of descendants(body)) {
    const isList = inner.kind === 'lambda' || inner.kind === 'quantifier';
    const used = inner.kind === 'lambda' ? inner.body : inner.kind === 'quantifier' ? inner.where : undefined;
    if (
      isList &&
      used &&
      [...descendants(used)].some((one) => one.kind === 'variable' && one.name === variable)
    )
      throw new Refusal(`"${variable}" cannot be used in a list inside its own list`, span, {
        hint: 'UNWIND the outer list instead',
      });
    if (inner.kind === 'subquery')
      throw new Refusal('a pattern cannot stand in a list', inner, { hint: 'UNWIND the list, then MATCH' });
  }
}

/**
 * The item at an index from 0, from the end where it is negative, and nothing where there is none. `list_extract` would
 * end the query there, and `list_any_value` of an empty list give what was in memory: so it is asked for the size first.
 */
export function itemOf(list: Expression, index: Expression, span: Span): Expression {
  const size = call('size', [list], span);
  const one = (position: Expression): Expression =>
    call('list_any_value', [{ kind: 'slice', of: list, from: position, to: position, ...at(span) }], span);
  const known = wholeNumber(index);
  const item = { list, at: index };
  if (known !== undefined)
    return known >= 0
      ? { ...when(compare(size, '>', literal(known, span)), one(literal(known + 1, span))), item }
      : { ...when(compare(size, '>=', literal(-known, span)), one(literal(known, span))), item };
  const zero = literal(0, span);
  const isInside = binary('AND', compare(index, '>=', zero), compare(index, '<', size));
  const isFromEnd = binary('AND', compare(index, '<', zero), compare(binary('+', size, index), '>=', zero));
  const position: Expression = binary('+', index, literal(1, span));
  return {
    kind: 'case',
    branches: [
      { when: isInside, then: one(position) },
      { when: isFromEnd, then: one(binary('+', size, position)) },
    ],
    item,
    ...at(span),
  };
}

function wholeNumber(index: Expression): number | undefined {
  if (index.kind === 'unary' && index.operator === '-') {
    const of = wholeNumber(index.of);
    return of === undefined ? undefined : -of;
  }
  return index.kind === 'literal' && typeof index.value === 'number' && !index.real ? index.value : undefined;
}
