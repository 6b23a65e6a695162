import type { CodeRecord } from '../protocol/graph.ts';

/** Characters of code that a token stands for, on average: an estimate for budgets, no tokeniser. */
const CHARACTERS_A_TOKEN = 3;

/** A symbol's lines as they stand in its file. 1-based `startLine`. */
export type Piece = Omit<CodeRecord, 'code' | 'folded'> & { lines: readonly string[] };

export const tokensOf = (text: string): number => Math.ceil(text.length / CHARACTERS_A_TOKEN);

/**
 * Code of several symbols within a budget of tokens: equal shares, and what short ones do not need goes to the others.
 * What is longer than its share is folded from its deepest lines outwards, so that a class keeps the heads of its
 * methods; the first line always stays, where the budget has room for it. In the order given.
 */
export function foldCode(pieces: readonly Piece[], tokens: number): CodeRecord[] {
  const bySize = pieces
    .map((piece, at) => ({ at, size: tokensOf(piece.lines.join('\n')) }))
    .sort((a, b) => a.size - b.size);
  const records: (CodeRecord | undefined)[] = pieces.map(() => undefined);
  let left = tokens;
  bySize.forEach(({ at, size }, n) => {
    const share = Math.floor(left / (bySize.length - n));
    const { lines, ...piece } = pieces[at]!;
    const { code, folded } = size <= share ? { code: lines.join('\n'), folded: 0 } : fold(lines, share);
    if (code === '') return;
    left -= tokensOf(code);
    records[at] = { ...piece, code, folded };
  });
  return records.filter((record) => record !== undefined);
}

/** The deepest level of indentation that fits, else the first lines; empty where not one line does. */
function fold(lines: readonly string[], tokens: number): { code: string; folded: number } {
  const depths = lines.map((line) => (line.trim() === '' ? -1 : line.length - line.trimStart().length));
  const levels = [...new Set(depths)].filter((depth) => depth >= 0).sort((a, b) => b - a);
  for (const level of levels.slice(1)) {
    const folded = leaveOut(lines, (i) => i === 0 || (depths[i]! >= 0 && depths[i]! <= level));
    if (tokensOf(folded.code) <= tokens) return folded;
  }
  for (let kept = Math.min(lines.length - 1, tokens); kept > 0; kept--) {
    const folded = leaveOut(lines, (i) => i < kept);
    if (tokensOf(folded.code) <= tokens) return folded;
  }
  return { code: '', folded: lines.length };
}

function leaveOut(
  lines: readonly string[],
  isKept: (i: number) => boolean,
): { code: string; folded: number } {
  const out: string[] = [];
  let folded = 0;
  let run: string[] = [];
  const close = () => {
    const first = run.find((line) => line.trim() !== '');
    if (first === undefined) out.push(...run);
    else {
      out.push(`${indentOf(first)}… ${run.length} ${run.length === 1 ? 'line' : 'lines'}`);
      folded += run.length;
    }
    run = [];
  };
  lines.forEach((line, i) => {
    if (!isKept(i)) run.push(line);
    else {
      close();
      out.push(line);
    }
  });
  close();
  return { code: out.join('\n'), folded };
}

const indentOf = (line: string) => line.slice(0, line.length - line.trimStart().length);
