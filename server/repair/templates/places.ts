import type { Node } from 'web-tree-sitter';
import { field, isBinary } from '../source.ts';

/** A place whose value is read: an argument, an operand, an index, a right side, what is returned or looped over. */
export function isValue(node: Node): boolean {
  const parent = node.parent;
  if (!parent) return false;
  if (/^(argument_list|arguments|return_statement|yield|expression_list|list|tuple|array)$/.test(parent.type))
    return true;
  if (/^(keyword_argument|pair)$/.test(parent.type)) return field(parent, 'value')?.id === node.id;
  if (isBinary(parent)) return true;
  if (/^(subscript|subscript_expression)$/.test(parent.type)) return parent.firstNamedChild?.id !== node.id;
  return /^(assignment|assignment_expression|augmented_assignment|augmented_assignment_expression|variable_declarator|for_statement|for_in_statement|for_in_clause)$/.test(
    parent.type,
  )
    ? (field(parent, 'right') ?? field(parent, 'value'))?.id === node.id
    : false;
}
