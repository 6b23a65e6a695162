import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyHunks, splitLines } from '../protocol/changes.ts';
import { diffToHunks, unifiedPatch } from './diff.ts';

const line = fc.constantFrom('', 'a', 'b', '  c', 'é', '-- d', '++ e', '@@ f', '\\ g', ' ');
const ending = fc.constantFrom('\n', '\n', '\r\n', '\r');
const text = fc
  .tuple(
    fc.array(
      fc.tuple(line, ending).map((parts) => parts.join('')),
      { maxLength: 30 },
    ),
    line,
  )
  .map(([lines, last]) => lines.join('') + last);

/** A text and the same text with a few lines replaced: what edits look like. */
const edited = fc
  .tuple(text, fc.array(fc.tuple(fc.nat(30), fc.nat(2), fc.array(line, { maxLength: 2 })), { maxLength: 4 }))
  .map(([base, edits]) => {
    const lines = splitLines(base);
    for (const [at, removed, added] of edits) lines.splice(at, removed, ...added.map((l) => `${l}\n`));
    return { base, next: lines.join('') };
  });
const pair = fc.oneof(edited, fc.record({ base: text, next: text }));

describe('diffToHunks', () => {
  it('keeps line endings and gives changes with a line between them to own hunks', () => {
    expect(diffToHunks('a\r\nb\nc\r\n', 'A\r\nb\nc')).toEqual([
      { id: 'h1', startLine: 0, oldLines: ['a\r\n'], newLines: ['A\r\n'], decision: 'pending' },
      { id: 'h2', startLine: 2, oldLines: ['c\r\n'], newLines: ['c'], decision: 'pending' },
    ]);
  });

  it('makes one hunk of adjacent changes and none of equal texts', () => {
    expect(diffToHunks('a\nb\n', 'x\ny\nz\n')).toHaveLength(1);
    expect(diffToHunks('a\n', 'a\n')).toEqual([]);
  });

  it('makes hunks that applied give the next text, with an unchanged line between each two', () => {
    fc.assert(
      fc.property(pair, ({ base, next }) => {
        const hunks = diffToHunks(base, next);
        expect(applyHunks(base, hunks)).toBe(next);
        hunks.forEach((hunk, i) => {
          const before = hunks[i - 1];
          expect(hunk.oldLines).toEqual(
            splitLines(base).slice(hunk.startLine, hunk.startLine + hunk.oldLines.length),
          );
          if (before) expect(hunk.startLine).toBeGreaterThan(before.startLine + before.oldLines.length);
        });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('unifiedPatch', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'weft-'));
    execFileSync('git', ['init', '-q', folder]);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function expectGitToApply(files: { file: string; base: string; next: string }[]): void {
    for (const { file, base } of files) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), base);
    }
    const patch = unifiedPatch(files);
    if (patch !== '')
      execFileSync('git', ['-c', 'core.autocrlf=false', 'apply', '--whitespace=nowarn'], {
        cwd: folder,
        input: patch,
        stdio: ['pipe', 'pipe', 'pipe'],
      });
    for (const { file, next } of files) expect(readFileSync(path.join(folder, file), 'utf8')).toBe(next);
  }

  it('is empty when nothing changed', () => {
    expect(unifiedPatch([{ file: 'a', base: 'x', next: 'x' }])).toBe('');
  });

  it('writes what git diff writes', () => {
    expect(unifiedPatch([{ file: 'é x', base: 'a\r\nb', next: 'a\r\nc\n' }])).toBe(
      [
        'diff --git "a/\\303\\251 x" "b/\\303\\251 x"',
        '--- "a/\\303\\251 x"\t',
        '+++ "b/\\303\\251 x"\t',
        '@@ -1,2 +1,2 @@',
        ' a\r',
        '-b',
        '\\ No newline at end of file',
        '+c',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [6, 1],
    [7, 2],
  ])('puts changes %i lines apart into %i sections', (between, sections) => {
    const same = 'same\n'.repeat(between);
    const files = [{ file: 'f', base: `a\n${same}b\n`, next: `A\n${same}B\n` }];
    expect(unifiedPatch(files).match(/^@@ /gm)).toHaveLength(sections);
    expectGitToApply(files);
  });

  it.each(['plain.ts', 'with space.ts', 'dir/é.ts', 'q"uote\\.ts', 'tab\there.ts', 'a b/日本 語.ts'])(
    'names %j as git does',
    (file) => expectGitToApply([{ file, base: 'a\nb\n', next: 'a\nc\n' }]),
  );

  it('is applied by git whatever the texts, several files at once', () => {
    fc.assert(
      fc.property(pair, pair, (one, two) => {
        expectGitToApply([
          { file: 'one.txt', ...one },
          { file: 'in dir/två.txt', ...two },
        ]);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
