import { EDGE_COLUMNS, namesOf as columnsOf, NODE_COLUMNS } from '../store/schema.ts';
import type {
  AstNode,
  Binary,
  Call,
  Comparison,
  Expression,
  Index,
  LabelTest,
  MapEntry,
  MapLiteral,
  Match,
  Path,
  Projection,
  Query,
  Repeats,
} from './ast.ts';
import { allOf, at, binary, call, compare, list, literal, property, unlessNull, variable } from './build.ts';
import { namesIn, oneOfLabels } from './labels.ts';
import { typeOf } from './names.ts';
import { print } from './print.ts';
import { Refusal, type Span } from './refusal.ts';
import { mapTree } from './walk.ts';

/** How far a path goes that says no end, on every engine; the most that LadybugDB takes. */
const MOST_HOPS = 30;
const PROPERTIES = { node: columnsOf(NODE_COLUMNS), relationship: columnsOf(EDGE_COLUMNS) };

/**
 * What engines spell or answer differently, in a form that all of them read the same way: `labels(n)`, `type(r)` and label
 * tests become the stored `kind`, `id(n)` the stored `id`, patterns in the place of a value become EXISTS and COUNT,
 * repetitions get their ends, comparisons are two by two, and nodes are compared and ordered by their ids.
 * Throws a `Refusal` for what no engine reads in another's sense.
 */
export function bridge(query: Query): Query {
  return mapTree(query, bridgeNode);
}

function bridgeNode(node: AstNode): AstNode {
  switch (node.kind) {
    case 'node':
    case 'relationship': {
      const isNode = node.kind === 'node';
      const labels = isNode ? node.labels : node.types;
      const names = labels && namesIn(labels, node.kind, node);
      const plain = names && oneOfLabels(names, at(node));
      if (isNode) return { ...node, labels: plain };
      return { ...node, types: plain, repeats: node.repeats && withEnds(node.repeats) };
    }
    case 'group':
      return { ...node, repeats: withEnds(node.repeats) };
    case 'path':
      return node.shortest ? shortest(node) : node;
    case 'call':
      return bridgeCall(node);
    case 'labelTest':
      return bridgeLabelTest(node);
    case 'comparison':
      return bridgeComparison(node);
    case 'binary':
      return node.operator === 'IN' ? bridgeIn(node) : node;
    case 'unary':
      return node.operator === '+' ? node.of : node;
    case 'index':
      return bridgeIndex(node);
    case 'mapProjection':
      return projectionOf(node.of, node.entries, node.all) ?? node;
    case 'patternExpression':
      return matches('EXISTS', node.path, undefined, node);
    case 'projection':
      return bridgeOrder(node);
    default:
      return node;
  }
}

function withEnds({ star, least, most }: Repeats): Repeats {
  return { star, least: least ?? 1, most: most ?? MOST_HOPS };
}

/** From one hop on, between two nodes that have names. */
function shortest(path: Path): Path {
  const elements = path.elements.map((element) => {
    if (element.kind !== 'relationship') return element;
    const { least = 1, most = 1 } = element.repeats ?? {};
    if (least > 1)
      throw new Refusal('a shortest path begins at one hop', element, {
        hint: 'write *1..6, or ORDER BY length(p) LIMIT 1',
      });
    return { ...element, repeats: { star: true, least: 1, most } };
  });
  return { ...path, elements };
}

function bridgeCall(node: Call): Expression {
  const [of] = node.items;
  if (!of) return node;
  switch (node.name) {
    case 'labels':
      return unlessNull(of, list([property(expecting('node', of, node), 'kind')], node));
    case 'type':
      return property(expecting('relationship', of, node), 'kind');
    case 'id':
    case 'elementId':
      return property(expecting('node', of, node), 'id');
    case 'properties': {
      const whole = of.kind === 'variable' ? projectionOf(of, [], true) : undefined;
      if (whole) return whole;
      throw new Refusal('properties( … ) takes a node or a relationship by its name', node, {
        hint: 'list the properties, as in {id: n.id, name: n.name}',
      });
    }
    case 'exists':
      if (of.kind === 'property') return { kind: 'nullTest', of, isNull: false, ...at(node) };
      if (of.kind === 'subquery') return of;
      throw new Refusal('exists( … ) takes a property or a pattern', node, {
        hint: 'write EXISTS { MATCH … }',
      });
    case 'isEmpty':
      return compare(call('size', [of], node), '=', literal(0, node));
    case 'size':
      if (of.kind === 'subquery' && of.which === 'EXISTS') return { ...of, which: 'COUNT' };
      if (of.kind === 'patternComprehension') return matches('COUNT', of.path, of.where, node);
      return node;
    case 'length':
      if (typeOf(of) === 'relationships' || typeOf(of) === 'nodes') return { ...node, name: 'size' };
      return node;
    default:
      return node;
  }
}

