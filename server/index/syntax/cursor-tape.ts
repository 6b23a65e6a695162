import type { Tree } from 'web-tree-sitter';
import { TapeScratch } from './tape-scratch.ts';
import type { Tape } from './tape.ts';

const scratch = new TapeScratch();

/**
 * Reads a tree through the parser's public cursor: several calls into WebAssembly a node, but no knowledge of
 * its memory. The other reader is held to this one's results.
 *
 * @param isWord whether an anonymous token, by its id, is a word.
 */
export function readWithCursor(tree: Tree, text: string, isWord: Uint8Array): Tape {
  const cursor = tree.walk();
  try {
    let count = 0;
    /** For each level of the tree, the node on the tape that the level's nodes hang under. */
    const holders = [-1];
    for (;;) {
      const holder = holders[holders.length - 1] ?? -1;
      let node = -1;
      const field = cursor.currentFieldId;
      const kind = cursor.nodeTypeId;
      if (holder === -1 || (!cursor.nodeIsMissing && (cursor.nodeIsNamed || field || isWord[kind]))) {
        scratch.reserve(count + 1);
        node = count++;
        scratch.kind[node] = kind;
        scratch.field[node] = field;
        scratch.start[node] = cursor.startIndex;
        scratch.end[node] = cursor.endIndex;
        scratch.parent[node] = holder;
        scratch.after[node] = count;
      }
      if (cursor.gotoFirstChild()) {
        holders.push(node === -1 ? holder : node);
        continue;
      }
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return scratch.take(text, count, tree.rootNode.hasError);
        // A skipped token shares its holder with its children: closing that early is corrected at its own end.
        scratch.after[holders.pop() ?? 0] = count;
      }
    }
  } finally {
    cursor.delete();
  }
}
