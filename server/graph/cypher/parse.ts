import type { Query } from './ast.ts';
import { parseExpression } from './parse-expression.ts';
import { parsePath, parseMap } from './parse-pattern.ts';
import { parseQuery } from './parse-query.ts';
import { Refusal } from './refusal.ts';
import { TokenReader } from './token-reader.ts';

/** What the parts of the grammar know of each other: they hold one another. */
export interface Grammar {
  tokens: TokenReader;
  expression(): ReturnType<typeof parseExpression>;
  path(): ReturnType<typeof parsePath>;
  map(): ReturnType<typeof parseMap>;
  query(where: 'statement' | 'subquery'): Query;
}

/**
 * Reads one statement of the reading part of Cypher 5 (openCypher 9 with Neo4j's subqueries and quantified patterns), by
 * recursive descent. What is not in that part is refused with its place: throws a `Refusal`.
 * `isOwn`: the text is Weft's, and may hold the names that begin with `weft_`.
 */
export function parse(source: string, { isOwn = false } = {}): Query {
  const tokens = new TokenReader(source, isOwn);
  const grammar: Grammar = {
    tokens,
    expression: () => parseExpression(grammar),
    path: () => parsePath(grammar),
    map: () => parseMap(grammar),
    query: (where) => parseQuery(grammar, where),
  };
  const query = grammar.query('statement');
  tokens.mark(';');
  if (tokens.peek().kind !== 'end')
    throw new Refusal('it holds several statements', tokens.peek(), { hint: 'ask one at a time' });
  return query;
}
