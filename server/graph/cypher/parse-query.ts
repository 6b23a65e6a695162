import type {
  CallSubquery,
  Clause,
  Expression,
  Item,
  Match,
  OrderItem,
  Part,
  Projection,
  Query,
  Unwind,
} from './ast.ts';
import type { Grammar } from './parse.ts';
import { Refusal } from './refusal.ts';
import type { Token } from './tokens.ts';

const FIRST = ['MATCH', 'OPTIONAL', 'UNWIND', 'WITH', 'RETURN'];
const CLAUSES = [...FIRST, 'CALL', 'WHERE', 'ORDER', 'SKIP', 'LIMIT', 'UNION'];
/** Whatever writes, reads files, runs procedures or changes the connection. */
const REFUSED = new Set(
  `COPY EXPORT IMPORT LOAD INSTALL UNINSTALL ATTACH DETACH USE CREATE MERGE DELETE SET REMOVE DROP ALTER
  FOREACH BEGIN COMMIT ROLLBACK CHECKPOINT EXPLAIN PROFILE MACRO RENAME COMMENT FORCE PROJECT_GRAPH
  PROJECT_GRAPH_CYPHER START STOP TERMINATE GRANT REVOKE DENY SHOW FINISH INSERT NODETACH CYPHER DEALLOCATE
  ENABLE DRYRUN LET FILTER FOR SEARCH NEXT`.split(/\s+/),
);

/** A statement, or what stands between the braces of a subquery. */
export function parseQuery(g: Grammar, where: 'statement' | 'subquery'): Query {
  const { tokens } = g;
  const { start } = tokens.peek();
  return tokens.nested(() => {
    const parts = [parsePart(g, where)];
    const keepsEqual: boolean[] = [];
    while (tokens.words('UNION')) {
      keepsEqual.push(tokens.words('ALL'));
      tokens.words('DISTINCT');
      parts.push(parsePart(g, where));
    }
    return { kind: 'query', parts, keepsEqual, ...tokens.spanFrom(start) };
  });
}

function parsePart(g: Grammar, where: 'statement' | 'subquery'): Part {
  const { tokens } = g;
  const { start } = tokens.peek();
  if (isAtEnd(g)) throw new Refusal('it is empty', tokens.peek());
  const clauses: Clause[] = [];
  while (!isAtEnd(g)) {
    const last = clauses.at(-1);
    if (last?.kind === 'projection' && last.isReturn) throw afterReturn(g);
    clauses.push(parseClause(g, clauses.length === 0));
  }
  const last = clauses.at(-1);
  if (where === 'statement' && !(last?.kind === 'projection' && last.isReturn))
    throw new Refusal('it has no RETURN', tokens.peek(), {
      hint: 'a query ends with RETURN and what is wanted',
    });
  return { kind: 'part', clauses, ...tokens.spanFrom(start) };
}

function isAtEnd({ tokens }: Grammar): boolean {
  return tokens.peek().kind === 'end' || tokens.isMark(';') || tokens.isMark('}') || tokens.isWord('UNION');
}

function parseClause(g: Grammar, isFirst: boolean): Clause {
  const { tokens } = g;
  if (tokens.isWord('MATCH') || (tokens.isWord('OPTIONAL') && tokens.isWord('MATCH', 1)))
    return parseMatch(g);
  if (tokens.isWord('UNWIND')) return parseUnwind(g);
  if (tokens.isWord('WITH') || tokens.isWord('RETURN')) return parseProjection(g);
  if (tokens.isWord('CALL') && (tokens.isMark('{', 1) || tokens.isMark('(', 1))) return parseCall(g);
  throw noClause(g, isFirst);
}

function noClause({ tokens }: Grammar, isFirst: boolean): Refusal {
  const token = tokens.peek();
  const word = token.text.toUpperCase();
  if (token.kind === 'word' && word === 'CALL')
    return new Refusal('procedures are not allowed: queries can only read the graph', token, {
      hint: 'what the graph holds is told by "weft query --schema"',
    });
  if (token.kind === 'word' && (REFUSED.has(word) || (word === 'OPTIONAL' && !tokens.isWord('MATCH', 1))))
    return notAllowed(token);
  const near = tokens.nearWords(isFirst ? FIRST : CLAUSES);
  if (isFirst)
    return new Refusal(`it begins with "${token.text}"; only ${FIRST.join(', ')} may begin one`, token, {
      near,
    });
  if (token.kind === 'word' && word === 'WHERE')
    return new Refusal('"WHERE" cannot stand here', token, {
      hint: 'WHERE follows MATCH, OPTIONAL MATCH or WITH',
    });
  return tokens.unexpected('a clause or the end', { near });
}

