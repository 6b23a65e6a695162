import type { FileFacts } from './facts.ts';
import { languageOf } from './languages/index.ts';

/** Parses one file's text into facts. Grammars are loaded once each, when a file needs them. */
export async function parseFile(file: string, text: string): Promise<FileFacts> {
  const language = languageOf(file);
  if (!language) throw new Error(`${file}: no language reads this ending`);
  return language.read(file, text);
}
