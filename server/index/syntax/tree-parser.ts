import { Parser, type Language, type Tree } from 'web-tree-sitter';

/** Parses texts in one language, one after the other. */
export class TreeParser {
  #parser: Parser;
  readonly #language: Language;
  readonly #name: string;

  /** @param name for error messages: grammars of ABI 14 do not say theirs. */
  constructor(language: Language, name: string) {
    this.#language = language;
    this.#name = name;
    this.#parser = new Parser().setLanguage(language);
  }

  get parser(): Parser {
    return this.#parser;
  }

  /** The tree is to be deleted: its memory is outside the garbage collector. */
  parse(text: string): Tree {
    let tree: Tree | null;
    try {
      tree = this.#parser.parse(text);
    } catch (error) {
      // Memory ran out (2 GB, at some 50 million characters). A parser that was stopped half-way holds on to
      // its memory, and would go on with this text in the next file.
      this.#parser.delete();
      this.#parser = new Parser().setLanguage(this.#language);
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`the ${this.#name} parser stopped in ${text.length} characters: ${why}`, {
        cause: error,
      });
    }
    if (!tree) throw new Error(`the ${this.#name} parser gave no tree`);
    return tree;
  }
}
