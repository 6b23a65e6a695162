import type { Language } from 'web-tree-sitter';

/**
 * A parsed file as flat arrays in document order (pre-order); a node is its index, node 0 is the root.
 *
 * On the tape: every named visible node, ERROR nodes included (kind `ERROR_KIND`); of the anonymous tokens
 * those that are words (`async`, `default`) and those that stand under a field (a binary operator). Left out:
 * other punctuation, and tokens that the parser made up to go on (MISSING), so a field that is on the tape has
 * text of the file behind it. What such a left-out token would hold hangs under the nearest node on the tape.
 */
export interface Tape {
  readonly text: string;
  readonly count: number;
  /** The grammar's public symbol id: compare with `Grammar.kindId` and `Grammar.tokenId`. */
  readonly kind: Uint16Array;
  /** Field id under which the nearest visible parent holds the node; 0 for none. */
  readonly field: Uint16Array;
  /** UTF-16 index into `text`. */
  readonly start: Int32Array;
  /** UTF-16 index into `text`, exclusive. */
  readonly end: Int32Array;
  /** Index of the first node after this node's subtree: `for (c = n + 1; c < after[n]; c = after[c])`. */
  readonly after: Int32Array;
  /** Parent's index; -1 for the root. */
  readonly parent: Int32Array;
  readonly hasError: boolean;
}

/** The kind of a node that holds what does not parse. */
export const ERROR_KIND = 0xffff;

/** Names ↔ ids of one loaded grammar. The look-ups throw on a name that the grammar does not have. */
export interface Grammar {
  readonly language: Language;
  /** Id of a named kind, such as `class_declaration`. */
  kindId(name: string): number;
  /** Id of an anonymous token, such as `async`. */
  tokenId(text: string): number;
  fieldId(name: string): number;
  /** Names by kind and token id; '' for what is never visible. */
  readonly kindNames: readonly string[];
  /** How syntax trees are read: from the parser's memory, or node by node where that does not fit. */
  readonly reader: 'heap' | 'cursor';
  parse(text: string): Tape;
}

/** Parses a text. Never fails on bad source: what parses around an error is kept. */
export function parseTape(grammar: Grammar, text: string): Tape {
  return grammar.parse(text);
}
