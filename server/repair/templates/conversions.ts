import { inParentheses, isExpression, parts, replace } from '../source.ts';
import { isValue } from './places.ts';
import { weighted, type Template } from './template.ts';

const PYTHON = ['list', 'str', 'int', 'tuple', 'float', 'set', 'sorted', 'len', 'bool', 'dict', 'reversed'];
const JAVASCRIPT = [
  'String',
  'Number',
  'Boolean',
  'Array.from',
  'Object.keys',
  'Object.values',
  'Math.floor',
];
const METHODS = {
  python: ['strip()', 'lower()', 'copy()', 'items()', 'keys()', 'values()', 'upper()'],
  javascript: ['trim()', 'toLowerCase()', 'slice()', 'toString()', 'length', 'reverse()', 'sort()'],
};

/** `x` → `list(x)`, `x.lower()`; `[x]` → `list(x)`; `len(x)` → `x` is the unwrapping's work. */
export const conversions: Template = {
  name: 'conversion',
  prior: 0.22,
  mostWeight: 1.4,
  *propose({ node, source }) {
    if (/^(list|set|array)$/.test(node.type) && parts(node).length === 1) {
      const only = parts(node)[0];
      if (!only || !isExpression(only)) return;
      const names = source.python ? ['list', 'tuple', 'set'] : ['Array.from'];
      for (const name of names) yield weighted(1.4, [replace(node, `${name}(${only.text})`)]);
      yield weighted(1.4, [replace(node, only.text)]);
    }
    if (!isValue(node) || !isExpression(node) || /^(string|integer|float|number)$/.test(node.type)) return;
    for (const name of source.python ? PYTHON : JAVASCRIPT) yield [replace(node, `${name}(${node.text})`)];
    for (const method of METHODS[source.python ? 'python' : 'javascript'])
      yield weighted(0.8, [replace(node, `${inParentheses(node)}.${method}`)]);
    if (!/^(list|array|tuple)$/.test(node.type)) yield weighted(0.7, [replace(node, `[${node.text}]`)]);
  },
};
