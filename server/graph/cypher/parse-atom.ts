import type { Case, Expression, ListComprehension, MapEntry, Query, Subquery } from './ast.ts';
import type { Grammar } from './parse.ts';
import { Refusal } from './refusal.ts';

const QUANTIFIERS = ['all', 'any', 'none', 'single'] as const;
const SUBQUERIES = ['EXISTS', 'COUNT', 'COLLECT'] as const;
const MOST_INTEGER = 2n ** 63n - 1n;

/** Whatever stands between operators. */
export function parseAtom(g: Grammar): Expression {
  const { tokens } = g;
  const token = tokens.peek();
  const span = { start: token.start, end: token.end };
  switch (token.kind) {
    case 'string':
      tokens.next();
      return { kind: 'literal', value: token.text, ...span };
    case 'number':
      tokens.next();
      return { kind: 'literal', ...numberOf(token.text, span), ...span };
    case 'parameter':
      return { kind: 'parameter', name: tokens.parameter(), ...span };
    case 'mark':
      return parseBracketed(g);
    case 'word':
    case 'quoted':
      return parseWord(g);
    case 'end':
      throw tokens.unexpected('a value');
  }
}

function numberOf(
  text: string,
  span: { start: number; end: number },
): { value: number | bigint; real?: boolean } {
  if (/^\d+$|^0[xo]/.test(text)) {
    const value = BigInt(text);
    if (value > MOST_INTEGER) throw new Refusal(`${text} is larger than an integer can be`, span);
    return { value: Number.isSafeInteger(Number(value)) ? Number(value) : value };
  }
  if (!Number.isFinite(Number(text))) throw new Refusal(`${text} is larger than a number can be`, span);
  return { value: Number(text), real: true };
}

function parseBracketed(g: Grammar): Expression {
  const { tokens } = g;
  const { start } = tokens.peek();
  if (tokens.isMark('{')) return g.map();
  if (tokens.isMark('[')) return tokens.nested(() => parseList(g));
  if (isPattern(g)) return { kind: 'patternExpression', path: g.path(), ...tokens.spanFrom(start) };
  if (!tokens.mark('(')) throw tokens.unexpected('a value');
  const inner = g.expression();
  tokens.expectMark(')', 'at the end of the brackets');
  return inner;
}

/**
 * True where `(…)` begins a pattern: a relationship follows its closing bracket, and what it holds can be a node.
 * Looked up in the table of brackets, since reading ahead and stepping back would double the work at each level.
 */
function isPattern({ tokens }: Grammar, ahead = 0): boolean {
  if (!tokens.isMark('(', ahead)) return false;
  const behind = tokens.behindBracket(ahead);
  const signs = [0, 1, 2].map((i) => (behind(i).kind === 'mark' ? behind(i).text : ''));
  const [first, second, third] = signs;
  const isLeft = first === '<' && second === '-' && (third === '-' || third === '[');
  if (!isLeft && !(first === '-' && (second === '-' || second === '['))) return false;
  const inner = tokens.isName(ahead + 1) ? ahead + 2 : ahead + 1;
  return [')', ':', '{'].some((sign) => tokens.isMark(sign, inner)) || tokens.isWord('WHERE', inner);
}

function parseList(g: Grammar): Expression {
  const { tokens } = g;
  const { start } = tokens.next();
  if (tokens.isName() && tokens.isWord('IN', 1)) return parseListComprehension(g, start);
  if (isPattern(g) || (tokens.isName() && tokens.isMark('=', 1) && isPattern(g, 2))) {
    const path = g.path();
    if (tokens.isWord('WHERE') || tokens.isMark('|')) {
      const where = tokens.words('WHERE') ? g.expression() : undefined;
      tokens.expectMark('|', 'and the value wanted of each match');
      const map = g.expression();
      tokens.expectMark(']', 'at the end of the list');
      return { kind: 'patternComprehension', path, where, map, ...tokens.spanFrom(start) };
    }
    throw tokens.unexpected('"|" and the value wanted of each match');
  }
  const items: Expression[] = [];
  while (!tokens.isMark(']')) {
    if (items.length > 0) tokens.expectMark(',', 'between items');
    items.push(g.expression());
  }
  tokens.next();
  return { kind: 'list', items, ...tokens.spanFrom(start) };
}

function parseListComprehension(g: Grammar, start: number): ListComprehension {
  const { tokens } = g;
  const { variable, list } = parseEach(g);
  const where = tokens.words('WHERE') ? g.expression() : undefined;
  const map = tokens.mark('|') ? g.expression() : undefined;
  tokens.expectMark(']', 'at the end of the list');
  return { kind: 'listComprehension', variable, list, where, map, ...tokens.spanFrom(start) };
}

function parseEach(g: Grammar): { variable: string; list: Expression } {
  const variable = g.tokens.name('a variable');
  g.tokens.expectWord('IN', 'and a list');
  return { variable, list: g.expression() };
}

function parseWord(g: Grammar): Expression {
  const { tokens } = g;
  const token = tokens.peek();
  const span = { start: token.start, end: token.end };
  if (token.kind === 'word') {
    const word = token.text.toUpperCase();
    if (word === 'TRUE' || word === 'FALSE' || word === 'NULL') {
      tokens.next();
      return { kind: 'literal', value: word === 'NULL' ? null : word === 'TRUE', ...span };
    }
    if (word === 'CASE') return tokens.nested(() => parseCase(g));
    const which = SUBQUERIES.find((name) => name === word);
    if (which && tokens.isMark('{', 1)) return parseSubquery(g, which);
    const quantifier = QUANTIFIERS.find((name) => name === token.text.toLowerCase());
    if (quantifier && tokens.isMark('(', 1) && tokens.isName(2) && tokens.isWord('IN', 3))
      return parseQuantifier(g, quantifier);
    if (tokens.isMark('(', 1) && /^(SHORTESTPATH|ALLSHORTESTPATHS)$/.test(word))
      return { kind: 'patternExpression', path: g.path(), ...tokens.spanFrom(token.start) };
  }
  if (isCall(g)) return parseCall(g);
  const name = tokens.name('a value');
  if (tokens.isMark('{')) return parseMapProjection(g, name, span);
  return { kind: 'variable', name, ...span };
}

