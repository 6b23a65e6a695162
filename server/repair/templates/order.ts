import type { Node } from 'web-tree-sitter';
import { field, isBinary, parts, replace, isSubscript } from '../source.ts';
import type { Template } from './template.ts';

/** Two arguments, elements or operands change places. */
export const swaps: Template = {
  name: 'swap',
  prior: 0.7,
  *propose({ node }) {
    const items = swappable(node);
    for (const [i, a] of items.entries())
      for (const b of items.slice(i + 1))
        if (a.text !== b.text) yield [replace(a, b.text), replace(b, a.text)];
  },
};

function swappable(node: Node): Node[] {
  if (/^(argument_list|arguments|tuple|list|array|expression_list)$/.test(node.type))
    return parts(node).slice(0, 6);
  if (isSubscript(node)) return parts(node).slice(1);
  if (!isBinary(node)) return /^ternary_expression$/.test(node.type) ? parts(node).slice(1) : [];
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  return left && right ? [left, right] : parts(node).length === 2 ? parts(node) : [];
}
