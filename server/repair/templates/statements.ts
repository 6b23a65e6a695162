import type { Node } from 'web-tree-sitter';
import { isFunction, isStatement, replace, type Edit, type Source } from '../source.ts';
import type { Template } from './template.ts';

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
  *propose({ node, source, scope }) {
    if (!isStatement(node) || /^(import|function|class|export)/.test(node.type)) return;
    const end = source.python ? '' : ';';
    const lines: string[] = [];
    for (const [container, put] of scope.containers)
      for (const name of scope.variables)
        if (name !== container) lines.push(`${container}.${put}(${name})${end}`);
    for (const to of scope.assigned)
      for (const from of scope.variables) if (to !== from) lines.push(`${to} = ${from}${end}`);
    for (const line of lines) {
      yield [before(node, line, source)];
      if (!node.nextNamedSibling) yield [after(node, line, source)];
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

/** The statement with its line, where it stands alone on it. */
function remove(node: Node, { text }: Source): Edit {
  const lineStart = text.lastIndexOf('\n', node.startIndex - 1) + 1;
  const lineEnd = text.indexOf('\n', node.endIndex);
  const alone =
    text.slice(lineStart, node.startIndex).trim() === '' && text.slice(node.endIndex, lineEnd).trim() === '';
  return alone && lineEnd !== -1 ? { start: lineStart, end: lineEnd + 1, text: '' } : replace(node, '');
}

function before(node: Node, line: string, source: Source): Edit {
  return {
    start: node.startIndex,
    end: node.startIndex,
    text: `${line}${newLine(source)}${indentOf(node, source)}`,
  };
}

function after(node: Node, line: string, source: Source): Edit {
  return {
    start: node.endIndex,
    end: node.endIndex,
    text: `${newLine(source)}${indentOf(node, source)}${line}`,
  };
}

function indentOf(node: Node, { text }: Source): string {
  const lineStart = text.lastIndexOf('\n', node.startIndex - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, node.startIndex))?.[0] ?? '';
}

const newLine = ({ text }: Source): string => (text.includes('\r\n') ? '\r\n' : '\n');
