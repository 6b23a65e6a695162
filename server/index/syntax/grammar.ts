import { Parser, type Language, type Tree } from 'web-tree-sitter';
import { parserMemory } from './parser-memory.ts';
import { TapeReader } from './reader.ts';
import { ERROR_KIND, type Grammar, type Tape } from './tape.ts';

/**
 * Names, ids and a parser of a loaded language.
 *
 * @param name for error messages: grammars of ABI 14 do not say theirs.
 * @param memoryNow the parser's memory after a parse; without it, trees are read by the slower way.
 */
export function makeGrammar(language: Language, name: string, memoryNow = parserMemory): Grammar {
  let parser = new Parser().setLanguage(language);
  const kindNames = Array.from({ length: language.nodeTypeCount }, (_, id) =>
    language.nodeTypeIsVisible(id) ? (language.nodeTypeForId(id) ?? '') : '',
  );
  const reader = new TapeReader(parser, wordTokens(language, kindNames), memoryNow);

  const idOf = (wanted: string, named: boolean): number => {
    if (named && wanted === 'ERROR') return ERROR_KIND;
    const id = language.idForNodeType(wanted, named);
    if (id === null) throw new Error(`the ${name} grammar has no ${named ? 'kind' : 'token'} “${wanted}”`);
    return id;
  };
  return {
    language,
    kindNames,
    reader: reader.kind,
    kindId: (kind) => idOf(kind, true),
    tokenId: (text) => idOf(text, false),
    fieldId(field) {
      const id = language.fieldIdForName(field);
      if (!id) throw new Error(`the ${name} grammar has no field “${field}”`);
      return id;
    },
    parse(text): Tape {
      let tree: Tree | null;
      try {
        tree = parser.parse(text);
      } catch (error) {
        // Memory ran out (2 GB, at some 50 million characters). A parser that was stopped half-way holds on to
        // its memory, and would go on with this text in the next file.
        parser.delete();
        parser = new Parser().setLanguage(language);
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(`the ${name} parser stopped in ${text.length} characters: ${why}`, {
          cause: error,
        });
      }
      if (!tree) throw new Error(`the ${name} parser gave no tree`);
      try {
        return reader.read(tree, text);
      } finally {
        tree.delete();
      }
    },
  };
}

/** By id: 1 for an anonymous token of letters only. */
function wordTokens(language: Language, kindNames: readonly string[]): Uint8Array {
  return Uint8Array.from(kindNames, (name, id) =>
    /^[a-z]+$/i.test(name) && !language.nodeTypeIsNamed(id) ? 1 : 0,
  );
}
