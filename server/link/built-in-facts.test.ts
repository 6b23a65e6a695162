import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'weft-built-ins-')), 'built-ins');
  vi.resetModules();
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

/** As a process that was just started does it. */
async function factsOf(text: string, keptIn?: string) {
  vi.resetModules();
  const { builtInFacts } = await import('./built-in-facts.ts');
  const facts = await builtInFacts([{ file: 'built-in.py', text }], keptIn);
  return facts.get('built-in.py')?.strings.includes('added');
}

it('keeps facts for the next process until the declarations change', async () => {
  expect(await factsOf('class a: ...', folder)).toBe(false);
  const [file] = readdirSync(folder);
  const at = path.join(folder, file!);
  utimesSync(at, 1, 1);
  expect(await factsOf('class a: ...', folder)).toBe(false);
  expect(statSync(at).mtimeMs).toBe(1000);
  expect(await factsOf('class a: ...\nclass added: ...', folder)).toBe(true);
  expect(await factsOf('class a: ...\nclass added: ...', folder)).toBe(true);
});

it('goes on where nothing can be kept, or what was kept is damaged', async () => {
  expect(await factsOf('class added: ...', '/dev/null/built-ins')).toBe(true);
  await factsOf('class added: ...', folder);
  writeFileSync(path.join(folder, readdirSync(folder)[0]!), 'damaged');
  expect(await factsOf('class added: ...', folder)).toBe(true);
});
