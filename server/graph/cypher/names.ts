import { nearNames } from '../near-names.ts';
import { EDGE_COLUMNS, namesOf, NODE_COLUMNS } from '../store/schema.ts';
import type {
  AstNode,
  CallSubquery,
  Clause,
  Expression,
  MapLiteral,
  Path,
  Projection,
  Query,
  ValueType,
} from './ast.ts';
import { namesIn } from './labels.ts';
import { Refusal, type Span } from './refusal.ts';

type Scope = Map<string, ValueType>;

const NODE_PROPERTIES = namesOf(NODE_COLUMNS);
const EDGE_PROPERTIES = namesOf(EDGE_COLUMNS);

/**
 * Finds what each name of a query stands for, and writes the type of its value beside each variable. Throws a
 * `Refusal` for a variable that is not bound and for a label, type or property that the graph does not have: an engine
 * would answer with nothing (Neo4j), or in words of its own (LadybugDB).
 */
export function resolveNames(query: Query): void {
  resolveQuery(query, new Map());
}

/** Returns what a query gives to the one around it. */
function resolveQuery(query: Query, outer: Scope): Scope {
  const given = query.parts.map((part) => {
    let scope = new Map(outer);
    for (const clause of part.clauses) scope = resolveClause(clause, scope);
    return scope;
  });
  return given[0] ?? new Map<string, ValueType>();
}

function resolveClause(clause: Clause, scope: Scope): Scope {
  switch (clause.kind) {
    case 'match': {
      const inner = bindPaths(clause.paths, scope);
      clause.paths.forEach((path) => resolvePath(path, inner));
      resolve(clause.where, inner);
      return inner;
    }
    case 'unwind': {
      resolve(clause.list, scope);
      return bind(new Map(scope), clause.variable, itemOf(typeOf(clause.list)), clause);
    }
    case 'projection':
      return resolveProjection(clause, scope);
    case 'callSubquery':
      return resolveCall(clause, scope);
  }
}

function resolveProjection(clause: Projection, scope: Scope): Scope {
  const after: Scope = new Map(clause.star ? scope : []);
  if (clause.star && scope.size === 0) throw new Refusal('"*" stands where nothing is bound', clause);
  for (const { expression, alias } of clause.items) {
    resolve(expression, scope);
    const name = alias ?? (expression.kind === 'variable' ? expression.name : undefined);
    if (name !== undefined) after.set(name, typeOf(expression));
  }
  const both = new Map([...scope, ...after]);
  for (const { expression } of clause.orderBy) resolve(expression, both);
  resolve(clause.where, both);
  return after;
}

function resolveCall({ imports, query }: CallSubquery, scope: Scope): Scope {
  const isImporting = query.parts.some(
    ({ clauses: [first] }) => first?.kind === 'projection' && !first.isReturn && first.orderBy.length === 0,
  );
  const inner: Scope = new Map(imports || !isImporting ? [] : scope);
  for (const name of imports ?? []) inner.set(name, lookUp(name, scope, query));
  return new Map([...scope, ...resolveQuery(query, inner)]);
}

/** The scope with what the paths bind; a group's variables are single inside it and lists behind it. */
function bindPaths(paths: readonly Path[], scope: Scope): Scope {
  const inner = new Map(scope);
  for (const path of paths) {
    for (const element of path.elements) {
      if (element.kind === 'group') {
        for (const [name, type] of bindPaths([element.path], new Map()))
          bind(inner, name, listOf(type), element);
        continue;
      }
      const { variable } = element;
      if (variable === undefined) continue;
      const known = inner.get(variable);
      if (element.kind === 'node') {
        if (known !== undefined && known !== 'node' && known !== 'value')
          throw new Refusal(`"${variable}" is ${WHAT[known]}, not a node`, element);
        if (known !== undefined) element.isBound = true;
        inner.set(variable, 'node');
      } else bind(inner, variable, element.repeats ? 'repeated' : 'relationship', element);
    }
    if (path.variable !== undefined) bind(inner, path.variable, 'path', path);
  }
  return inner;
}

function bind(scope: Scope, name: string, type: ValueType, span: Span): Scope {
  if (scope.has(name))
    throw new Refusal(`"${name}" is bound already`, span, { hint: 'give it another name' });
  return scope.set(name, type);
}

function resolvePath(path: Path, scope: Scope): void {
  for (const element of path.elements) {
    if (element.kind === 'group') {
      const inner = new Map([...scope, ...bindPaths([element.path], new Map())]);
      resolvePath(element.path, inner);
      resolve(element.where, inner);
      continue;
    }
    const isNode = element.kind === 'node';
    const labels = isNode ? element.labels : element.types;
    if (labels) namesIn(labels, element.kind, element);
    if (element.properties) resolveProperties(element.properties, isNode, scope);
    resolve(element.where, scope);
  }
}

function resolveProperties({ entries }: MapLiteral, isNode: boolean, scope: Scope): void {
  for (const { key, value, start } of entries) {
    checkProperty(key, isNode, { start, end: start + key.length });
    resolve(value, scope);
  }
}

