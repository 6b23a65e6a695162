import type { Item, Part, Projection, Query } from './ast.ts';
import { check, type Parameters } from './check.ts';
import { limitRows } from './limit-rows.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import { Refusal } from './refusal.ts';
import { descendants } from './walk.ts';

/** A query as an engine is to run it, and the names its columns are shown by. */
export interface PreparedQuery {
  text: string;
  /** What the text refers to, no more: its own, and strings that are safer as values. */
  parameters: Record<string, string | number | boolean>;
  /** The text or alias of each returned item; undefined where `*` leaves the names to the engine. */
  columns: string[] | undefined;
}

export interface PrepareOptions {
  /** Rows that are wanted; one more is asked for, to know whether there are more. */
  rowLimit: number;
  parameters?: Parameters;
}

/**
 * The one way from a query that a person or a model wrote to one that an engine runs: read, checked, bounded, written
 * anew. Throws `badInput` in words that say what to write instead.
 */
export function prepareQuery(source: string, options: PrepareOptions): PreparedQuery {
  try {
    return prepare(source, options);
  } catch (error) {
    throw error instanceof Refusal ? error.toUserError(source) : error;
  }
}

function prepare(source: string, { rowLimit, parameters = {} }: PrepareOptions): PreparedQuery {
  const query = check(parse(source), parameters);
  const columns = columnsOf(query, source);
  const limited = limitRows(query, rowLimit + 1, parameters);
  const { text, texts } = print(limited);
  return { text, parameters: { ...used(limited, parameters), ...texts }, columns };
}

/** Engines refuse parameters that a query does not name. */
function used(query: Query, parameters: Parameters): Record<string, string | number | boolean> {
  const names = new Set(
    [...descendants(query)].flatMap((node) => (node.kind === 'parameter' ? [node.name] : [])),
  );
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => names.has(name)));
}

function columnsOf({ parts }: Query, source: string): string[] | undefined {
  const [first, ...others] = parts.map((part) => ({ part, names: namesOf(part, source) }));
  for (const { part, names } of others)
    if (first?.names?.join('\0') !== names?.join('\0'))
      throw new Refusal('the parts of a UNION must return the same names', returnOf(part), {
        hint: 'name each value in each part, as in RETURN n.name AS name',
      });
  return first?.names;
}

function namesOf(part: Part, source: string): string[] | undefined {
  const projection = returnOf(part);
  return projection.star ? undefined : projection.items.map((item) => nameOf(item, source));
}

function returnOf({ clauses }: Part): Projection {
  const last = clauses.at(-1);
  if (last?.kind !== 'projection') throw new Refusal('it has no RETURN');
  return last;
}

function nameOf({ alias, expression, start, end }: Item, source: string): string {
  if (alias !== undefined) return alias;
  return expression.kind === 'variable' ? expression.name : source.slice(start, end).replace(/\s+/g, ' ');
}
