import { describe, expect, it } from 'vitest';
import { mergeBytes } from './merge.ts';

const merged = (base: string, ours: string, theirs: string, encoding: BufferEncoding = 'utf8') => {
  const bytes = mergeBytes(
    ...([base, ours, theirs].map((t) => Buffer.from(t, encoding)) as [Buffer, Buffer, Buffer]),
  );
  return bytes && Buffer.from(bytes).toString(encoding);
};

describe('mergeBytes', () => {
  it('does what was done to one side to the other', () => {
    expect(merged('a\nB\nc\nd\ne\n', 'a\nB\nc\nd\nmine\n', 'a\nb\nc\nd\ne\n')).toBe('a\nb\nc\nd\nmine\n');
    expect(merged('B\n', 'mine\nB\n', 'B\n')).toBe('mine\nB\n');
    expect(merged('a\r\nB\r\nc\n', 'a\r\nB\r\nc\nd', 'a\r\nb\r\nc\n')).toBe('a\r\nb\r\nc\nd');
  });

  it('is at peace with two equal changes', () => {
    expect(merged('a\nB\nc\n', 'a\nb\nc\nx\n', 'a\nb\nc\n')).toBe('a\nb\nc\nx\n');
  });

  it('decides nothing where both changed the same lines', () => {
    expect(merged('a\nB\nc\n', 'a\nmine\nc\n', 'a\nb\nc\n')).toBeUndefined();
    expect(merged('B\n', '', 'b\n')).toBeUndefined();
    // Every line has another end: nothing of it can be told apart.
    expect(merged('a\nB\n', 'a\r\nB\r\n', 'a\nb\n')).toBeUndefined();
  });

  it('keeps bytes that are no UTF-8, and UTF-16', () => {
    expect(merged('\xe9\nB\nc\nd\n', '\xe9\nB\nc\n\xff\n', '\xe9\nb\nc\nd\n', 'latin1')).toBe(
      '\xe9\nb\nc\n\xff\n',
    );
    const [base, ours, theirs] = ['\ufeffé\nB\nc\nd\n', '\ufeffé\nB\nc\n→\n', '\ufeffé\nb\nc\nd\n'];
    expect(merged(base, ours, theirs, 'utf16le')).toBe('\ufeffé\nb\nc\n→\n');
    expect(
      mergeBytes(Buffer.from(base, 'utf16le'), Buffer.from(base), Buffer.from(theirs, 'utf16le')),
    ).toBeUndefined();
  });
});
