import type { FileFacts } from '../index/facts.ts';

/**
 * The id of every symbol: file, qualified name and, for the second and later of one name, a number in source
 * order. Never a line, so that an edit above a symbol leaves its id alone.
 */
export function symbolIds(facts: ReadonlyMap<string, FileFacts>): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const [file, { symbols }] of facts) {
    const counts = new Map<string, number>();
    ids.set(
      file,
      symbols.map((symbol) => {
        if (symbol.parent < 0) return file;
        const count = (counts.get(symbol.qualifiedName) ?? 0) + 1;
        counts.set(symbol.qualifiedName, count);
        return `${file}#${symbol.qualifiedName}${count > 1 ? `~${count}` : ''}`;
      }),
    );
  }
  return ids;
}
