import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyHunks, type Hunk } from '../protocol/changes.ts';
import { readHunks } from '../protocol/read-hunks.ts';

function hunk(id: string, startLine: number, oldLines: string[], newLines: string[]): Hunk {
  return { id, startLine, oldLines, newLines, decision: 'pending' };
}

const BASE = 'a\nb\nc\nd\ne\n';
const first = hunk('h1', 1, ['b\n'], ['B\n', 'BB\n']);
const second = hunk('h2', 3, ['d\n'], []);

describe('readHunks', () => {
  const isBase = (text: string) => text === BASE;

  it('tells the accepted hunks from the text alone', () => {
    for (const accepted of [[], [first], [second], [first, second]])
      expect(readHunks(applyHunks(BASE, accepted), [second, first], isBase)).toEqual({
        base: BASE,
        applied: accepted.map(({ id }) => id),
      });
  });

  it('says nothing of a text that was changed in another way', () => {
    expect(readHunks('a\nB\nBB\nc\nd\nE\n', [first, second], isBase)).toBeUndefined();
    expect(readHunks('', [first, second], isBase)).toBeUndefined();
  });

  it('finds the base where old and new lines both fit', () => {
    const base = 'x\nx\nx\n';
    const inserted = hunk('h1', 1, [], ['x\n']);
    const isThis = (text: string) => text === base;
    expect(readHunks('x\nx\nx\n', [inserted], isThis)?.applied).toEqual([]);
    expect(readHunks('x\nx\nx\nx\n', [inserted], isThis)?.applied).toEqual(['h1']);
  });

  it('inverts applyHunks for every subset of hunks of a file, whatever its line endings', () => {
    const line = fc
      .tuple(fc.constantFrom('p', 'q', 'r'), fc.constantFrom('\n', '\r\n'))
      .map((p) => p.join(''));
    const block = fc.record({
      kept: fc.array(line, { minLength: 1, maxLength: 2 }),
      oldLines: fc.array(line, { maxLength: 2 }),
      newLines: fc.array(line, { maxLength: 2 }),
      accepted: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), (blocks) => {
        let at = 0;
        const hunks = blocks.map(({ kept, oldLines, newLines }, i) => {
          const made = hunk(`h${i}`, at + kept.length, oldLines, newLines);
          at += kept.length + oldLines.length;
          return made;
        });
        const base = blocks.flatMap(({ kept, oldLines }) => [...kept, ...oldLines]).join('');
        const accepted = hunks.filter((_, i) => blocks[i]?.accepted);
        const text = applyHunks(base, accepted);
        const read = readHunks(text, hunks, (candidate) => candidate === base);
        expect(read?.base).toBe(base);
        const again = hunks.filter(({ id }) => read?.applied.includes(id));
        expect(applyHunks(base, again)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('reads what was decided first, so that many equal insertions take no time', () => {
    const hunks = Array.from({ length: 200 }, (_, i) => ({
      ...hunk(`h${i}`, i, [], ['x\n']),
      decision: 'accepted' as const,
    }));
    const base = 'x\n'.repeat(300);
    let looked = 0;
    const isThis = (text: string) => {
      looked += 1;
      return text === base;
    };
    expect(readHunks(applyHunks(base, hunks), hunks, isThis)?.applied).toHaveLength(200);
    expect(looked).toBe(1);
  });

  it('gives up on a text that fits in too many ways, instead of looking at all of them', () => {
    const hunks = Array.from({ length: 60 }, (_, i) => hunk(`h${i}`, i, [], ['x\n']));
    expect(readHunks('x\n'.repeat(5_000), hunks, () => false)).toBeUndefined();
  });
});
