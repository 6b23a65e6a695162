import type { Language } from 'web-tree-sitter';
import { parserMemory } from './parser-memory.ts';
import { TapeReader } from './reader.ts';
import { ERROR_KIND, type Grammar, type Tape } from './tape.ts';
import { TreeParser } from './tree-parser.ts';

/**
 * Names, ids and a parser of a loaded language.
 *
 * @param name for error messages: grammars of ABI 14 do not say theirs.
 * @param memoryNow the parser's memory after a parse; without it, trees are read by the slower way.
 */
export function makeGrammar(language: Language, name: string, memoryNow = parserMemory): Grammar {
  const trees = new TreeParser(language, name);
  const kindNames = Array.from({ length: language.nodeTypeCount }, (_, id) =>
    language.nodeTypeIsVisible(id) ? (language.nodeTypeForId(id) ?? '') : '',
  );
  const reader = new TapeReader(trees.parser, wordTokens(language, kindNames), memoryNow);

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
      const tree = trees.parse(text);
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
