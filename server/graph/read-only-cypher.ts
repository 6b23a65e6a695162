import { UserError } from '../protocol/user-error.ts';

/** A query that passed, as it may be handed to an engine, and the names its columns are shown by. */
export interface CheckedCypher {
  /** Without comments and the trailing semicolon; bounded by a LIMIT of its own wherever it had none. */
  text: string;
  /** The text or alias of each returned item; undefined where `*` leaves the names to the engine. */
  columns: string[] | undefined;
}

interface Token {
  kind: 'word' | 'quoted' | 'string' | 'number' | 'mark' | 'parameter';
  text: string;
  start: number;
  end: number;
}

const FIRST = ['MATCH', 'OPTIONAL', 'UNWIND', 'WITH', 'RETURN'];
const ALLOWED =
  'allowed are MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, RETURN, ORDER BY, SKIP, LIMIT and UNION, in one statement';
/** Whatever writes, reads files, runs procedures or changes the connection. */
const REFUSED = new Set(
  `COPY EXPORT IMPORT LOAD INSTALL UNINSTALL ATTACH DETACH USE CALL CREATE MERGE DELETE SET REMOVE DROP ALTER
  FOREACH BEGIN COMMIT ROLLBACK CHECKPOINT EXPLAIN PROFILE MACRO RENAME COMMENT FORCE PROJECT_GRAPH
  PROJECT_GRAPH_CYPHER START STOP TERMINATE GRANT REVOKE DENY SHOW FINISH INSERT NEXTVAL SETSEED ERROR`.split(
    /\s+/,
  ),
);
/** Functions that make huge values out of small ones, which no limit on rows can bound. */
const INFLATING = new Set(['REPEAT', 'LPAD', 'RPAD']);
const LONGEST_RANGE = 100_000;
const LONGEST_QUERY = 20_000;

const TOKEN =
  /(?<space>\s+)|(?<comment>\/\/[^\n\r]*|\/\*[\s\S]*?\*\/)|(?<string>'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*")|(?<quoted>`(?:[^`]|``)*`)|(?<parameter>\$\w+)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<mark>[-+*/%^=<>!(){}[\]:.,|&])/uy;

/**
 * Lets a query through only if it reads: an allow-list for its first clause, no refused word outside strings,
 * comments and back-quotes, one statement, bounded ranges. `rowLimit` bounds its result. Throws `badInput`.
 * The engine's own guards (read-only, a deadline held from outside) stand behind it; none of them is enough alone.
 */
export function checkReadOnly(cypher: string, rowLimit: number): CheckedCypher {
  if (cypher.length > LONGEST_QUERY)
    throw refused(`it is longer than ${LONGEST_QUERY.toLocaleString('en')} characters`);
  const { tokens, text } = tokenise(cypher);
  const first = tokens[0];
  if (!first) throw refused('it is empty');
  if (first.kind !== 'word' || !FIRST.includes(first.text.toUpperCase()))
    throw refused(`it begins with "${first.text}"; only ${FIRST.join(', ')} may begin one`);
  tokens.forEach((token, i) => checkToken(token, i, tokens));
  const returned = lastReturn(tokens);
  if (returned < 0) throw refused(isUnbalanced(tokens) ? 'a bracket is not closed' : 'it has no RETURN');
  const bounded = tokens.some((t, i) => isWord(t, 'LIMIT') && i > returned) || hasUnion(tokens);
  return {
    text: bounded ? text : `${text} LIMIT ${rowLimit + 1}`,
    columns: columnNames(text, tokens, returned),
  };
}

/** Tokens and the text they stand in: what is checked is exactly what runs, so comments are gone from both. */
function tokenise(cypher: string): { tokens: Token[]; text: string } {
  const source = cypher.trim().replace(/;$/, '');
  const tokens: Token[] = [];
  let text = '';
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (!match) {
      const sign = String.fromCodePoint(source.codePointAt(at) ?? 0);
      throw refused(
        sign === ';' ? 'it holds several statements' : `"${sign}" at character ${at + 1} cannot be read`,
      );
    }
    const { space, comment, ...kinds } = match.groups ?? {};
    if (space !== undefined || comment !== undefined) {
      text += ' ';
      continue;
    }
    const kind = (Object.keys(kinds) as Token['kind'][]).find((k) => kinds[k] !== undefined) ?? 'mark';
    tokens.push({ kind, text: match[0], start: text.length, end: text.length + match[0].length });
    text += match[0];
  }
  return { tokens, text };
}

