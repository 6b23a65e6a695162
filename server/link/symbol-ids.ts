import { SYMBOL, symbolCount, symbolText, type FileFacts } from '../index/facts.ts';

/**
 * The ids of a file's symbols: file, qualified name and, for the second and later of one name, a number in source
 * order. Never a line, so that an edit above a symbol leaves its id alone.
 */
export function symbolIds(file: string, facts: FileFacts): string[] {
  const counts = new Map<string, number>();
  return Array.from({ length: symbolCount(facts) }, (_, symbol) => {
    if (symbol === 0) return file;
    const name = symbolText(facts, symbol, SYMBOL.qualifiedName);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return `${file}#${name}${count > 1 ? `~${count}` : ''}`;
  });
}
