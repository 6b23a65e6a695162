import { expect, it } from 'vitest';
import { ENCODINGS } from '../../server/protocol/changes.ts';
import { decode, encode, hashOf } from './file-bytes.ts';

it.each(ENCODINGS)('gives back the bytes of a %s file', (encoding) => {
  const bytes = encode('é = 1\r\n', encoding);
  expect(decode(bytes, encoding)).toBe('é = 1\r\n');
  expect(Buffer.from(encode(decode(bytes, encoding), encoding))).toEqual(Buffer.from(bytes));
});

it('writes marks where the encoding has one', () => {
  expect([...encode('a', 'utf8bom')]).toEqual([0xef, 0xbb, 0xbf, 0x61]);
  expect([...encode('a', 'utf16be')]).toEqual([0xfe, 0xff, 0x00, 0x61]);
});

it('hashes as the protocol says', () => {
  expect(hashOf(Buffer.from('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
