import { readFileSync } from 'node:fs';
import type { Query } from 'web-tree-sitter';
import { assetPath, type AssetName } from '../../settings/assets.ts';
import { loadGrammar, makeQuery, type GrammarName } from '../grammar.ts';
import type { FileFacts } from '../facts.ts';
import type { Language } from '../languages/language.ts';
import { TreeParser } from '../syntax/tree-parser.ts';
import { readCaptures } from './captures.ts';
import { tagFacts } from './tag-facts.ts';

/**
 * What stands deeper in the syntax is not looked for: each level of `f().f().f()` is a match that has begun, and the
 * engine goes through all that have begun at every node.
 */
const MOST_DEPTH = 250;

/** What names mean in a language that is read at definition depth, as far as that can be said in a line. */
export interface TagNames {
  /** Languages that share one name have their definitions in common (C and C++). */
  family: string;
  /** File endings that a path in an import may leave out. */
  endings?: readonly string[];
  /** True where nothing is a method: what is called on something is a value that it holds. */
  isMethodless?: boolean;
  /** True where calling a class makes an instance. */
  callMakesInstance?: boolean;
  /** True where a bare call may mean a method, of the class around or of its bases. */
  reachesMethods?: boolean;
  /** What a constructor is called, where it is not called as its class is. */
  constructorName?: string;
  /** Methods of the platform: one definition of such a name says nothing about a call. Separated by spaces. */
  common?: string;
}

/** A language that is read at definition depth: its folder holds a query, `tags.scm`. */
export interface TagLanguage extends Language {
  names: TagNames;
  /** Reads a text with this language's grammar as one of another language. */
  readAs(language: string, file: string, text: string): Promise<FileFacts>;
}

interface NewTagLanguage {
  /** As VS Code spells it; also the name of the grammar and of the query in `assets.json`. */
  name: GrammarName & TagQueryName;
  extensions: readonly string[];
  names?: Partial<TagNames>;
  /** The language whose grammar fits a text better. */
  grammarOf?: (file: string, text: string) => TagLanguage | undefined;
  /** True for a file whose `@local` definitions are those of every file that imports it. */
  sharesLocals?: (file: string) => boolean;
}

type TagQueryName = AssetName extends infer A ? (A extends `tags/${infer N}.scm` ? N : never) : never;

/**
 * A language of which a query says where it defines, calls and imports something: symbols, what contains what, imports,
 * and calls that are known by name alone. The query speaks the vocabulary of tree-sitter's `tags.scm`
 * (https://tree-sitter.github.io/tree-sitter/4-code-navigation.html), with what `tag-facts.ts` adds.
 */
export function tagLanguage(given: NewTagLanguage): TagLanguage {
  const { name, extensions, names, grammarOf, sharesLocals } = given;
  let loaded: Promise<{ trees: TreeParser; query: Query }> | undefined;
  const load = async () => {
    const trees = new TreeParser(await loadGrammar(name), name);
    return { trees, query: await makeQuery(name, readFileSync(assetPath(`tags/${name}.scm`), 'utf8')) };
  };
  const readAs = async (language: string, file: string, text: string) => {
    const { trees, query } = await (loaded ??= load());
    const tree = trees.parse(text);
    try {
      const found = readCaptures(text, query.matches(tree.rootNode, { maxStartDepth: MOST_DEPTH }));
      if (sharesLocals?.(file) === true)
        for (const definition of found.definitions) definition.isLocal = false;
      return tagFacts(file, text, language, found, tree.rootNode.hasError);
    } finally {
      tree.delete();
    }
  };
  return {
    name,
    extensions,
    depth: 'definition',
    names: { family: name, ...names },
    readAs,
    read: (file, text) => grammarOf?.(file, text)?.readAs(name, file, text) ?? readAs(name, file, text),
  };
}