/** `name(` or `some.name(`. */
function isCall({ tokens }: Grammar): boolean {
  let ahead = 0;
  const isPart = () => tokens.peek(ahead).kind === 'word' || tokens.peek(ahead).kind === 'quoted';
  while (isPart() && tokens.isMark('.', ahead + 1) && ahead < 20) ahead += 2;
  return isPart() && tokens.isMark('(', ahead + 1);
}

function parseCall(g: Grammar): Expression {
  const { tokens } = g;
  const { start } = tokens.peek();
  let name = tokens.key('a function');
  while (tokens.mark('.')) name += `.${tokens.key('a function')}`;
  tokens.next();
  const distinct = tokens.words('DISTINCT');
  const star = tokens.mark('*');
  const items: Expression[] = [];
  while (!star && !tokens.isMark(')')) {
    if (items.length > 0) tokens.expectMark(',', 'between arguments');
    items.push(g.expression());
  }
  tokens.expectMark(')', `at the end of ${name}( … )`);
  return { kind: 'call', name, distinct, star, items, ...tokens.spanFrom(start) };
}

function parseCase(g: Grammar): Case {
  const { tokens } = g;
  const { start } = tokens.next();
  const of = tokens.isWord('WHEN') ? undefined : g.expression();
  const branches: Case['branches'] = [];
  while (tokens.words('WHEN')) {
    const when = g.expression();
    tokens.expectWord('THEN', 'behind WHEN');
    branches.push({ when, then: g.expression() });
    tokens.chain(branches.length);
  }
  if (branches.length === 0) throw tokens.unexpected('WHEN behind CASE');
  const otherwise = tokens.words('ELSE') ? g.expression() : undefined;
  tokens.expectWord('END', 'at the end of CASE');
  return { kind: 'case', of, branches, otherwise, ...tokens.spanFrom(start) };
}

function parseQuantifier(g: Grammar, which: (typeof QUANTIFIERS)[number]): Expression {
  const { tokens } = g;
  const { start } = tokens.next();
  tokens.next();
  const { variable, list } = parseEach(g);
  tokens.expectWord('WHERE', `in ${which}( … )`);
  const where = g.expression();
  tokens.expectMark(')', `at the end of ${which}( … )`);
  return { kind: 'quantifier', which, variable, list, where, ...tokens.spanFrom(start) };
}

function parseMapProjection(g: Grammar, name: string, span: { start: number; end: number }): Expression {
  const { tokens } = g;
  tokens.next();
  const entries: MapEntry[] = [];
  let all = false;
  for (let first = true; !tokens.isMark('}'); first = false) {
    if (!first) tokens.expectMark(',', 'between entries');
    const { start } = tokens.peek();
    if (tokens.mark('.')) {
      if (tokens.mark('*')) {
        all = true;
        continue;
      }
      const key = tokens.key('a property');
      const place = tokens.spanFrom(start);
      const value: Expression = {
        kind: 'property',
        of: { kind: 'variable', name, ...place },
        name: key,
        ...place,
      };
      entries.push({ kind: 'entry', key, value, ...tokens.spanFrom(start) });
    } else if (tokens.isMark(':', 1)) {
      const key = tokens.key('a key');
      tokens.next();
      entries.push({ kind: 'entry', key, value: g.expression(), ...tokens.spanFrom(start) });
    } else {
      const key = tokens.name('.property, .* or key: value');
      const value: Expression = { kind: 'variable', name: key, ...tokens.spanFrom(start) };
      entries.push({ kind: 'entry', key, value, ...tokens.spanFrom(start) });
    }
  }
  tokens.next();
  const of = { kind: 'variable' as const, name, ...span };
  return { kind: 'mapProjection', of, all, entries, ...tokens.spanFrom(span.start) };
}

/** `EXISTS { MATCH … }`, with or without a RETURN, or with a bare pattern. */
function parseSubquery(g: Grammar, which: Subquery['which']): Subquery {
  const { tokens } = g;
  const { start } = tokens.next();
  tokens.next();
  const isBare = tokens.isMark('(') || (tokens.isName() && tokens.isMark('=', 1));
  const query = isBare ? bareMatch(g) : g.query('subquery');
  tokens.expectMark('}', `at the end of ${which} { … }`);
  const last = query.parts.map((part) => part.clauses.at(-1));
  if (which === 'COLLECT' && !last.every((clause) => clause?.kind === 'projection' && clause.isReturn))
    throw new Refusal('COLLECT { … } has no RETURN', tokens.spanFrom(start));
  return { kind: 'subquery', which, query, ...tokens.spanFrom(start) };
}

function bareMatch(g: Grammar): Query {
  const { tokens } = g;
  const { start } = tokens.peek();
  const paths = [g.path()];
  while (tokens.mark(',')) paths.push(g.path());
  const where = tokens.words('WHERE') ? g.expression() : undefined;
  const span = tokens.spanFrom(start);
  const match = { kind: 'match' as const, optional: false, paths, where, ...span };
  return { kind: 'query', parts: [{ kind: 'part', clauses: [match], ...span }], keepsEqual: [], ...span };
}
