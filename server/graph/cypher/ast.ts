import type { Span } from './refusal.ts';

/** One statement that reads: parts joined by UNION. */
export interface Query extends Span {
  kind: 'query';
  parts: Part[];
  /** Between parts: true keeps equal rows (UNION ALL). One fewer than the parts. */
  keepsEqual: boolean[];
}

export interface Part extends Span {
  kind: 'part';
  clauses: Clause[];
}

export type Clause = Match | Unwind | Projection | CallSubquery;

export interface Match extends Span {
  kind: 'match';
  optional: boolean;
  paths: Path[];
  where?: Expression | undefined;
}

export interface Unwind extends Span {
  kind: 'unwind';
  list: Expression;
  variable: string;
}

export interface Projection extends Span {
  kind: 'projection';
  isReturn: boolean;
  distinct: boolean;
  star: boolean;
  items: Item[];
  orderBy: OrderItem[];
  skip?: Expression | undefined;
  limit?: Expression | undefined;
  where?: Expression | undefined;
}

export interface Item extends Span {
  kind: 'item';
  expression: Expression;
  alias?: string | undefined;
}

export interface OrderItem extends Span {
  kind: 'order';
  expression: Expression;
  descending: boolean;
}

export interface CallSubquery extends Span {
  kind: 'callSubquery';
  /** The variables it is given in `CALL (a, b) {`; undefined where it has no such list. */
  imports?: string[] | undefined;
  query: Query;
}

/** A path pattern: nodes (or repeated groups) with relationships between nodes. */
export interface Path extends Span {
  kind: 'path';
  variable?: string | undefined;
  shortest?: 'one' | 'all' | undefined;
  elements: PathElement[];
}

export type PathElement = NodePattern | RelationshipPattern | Group;

export interface NodePattern extends Span {
  kind: 'node';
  variable?: string | undefined;
  labels?: Labels | undefined;
  properties?: MapLiteral | undefined;
  where?: Expression | undefined;
  /** Written by `resolveNames`: the variable stands for a node that was found before. */
  isBound?: boolean;
}

export interface RelationshipPattern extends Span {
  kind: 'relationship';
  direction: 'left' | 'right' | 'both';
  variable?: string | undefined;
  types?: Labels | undefined;
  repeats?: Repeats | undefined;
  properties?: MapLiteral | undefined;
  where?: Expression | undefined;
  /** Put behind the star for an engine that wants it; never read from a query. */
  engineMark?: ' TRAIL ' | ' SHORTEST ' | ' ALL SHORTEST ' | undefined;
}

/** How often; `star` where it is written `*1..3` inside the brackets, else `{1,3}` behind the arrow. */
export interface Repeats {
  star: boolean;
  least?: number | undefined;
  most?: number | undefined;
}

/** `((a)-->(b) WHERE …){1,3}` */
export interface Group extends Span {
  kind: 'group';
  path: Path;
  where?: Expression | undefined;
  repeats: Repeats;
}

export type Labels =
  | { kind: 'label'; name: string; span: Span }
  | { kind: 'anyLabel' }
  | { kind: 'notLabel'; of: Labels }
  | { kind: 'andLabels' | 'orLabels'; of: Labels[] };

export type Expression =
  | Literal
  | Parameter
  | Variable
  | Property
  | Index
  | Slice
  | ListLiteral
  | MapLiteral
  | MapProjection
  | Call
  | Lambda
  | Cast
  | Binary
  | Unary
  | Comparison
  | NullTest
  | LabelTest
  | Case
  | ListComprehension
  | PatternComprehension
  | PatternExpression
  | Quantifier
  | Subquery;

export interface Literal extends Span {
  kind: 'literal';
  value: string | number | bigint | boolean | null;
  /** True for a number with a fraction or an exponent. */
  real?: boolean;
  /** True for a text that one engine takes in no other form: written with escapes, not as a parameter. */
  isInline?: boolean;
}
export interface Parameter extends Span {
  kind: 'parameter';
  name: string;
}
/** What a value is known to be; `value` is anything else, or not known. */
export type ValueType =
  | 'node'
  | 'relationship'
  | 'path'
  | 'nodes'
  | 'relationships'
  /** What a pattern binds that repeats: a list of relationships, in an engine's own form. */
  | 'repeated'
  | 'value';
