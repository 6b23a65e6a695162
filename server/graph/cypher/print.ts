import type {
  Binary,
  BinaryOperator,
  Case,
  Clause,
  Expression,
  Item,
  Labels,
  Literal,
  MapEntry,
  Match,
  Path,
  PathElement,
  Projection,
  Query,
  RelationshipPattern,
  Repeats,
} from './ast.ts';

/** A query as an engine is given it. */
export interface PrintedQuery {
  text: string;
  /** Texts that are not spelled in the query, by the names of the parameters that stand for them. */
  texts: Record<string, string>;
}

/**
 * Writes a tree as text. An engine never sees what a person or a model wrote: no comment, no escape and no odd spelling
 * comes through, every name stands between back-quotes, and a string that would need an escape becomes a parameter,
 * since engines differ in what they take for one (Neo4j reads `\u0027` before it reads strings).
 */
export function print(query: Query): PrintedQuery {
  const printer = new Printer();
  const text = printer.query(query);
  return { text, texts: printer.texts };
}

const name = (text: string) => `\`${text}\``;

class Printer {
  readonly texts: Record<string, string> = {};
  readonly #known = new Map<string, string>();

  query(query: Query): string {
    return query.parts
      .map((part, i) => {
        const union = i === 0 ? '' : query.keepsEqual[i - 1] ? ' UNION ALL ' : ' UNION ';
        return union + part.clauses.map((clause) => this.#clause(clause)).join(' ');
      })
      .join('');
  }

  #clause(clause: Clause): string {
    switch (clause.kind) {
      case 'match':
        return this.#match(clause);
      case 'unwind':
        return `UNWIND ${this.#expression(clause.list)} AS ${name(clause.variable)}`;
      case 'projection':
        return this.#projection(clause);
      case 'callSubquery':
        return `CALL ${clause.imports ? `(${clause.imports.map(name).join(', ')}) ` : ''}{ ${this.query(clause.query)} }`;
    }
  }

