import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, encodeText } from './text.ts';

const bytesOf = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p) : Buffer.from(p))));

describe('decodeText', () => {
  it.each([
    ['utf8', bytesOf('é\r\n'), 'é\r\n', 'crlf'],
    ['utf8bom', bytesOf([0xef, 0xbb, 0xbf], 'a\n'), 'a\n', 'lf'],
    ['utf16le', bytesOf([0xff, 0xfe, 0x61, 0x00]), 'a', 'none'],
    ['utf16be', bytesOf([0xfe, 0xff, 0x00, 0x61]), 'a', 'none'],
    ['latin1', bytesOf([0x63, 0x61, 0x66, 0xe9]), 'café', 'none'],
  ] as const)('knows %s', (encoding, bytes, text, eol) => {
    expect(decodeText(bytes)).toEqual({ text, format: { encoding, eol } });
  });

  it('calls differing line endings mixed', () => {
    expect(decodeText(bytesOf('a\r\nb\n')).format.eol).toBe('mixed');
  });

  it('comes back to the same bytes, whatever they are', () => {
    const nasty = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary' }).map((s) => new Uint8Array(bytesOf(s))),
      fc
        .tuple(fc.constantFrom([0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf]), fc.uint8Array())
        .map(([mark, rest]) => new Uint8Array([...mark, ...rest])),
    );
    fc.assert(
      fc.property(nasty, (bytes) => {
        const { text, format } = decodeText(bytes);
        expect(Buffer.from(encodeText(text, format)).equals(Buffer.from(bytes))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('encodeText', () => {
  it('refuses what a Latin-1 file cannot hold', () => {
    expect(() => encodeText('→', { encoding: 'latin1', eol: 'none' })).toThrow(/Latin-1/);
  });
});
