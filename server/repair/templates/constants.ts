import { field, replace } from '../source.ts';
import type { Template } from './template.ts';

const OPPOSITE: Record<string, string> = { True: 'False', False: 'True', true: 'false', false: 'true' };

export const constants: Template = {
  name: 'constant',
  prior: 0.7,
  *propose({ node, scope }) {
    if (/^(integer|number)$/.test(node.type) && /^\d{1,15}$/.test(node.text)) {
      const value = Number(node.text);
      for (const other of new Set([value + 1, value - 1, 0, 1, value * 10, value / 10]))
        if (other !== value && Number.isInteger(other)) yield [replace(node, String(other))];
    } else if (/^(float|number)$/.test(node.type)) {
      yield [replace(node, `(1 - ${node.text})`)];
      yield [replace(node, `(${node.text} / 100)`)];
      yield [replace(node, `(${node.text} * 100)`)];
    } else if (OPPOSITE[node.text] !== undefined) {
      yield [replace(node, OPPOSITE[node.text] ?? '')];
    } else if (node.text === '[]') {
      yield [replace(node, '[[]]')];
      for (const name of scope.variables) yield [replace(node, `[${name}]`)];
    }
  },
};

/** A number, index or argument that is off by one: `f(mid)` → `f(mid + 1)`. */
export const offByOne: Template = {
  name: 'off by one',
  prior: 0.65,
  *propose({ node }) {
    const parent = node.parent;
    if (!parent || !isCounted(node.type)) return;
    const place =
      /^(argument_list|arguments|slice|subscript|subscript_expression|assignment|variable_declarator|return_statement)$/;
    const isTarget = ['left', 'value', 'object', 'name'].some((f) => field(parent, f)?.id === node.id);
    const within = place.test(parent.type) && !(isTarget && parent.type !== 'variable_declarator');
    const operand = /^(binary_operator|comparison_operator|binary_expression)$/.test(parent.type);
    if (!within && !operand) return;
    const text = node.type.startsWith('binary') && operand ? `(${node.text})` : node.text;
    for (const step of ['+ 1', '- 1'])
      yield [replace(node, operand ? `(${text} ${step})` : `${text} ${step}`)];
  },
};

const isCounted = (type: string) =>
  /^(identifier|call|call_expression|attribute|member_expression|subscript|subscript_expression|binary_operator|binary_expression|parenthesized_expression)$/.test(
    type,
  );
