import type { Clause, Expression, Query } from './ast.ts';
import { Refusal } from './refusal.ts';
import type { Parameters } from './check.ts';

/**
 * How large a value can become, before it is made. No engine bounds this: `WITH s + s AS s` forty times over, a list
 * comprehension in another, or `replace(s, 'a', s)` fills the memory of a server from one row.
 */
interface Size {
  /** Items of a list; 1 for anything else. */
  count: number;
  /** Characters, or values, of one item. */
  each: number;
}

type Sizes = Map<string, Size>;

const LARGEST = 5_000_000;
/** What a text of the graph is taken for; it is written by people, and held already. */
const TEXT = 200;
/** What a list that is collected from rows is taken for: rows themselves are bounded by the engines. */
const COLLECTED = 10_000;
const LONGEST_PATH = 31;
/** A pattern can take forever on a long text that a query puts together itself. */
const LONGEST_MATCHED = 1_000;
const ONE: Size = { count: 1, each: 1 };

/** Throws a `Refusal` where a query makes values larger than 5 million characters or items out of small ones. */
export function checkSizes(query: Query, parameters: Parameters): void {
  new Estimate(parameters).query(query, new Map());
}

const total = ({ count, each }: Size) => count * each;

class Estimate {
  readonly #parameters: Parameters;

  constructor(parameters: Parameters) {
    this.#parameters = parameters;
  }

  query(query: Query, outer: Sizes): Sizes {
    const given = query.parts.map(({ clauses }) =>
      clauses.reduce((sizes, clause) => this.#clause(clause, sizes), new Map(outer)),
    );
    return given[0] ?? new Map<string, Size>();
  }

  #clause(clause: Clause, sizes: Sizes): Sizes {
    switch (clause.kind) {
      case 'match':
        for (const { properties, where } of clause.paths
          .flatMap(({ elements }) => elements)
          .flatMap((e) => (e.kind === 'group' ? [] : [e]))) {
          if (properties) this.of(properties, sizes);
          if (where) this.of(where, sizes);
        }
        if (clause.where) this.of(clause.where, sizes);
        return sizes;
      case 'unwind': {
        const { each } = this.of(clause.list, sizes);
        return new Map(sizes).set(clause.variable, { count: 1, each });
      }
      case 'projection': {
        const after: Sizes = new Map(clause.star ? sizes : []);
        for (const { expression, alias } of clause.items) {
          const size = this.of(expression, sizes);
          const name = alias ?? (expression.kind === 'variable' ? expression.name : undefined);
          if (name !== undefined) after.set(name, size);
        }
        const both = new Map([...sizes, ...after]);
        for (const { expression } of clause.orderBy) this.of(expression, both);
        if (clause.where) this.of(clause.where, both);
        return after;
      }
      case 'callSubquery':
        return new Map([...sizes, ...this.query(clause.query, sizes)]);
    }
  }

  /** The size of a value; refuses it where it is too large. */
  of(expression: Expression, sizes: Sizes): Size {
    const size = this.#measure(expression, sizes);
    if (total(size) > LARGEST)
      throw new Refusal('this could become a very large value', expression, {
        hint: 'UNWIND the list and let rows be counted or collected, in place of values that grow inside one row',
      });
    return size;
  }

