import type { Item, Part, Projection, Query } from './ast.ts';
import { bridge } from './bridge.ts';
import { check, type Parameters } from './check.ts';
import { forLadybug } from './for-ladybug.ts';
import { forNeo4j } from './for-neo4j.ts';
import { limitRows } from './limit-rows.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import { Refusal } from './refusal.ts';
import { descendants } from './walk.ts';
import { requireWorkspace, restrictToWorkspace, WORKSPACE_PARAMETER } from './workspace.ts';

/** A query as an engine is to run it, and the names its columns are shown by. */
export interface PreparedQuery {
  text: string;
  /** What the text refers to, no more: its own, and strings that are safer as values. */
  parameters: Record<string, string | number | boolean>;
  /** The text or alias of each returned item; undefined where `*` leaves the names to the engine. */
  columns: string[] | undefined;
}

/** Which engine is asked. A store that several workspaces share is told whose nodes may be seen. */
export type Engine = { name: 'ladybug' } | { name: 'neo4j'; workspace: string };

export interface PrepareOptions {
  engine: Engine;
  /** Rows that are wanted; one more is asked for, to know whether there are more. */
  rowLimit: number;
  parameters?: Parameters;
}

/**
 * The one way from a query that a person or a model wrote to one that an engine runs: read, checked, bounded, written
 * anew. Throws `badInput` in words that say what to write instead.
 */
export function prepareQuery(source: string, options: PrepareOptions): PreparedQuery {
  return refusing(source, () => prepare(source, options));
}

/** Throws `badInput` where no engine would be given such a query. */
export function checkQuery(source: string, parameters: Parameters): void {
  refusing(source, () => columnsOf(check(parse(source), parameters), source));
}

function refusing<T>(source: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Refusal ? error.toUserError(source) : error;
  }
}

function prepare(source: string, { engine, rowLimit, parameters = {} }: PrepareOptions): PreparedQuery {
  const query = check(parse(source), parameters);
  const columns = columnsOf(query, source);
  const bridged = bridge(nameColumns(limitRows(query, rowLimit + 1, parameters)));
  switch (engine.name) {
    case 'ladybug': {
      const own = forLadybug(bridged, parameters);
      const { text, texts } = print(own);
      return { text, parameters: { ...used(own, parameters), ...texts }, columns };
    }
    case 'neo4j': {
      const own = restrictToWorkspace(forNeo4j(bridged));
      const { text, texts } = print(own);
      requireWorkspace(text);
      const given = { ...used(own, parameters), ...texts, [WORKSPACE_PARAMETER]: engine.workspace };
      return { text, parameters: given, columns };
    }
  }
}

/**
 * A tree whose returned values have names that differ: engines refuse equal ones, or give one value for all, and take the
 * parts of a UNION together by their names.
 */
function nameColumns(query: Query): Query {
  const parts = query.parts.map((part) => {
    const projection = returnOf(part);
    const taken = new Set(
      projection.items.flatMap(
        ({ alias, expression }) => alias ?? (expression.kind === 'variable' ? expression.name : []),
      ),
    );
    const isPlain = projection.items.length === 1 && query.parts.length === 1;
    if (projection.star || isPlain) return part;
    const items = projection.items.map((item, i) => {
      const isNamed = item.alias !== undefined || item.expression.kind === 'variable';
      return isNamed ? item : { ...item, alias: `weft_column${i + 1}` };
    });
    if (taken.size < items.filter(({ alias }) => !alias?.startsWith('weft_column')).length)
      throw new Refusal('two columns have the same name', projection, {
        hint: 'name them apart, as in RETURN a.name AS a, b.name AS b',
      });
    return { ...part, clauses: [...part.clauses.slice(0, -1), { ...projection, items }] };
  });
  return { ...query, parts };
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
