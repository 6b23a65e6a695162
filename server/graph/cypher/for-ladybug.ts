import { EDGE_COLUMNS, NODE_COLUMNS } from '../store/schema.ts';
import type {
  AstNode,
  Binary,
  Call,
  Clause,
  Expression,
  Index,
  Literal,
  Projection,
  Query,
  Slice,
  Subquery,
} from './ast.ts';
import type { Parameters } from './check.ts';
import { at, binary, call, compare, literal, property, variable } from './build.ts';
import { checkQuantifier, forEach, itemOf, keepItems, MOST_ITEMS } from './ladybug-lists.ts';
import { ladybugMatch } from './ladybug-match.ts';
import { typeOf } from './names.ts';
import { Refusal } from './refusal.ts';
import { mapTree } from './walk.ts';

/** Behind the end of every answer. */
const MOST_ROWS = MOST_ITEMS;

/**
 * A bridged tree as LadybugDB (0.19) is to run it, with the rows that Neo4j would give: paths without a relationship
 * twice, lists from 0, sums and lists of nothing. Throws a `Refusal` for what it does not read, with what it does.
 */
export function forLadybug(query: Query, parameters: Parameters): Query {
  const names = ladybugMatch.names();
  const own = mapTree(query, (node) => {
    switch (node.kind) {
      case 'part':
        return {
          ...node,
          clauses: node.clauses.map((clause) =>
            clause.kind === 'match' ? ladybugMatch.of(clause, names) : clause,
          ),
        };
      case 'projection':
        return projection(node);
      case 'subquery':
        return subquery(node);
      case 'callSubquery':
        throw new Refusal('the embedded store reads no CALL { … }', node, {
          hint: 'write COUNT { MATCH … }, EXISTS { MATCH … }, or OPTIONAL MATCH and WITH … count(x)',
        });
      case 'patternComprehension':
        throw new Refusal('the embedded store reads no [(a)-->(b) | …]', node, {
          hint: 'write OPTIONAL MATCH (a)-->(b) WITH a, collect(b.name) AS names, or COUNT { (a)-->(b) }',
        });
      case 'mapProjection':
        throw new Refusal('.* is known of nodes and relationships only', node, { hint: 'name each entry' });
      default:
        return value(node);
    }
  });
  return mapTree(own, (node) => withoutParameters(node, parameters));
}

/** A parameter in a function of items ends the process (0.19.1). */
function withoutParameters(node: AstNode, parameters: Parameters): AstNode {
  const inline = (body: Expression) =>
    mapTree(body, (inner) => {
      if (inner.kind === 'parameter')
        return { ...literal(parameters[inner.name] ?? null, inner), isInline: true };
      return inner.kind === 'literal' ? { ...inner, isInline: true } : inner;
    });
  if (node.kind === 'lambda') return { ...node, body: inline(node.body) };
  return node.kind === 'quantifier' ? { ...node, where: inline(node.where) } : node;
}

function value(node: AstNode): AstNode {
  switch (node.kind) {
    case 'variable':
      return node.type === 'repeated' ? call('relationships', [node], node) : node;
    case 'call':
      return functionCall(node);
    case 'binary':
      return operator(node);
    case 'comparison': {
      const [left, right] = node.operands;
      const isEdges = left && right && typeOf(left) === 'relationship' && typeOf(right) === 'relationship';
      return isEdges ? compare(idOf(left), node.operators[0] ?? '=', idOf(right)) : node;
    }
    case 'property':
      return propertyOf(node.of, node.name) ?? node;
    case 'index':
      return index(node);
    case 'slice':
      return slice(node);
    case 'listComprehension': {
      const { variable: name, list, where, map } = node;
      const kept = where ? keepItems(list, name, where, node) : list;
      if (!map) return kept;
      return sameProperty(kept, name, map) ?? forEach(kept, name, map, node);
    }
    case 'quantifier':
      checkQuantifier(node);
      return node;
    default:
      return node;
  }
}

const idOf = (of: Expression) => call('id', [of], of);

function operator(node: Binary): Expression {
  const { operator: sign, left, right } = node;
  // Nothing is a part of every text, but not here.
  if (sign === 'CONTAINS' && !(right.kind === 'literal' && right.value !== ''))
    return binary(
      'OR',
      node,
      binary('AND', compare(right, '=', literal('', right)), {
        kind: 'nullTest',
        of: left,
        isNull: false,
        ...at(left),
      }),
    );
  return node;
}

/** `[x IN nodes(p) | x.name]` */
function sameProperty(list: Expression, name: string, map: Expression): Expression | undefined {
  const isOne = map.kind === 'property' && map.of.kind === 'variable' && map.of.name === name;
  return isOne && list.kind === 'call' && ['nodes', 'relationships'].includes(list.name)
    ? call('properties', [list, literal(map.name, map)], map)
    : undefined;
}

function functionCall(node: Call): Expression {
  const [of, second, third] = node.items;
  if (!of) return node;
  switch (node.name) {
    case 'sum':
      return call('coalesce', [node, literal(0, node)], node);
    case 'collect':
      return call('coalesce', [node, { kind: 'list', items: [], ...at(node) }], node);
    case 'head':
      return itemOf(of, literal(0, node), node);
    case 'last':
      return itemOf(of, literal(-1, node), node);
    case 'tail':
      return { kind: 'slice', of, from: literal(2, node), to: literal(MOST_ROWS, node), ...at(node) };
    case 'reverse':
      return reverse(node, of);
    case 'substring':
      return call(
        'substring',
        [of, binary('+', second!, literal(1, node)), third ?? literal(1_000_000, node)],
        node,
      );
    case 'split':
      return call('string_split', [of, second!], node);
    case 'round':
      return call('floor', [binary('+', of, { ...literal(0.5, node), real: true })], node);
    case 'toString':
      return text(node, of);
    case 'toInteger':
      return { kind: 'cast', of: isReal(of) ? call('floor', [of], node) : of, to: 'INT64', ...at(node) };
    case 'toFloat':
      return { kind: 'cast', of, to: 'DOUBLE', ...at(node) };
    default:
      return node;
  }
}