  #match({ optional, paths, where }: Match): string {
    return `${optional ? 'OPTIONAL ' : ''}MATCH ${paths.map((path) => this.#path(path)).join(', ')}${this.#where(where)}`;
  }

  #where(where: Expression | undefined): string {
    return where ? ` WHERE ${this.#expression(where)}` : '';
  }

  #projection({ isReturn, distinct, star, items, orderBy, skip, limit, where }: Projection): string {
    const order = orderBy.map((item) => this.#expression(item.expression) + (item.descending ? ' DESC' : ''));
    return [
      isReturn ? 'RETURN' : 'WITH',
      distinct ? ' DISTINCT' : '',
      ` ${[...(star ? ['*'] : []), ...items.map((item) => this.#item(item))].join(', ')}`,
      order.length > 0 ? ` ORDER BY ${order.join(', ')}` : '',
      skip ? ` SKIP ${this.#expression(skip)}` : '',
      limit ? ` LIMIT ${this.#expression(limit)}` : '',
      this.#where(where),
    ].join('');
  }

  #item({ expression, alias }: Item): string {
    return this.#expression(expression) + (alias === undefined ? '' : ` AS ${name(alias)}`);
  }

  #path({ variable, shortest, elements }: Path): string {
    const pattern = elements.map((element) => this.#element(element)).join('');
    const selector = shortest === 'one' ? 'SHORTEST 1 ' : shortest === 'all' ? 'ALL SHORTEST ' : '';
    return `${variable === undefined ? '' : `${name(variable)} = `}${selector}${pattern}`;
  }

  #element(element: PathElement): string {
    switch (element.kind) {
      case 'node': {
        const { variable, labels, properties, where } = element;
        return `(${this.#inner(variable, labels, '', properties, where)})`;
      }
      case 'relationship':
        return this.#relationship(element);
      case 'group':
        return `(${this.#path(element.path)}${this.#where(element.where)})${quantifier(element.repeats)}`;
    }
  }

  #relationship(relationship: RelationshipPattern): string {
    const { direction, variable, types, repeats, properties, where, engineMark = '' } = relationship;
    const star = repeats?.star ? `*${engineMark}${bounds(repeats)}` : '';
    const inner = this.#inner(variable, types, star, properties, where);
    const arrow = `${direction === 'left' ? '<' : ''}-[${inner}]-${direction === 'right' ? '>' : ''}`;
    return arrow + (repeats && !repeats.star ? quantifier(repeats) : '');
  }

  #inner(
    variable: string | undefined,
    labels: Labels | undefined,
    star: string,
    properties: Expression | undefined,
    where: Expression | undefined,
  ): string {
    const begin = `${variable === undefined ? '' : name(variable)}${labels ? `:${printLabels(labels)}` : ''}${star}`;
    return begin + (properties ? ` ${this.#expression(properties)}` : '') + this.#where(where);
  }

  #expression(expression: Expression): string {
    switch (expression.kind) {
      case 'literal':
        return this.#literal(expression);
      case 'parameter':
        return `$${expression.name}`;
      case 'variable':
        return name(expression.name);
      case 'property':
        return `${this.#operand(expression.of)}.${name(expression.name)}`;
      case 'index':
        return `${this.#operand(expression.of)}[${this.#expression(expression.at)}]`;
      case 'slice': {
        const { from, to } = expression;
        return `${this.#operand(expression.of)}[${from ? this.#expression(from) : ''}..${to ? this.#expression(to) : ''}]`;
      }
      case 'list':
        return `[${this.#list(expression.items)}]`;
      case 'map':
        return `{${this.#entries(expression.entries)}}`;
      case 'mapProjection': {
        const entries = [
          ...(expression.all ? ['.*'] : []),
          ...(expression.entries.length > 0 ? [this.#entries(expression.entries)] : []),
        ];
        return `${name(expression.of.name)} {${entries.join(', ')}}`;
      }
      case 'call': {
        const inner = expression.star ? '*' : this.#list(expression.items);
        return `${expression.name}(${expression.distinct ? 'DISTINCT ' : ''}${inner})`;
      }
      case 'lambda':
        return `${name(expression.variable)} -> ${this.#expression(expression.body)}`;
      case 'cast':
        return `CAST(${this.#expression(expression.of)} AS ${expression.to})`;
      case 'binary':
        return `${this.#left(expression)} ${expression.operator} ${this.#operand(expression.right)}`;
      case 'unary':
        return `${expression.operator}${expression.operator === 'NOT' ? ' ' : ''}${this.#operand(expression.of)}`;
      case 'comparison':
        return expression.operands
          .map((operand, i) => (i === 0 ? '' : ` ${expression.operators[i - 1]} `) + this.#operand(operand))
          .join('');
      case 'nullTest':
        return `${this.#operand(expression.of)} IS ${expression.isNull ? '' : 'NOT '}NULL`;
      case 'labelTest':
        return `${name(expression.of.name)}:${printLabels(expression.labels)}`;
      case 'case':
        return this.#case(expression);
      case 'listComprehension': {
        const { variable, list, where, map } = expression;
        return `[${name(variable)} IN ${this.#expression(list)}${this.#where(where)}${map ? ` | ${this.#expression(map)}` : ''}]`;
      }
      case 'patternComprehension':
        return `[${this.#path(expression.path)}${this.#where(expression.where)} | ${this.#expression(expression.map)}]`;
      case 'patternExpression':
        return this.#path(expression.path);
      case 'quantifier': {
        const { which, variable, list, where } = expression;
        return `${which}(${name(variable)} IN ${this.#expression(list)}${this.#where(where)})`;
      }
      case 'subquery':
        return `${expression.which} { ${this.query(expression.query)} }`;
    }
  }

  /** A chain of one precedence needs no brackets, which would stand as deep as it is long. */
  #left({ left, operator }: Binary): string {
    const isChain =
      left.kind === 'binary' &&
      chainOf(left.operator) !== undefined &&
      chainOf(left.operator) === chainOf(operator);
    return isChain ? this.#expression(left) : this.#operand(left);
  }

  /** In brackets where a neighbour could take a part of it. */
  #operand(expression: Expression): string {
    const text = this.#expression(expression);
    const isOpen =
      ['binary', 'unary', 'comparison', 'nullTest', 'labelTest', 'patternExpression', 'lambda'].includes(
        expression.kind,
      ) ||
      (expression.kind === 'literal' && typeof expression.value !== 'string');
    return isOpen && !(expression.kind === 'literal' && !text.startsWith('-')) ? `(${text})` : text;
  }

  #literal({ value, real, isInline }: Literal): string {
    if (isInline && typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`;
    if (value === null) return 'NULL';
    if (typeof value === 'boolean') return value ? 'true' : 'false';
    if (typeof value === 'string')
      return /^[^'\\\p{Cc}\p{Cf}]*$/u.test(value) ? `'${value}'` : `$${this.#parameterFor(value)}`;
    if (!real) return String(value);
    const text = String(value);
    return /[.e]/.test(text) ? text : `${text}.0`;
  }

  #parameterFor(text: string): string {
    let parameter = this.#known.get(text);
    if (parameter === undefined) {
      parameter = `weft_${this.#known.size + 1}`;
      this.#known.set(text, parameter);
      this.texts[parameter] = text;
    }
    return parameter;
  }

  #list(items: readonly Expression[]): string {
    return items.map((item) => this.#expression(item)).join(', ');
  }

  #entries(entries: readonly MapEntry[]): string {
    return entries.map(({ key, value }) => `${name(key)}: ${this.#expression(value)}`).join(', ');
  }

  #case({ of, branches, otherwise }: Case): string {
    return [
      'CASE',
      ...(of ? [this.#expression(of)] : []),
      ...branches.map(({ when, then }) => `WHEN ${this.#expression(when)} THEN ${this.#expression(then)}`),
      ...(otherwise ? [`ELSE ${this.#expression(otherwise)}`] : []),
      'END',
    ].join(' ');
  }
}

const CHAINS: readonly BinaryOperator[][] = [['OR'], ['XOR'], ['AND'], ['+', '-'], ['*', '/', '%']];

function chainOf(operator: BinaryOperator): readonly BinaryOperator[] | undefined {
  return CHAINS.find((chain) => chain.includes(operator));
}

function printLabels(labels: Labels): string {
  switch (labels.kind) {
    case 'label':
      return name(labels.name);
    case 'anyLabel':
      return '%';
    case 'notLabel':
      return `!${labels.of.kind === 'label' || labels.of.kind === 'anyLabel' ? '' : '('}${printLabels(labels.of)}${labels.of.kind === 'label' || labels.of.kind === 'anyLabel' ? '' : ')'}`;
    case 'andLabels':
      return labels.of
        .map((one) => (one.kind === 'orLabels' ? `(${printLabels(one)})` : printLabels(one)))
        .join('&');
    case 'orLabels':
      return labels.of
        .map((one) => (one.kind === 'orLabels' ? `(${printLabels(one)})` : printLabels(one)))
        .join('|');
  }
}

/** `1..3` with what is known of it. */
function bounds({ least, most }: Repeats): string {
  if (least !== undefined && least === most) return String(least);
  return least === undefined && most === undefined ? '' : `${least ?? ''}..${most ?? ''}`;
}

function quantifier({ least, most }: Repeats): string {
  return `{${least ?? ''},${most ?? ''}}`;
}
