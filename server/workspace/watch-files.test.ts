import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { watchFiles } from './watch-files.ts';

it('tells of changes, and asks for a look at all files where it has been quiet', async () => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'weft-watched-'));
  const stop = new AbortController();
  try {
    const batches = watchFiles(root, stop.signal, 100);
    expect((await batches.next()).value).toEqual([]);
    expect((await batches.next()).value).toEqual([]);
    writeFileSync(path.join(root, 'a.ts'), '');
    let told: string[] = [];
    while (told.length === 0) told = (await batches.next()).value as string[];
    expect(told).toEqual(['a.ts']);
    stop.abort();
    while (!(await batches.next()).done);
  } finally {
    stop.abort();
    rmSync(root, { recursive: true, force: true });
  }
});
