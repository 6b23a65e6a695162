import { createHash } from 'node:crypto';
import type { TextFormat } from '../protocol/changes.ts';
import { UserError } from '../protocol/user-error.ts';

export interface DecodedText {
  /** Without the byte order mark. */
  text: string;
  format: TextFormat;
}

const MARKS = { utf8bom: [0xef, 0xbb, 0xbf], utf16le: [0xff, 0xfe], utf16be: [0xfe, 0xff] } as const;

/**
 * Bytes → text that `encodeText` turns back into the same bytes: UTF-8, with or without a mark, UTF-16 by its
 * mark, and Latin-1 (each byte the character of its value) for everything else.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const text = decodeMarked(bytes) ?? decodeUtf8(bytes, 'utf8') ?? latin1(bytes);
  return { text: text.text, format: { encoding: text.encoding, eol: eolOf(text.text) } };
}

type Decoded = { text: string; encoding: TextFormat['encoding'] };

function decodeMarked(bytes: Uint8Array): Decoded | undefined {
  for (const encoding of ['utf8bom', 'utf16le', 'utf16be'] as const) {
    const mark = MARKS[encoding];
    if (!mark.every((byte, i) => bytes[i] === byte)) continue;
    const body = bytes.subarray(mark.length);
    return encoding === 'utf8bom' ? decodeUtf8(body, encoding) : decodeUtf16(body, encoding);
  }
  return undefined;
}

function decodeUtf8(bytes: Uint8Array, encoding: 'utf8' | 'utf8bom'): Decoded | undefined {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), encoding };
  } catch {
    return undefined;
  }
}

function decodeUtf16(body: Uint8Array, encoding: 'utf16le' | 'utf16be'): Decoded | undefined {
  if (body.length % 2 !== 0) return undefined;
  const units = Buffer.from(body);
  if (encoding === 'utf16be') units.swap16();
  return { text: units.toString('utf16le'), encoding };
}

function latin1(bytes: Uint8Array): Decoded {
  return { text: Buffer.from(bytes).toString('latin1'), encoding: 'latin1' };
}

/** Text → bytes in a file's own format. Characters that Latin-1 lacks are refused, never replaced. */
export function encodeText(text: string, { encoding }: TextFormat): Uint8Array {
  switch (encoding) {
    case 'utf8':
      return Buffer.from(text, 'utf8');
    case 'utf8bom':
      return Buffer.concat([Buffer.from(MARKS.utf8bom), Buffer.from(text, 'utf8')]);
    case 'utf16le':
      return Buffer.concat([Buffer.from(MARKS.utf16le), Buffer.from(text, 'utf16le')]);
    case 'utf16be':
      return Buffer.concat([Buffer.from(MARKS.utf16be), Buffer.from(text, 'utf16le').swap16()]);
    case 'latin1': {
      const foreign = /[^\0-\u00ff]/u.exec(text)?.[0];
      if (foreign !== undefined)
        throw new UserError(
          'badInput',
          `"${foreign}" cannot be written in a Latin-1 file; save the file as UTF-8 first`,
        );
      return Buffer.from(text, 'latin1');
    }
  }
}

/** SHA-256 (hex) of bytes: what a patch remembers of the file it was made against. */
export function contentHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The hash of a text's bytes in a format; undefined where the format cannot spell it. */
export function hashIn(text: string, format: TextFormat): string | undefined {
  try {
    return contentHash(encodeText(text, format));
  } catch {
    return undefined;
  }
}

function eolOf(text: string): TextFormat['eol'] {
  const crlf = text.includes('\r\n');
  const lf = /(?<!\r)\n/.test(text);
  const cr = /\r(?!\n)/.test(text);
  if (cr || (crlf && lf)) return 'mixed';
  return crlf ? 'crlf' : lf ? 'lf' : 'none';
}
