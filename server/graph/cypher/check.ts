import type { AstNode, Binary, Call, Expression, Query } from './ast.ts';
import { functionNamed } from './functions.ts';
import { resolveNames, typeOf } from './names.ts';
import { Refusal } from './refusal.ts';
import { matchOf } from './regular-expression.ts';
import { checkSizes } from './sizes.ts';
import { mapTree } from './walk.ts';

export type Parameters = Readonly<Record<string, string | number | boolean>>;

const LONGEST_RANGE = 100_000;
const MOST_HOPS = 30;

/**
 * The allow-list on a tree that the parser made (which knows no clause that writes): known names, known functions, bounded
 * ranges, patterns and values. Returns the tree with functions spelled in one way. Throws a `Refusal`.
 * The engine's own guards (read-only, a deadline held from outside, a limit of memory) stand behind it.
 */
export function check(query: Query, parameters: Parameters): Query {
  for (const name of Object.keys(parameters))
    if (/^weft_/i.test(name)) throw new Refusal(`the parameter "${name}" is one of Weft's own`);
  resolveNames(query);
  const checked = mapTree(query, (node) => checkNode(node, parameters));
  checkSizes(checked, parameters);
  return checked;
}

function checkNode(node: AstNode, parameters: Parameters): AstNode {
  switch (node.kind) {
    case 'parameter':
      if (!Object.hasOwn(parameters, node.name))
        throw new Refusal(`the parameter "${node.name}" has no value`, node, {
          hint: `give its value, as in --param ${node.name}=…`,
        });
      return node;
    case 'call':
      return checkCall(node);
    case 'binary':
      return node.operator === '=~' ? matched(node, parameters) : node;
    case 'relationship':
    case 'group': {
      const most = Math.max(node.repeats?.least ?? 0, node.repeats?.most ?? 0);
      if (most > MOST_HOPS)
        throw new Refusal(`more than ${MOST_HOPS} hops are asked for`, node, {
          hint: `write at most *1..${MOST_HOPS}`,
        });
      if (node.repeats && node.kind === 'relationship' && node.where)
        throw new Refusal('WHERE cannot stand in a relationship that repeats', node, {
          hint: 'write WHERE all(x IN relationships(p) WHERE …) behind MATCH p = …',
        });
      return node;
    }
    case 'path':
      if (node.shortest && node.elements.filter(({ kind }) => kind !== 'node').length !== 1)
        throw new Refusal('the shortest path is found between two nodes over one relationship', node, {
          hint: 'write shortestPath((a)-[:CALLS*1..6]->(b))',
        });
      return node;
    default:
      return node;
  }
}

function checkCall(call: Call): Call {
  const { name, aggregates } = functionNamed(call.name, call.items.length, call);
  if (call.star && name !== 'count') throw new Refusal('only count takes *', call);
  if (name === 'count' && !call.star && call.items.length === 0)
    throw new Refusal('count takes a value or *', call, { hint: 'write count(*)' });
  if (call.distinct && !aggregates) throw new Refusal(`DISTINCT cannot stand in ${name}( … )`, call);
  const [first] = call.items;
  if ((name === 'nodes' || name === 'relationships') && first && !['path', 'value'].includes(typeOf(first)))
    throw new Refusal(`${name}( … ) takes a path`, call, {
      hint: 'name the path, as in MATCH p = (a)-->(b)',
    });
  if (name === 'range') checkRange(call);
  return { ...call, name };
}

function checkRange(call: Call): void {
  const [from, to, step = 1] = call.items.map(integerOf);
  if (from === undefined || to === undefined || call.items.some((item) => integerOf(item) === undefined))
    throw new Refusal('the bounds of "range" must be written as numbers', call);
  if (step === 0) throw new Refusal('the step of "range" cannot be 0', call);
  if (Math.abs(to - from) > LONGEST_RANGE)
    throw new Refusal(`"range" may hold ${LONGEST_RANGE.toLocaleString('en')} values at most`, call);
}

function integerOf(expression: Expression): number | undefined {
  if (expression.kind === 'unary' && expression.operator !== 'NOT') {
    const of = integerOf(expression.of);
    return of === undefined ? undefined : expression.operator === '-' ? -of : of;
  }
  if (expression.kind !== 'literal' || expression.real) return undefined;
  return typeof expression.value === 'number' ? expression.value : undefined;
}

function matched({ left, right, start, end }: Binary, parameters: Parameters): Expression {
  const pattern =
    right.kind === 'literal' ? right.value : right.kind === 'parameter' ? parameters[right.name] : undefined;
  if (typeof pattern !== 'string')
    throw new Refusal('the pattern of =~ must be written as a text', right, {
      hint: "write n.name =~ '.*Test'",
    });
  return matchOf(left, pattern, { start, end });
}
