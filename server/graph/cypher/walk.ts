import type { AstNode } from './ast.ts';

/**
 * Both walks go through every object of a tree, wherever it hangs, instead of naming the fields of each kind: a pattern in
 * a place that nobody thought of is still found.
 */
export function* descendants(root: AstNode): Generator<AstNode> {
  yield root;
  for (const value of Object.values(root)) yield* within(value);
}

function* within(value: unknown): Generator<AstNode> {
  if (typeof value !== 'object' || value === null) return;
  if (isAstNode(value)) yield* descendants(value);
  else for (const inner of Object.values(value)) yield* within(inner);
}

/** A copy in which each node, children first, is what `change` makes of it. `change` keeps a clause a clause, and so on. */
export function mapTree<T extends AstNode>(root: T, change: (node: AstNode) => AstNode): T {
  return change(mapFields(root, change)) as T;
}

function mapFields<T extends object>(value: T, change: (node: AstNode) => AstNode): T {
  if (Array.isArray(value)) return value.map((inner: unknown) => mapValue(inner, change)) as unknown as T;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapValue(inner, change)])) as T;
}

function mapValue(value: unknown, change: (node: AstNode) => AstNode): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return isAstNode(value) ? mapTree(value, change) : mapFields(value, change);
}

/** Labels have a kind too, but are a language of their own, without patterns or values in it. */
function isAstNode(value: object): value is AstNode {
  return 'kind' in value && 'start' in value;
}
