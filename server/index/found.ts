import type { Node } from 'web-tree-sitter';

/** One match of a language's query, its captures by name. */
export type Found = ReadonlyMap<string, Node>;
