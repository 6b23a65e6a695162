import { describe, expect, it } from 'vitest';
import { applyHunks, splitLines, type Hunk } from '../../server/protocol/changes.ts';
import { hunkAt, isProposed, lineOf } from './hunks.ts';

function hunk(id: string, startLine: number, oldLines: string[], newLines: string[]): Hunk {
  return { id, startLine, oldLines, newLines, decision: 'pending' };
}

const BASE = 'a\nb\nc\nd\ne\n';
const first = hunk('h1', 1, ['b\n'], ['B\n', 'BB\n']);
const second = hunk('h2', 3, ['d\n'], []);

describe('lineOf', () => {
  it('counts the lines that hunks above added or removed, if they are shown', () => {
    expect(lineOf(second, [first, second], isProposed)).toBe(4);
    expect(lineOf(second, [{ ...first, decision: 'rejected' }, second], isProposed)).toBe(3);
    expect(splitLines(applyHunks(BASE, [first]))[4]).toBe('d\n');
  });
});

describe('hunkAt', () => {
  it('takes the hunk under the line, else the nearest pending one', () => {
    expect(hunkAt(2, [first, second], isProposed)?.id).toBe('h1');
    expect(hunkAt(9, [first, second], isProposed)?.id).toBe('h2');
    expect(hunkAt(9, [first, { ...second, decision: 'accepted' }], isProposed)?.id).toBe('h1');
    expect(hunkAt(0, [], isProposed)).toBeUndefined();
  });
});