function notAllowed(token: Token): Refusal {
  return new Refusal(`"${token.text}" is not allowed: queries can only read the graph`, token);
}

function afterReturn({ tokens }: Grammar): Refusal {
  const token = tokens.peek();
  if (token.kind === 'word' && REFUSED.has(token.text.toUpperCase())) return notAllowed(token);
  return tokens.unexpected('the end', {
    hint: 'after RETURN come ORDER BY, SKIP and LIMIT, in this order',
    near: tokens.nearWords(['ORDER', 'SKIP', 'LIMIT', 'UNION']),
  });
}

function parseMatch(g: Grammar): Match {
  const { tokens } = g;
  const { start } = tokens.peek();
  const optional = tokens.words('OPTIONAL');
  tokens.expectWord('MATCH', '');
  const paths = commaSeparated(g, () => g.path());
  const where = parseWhere(g);
  return { kind: 'match', optional, paths, where, ...tokens.spanFrom(start) };
}

function parseWhere(g: Grammar): Expression | undefined {
  return g.tokens.words('WHERE') ? g.expression() : undefined;
}

function parseUnwind(g: Grammar): Unwind {
  const { tokens } = g;
  const { start } = tokens.next();
  const list = g.expression();
  tokens.expectWord('AS', 'and a name for each item');
  const variable = tokens.alias('a name');
  return { kind: 'unwind', list, variable, ...tokens.spanFrom(start) };
}

function parseProjection(g: Grammar): Projection {
  const { tokens } = g;
  const { start } = tokens.peek();
  const isReturn = tokens.isWord('RETURN');
  tokens.next();
  const distinct = tokens.words('DISTINCT');
  const star = tokens.mark('*');
  const items = star && !tokens.mark(',') ? [] : commaSeparated(g, () => parseItem(g, isReturn));
  const orderBy = tokens.words('ORDER', 'BY') ? commaSeparated(g, () => parseOrder(g)) : [];
  const skip = tokens.words('SKIP') || tokens.words('OFFSET') ? g.expression() : undefined;
  const limit = tokens.words('LIMIT') ? g.expression() : undefined;
  const where = isReturn ? undefined : parseWhere(g);
  return {
    ...{ kind: 'projection', isReturn, distinct, star, items, orderBy, skip, limit, where },
    ...tokens.spanFrom(start),
  };
}

function parseItem(g: Grammar, isReturn: boolean): Item {
  const { tokens } = g;
  const { start } = tokens.peek();
  const expression = g.expression();
  const alias = tokens.words('AS') ? tokens.alias('a name') : undefined;
  const span = tokens.spanFrom(start);
  if (!isReturn && alias === undefined && expression.kind !== 'variable')
    throw new Refusal('a value in WITH needs a name', span, { hint: 'write WITH … AS name' });
  return { kind: 'item', expression, alias, ...span };
}

function parseOrder(g: Grammar): OrderItem {
  const { tokens } = g;
  const { start } = tokens.peek();
  const expression = g.expression();
  const descending = tokens.words('DESC') || tokens.words('DESCENDING');
  if (!descending && !tokens.words('ASC')) tokens.words('ASCENDING');
  return { kind: 'order', expression, descending, ...tokens.spanFrom(start) };
}

function parseCall(g: Grammar): CallSubquery {
  const { tokens } = g;
  const { start } = tokens.next();
  let imports: string[] | undefined;
  if (tokens.mark('(')) {
    imports = tokens.isMark(')') ? [] : commaSeparated(g, () => tokens.name('a variable'));
    tokens.expectMark(')', 'behind the variables of CALL');
  }
  tokens.expectMark('{', 'behind CALL');
  const query = g.query('statement');
  tokens.expectMark('}', 'at the end of CALL { … }');
  return { kind: 'callSubquery', imports, query, ...tokens.spanFrom(start) };
}

function commaSeparated<T>({ tokens }: Grammar, read: () => T): T[] {
  const found = [read()];
  while (tokens.mark(',')) found.push(read());
  return found;
}
