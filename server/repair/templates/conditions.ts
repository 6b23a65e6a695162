import type { Node } from 'web-tree-sitter';
import { field, inParentheses, isMember, parts, replace } from '../source.ts';
import { nearness } from '../scope.ts';
import { weighted, type Template } from './template.ts';

/** `if c` → `if not c`, `if c and x`, `if c or not x`; `while True` → `while x`. */
export const conditions: Template = {
  name: 'condition',
  prior: 0.45,
  *propose({ node, source, scope }) {
    const condition = conditionOf(node);
    if (!condition) return;
    const [no, and, or] = source.python ? ['not ', 'and', 'or'] : ['!', '&&', '||'];
    const old = inParentheses(condition);
    yield [replace(condition, `${no}${old}`)];
    const constant = /^(true|false|integer|number)$/.test(condition.type);
    for (const name of scope.variables) {
      const near = nearness(scope, name, node.startPosition.row);
      for (const term of [name, `${no}${name}`]) {
        if (constant) yield weighted(near, [replace(condition, term)]);
        else {
          yield weighted(near, [replace(condition, `${old} ${or} ${term}`)]);
          yield weighted(near, [replace(condition, `${old} ${and} ${term}`)]);
        }
      }
    }
    for (const term of scope.conditions.slice(0, 20)) {
      if (old.includes(term)) continue;
      if (constant) yield weighted(0.8, [replace(condition, term)]);
      else
        for (const operator of [and, or])
          for (const other of [term, `${no}(${term})`])
            yield weighted(0.5, [replace(condition, `${old} ${operator} ${other}`)]);
    }
  },
};

/** A test of `x.y` is preceded by one of `x`: `x.y is None` → `x is None or x.y is None`. */
export const guards: Template = {
  name: 'guard',
  prior: 0.5,
  *propose({ node, source }) {
    const condition = conditionOf(node);
    if (!condition) return;
    const old = inParentheses(condition);
    for (const object of objectsIn(condition)) {
      if (source.python) {
        yield [replace(condition, `${object} is None or ${old}`)];
        yield [replace(condition, `${object} is not None and ${old}`)];
        yield [replace(condition, `${object} and ${old}`)];
      } else {
        yield [replace(condition, `${object} == null || ${old}`)];
        yield [replace(condition, `${object} != null && ${old}`)];
      }
    }
  },
};

/** The comparison is made of another thing: `x.y is None` → `x is None`; `if a < b` → `if a < c` is the names' work. */
export const shorterChains: Template = {
  name: 'chain',
  prior: 0.4,
  *propose({ node }) {
    const object = isMember(node) ? field(node, 'object') : undefined;
    if (object && !(node.parent && field(node.parent, 'function')?.id === node.id))
      yield [replace(node, object.text)];
  },
};

function conditionOf(node: Node): Node | undefined {
  if (
    !/^(if_statement|elif_clause|while_statement|for_statement|do_statement|ternary_expression)$/.test(
      node.type,
    )
  )
    return node.type === 'conditional_expression' ? (parts(node)[1] ?? undefined) : undefined;
  const condition = field(node, 'condition');
  const inner = condition?.type === 'parenthesized_expression' ? condition.firstNamedChild : condition;
  return inner ?? undefined;
}

function objectsIn(condition: Node): Set<string> {
  const members = [condition, ...condition.descendantsOfType(['attribute', 'member_expression'])];
  return new Set(
    members.flatMap((node) => (isMember(node) ? [field(node, 'object')?.text ?? ''] : [])).filter(Boolean),
  );
}

/** `return True` → `return a == 0`, `return not a`: an outcome that hangs on what the function knows. */
export const outcomes: Template = {
  name: 'outcome',
  prior: 0.35,
  *propose({ node, source, scope }) {
    if (!/^(true|false)$/.test(node.type) || node.parent?.type !== 'return_statement') return;
    const equals = source.python ? '==' : '===';
    for (const name of scope.variables) {
      yield [replace(node, name)];
      yield [replace(node, source.python ? `not ${name}` : `!${name}`)];
      yield [replace(node, `${name} ${equals} 0`)];
      yield [replace(node, `${name} > 0`)];
    }
    for (const condition of scope.conditions.slice(0, 20)) yield [replace(node, condition)];
  },
};