const COLUMN_TYPES = new Map(
  [...NODE_COLUMNS, ...EDGE_COLUMNS].map((column) => {
    const [name = '', type = ''] = column.replaceAll('`', '').split(' ');
    return [name, type];
  }),
);

/** The type of a property's column; undefined for anything else. */
function columnType(of: Expression): string | undefined {
  const isOwn = of.kind === 'property' && ['node', 'relationship'].includes(typeOf(of.of));
  return isOwn ? COLUMN_TYPES.get(of.name) : undefined;
}

function isReal(of: Expression): boolean {
  return columnType(of) === 'DOUBLE' || (of.kind === 'literal' && of.real === true);
}

function text(node: Call, of: Expression): Expression {
  if (isReal(of))
    throw new Refusal('numbers with fractions are written differently by each store', node, {
      hint: 'return the number itself',
    });
  const cast: Expression = { kind: 'cast', of, to: 'STRING', ...at(node) };
  const isBoolean =
    columnType(of) === 'BOOL' ||
    (of.kind === 'literal' && typeof of.value === 'boolean') ||
    of.kind === 'comparison';
  return isBoolean ? call('toLower', [cast], node) : cast;
}

function reverse(node: Call, of: Expression): Expression {
  const isList =
    typeOf(of) !== 'value' ||
    ['list', 'listComprehension', 'slice'].includes(of.kind) ||
    (of.kind === 'call' && ['list_transform', 'list_filter', 'string_split', 'range'].includes(of.name));
  if (isList) return { ...node, name: 'list_reverse' };
  const isText =
    (of.kind === 'literal' && typeof of.value === 'string') ||
    columnType(of) === 'STRING' ||
    (of.kind === 'call' && of.name !== 'coalesce');
  if (isText) return node;
  throw new Refusal('whether this is a text or a list is not known', of, {
    hint: 'reverse a property or a list as it is written',
  });
}

/** A property of an item of a list: the item among the properties of all. */
function propertyOf(of: Expression, name: string): Expression | undefined {
  return of.kind === 'case' && of.item
    ? itemOf(
        forEach(of.item.list, 'weft_each', property(variable('weft_each', of, 'node'), name), of),
        of.item.at,
        of,
      )
    : undefined;
}

function index(node: Index): Expression {
  return itemOf(node.of, node.at, node);
}

function slice(node: Slice): Expression {
  const [from, to] = [node.from, node.to].map((bound) => bound && wholeNumber(bound));
  return {
    ...node,
    from: literal((from ?? 0) + 1, node),
    to: to === undefined ? literal(MOST_ROWS, node) : literal(to, node),
  };
}

function wholeNumber(bound: Expression): number {
  if (bound.kind === 'literal' && typeof bound.value === 'number' && bound.value >= 0) return bound.value;
  throw new Refusal('the ends of a range in a list must be whole numbers from 0', bound);
}

function projection(node: Projection): Projection {
  // A repeated relationship leaves its pattern as a list, and keeps its name.
  const items = node.items.map((item) => ({ ...item, alias: item.alias ?? repeatedName(item.expression) }));
  const isCut = node.isReturn || node.orderBy.length === 0 || node.limit || node.skip;
  return { ...node, items, limit: isCut ? node.limit : everything(node) };
}

function everything(node: Projection): Literal {
  return { kind: 'literal', value: MOST_ROWS, ...at(node) };
}

function repeatedName(of: Expression): string | undefined {
  const [first] = of.kind === 'call' && of.name === 'relationships' ? of.items : [];
  return first?.kind === 'variable' && first.type === 'repeated' ? first.name : undefined;
}

/** One MATCH, without a RETURN. */
function subquery(node: Subquery): Subquery {
  if (node.which === 'COLLECT')
    throw new Refusal('the embedded store reads no COLLECT { … }', node, {
      hint: 'write OPTIONAL MATCH … WITH a, collect(b.name) AS names',
    });
  const refuse = () =>
    new Refusal(`the embedded store reads ${node.which} { … } with one MATCH only`, node, {
      hint: `write ${node.which} { MATCH … WHERE … }`,
    });
  const [part, ...others] = node.query.parts;
  if (!part || others.length > 0) throw refuse();
  const last = part.clauses.at(-1);
  const isPlain = last?.kind === 'projection' && last.isReturn && isPlainReturn(last, node.which);
  const clauses = isPlain ? part.clauses.slice(0, -1) : part.clauses;
  return { ...node, query: { ...node.query, parts: [{ ...part, clauses: [merged(clauses, refuse)] }] } };
}

function merged(clauses: readonly Clause[], refuse: () => Refusal): Clause {
  return clauses.reduce((all, clause) => {
    if (all.kind !== 'match' || clause.kind !== 'match' || all.optional || clause.optional) throw refuse();
    if (all === clause) return all;
    const where =
      all.where && clause.where ? binary('AND', all.where, clause.where) : (all.where ?? clause.where);
    return { ...all, paths: [...all.paths, ...clause.paths], where };
  }, clauses[0]!);
}

function isPlainReturn({ distinct, skip, limit, items }: Projection, which: string): boolean {
  const isWhole =
    !skip &&
    !limit &&
    !items.some(({ expression }) => expression.kind === 'call' && expression.name === 'count');
  return isWhole && (which === 'EXISTS' || !distinct);
}
