import type { FileFacts } from '../facts.ts';
import { loadSyntax, type GrammarName } from '../grammar.ts';
import { parseTape, type Grammar, type Tape } from '../syntax/tape.ts';

/** How one language's files are read: a folder each. What its names mean across files stands in `link/languages/`. */
export interface Language {
  name: string;
  /** File endings, with the dot. */
  extensions: readonly string[];
  /** `full`: with the types of receivers. `definition`: symbols, imports, and calls by name alone. */
  depth: 'full' | 'definition';
  /** Text → facts. Never fails on bad source: what parses around an error is kept. */
  read(file: string, text: string): Promise<FileFacts>;
}

interface SyntaxLanguage {
  name: string;
  extensions: readonly string[];
  grammarFor: (file: string) => GrammarName;
  /** One parsed file → facts. */
  extract: (file: string, tape: Tape, grammar: Grammar) => FileFacts;
}

/** A language whose syntax is walked: values and types too, so that the types of receivers can be inferred. */
export function walkedLanguage({ name, extensions, grammarFor, extract }: SyntaxLanguage): Language {
  return {
    name,
    extensions,
    depth: 'full',
    async read(file, text) {
      const grammar = await loadSyntax(grammarFor(file));
      return extract(file, parseTape(grammar, text), grammar);
    },
  };
}
