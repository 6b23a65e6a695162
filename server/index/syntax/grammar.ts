import { Parser, type Language } from 'web-tree-sitter';
import { TapeReader } from './reader.ts';
import { ERROR_KIND, type Grammar, type Tape } from './tape.ts';

/** Names, ids and a parser of a loaded language. */
export function makeGrammar(language: Language): Grammar {
  const parser = new Parser().setLanguage(language);
  const kindNames = Array.from({ length: language.nodeTypeCount }, (_, id) =>
    language.nodeTypeIsVisible(id) ? (language.nodeTypeForId(id) ?? '') : '',
  );
  const reader = new TapeReader(parser, wordTokens(language, kindNames));

  const idOf = (name: string, named: boolean): number => {
    if (named && name === 'ERROR') return ERROR_KIND;
    const id = language.idForNodeType(name, named);
    if (id === null)
      throw new Error(`the ${language.name} grammar has no ${named ? 'kind' : 'token'} “${name}”`);
    return id;
  };
  return {
    language,
    kindNames,
    reader: reader.kind,
    kindId: (name) => idOf(name, true),
    tokenId: (text) => idOf(text, false),
    fieldId(name) {
      const id = language.fieldIdForName(name);
      if (!id) throw new Error(`the ${language.name} grammar has no field “${name}”`);
      return id;
    },
    parse(text): Tape {
      const tree = parser.parse(text);
      if (!tree) throw new Error(`the ${language.name} parser gave no tree`);
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
