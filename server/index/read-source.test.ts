import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readSource } from './read-source.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'weft-encodings-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

async function factsOf(bytes: Uint8Array) {
  writeFileSync(path.join(root, 'shop.ts'), bytes);
  const read = await readSource(root, 'shop.ts');
  return 'facts' in read ? read.facts : read.skipped;
}

const text = "const café = 'é'; function total() {}\nfunction prix() { total(); }\n";

it('says the same of a file whatever its encoding', async () => {
  const plain = await factsOf(Buffer.from(text));
  expect(plain).toMatchObject({ lines: 2, hasSyntaxErrors: false });
  expect(await factsOf(Buffer.from(`\ufeff${text}`))).toEqual(plain);
  expect(await factsOf(Buffer.from(text, 'latin1'))).toEqual(plain);
  expect(await factsOf(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual(plain);
  expect(await factsOf(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())).toEqual(plain);
});

it('reads a file of several encodings and of lone halves of characters', async () => {
  const mixed = Buffer.concat([Buffer.from('// é in UTF-8, '), Buffer.from([0xe9, 0x0a]), Buffer.from(text)]);
  expect(await factsOf(mixed)).toMatchObject({ lines: 3, hasSyntaxErrors: false });
  const half = Buffer.from(`\ufeffconst a = '\ud83d';\n${text}`, 'utf16le');
  expect(await factsOf(half)).toMatchObject({ lines: 3, hasSyntaxErrors: false });
});
