import type { Node, Tree } from 'web-tree-sitter';
import { makeParser, type GrammarName } from '../index/grammar.ts';

/** A file under repair. `dispose` it: its tree lies outside the garbage collector's reach. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly tree: Tree;
  readonly python: boolean;
  dispose(): void;
}

/** Offsets in UTF-16 units of the source's text. Edits of one proposal do not overlap. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

const GRAMMARS: Record<string, GrammarName> = {
  py: 'python',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'tsx',
};

/** Undefined for a language that repair has no templates for. */
export async function parseSource(file: string, text: string): Promise<Source | undefined> {
  const grammar = GRAMMARS[file.slice(file.lastIndexOf('.') + 1).toLowerCase()];
  if (!grammar) return undefined;
  const parser = await makeParser(grammar);
  const tree = parser.parse(text);
  parser.delete();
  return tree ? { file, text, tree, python: grammar === 'python', dispose: () => tree.delete() } : undefined;
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((out, { start, end, text: inserted }) => out.slice(0, start) + inserted + out.slice(end), text);
}

export const replace = (node: Node, text: string): Edit => ({
  start: node.startIndex,
  end: node.endIndex,
  text,
});

/** Named children; comments are no part of the code. */
export const parts = (node: Node): Node[] => node.namedChildren.filter((child) => child.type !== 'comment');

export const field = (node: Node, name: string): Node | undefined =>
  node.childForFieldName(name) ?? undefined;

/** The operator token of a binary, boolean, comparing, augmented or updating node; undefined in a chain `a < b < c`. */
export function operatorOf(node: Node): Node | undefined {
  const given = field(node, 'operator');
  if (given) return given;
  const tokens = node.type === 'comparison_operator' ? node.children.filter((c) => !c.isNamed) : [];
  return tokens.length === 1 ? tokens[0] : undefined;
}

const BINARY = new Set(['binary_operator', 'boolean_operator', 'comparison_operator', 'binary_expression']);
export const isBinary = (node: Node): boolean => BINARY.has(node.type);

const CALL = new Set(['call', 'call_expression', 'new_expression']);
export const isCall = (node: Node): boolean => CALL.has(node.type);

const MEMBER = new Set(['attribute', 'member_expression']);
export const isMember = (node: Node): boolean => MEMBER.has(node.type);

const SUBSCRIPT = new Set(['subscript', 'subscript_expression']);
export const isSubscript = (node: Node): boolean => SUBSCRIPT.has(node.type);

const FUNCTION =
  /^(function_definition|function_declaration|function_expression|arrow_function|method_definition|generator_function(_declaration)?)$/;
export const isFunction = (node: Node): boolean => FUNCTION.test(node.type);

const BLOCK = new Set(['block', 'statement_block', 'module', 'program']);
/** A statement of a block: what can be moved, deleted or have another put beside it. */
export const isStatement = (node: Node): boolean =>
  node.isNamed && node.type !== 'comment' && node.parent !== null && BLOCK.has(node.parent.type);

const ATOM =
  /^(identifier|integer|float|number|string|template_string|true|false|none|null|undefined|this|call|call_expression|attribute|member_expression|subscript|subscript_expression|list|array|tuple|parenthesized_expression|list_comprehension)$/;
/** Binds tighter than any operator, so it can stand in an expression without parentheses. */
export const isAtom = (node: Node): boolean => ATOM.test(node.type);

export const isExpression = (node: Node): boolean =>
  isAtom(node) ||
  isBinary(node) ||
  /^(unary_operator|unary_expression|not_operator|conditional_expression|ternary_expression)$/.test(
    node.type,
  );

export const inParentheses = (node: Node): string => (isAtom(node) ? node.text : `(${node.text})`);

/** An identifier that reads a variable: no callee, no name being bound, no keyword's name, no import. */
export function isVariableUse(node: Node): boolean {
  if (node.type !== 'identifier' || /^(self|cls)$/.test(node.text)) return false;
  const parent = node.parent;
  if (!parent) return false;
  if (field(parent, 'name')?.id === node.id || field(parent, 'function')?.id === node.id) return false;
  if (field(parent, 'left')?.id === node.id && !isBinary(parent)) return false;
  return (
    !/parameters|import|lambda_|dotted_name|function|class|pattern_list|type|shorthand/.test(parent.type) &&
    !(parent.type === 'keyword_argument' && field(parent, 'name')?.id === node.id) &&
    !(parent.type === 'attribute' && field(parent, 'attribute')?.id === node.id)
  );
}
