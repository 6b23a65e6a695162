import type { Node } from 'web-tree-sitter';
import { replace, type Edit, type Source } from '../source.ts';

/** The statement with its line, where it stands alone on it. */
export function remove(node: Node, { text }: Source): Edit {
  const lineStart = text.lastIndexOf('\n', node.startIndex - 1) + 1;
  const lineEnd = text.indexOf('\n', node.endIndex);
  const alone =
    text.slice(lineStart, node.startIndex).trim() === '' && text.slice(node.endIndex, lineEnd).trim() === '';
  return alone && lineEnd !== -1 ? { start: lineStart, end: lineEnd + 1, text: '' } : replace(node, '');
}

/** Puts a line before a statement, with its indentation. */
export function before(node: Node, line: string, source: Source): Edit {
  return {
    start: node.startIndex,
    end: node.startIndex,
    text: `${line}${newLine(source)}${indentOf(node, source)}`,
  };
}

/** Puts a line behind a statement, with its indentation. */
export function after(node: Node, line: string, source: Source): Edit {
  return {
    start: node.endIndex,
    end: node.endIndex,
    text: `${newLine(source)}${indentOf(node, source)}${line}`,
  };
}

/** A statement with a block of one statement, to stand where `node` stands. */
export function block(keyword: string, condition: string, inner: string, node: Node, source: Source): string {
  const indent = indentOf(node, source);
  const deeper = `${newLine(source)}${indent}${indent.includes('\t') ? '\t' : unitOf(source)}`;
  if (source.python) return `${keyword} ${condition}:${deeper}${inner}`;
  return `${keyword} (${condition}) {${deeper}${inner}${newLine(source)}${indent}}`;
}

export function indentOf(node: Node, { text }: Source): string {
  const lineStart = text.lastIndexOf('\n', node.startIndex - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, node.startIndex))?.[0] ?? '';
}

export const newLine = ({ text }: Source): string => (text.includes('\r\n') ? '\r\n' : '\n');

/** What one level of a file is indented by: its first indented line's. */
function unitOf({ text, python }: Source): string {
  return /\n( {2,8}|\t)\S/.exec(text)?.[1] ?? (python ? '    ' : '  ');
}
