import type { Node } from 'web-tree-sitter';
import { isFunction, isStatement, replace } from '../source.ts';
import { after, before, remove } from './lines.ts';
import { nearness } from '../scope.ts';
import { weighted, type Template } from './template.ts';

/** Two statements in a row change places, or the last one leaves or enters the block beside it. */
export const moves: Template = {
  name: 'move',
  prior: 0.4,
  *propose({ node, source }) {
    if (!isStatement(node) || !isSimple(node)) return;
    const next = node.nextNamedSibling;
    const previous = node.previousNamedSibling;
    if (next && isSimple(next)) yield [replace(node, next.text), replace(next, node.text)];
    const owner = node.parent?.parent;
    if (owner && isStatement(owner) && !isFunction(owner) && previous && !next)
      yield [remove(node, source), after(owner, node.text, source)];
    if (previous && !isSimple(previous) && !isFunction(previous)) {
      const last = lastStatementIn(previous);
      if (last) yield [after(last, node.text, source), remove(node, source)];
    }
  },
};

export const deletions: Template = {
  name: 'delete',
  prior: 0.2,
  *propose({ node, source }) {
    if (isStatement(node) && isSimple(node))
      yield [
        source.python && !node.nextNamedSibling && !node.previousNamedSibling
          ? replace(node, 'pass')
          : replace(node, source.python ? 'pass' : ';'),
      ];
  },
};

/** `y.append(x)` for a container of the function, `a = b` for its variables, beside a suspicious statement. */
export const insertions: Template = {
  name: 'insert',
  prior: 0.25,
  mostWeight: 2.2,
  *propose({ node, source, scope }) {
    if (!isStatement(node) || /^(import|function|class|export)/.test(node.type)) return;
    const end = source.python ? '' : ';';
    const row = node.startPosition.row;
    const near = (name: string) => nearness(scope, name, row);
    const lines: [text: string, weight: number][] = [];
    for (const [container, put] of scope.containers)
      for (const name of scope.variables)
        if (name !== container && !scope.containers.has(name))
          lines.push([`${container}.${put}(${name})${end}`, 1.4 * near(name)]);
    for (const to of scope.assigned)
      for (const from of scope.variables)
        if (to !== from) lines.push([`${to} = ${from}${end}`, near(to) * near(from)]);
    for (const [line, weight] of lines) {
      yield weighted(weight, [before(node, line, source)]);
      if (!node.nextNamedSibling) yield weighted(weight, [after(node, line, source)]);
    }
  },
};

/** A branch that computes and does not return: `x` → `return x`, and a last line `return x`. */
export const returns: Template = {
  name: 'return',
  prior: 0.4,
  *propose({ node, source, scope }) {
    if (!isStatement(node)) return;
    if (node.type === 'expression_statement' && !/^[\w.]+\s*[-+*/]?=[^=]/.test(node.text))
      yield [{ start: node.startIndex, end: node.startIndex, text: 'return ' }];
    const end = source.python ? '' : ';';
    if (!node.nextNamedSibling && node.type !== 'return_statement')
      for (const name of scope.variables) yield [after(node, `return ${name}${end}`, source)];
  },
};

function isSimple(node: Node): boolean {
  return /^(expression_statement|return_statement|assignment|lexical_declaration|break_statement|continue_statement)$/.test(
    node.type,
  );
}

function lastStatementIn(node: Node): Node | undefined {
  const blocks = node.namedChildren.filter((child) => /^(block|statement_block)$/.test(child.type));
  return blocks.at(-1)?.lastNamedChild ?? undefined;
}