export interface Variable extends Span {
  kind: 'variable';
  name: string;
  /** Written by `resolveNames`. */
  type?: ValueType;
}
export interface Property extends Span {
  kind: 'property';
  of: Expression;
  name: string;
}
export interface Index extends Span {
  kind: 'index';
  of: Expression;
  at: Expression;
}
export interface Slice extends Span {
  kind: 'slice';
  of: Expression;
  from?: Expression | undefined;
  to?: Expression | undefined;
}
export interface ListLiteral extends Span {
  kind: 'list';
  items: Expression[];
}
export interface MapEntry extends Span {
  kind: 'entry';
  key: string;
  value: Expression;
}
export interface MapLiteral extends Span {
  kind: 'map';
  entries: MapEntry[];
}
/** `n {.name, x: 1, .*}` */
export interface MapProjection extends Span {
  kind: 'mapProjection';
  of: Variable;
  all: boolean;
  entries: MapEntry[];
}
export interface Call extends Span {
  kind: 'call';
  /** As written, with its dots. */
  name: string;
  distinct: boolean;
  /** `count(*)` */
  star: boolean;
  items: Expression[];
}
/** `x -> …`, an argument of an engine's list functions; never read from a query. */
export interface Lambda extends Span {
  kind: 'lambda';
  variable: string;
  body: Expression;
}
/** `CAST(x AS DOUBLE)` of one engine; never read from a query. */
export interface Cast extends Span {
  kind: 'cast';
  of: Expression;
  to: 'STRING' | 'INT64' | 'DOUBLE';
}
export type BinaryOperator =
  | 'OR'
  | 'XOR'
  | 'AND'
  | 'IN'
  | 'CONTAINS'
  | 'STARTS WITH'
  | 'ENDS WITH'
  | '=~'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '^';
export interface Binary extends Span {
  kind: 'binary';
  operator: BinaryOperator;
  left: Expression;
  right: Expression;
}
export interface Unary extends Span {
  kind: 'unary';
  operator: 'NOT' | '-' | '+';
  of: Expression;
}
export type ComparisonOperator = '=' | '<>' | '<' | '>' | '<=' | '>=';
/** `a < b <= c`: one operand more than operators. */
export interface Comparison extends Span {
  kind: 'comparison';
  operators: ComparisonOperator[];
  operands: Expression[];
}
export interface NullTest extends Span {
  kind: 'nullTest';
  of: Expression;
  isNull: boolean;
}
export interface LabelTest extends Span {
  kind: 'labelTest';
  of: Variable;
  labels: Labels;
}
export interface Case extends Span {
  kind: 'case';
  of?: Expression | undefined;
  branches: { when: Expression; then: Expression }[];
  otherwise?: Expression | undefined;
  /** Where a rewriter made it for an item of a list: which. */
  item?: { list: Expression; at: Expression };
}
export interface ListComprehension extends Span {
  kind: 'listComprehension';
  variable: string;
  list: Expression;
  where?: Expression | undefined;
  map?: Expression | undefined;
}
export interface PatternComprehension extends Span {
  kind: 'patternComprehension';
  path: Path;
  where?: Expression | undefined;
  map: Expression;
}
/** A pattern where a value is expected: true where it is found. */
export interface PatternExpression extends Span {
  kind: 'patternExpression';
  path: Path;
}
export interface Quantifier extends Span {
  kind: 'quantifier';
  which: 'all' | 'any' | 'none' | 'single';
  variable: string;
  list: Expression;
  where: Expression;
}
export interface Subquery extends Span {
  kind: 'subquery';
  which: 'EXISTS' | 'COUNT' | 'COLLECT';
  query: Query;
}

/** Everything of a tree that has a kind and a place. */
export type AstNode = Query | Part | Clause | Item | OrderItem | Path | PathElement | MapEntry | Expression;
