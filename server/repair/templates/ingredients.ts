import { field, isAtom, isCall, isMember, isStatement, isSubscript, replace } from '../source.ts';
import { lastUse, nearness } from '../scope.ts';
import { isValue } from './places.ts';
import { weighted, type Template } from './template.ts';

/**
 * An expression gives way to one that the function has elsewhere, or to a variable: `get(a, b)` → `c`, `a[x]` → `a[y]`
 * (the plastic surgery hypothesis: Barr et al., 2014).
 */
export const ingredients: Template = {
  name: 'ingredient',
  prior: 0.35,
  *propose({ node, scope }) {
    const compound = isCall(node) || isMember(node) || isSubscript(node);
    if (!compound && (node.type !== 'identifier' || /^(self|cls)$/.test(node.text))) return;
    const parent = node.parent;
    if (!parent || field(parent, 'function')?.id === node.id || isMember(parent)) return;
    const target = field(parent, 'left')?.id === node.id && /assignment/.test(parent.type);
    if (!target && !isValue(node)) return;
    if (compound && !target)
      for (const name of scope.variables)
        yield weighted(nearness(scope, name, node.startPosition.row), [replace(node, name)]);
    for (const [text, type] of scope.expressions) {
      if (text === node.text || text.includes(node.text) || (target && isCallType(type))) continue;
      yield weighted((type === node.type ? 1 : 0.6) * lastUse(scope, node.text), [replace(node, text)]);
    }
  },
};

/** A literal gives way to a variable: `' '.join(a)` → `sep.join(a)`. */
export const literals: Template = {
  name: 'literal',
  prior: 0.3,
  *propose({ node, scope }) {
    if (!/^(string|integer|float|number|none|null|true|false)$/.test(node.type)) return;
    if (!isAtom(node) || !node.parent || isStatement(node.parent)) return;
    for (const name of scope.variables)
      yield weighted(nearness(scope, name, node.startPosition.row), [replace(node, name)]);
  },
};

const isCallType = (type: string) => /^(call|call_expression|new_expression)$/.test(type);
