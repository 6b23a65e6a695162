import type { BinaryOperator, ComparisonOperator, Expression } from './ast.ts';
import { parseAtom } from './parse-atom.ts';
import { parseLabels } from './parse-pattern.ts';
import type { Grammar } from './parse.ts';
import { Refusal } from './refusal.ts';

/** An expression, by precedence from OR downwards. */
export function parseExpression(g: Grammar): Expression {
  return g.tokens.nested(() => parseOr(g));
}

function chainOf(
  next: (g: Grammar) => Expression,
  operatorAt: (g: Grammar) => BinaryOperator | undefined,
): (g: Grammar) => Expression {
  return (g) => {
    const { start } = g.tokens.peek();
    let left = next(g);
    for (let operands = 1; ; operands++) {
      const operator = operatorAt(g);
      if (operator === undefined) return left;
      g.tokens.chain(operands + 1);
      const right = next(g);
      left = { kind: 'binary', operator, left, right, ...g.tokens.spanFrom(start) };
    }
  };
}

const word =
  (operator: 'OR' | 'XOR' | 'AND') =>
  ({ tokens }: Grammar) =>
    tokens.words(operator) ? operator : undefined;

const mark =
  (...operators: BinaryOperator[]) =>
  ({ tokens }: Grammar) =>
    operators.find((operator) => tokens.mark(operator));

const parsePower = chainOf(parseSign, mark('^'));
const parseProduct = chainOf(parsePower, mark('*', '/', '%'));
const parseSum = chainOf(parseProduct, ({ tokens }) =>
  tokens.mark('||') ? '+' : mark('+', '-')({ tokens } as Grammar),
);
const parseAnd = chainOf(parseNot, word('AND'));
const parseXor = chainOf(parseAnd, word('XOR'));
const parseOr = chainOf(parseXor, word('OR'));

function parseNot(g: Grammar): Expression {
  const { tokens } = g;
  const { start } = tokens.peek();
  if (!tokens.words('NOT')) return parseComparison(g);
  const of = tokens.nested(() => parseNot(g));
  return { kind: 'unary', operator: 'NOT', of, ...tokens.spanFrom(start) };
}

const COMPARISONS: ComparisonOperator[] = ['=', '<>', '<=', '>=', '<', '>'];

function parseComparison(g: Grammar): Expression {
  const { tokens } = g;
  const { start } = tokens.peek();
  const operands = [parsePredicate(g)];
  const operators: ComparisonOperator[] = [];
  for (;;) {
    if (tokens.isMark('!') && tokens.isMark('=', 1))
      throw new Refusal('"!=" is not Cypher', tokens.peek(), { hint: 'write <>' });
    const operator = COMPARISONS.find((sign) => tokens.mark(sign));
    if (operator === undefined) break;
    if (operator === '=' && tokens.isMark('='))
      throw new Refusal('"==" is not Cypher', tokens.peek(), { hint: 'write =' });
    operators.push(operator);
    operands.push(parsePredicate(g));
    tokens.chain(operands.length);
  }
  if (operators.length === 0) return operands[0]!;
  return { kind: 'comparison', operators, operands, ...tokens.spanFrom(start) };
}

/** IN, CONTAINS, STARTS WITH, ENDS WITH, =~, IS NULL behind a sum. */
function parsePredicate(g: Grammar): Expression {
  const { tokens } = g;
  const { start } = tokens.peek();
  let left = parseSum(g);
  for (let operands = 1; ; operands++) {
    tokens.chain(operands);
    if (tokens.isWord('IS')) {
      tokens.next();
      const isNull = !tokens.words('NOT');
      tokens.expectWord('NULL', 'behind IS');
      left = { kind: 'nullTest', of: left, isNull, ...tokens.spanFrom(start) };
      continue;
    }
    if (tokens.isWord('NOT') && tokens.isWord('IN', 1))
      throw new Refusal('"NOT IN" is not Cypher', tokens.peek(), { hint: 'write NOT x IN list' });
    const operator = predicateOperator(g);
    if (operator === undefined) return left;
    const right = parseSum(g);
    left = { kind: 'binary', operator, left, right, ...tokens.spanFrom(start) };
  }
}

function predicateOperator({ tokens }: Grammar): BinaryOperator | undefined {
  if (tokens.words('IN')) return 'IN';
  if (tokens.words('CONTAINS')) return 'CONTAINS';
  if (tokens.words('STARTS', 'WITH')) return 'STARTS WITH';
  if (tokens.words('ENDS', 'WITH')) return 'ENDS WITH';
  if (tokens.mark('=~')) return '=~';
  for (const like of ['LIKE', 'ILIKE', 'BETWEEN'])
    if (tokens.isWord(like))
      throw new Refusal(`"${like}" is not Cypher`, tokens.peek(), {
        hint: 'write CONTAINS, STARTS WITH, ENDS WITH, or two comparisons joined by AND',
      });
  return undefined;
}

function parseSign(g: Grammar): Expression {
  const { tokens } = g;
  const { start } = tokens.peek();
  const operator = tokens.mark('-') ? '-' : tokens.mark('+') ? '+' : undefined;
  if (operator === undefined) return parsePostfix(g);
  const of = tokens.nested(() => parseSign(g));
  return { kind: 'unary', operator, of, ...tokens.spanFrom(start) };
}

/** `.name`, `[0]`, `[1..3]` and `:Label` behind an atom. */
function parsePostfix(g: Grammar): Expression {
  const { tokens } = g;
  const { start } = tokens.peek();
  let of = parseAtom(g);
  for (let steps = 1; ; steps++) {
    tokens.chain(steps);
    if (tokens.mark('.')) {
      const name = tokens.key('a property');
      of = { kind: 'property', of, name, ...tokens.spanFrom(start) };
    } else if (tokens.mark('[')) {
      of = parseIndex(g, of, start);
    } else if (of.kind === 'variable' && tokens.isMark(':') && !tokens.isMark(':', 1)) {
      tokens.next();
      of = { kind: 'labelTest', of, labels: parseLabels(g), ...tokens.spanFrom(start) };
    } else return of;
  }
}

function parseIndex(g: Grammar, of: Expression, start: number): Expression {
  const { tokens } = g;
  const at = tokens.isMark('..') ? undefined : g.expression();
  if (!tokens.mark('..')) {
    tokens.expectMark(']', 'behind an index');
    return { kind: 'index', of, at: at!, ...tokens.spanFrom(start) };
  }
  const to = tokens.isMark(']') ? undefined : g.expression();
  tokens.expectMark(']', 'at the end of a range');
  return { kind: 'slice', of, from: at, to, ...tokens.spanFrom(start) };
}