function resolve(expression: Expression | undefined, scope: Scope): void {
  if (!expression) return;
  switch (expression.kind) {
    case 'variable':
      expression.type = lookUp(expression.name, scope, expression);
      return;
    case 'property': {
      resolve(expression.of, scope);
      const type = typeOf(expression.of);
      if (type === 'node' || type === 'relationship')
        checkProperty(expression.name, type === 'node', propertySpan(expression));
      else if (type !== 'value')
        throw new Refusal(`${WHAT[type]} has no properties`, expression, { hint: INSTEAD[type] });
      return;
    }
    case 'labelTest': {
      resolve(expression.of, scope);
      const type = typeOf(expression.of);
      if (type !== 'node' && type !== 'relationship')
        throw new Refusal(`"${expression.of.name}" is not known to be a node`, expression, {
          hint: "write x.kind = 'Function'",
        });
      namesIn(expression.labels, type, expression);
      return;
    }
    case 'listComprehension':
    case 'quantifier': {
      resolve(expression.list, scope);
      const inner = bind(new Map(scope), expression.variable, itemOf(typeOf(expression.list)), expression);
      resolve(expression.where, inner);
      if (expression.kind === 'listComprehension') resolve(expression.map, inner);
      return;
    }
    case 'patternComprehension': {
      const inner = bindPaths([expression.path], scope);
      resolvePath(expression.path, inner);
      resolve(expression.where, inner);
      resolve(expression.map, inner);
      return;
    }
    case 'patternExpression':
      checkBound(expression.path, scope);
      resolvePath(expression.path, scope);
      return;
    case 'subquery':
      resolveQuery(expression.query, scope);
      return;
    default:
      for (const child of childExpressions(expression)) resolve(child, scope);
  }
}

/** A pattern in the place of a value binds nothing. */
function checkBound(path: Path, scope: Scope): void {
  for (const element of path.elements) {
    if (element.kind === 'group' || element.variable === undefined) continue;
    lookUp(element.variable, scope, element);
    if (element.kind === 'node') element.isBound = true;
  }
}

function lookUp(name: string, scope: Scope, span: Span): ValueType {
  const type = scope.get(name);
  if (type !== undefined) return type;
  throw new Refusal(`"${name}" is not bound here`, span, {
    hint: `bind "${name}" in a MATCH, and name it in each WITH on the way to where it is used`,
    near: nearNames(name, scope.keys()),
  });
}

function checkProperty(name: string, isNode: boolean, span: Span): void {
  const all = isNode ? NODE_PROPERTIES : EDGE_PROPERTIES;
  if (all.includes(name)) return;
  const what = isNode ? 'property of a node' : 'property of a relationship';
  throw new Refusal(`"${name}" is no ${what}`, span, {
    hint: `"${name}" is no ${what}; there are ${all.join(', ')}`,
    near: nearNames(name, all),
  });
}

function propertySpan({ of, end }: { of: Expression; end: number }): Span {
  return { start: Math.min(of.end + 1, end), end };
}

const WHAT: Record<ValueType, string> = {
  node: 'a node',
  relationship: 'a relationship',
  path: 'a path',
  nodes: 'a list of nodes',
  relationships: 'a list of relationships',
  repeated: 'a list of relationships',
  value: 'a value',
};

const INSTEAD: Partial<Record<ValueType, string>> = {
  path: 'UNWIND nodes(p) AS n, then n.name; or length(p)',
  nodes: 'UNWIND it first, or write [x IN list | x.name]',
  relationships: 'UNWIND it first, or write all(x IN list WHERE …) or [x IN list | x.kind]',
};

function itemOf(type: ValueType): ValueType {
  return type === 'nodes' ? 'node' : type === 'relationships' ? 'relationship' : 'value';
}

function listOf(type: ValueType): ValueType {
  return type === 'node' ? 'nodes' : type === 'relationship' ? 'relationships' : 'value';
}

const SAME_LIST = new Set(['TAIL', 'REVERSE']);

/** The type of an expression whose variables have theirs; `value` where it is anything else, or not known. */
export function typeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case 'variable':
      return expression.type === 'repeated' ? 'relationships' : (expression.type ?? 'value');
    case 'call': {
      const name = expression.name.toUpperCase();
      const first = expression.items[0] ? typeOf(expression.items[0]) : 'value';
      if (name === 'NODES') return 'nodes';
      if (name === 'RELATIONSHIPS') return 'relationships';
      if (name === 'COLLECT') return listOf(first);
      if (name === 'HEAD' || name === 'LAST') return itemOf(first);
      if (SAME_LIST.has(name)) return first;
      if (name === 'COALESCE')
        return expression.items.every((item) => typeOf(item) === first) ? first : 'value';
      return 'value';
    }
    case 'index':
      return itemOf(typeOf(expression.of));
    case 'slice':
      return typeOf(expression.of);
    case 'listComprehension':
      return expression.map ? listOf(typeOf(expression.map)) : typeOf(expression.list);
    case 'patternComprehension':
      return listOf(typeOf(expression.map));
    case 'list': {
      const [first] = expression.items;
      const type = first ? typeOf(first) : 'value';
      return expression.items.every((item) => typeOf(item) === type) ? listOf(type) : 'value';
    }
    default:
      return 'value';
  }
}

/** The expressions directly inside one that binds nothing. */
function childExpressions(expression: Expression): Expression[] {
  const found: Expression[] = [];
  const take = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) value.forEach(take);
    else if ('kind' in value && 'start' in value) {
      const node = value as AstNode;
      if (node.kind === 'entry') take(node.value);
      else found.push(node as Expression);
    } else Object.values(value).forEach(take);
  };
  Object.values(expression).forEach(take);
  return found;
}