function checkToken(token: Token, i: number, tokens: readonly Token[]): void {
  if (token.kind !== 'word') return;
  // After a dot stands a property; after a colon, a label or type: neither can begin a clause.
  if (tokens[i - 1]?.text === ':' || isProperty(i, tokens)) return;
  const word = token.text.toUpperCase();
  if (REFUSED.has(word))
    throw refused(`"${token.text}" is not allowed; a name spelled so goes between back-quotes`);
  if (tokens[i + 1]?.text !== '(') return;
  if (INFLATING.has(word)) throw refused(`the function "${token.text}" is not allowed`);
  if (word === 'RANGE') checkRange(i, tokens);
}

/** `n.set`, but not `1. SET`, where the dot ends a number. */
function isProperty(i: number, tokens: readonly Token[]): boolean {
  const [owner, dot] = [tokens[i - 2], tokens[i - 1]];
  if (dot?.text !== '.' || !owner) return false;
  return owner.kind === 'mark' ? ')]}'.includes(owner.text) : owner.kind !== 'number';
}

function checkRange(i: number, tokens: readonly Token[]): void {
  const call = tokens.slice(i + 2, i + 12).map((t) => t.text);
  const [from, to] = /^(-?\d+),(-?\d+)(?:,-?\d+)?\)/.exec(call.join(''))?.slice(1).map(Number) ?? [];
  if (from === undefined || to === undefined)
    throw refused('the bounds of "range" must be written as numbers');
  if (Math.abs(to - from) > LONGEST_RANGE)
    throw refused(`"range" may hold ${LONGEST_RANGE.toLocaleString('en')} values at most`);
}

/** Index of the last RETURN outside brackets; -1 where there is none. */
function lastReturn(tokens: readonly Token[]): number {
  let depth = 0;
  let found = -1;
  tokens.forEach((token, i) => {
    if (token.kind === 'mark' && '([{'.includes(token.text)) depth++;
    if (token.kind === 'mark' && ')]}'.includes(token.text)) depth--;
    if (depth === 0 && isWord(token, 'RETURN') && tokens[i - 1]?.text !== '.') found = i;
  });
  return found;
}

function isUnbalanced(tokens: readonly Token[]): boolean {
  const count = (signs: string) =>
    tokens.filter(({ kind, text }) => kind === 'mark' && signs.includes(text)).length;
  return count('([{') > count(')]}');
}

function hasUnion(tokens: readonly Token[]): boolean {
  return tokens.some((t) => isWord(t, 'UNION'));
}

function columnNames(text: string, tokens: readonly Token[], returned: number): string[] | undefined {
  if (hasUnion(tokens)) return undefined;
  let begin = returned + 1;
  if (isWord(tokens[begin], 'DISTINCT')) begin++;
  const items: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(begin)) {
    if (token.kind === 'mark' && '([{'.includes(token.text)) depth++;
    if (token.kind === 'mark' && ')]}'.includes(token.text)) depth--;
    if (depth === 0 && (isWord(token, 'ORDER') || isWord(token, 'SKIP') || isWord(token, 'LIMIT'))) break;
    if (depth === 0 && token.text === ',') items.push([]);
    else items.at(-1)?.push(token);
  }
  if (items.some((item) => item.length === 0 || (item.length === 1 && item[0]?.text === '*')))
    return undefined;
  return items.map((item) => {
    const as = item.findLastIndex((t) => isWord(t, 'AS'));
    const [first, last] = [item[as >= 0 ? as + 1 : 0], item.at(-1)];
    return first && last ? text.slice(first.start, last.end).replace(/^`(.*)`$/, '$1') : '';
  });
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === word;
}

function refused(why: string): UserError {
  return new UserError('badInput', `the query was refused: ${why}; queries can only read the graph`, {
    hint: ALLOWED,
  });
}
