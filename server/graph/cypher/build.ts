import type {
  BinaryOperator,
  Case,
  Comparison,
  ComparisonOperator,
  Expression,
  ListLiteral,
  Literal,
  Property,
  Variable,
} from './ast.ts';
import type { Span } from './refusal.ts';

/** Parts of a tree that a rewriter puts in; they stand where what they replace stood. */
export const at = ({ start, end }: Span): Span => ({ start, end });

export function variable(name: string, span: Span, type: Variable['type'] = 'value'): Variable {
  return { kind: 'variable', name, type, ...at(span) };
}

export function literal(value: Literal['value'], span: Span): Literal {
  return { kind: 'literal', value, ...at(span) };
}

export function property(of: Expression, name: string): Property {
  return { kind: 'property', of, name, ...at(of) };
}

export function call(name: string, items: Expression[], span: Span): Expression {
  return { kind: 'call', name, distinct: false, star: false, items, ...at(span) };
}

export function list(items: Expression[], span: Span): ListLiteral {
  return { kind: 'list', items, ...at(span) };
}

export function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right, ...at(left) };
}

export function compare(left: Expression, operator: ComparisonOperator, right: Expression): Comparison {
  return { kind: 'comparison', operators: [operator], operands: [left, right], ...at(left) };
}

export function not(of: Expression): Expression {
  return { kind: 'unary', operator: 'NOT', of, ...at(of) };
}

/** All of them joined by AND; undefined for none. */
export function allOf(conditions: readonly (Expression | undefined)[]): Expression | undefined {
  return conditions.reduce((all, one) => (all && one ? binary('AND', all, one) : (all ?? one)), undefined);
}

/** `CASE WHEN test THEN value END` */
export function when(test: Expression, value: Expression): Case {
  return { kind: 'case', branches: [{ when: test, then: value }], ...at(value) };
}

/** Nothing where `of` is nothing. */
export function unlessNull(of: Expression, value: Expression): Expression {
  return when({ kind: 'nullTest', of, isNull: false, ...at(of) }, value);
}
