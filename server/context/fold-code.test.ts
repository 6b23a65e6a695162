import { describe, expect, it } from 'vitest';
import { foldCode, tokensOf, type Piece } from './fold-code.ts';

const piece = (id: string, ...lines: string[]): Piece => ({
  ...{ id, file: 'a.ts', startLine: 1, endLine: lines.length, lines },
});
const SHORT = piece('short', 'const a = 1;');
const CLASS = piece(
  'class',
  'class A {',
  '  one() {',
  '    return 1 + 2 + 3 + 4 + 5 + 6;',
  '  }',
  '',
  '  two() {',
  '    if (x) {',
  '      return 1 + 2 + 3 + 4 + 5 + 6;',
  '    }',
  '  }',
  '}',
);

describe('foldCode', () => {
  it('keeps all where the budget has room, in the order given', () => {
    const records = foldCode([CLASS, SHORT], 1_000);
    expect(records.map(({ id, folded }) => [id, folded])).toEqual([
      ['class', 0],
      ['short', 0],
    ]);
    expect(records[0]?.code).toBe(CLASS.lines.join('\n'));
  });

  it('folds what is longer than its share from the deepest lines outwards', () => {
    const [record] = foldCode([CLASS], 35);
    expect(record).toMatchObject({
      code: 'class A {\n  one() {\n    … 1 line\n  }\n\n  two() {\n    … 3 lines\n  }\n}',
      folded: 4,
    });
  });

  it('keeps the first lines of what has one level, and nothing where not one line fits', () => {
    const flat = piece('flat', 'x = 1', 'y = 2', 'z = 3', 'u = 4', 'v = 5', 'w = 6');
    expect(foldCode([flat], 9)).toMatchObject([{ code: 'x = 1\ny = 2\nz = 3\n… 3 lines', folded: 3 }]);
    expect(foldCode([flat], 1)).toEqual([]);
  });

  it.each([0, 5, 20, 33, 50, 80])('never spends more than %i tokens', (tokens) => {
    const records = foldCode([CLASS, SHORT, CLASS, CLASS], tokens);
    expect(records.reduce((sum, { code }) => sum + tokensOf(code), 0)).toBeLessThanOrEqual(tokens);
  });

  it('gives what short ones leave to the others', () => {
    const all = tokensOf(CLASS.lines.join('\n'));
    expect(foldCode([SHORT, CLASS], all + 5).map(({ folded }) => folded)).toEqual([0, 0]);
  });
});
