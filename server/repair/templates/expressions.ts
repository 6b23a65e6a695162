import type { Node } from 'web-tree-sitter';
import { field, inParentheses, isAtom, isBinary, isCall, isExpression, parts, replace } from '../source.ts';
import { nearness } from '../scope.ts';
import { isValue } from './places.ts';
import { weighted, type Template } from './template.ts';

/** `f(x)` → `x`, `a + b` → `a` or `b`, `not a` → `a`. */
export const unwraps: Template = {
  name: 'unwrap',
  prior: 0.6,
  *propose({ node }) {
    if (isCall(node)) {
      for (const argument of parts(field(node, 'arguments') ?? node).slice(0, 4))
        if (isExpression(argument)) yield [replace(node, inParentheses(argument))];
      const callee = field(node, 'function');
      const object = callee && field(callee, 'object');
      if (object) yield [replace(node, object.text)];
    } else if (isBinary(node)) {
      for (const operand of parts(node)) if (isExpression(operand)) yield [replace(node, operand.text)];
    } else if (/^(unary_operator|not_operator|unary_expression)$/.test(node.type)) {
      const operand = node.lastNamedChild;
      if (operand) yield [replace(node, inParentheses(operand))];
    } else if (/^(ternary_expression|conditional_expression)$/.test(node.type)) {
      for (const branch of parts(node)) yield [replace(node, inParentheses(branch))];
    }
  },
};

/** `x` → `max(x, y)`, `max(0, x)`, `f(x)` for what the file calls, `abs(x)`. */
export const wraps: Template = {
  name: 'wrap',
  prior: 0.35,
  mostWeight: 1.8,
  *propose({ node, source, scope }) {
    if (!isValue(node) || !isExpression(node)) return;
    const [most, least, size] = source.python ? ['max', 'min', 'abs'] : ['Math.max', 'Math.min', 'Math.abs'];
    for (const other of ['0', ...scope.variables]) {
      if (other === node.text) continue;
      const weight = other === assignedTo(node) ? 1.8 : other === '0' ? 1 : 0.8;
      yield weighted(weight, [replace(node, `${most}(${other}, ${node.text})`)]);
      yield weighted(weight, [replace(node, `${least}(${other}, ${node.text})`)]);
    }
    yield [replace(node, `${size}(${node.text})`)];
    for (const name of scope.functions) yield [replace(node, `${name}(${node.text})`)];
  },
};

/** `x` → `x - y`, `x + y`, `x * y`, `x * x` with a variable in scope. */
export const combines: Template = {
  name: 'combine',
  prior: 0.3,
  *propose({ node, source, scope }) {
    if (
      !isAtom(node) ||
      !/^(identifier|call|call_expression|attribute|member_expression|subscript|subscript_expression)$/.test(
        node.type,
      )
    )
      return;
    if (!isValue(node)) return;
    const inOperand = node.parent !== null && isBinary(node.parent);
    const put = (text: string) => [replace(node, inOperand ? `(${text})` : text)];
    yield put(source.python ? `${node.text} ** 2` : `${node.text} * ${node.text}`);
    for (const name of scope.variables) {
      if (name === node.text) continue;
      const near = nearness(scope, name, node.startPosition.row);
      for (const operator of ['-', '+', '*', '%'])
        yield weighted(near, put(`${node.text} ${operator} ${name}`));
      yield weighted(0.7 * near, put(`${name} + ${node.text}`));
    }
    if (!source.python) yield put(`${node.text} / 100`);
  },
};

/** `for x in a` → `a[k:]`; a call's `b` → `b[1:]`. */
export const slices: Template = {
  name: 'slice',
  prior: 0.3,
  *propose({ node, source, scope }) {
    if (node.type !== 'identifier' || !isValue(node)) return;
    for (const from of ['1', ...scope.variables.filter((name) => name !== node.text)]) {
      yield [replace(node, source.python ? `${node.text}[${from}:]` : `${node.text}.slice(${from})`)];
      yield [replace(node, source.python ? `${node.text}[:${from}]` : `${node.text}.slice(0, ${from})`)];
    }
    yield [replace(node, source.python ? `${node.text}[:-1]` : `${node.text}.slice(0, -1)`)];
  },
};

/** `best = x` is likely meant as `best = max(best, x)`. */
function assignedTo(node: Node): string | undefined {
  const target = node.parent && field(node.parent, 'left');
  return target?.text;
}
