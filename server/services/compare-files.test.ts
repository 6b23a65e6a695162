import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stampOf, type FileStamp } from '../workspace/file-stamp.ts';
import { compareFiles } from './compare-files.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'weft-'));
  writeFileSync(path.join(root, 'a.ts'), 'now');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const stat = () => statSync(path.join(root, 'a.ts'));
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
/** What comes of a look at the file where another one, of those contents, was known before. */
function look(before: FileStamp, contents: string, now = stampOf(stat(), Date.now() + 60_000)) {
  const known = new Map([['a.ts', { ...before, hash: hash(contents) }]]);
  const { changed, next, restamped } = compareFiles(root, [{ file: 'a.ts', ...now }], known);
  return { changed: changed.length, next: next.get('a.ts'), restamped };
}

it('does not read a file whose stat has been equal for long', () => {
  expect(look(stampOf(stat(), Date.now() + 60_000), 'old')).toMatchObject({ changed: 0, restamped: [] });
});

it('looks into a file that was changed just before it was seen: the same times may be of a later change', () => {
  const young = stampOf(stat(), stat().ctimeMs);
  expect(young.isFresh).toBe(true);
  expect(look(young, 'old')).toMatchObject({ changed: 1, restamped: [] });
  const same = look(young, 'now');
  expect(same).toMatchObject({ changed: 0, restamped: ['a.ts'] });
  expect(same.next).not.toHaveProperty('isFresh');
});

it('takes a change in the future, as after a clock was set back, for one just before', () => {
  expect(stampOf(stat(), stat().ctimeMs - 86_400_000).isFresh).toBe(true);
});

it('goes by whole seconds where a disk has no finer times', () => {
  const coarse = { size: 3, mtimeMs: 5_000, ctimeMs: 5_000 };
  expect(stampOf(coarse, 6_500).isFresh).toBe(true);
  expect(stampOf(coarse, 7_500).isFresh).toBeUndefined();
  expect(stampOf({ ...coarse, ctimeMs: 5_000.25 }, 6_500).isFresh).toBeUndefined();
});

it('reads what has another size or had none that could be read', () => {
  const now = stampOf(stat(), Date.now() + 60_000);
  expect(look({ ...now, size: 4 }, 'now').changed).toBe(1);
  const unread = compareFiles(root, [{ file: 'a.ts', ...now }], new Map([['a.ts', { ...now, hash: '' }]]));
  expect(unread.changed).toHaveLength(1);
});