function expecting(type: 'node' | 'relationship', of: Expression, node: Call): Expression {
  const found = typeOf(of);
  if (found === type) return of;
  const said = type === 'node' ? 'n.kind and n.id' : 'r.kind';
  throw new Refusal(`${node.name}( … ) takes a ${type}`, node, {
    hint: `write ${said} of what a MATCH binds`,
  });
}

function bridgeLabelTest({ of, labels, start, end }: LabelTest): Expression {
  const span: Span = { start, end };
  const names = namesIn(labels, typeOf(of) === 'relationship' ? 'relationship' : 'node', span);
  const kind = property(of, 'kind');
  if (!names) return { kind: 'nullTest', of: kind, isNull: false, ...span };
  if (names.length === 1) return compare(kind, '=', literal(names[0]!, span));
  return binary(
    'IN',
    kind,
    list(
      names.map((name) => literal(name, span)),
      span,
    ),
  );
}

function bridgeComparison(node: Comparison): Expression {
  const pairs = node.operators.map((operator, i) => {
    const [left, right] = [node.operands[i]!, node.operands[i + 1]!];
    const types = [typeOf(left), typeOf(right)];
    if (types.every((type) => type === 'node'))
      return compare(property(left, 'id'), operator, property(right, 'id'));
    return compare(left, operator, right);
  });
  return allOf(pairs)!;
}

/** A node in a list of nodes: its id in the list of their ids. */
function bridgeIn(node: Binary): Expression {
  if (typeOf(node.left) !== 'node' || typeOf(node.right) !== 'nodes') return node;
  const each = variable('weft_each', node, 'node');
  const ids: Expression = {
    ...{ kind: 'listComprehension', variable: each.name, list: node.right, map: property(each, 'id') },
    ...at(node.right),
  };
  return binary('IN', property(node.left, 'id'), ids);
}

/** `m['key']` is a property; `n['name']` too. */
function bridgeIndex(node: Index): Expression {
  if (node.at.kind !== 'literal' || typeof node.at.value !== 'string') return node;
  const type = typeOf(node.of);
  if ((type === 'node' || type === 'relationship') && !PROPERTIES[type].includes(node.at.value))
    throw new Refusal(`"${node.at.value}" is no property of a ${type}`, node.at, {
      hint: `there are ${PROPERTIES[type].join(', ')}`,
    });
  return property(node.of, node.at.value);
}

/** `n {.a, .*}` with each property by its name; undefined where they are not known. */
function projectionOf(of: Expression, entries: readonly MapEntry[], all: boolean): Expression | undefined {
  const type = typeOf(of);
  const isKnown = type === 'node' || type === 'relationship';
  if (all && !isKnown) return undefined;
  const own = new Set(entries.map(({ key }) => key));
  const rest = all && isKnown ? PROPERTIES[type].filter((key) => !own.has(key)) : [];
  const map: MapLiteral = {
    kind: 'map',
    entries: [
      ...rest.map((key): MapEntry => ({ kind: 'entry', key, value: property(of, key), ...at(of) })),
      ...entries,
    ],
    ...at(of),
  };
  return isKnown ? unlessNull(of, map) : map;
}

/** A pattern as a subquery. */
function matches(
  which: 'EXISTS' | 'COUNT',
  path: Path,
  where: Expression | undefined,
  span: Span,
): Expression {
  if (path.shortest)
    throw new Refusal('a shortest path cannot stand here', span, {
      hint: 'write MATCH p = shortestPath((a)-[:CALLS*1..6]->(b)) and use p',
    });
  const match: Match = { kind: 'match', optional: false, paths: [path], where, ...at(span) };
  const query: Query = {
    kind: 'query',
    parts: [{ kind: 'part', clauses: [match], ...at(span) }],
    keepsEqual: [],
    ...at(span),
  };
  return { kind: 'subquery', which, query, ...at(span) };
}

/** Nodes are ordered by their ids; what is returned under a name is ordered by it. */
function bridgeOrder(node: Projection): Projection {
  const text = (expression: Expression) => print(itemOnly(expression, node)).text;
  const named = new Map(
    node.items.flatMap(({ expression, alias }) =>
      alias === undefined ? [] : [[text(expression), alias] as const],
    ),
  );
  const orderBy = node.orderBy.map((item) => {
    const { expression } = item;
    const type = typeOf(expression);
    if (type === 'node') return { ...item, expression: property(expression, 'id') };
    if (type !== 'value')
      throw new Refusal('only values can be ordered', expression, {
        hint: 'write ORDER BY length(p), or a property',
      });
    const alias = named.get(text(expression));
    return alias === undefined ? item : { ...item, expression: variable(alias, expression) };
  });
  return { ...node, orderBy };
}

function itemOnly(expression: Expression, span: Span): Query {
  const items = [{ kind: 'item' as const, expression, ...at(span) }];
  const only: Projection = {
    ...{ kind: 'projection', isReturn: true, distinct: false, star: false, items, orderBy: [] },
    ...at(span),
  };
  return {
    kind: 'query',
    parts: [{ kind: 'part', clauses: [only], ...at(span) }],
    keepsEqual: [],
    ...at(span),
  };
}