  #measure(expression: Expression, sizes: Sizes): Size {
    const of = (inner: Expression) => this.of(inner, sizes);
    switch (expression.kind) {
      case 'literal':
        return { count: 1, each: typeof expression.value === 'string' ? expression.value.length + 1 : 1 };
      case 'parameter':
        return { count: 1, each: String(this.#parameters[expression.name] ?? '').length + 1 };
      case 'variable':
        return sizes.get(expression.name) ?? { count: 1, each: TEXT };
      case 'property': {
        const { count, each } = of(expression.of);
        return { count: 1, each: Math.max(count * each, 1) };
      }
      case 'index':
        of(expression.at);
        return { count: 1, each: of(expression.of).each };
      case 'list':
        return joined(expression.items.map(of));
      case 'map':
      case 'mapProjection':
        return {
          count: 1,
          each: expression.entries.reduce((sum, { value }) => sum + total(of(value)), TEXT),
        };
      case 'binary': {
        const [left, right] = [of(expression.left), of(expression.right)];
        if (expression.operator === '=~' && total(left) > LONGEST_MATCHED)
          throw new Refusal('=~ is tried on properties, not on longer texts', expression, {
            hint: 'write CONTAINS',
          });
        if (expression.operator !== '+') return ONE;
        return left.count > 1 || right.count > 1
          ? { count: left.count + right.count, each: Math.max(left.each, right.each) }
          : { count: 1, each: left.each + right.each };
      }
      case 'call':
        return this.#call(expression.name.toUpperCase(), expression.items.map(of));
      case 'listComprehension': {
        const list = of(expression.list);
        const inner = new Map(sizes).set(expression.variable, { count: 1, each: list.each });
        if (expression.where) this.of(expression.where, inner);
        const item = expression.map ? total(this.of(expression.map, inner)) : list.each;
        return { count: itemsOf(list), each: item };
      }
      case 'quantifier': {
        const list = of(expression.list);
        this.of(expression.where, new Map(sizes).set(expression.variable, { count: 1, each: list.each }));
        return ONE;
      }
      case 'patternComprehension': {
        if (expression.where) of(expression.where);
        return { count: COLLECTED / 10, each: total(of(expression.map)) };
      }
      case 'subquery': {
        const given = [...this.query(expression.query, sizes).values()].at(-1) ?? ONE;
        return expression.which === 'COLLECT'
          ? { count: COLLECTED / 10, each: Math.min(total(given), TEXT) }
          : ONE;
      }
      case 'case': {
        const values = [
          ...expression.branches.map(({ then }) => then),
          ...(expression.otherwise ? [expression.otherwise] : []),
        ];
        for (const { when } of expression.branches) of(when);
        if (expression.of) of(expression.of);
        return largest(values.map(of));
      }
      case 'slice':
        return of(expression.of);
      case 'comparison':
        expression.operands.forEach(of);
        return ONE;
      case 'unary':
      case 'nullTest':
        of(expression.of);
        return ONE;
      case 'lambda':
        return of(expression.body);
      case 'cast':
        return of(expression.of);
      case 'labelTest':
      case 'patternExpression':
        return ONE;
    }
  }

  #call(name: string, items: Size[]): Size {
    const [first = ONE, second = ONE, third = ONE] = items;
    switch (name) {
      case 'COLLECT':
        return { count: COLLECTED, each: Math.min(total(first), TEXT) };
      case 'RANGE':
        return { count: 100_000, each: 1 };
      case 'NODES':
      case 'RELATIONSHIPS':
        return { count: LONGEST_PATH, each: TEXT };
      case 'REPLACE':
        return { count: 1, each: total(first) * Math.max(1, total(third) - 1) + total(second) };
      case 'SPLIT':
        return { count: total(first), each: 1 };
      case 'COALESCE':
        return largest(items);
      case 'HEAD':
      case 'LAST':
        return { count: 1, each: first.each };
      case 'PROPERTIES':
        return { count: 1, each: 10 * TEXT };
      case 'MIN':
      case 'MAX':
      case 'TAIL':
      case 'REVERSE':
      case 'TOLOWER':
      case 'TOUPPER':
      case 'TRIM':
      case 'LTRIM':
      case 'RTRIM':
      case 'LEFT':
      case 'RIGHT':
      case 'SUBSTRING':
      case 'TOSTRING':
        return first;
      default:
        return { count: 1, each: TEXT };
    }
  }
}

/** Of a value that may be a list, at most so many items are walked. */
function itemsOf(list: Size): number {
  return list.count > 1 ? list.count : Math.max(1, list.each);
}

function joined(items: Size[]): Size {
  return { count: Math.max(1, items.length), each: Math.max(1, ...items.map(total)) };
}

function largest(items: Size[]): Size {
  return items.reduce((most, item) => (total(item) > total(most) ? item : most), ONE);
}
