import type { Expression, Literal, Projection, Query } from './ast.ts';
import type { Parameters } from './check.ts';
import { Refusal } from './refusal.ts';

/** A tree in which each SKIP and LIMIT is a number, and each part of the whole returns at most `most` rows. */
export function limitRows(query: Query, most: number, parameters: Parameters): Query {
  const parts = query.parts.map((part) => {
    const clauses = part.clauses.map((clause, i) => {
      if (clause.kind !== 'projection') return clause;
      const { skip, limit } = clause;
      const counted: Projection = {
        ...clause,
        skip: skip && countOf(skip, 'SKIP', parameters),
        limit: limit && countOf(limit, 'LIMIT', parameters),
      };
      return i === part.clauses.length - 1 ? bounded(counted, most, query) : counted;
    });
    return { ...part, clauses };
  });
  return { ...query, parts };
}

function bounded(projection: Projection, most: number, query: Query): Projection {
  const { limit } = projection;
  const wanted = limit?.kind === 'literal' ? Number(limit.value) : Infinity;
  if (wanted <= most) return projection;
  // Equal rows are taken out after the parts are joined: cut before that, they would crowd out others.
  const distinct = projection.distinct || (limit === undefined && query.keepsEqual.includes(false));
  return { ...projection, distinct, limit: numberAt(most, projection) };
}

function countOf(expression: Expression, word: string, parameters: Parameters): Literal {
  const value =
    expression.kind === 'literal' && !expression.real
      ? expression.value
      : expression.kind === 'parameter'
        ? parameters[expression.name]
        : undefined;
  if (typeof value === 'bigint') return numberAt(Number.MAX_SAFE_INTEGER, expression);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new Refusal(`${word} takes a whole number`, expression, {
      hint: `write ${word} 10, or a parameter`,
    });
  return numberAt(value, expression);
}

function numberAt(value: number, { start, end }: Expression | Projection): Literal {
  return { kind: 'literal', value, start, end };
}
