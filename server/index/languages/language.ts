import type { FileFacts } from '../facts.ts';
import type { GrammarName } from '../grammar.ts';
import type { Grammar } from '../syntax/tape.ts';
import type { Tape } from '../syntax/tape.ts';

/** How one language's files are read: a folder each. What its names mean across files stands in `link/languages/`. */
export interface Language {
  name: string;
  /** File endings, with the dot. */
  extensions: readonly string[];
  grammarFor(file: string): GrammarName;
  /** One parsed file → facts. Never throws on bad source: what parses around an error is kept. */
  extract(file: string, tape: Tape, grammar: Grammar): FileFacts;
}
