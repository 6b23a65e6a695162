import { createHash } from 'node:crypto';
import type { Encoding } from '../../server/protocol/changes.ts';

const MARKS: Record<Encoding, readonly number[]> = {
  utf8: [],
  utf8bom: [0xef, 0xbb, 0xbf],
  utf16le: [0xff, 0xfe],
  utf16be: [0xfe, 0xff],
  latin1: [],
};

/** Bytes → text without the byte order mark, in the encoding that a change was made with. */
export function decode(bytes: Uint8Array, encoding: Encoding): string {
  const body = Buffer.from(bytes.subarray(MARKS[encoding].length));
  if (encoding === 'utf16be') return body.swap16().toString('utf16le');
  return body.toString(nodeEncoding(encoding));
}

export function encode(text: string, encoding: Encoding): Uint8Array {
  const body = Buffer.from(text, nodeEncoding(encoding));
  if (encoding === 'utf16be') body.swap16();
  return Buffer.concat([Buffer.from(MARKS[encoding]), body]);
}

/** SHA-256 (hex), as in `FileChange.baseHash`. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function nodeEncoding(encoding: Encoding): BufferEncoding {
  if (encoding === 'latin1') return 'latin1';
  return encoding === 'utf16le' || encoding === 'utf16be' ? 'utf16le' : 'utf8';
}
