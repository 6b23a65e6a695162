import type { Parser, Query } from 'web-tree-sitter';
import { extractFacts } from './extract.ts';
import type { FileFacts } from './facts.ts';
import { makeParser, makeQuery } from './grammar.ts';
import { languageOf } from './languages/index.ts';

const tools = new Map<string, Promise<{ parser: Parser; query: Query }>>();

/** Parses one file's text into facts. Parsers and queries are made once for each grammar. */
export async function parseFile(file: string, text: string): Promise<FileFacts> {
  const language = languageOf(file);
  if (!language) throw new Error(`${file}: no language reads this ending`);
  const grammar = language.grammarFor(file);
  let made = tools.get(grammar);
  if (!made) {
    made = Promise.all([makeParser(grammar), makeQuery(grammar, language.queryFor(file))]).then(
      ([parser, query]) => ({ parser, query }),
    );
    tools.set(grammar, made);
  }
  return extractFacts(file, text, language, await made);
}
