import type { Parser, Tree } from 'web-tree-sitter';
import { readWithCursor } from './cursor-tape.ts';
import { readFromHeap } from './heap-tape.ts';
import { readLanguageTables, type LanguageTables } from './language-tables.ts';
import { tapeDifference } from './same-tape.ts';
import type { Tape } from './tape.ts';

/** Word offset of the language in `struct TSTree` (lib/src/tree.h): behind the slot of the root. */
const TREE_LANGUAGE = 2;

/** Several languages, so that each grammar sees text that parses and text that does not. */
const SAMPLES = [
  `/** doc */\nexport default class A extends B { static async get(a = 1, ...b) { return a + b.c(d) ?? \`x\${e}\`; } }\n`,
  `from a import b as c\n@d\nasync def e(f: int = 1, *g) -> h:\n    """${'long '.repeat(90)}"""\n    return f not in g and h[1:2]\n`,
  `package a.b;\nimport c.D;\n${'\n'.repeat(30)}public class E<T> extends D { @F int g(T h) throws I { return h.j + this.k[0]; } }\n`,
  `package a\nimport "b"\nfunc (c *D) E(f int, g ...string) (h error) { for i := range g { c.j(i + f) } }\n`,
  `use a::b; impl<T> C for D<T> { pub fn e(&self, f: &'static str) -> G { match f { "é😀" => 1 + 2, _ => h!(3) } } }\n`,
  `f(${'('.repeat(40)}1${')'.repeat(40)});\n`,
];

/** Turns trees into tapes, in the fastest way that was seen to work here. */
export class TapeReader {
  /** From the parser's memory, or node by node through its public cursor. */
  readonly kind: 'heap' | 'cursor';
  readonly #isWord: Uint8Array;
  readonly #memoryNow: () => Int32Array | undefined;
  readonly #tables: LanguageTables | undefined;

  /**
   * Reads samples in both ways: another version of the parser with another layout of its memory is found out
   * here, not in somebody's facts.
   *
   * @param isWord whether an anonymous token, by its id, is a word.
   * @param memoryNow the parser's memory after a parse, if it can be seen.
   */
  constructor(parser: Parser, isWord: Uint8Array, memoryNow: () => Int32Array | undefined) {
    this.#isWord = isWord;
    this.#memoryNow = memoryNow;
    this.#tables = usableTables(parser, isWord, memoryNow);
    this.kind = this.#tables ? 'heap' : 'cursor';
  }

  read(tree: Tree, text: string): Tape {
    const memory = this.#memoryNow();
    const tape =
      this.#tables && memory ? readFromHeap(memory, tree.rootNode.id, text, this.#tables) : undefined;
    return tape ?? readWithCursor(tree, text, this.#isWord);
  }
}

function usableTables(
  parser: Parser,
  isWord: Uint8Array,
  memoryNow: () => Int32Array | undefined,
): LanguageTables | undefined {
  let tables: LanguageTables | undefined;
  let fieldSeen = false;
  for (const sample of SAMPLES) {
    const tree = parser.parse(sample);
    if (!tree) return undefined;
    try {
      const memory = memoryNow();
      if (!memory) return undefined;
      const root = tree.rootNode.id;
      tables ??= readLanguageTables(memory, memory[(root >> 2) + TREE_LANGUAGE] ?? 0, tree.language, isWord);
      const tape = tables && readFromHeap(memory, root, sample, tables);
      if (!tape || tapeDifference(tape, readWithCursor(tree, sample, isWord))) return undefined;
      fieldSeen ||= tape.field.some((field) => field > 0);
    } finally {
      tree.delete();
    }
  }
  return fieldSeen || tables?.stride === 0 ? tables : undefined;
}
