import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createShadow } from './shadow.ts';

let outer: string;
let root: string;
beforeEach(async () => {
  outer = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'weft-')));
  root = path.join(outer, 'a spaced ü');
  await fs.mkdir(path.join(root, 'src'), { recursive: true });
  await fs.writeFile(path.join(root, 'src/a.txt'), 'original');
});
afterEach(() => fs.rm(outer, { recursive: true, force: true }));

const read = (...parts: string[]) => fs.readFile(path.join(...parts), 'utf8');

describe('a shadow', () => {
  it('keeps writes in place away from the file of the user', async () => {
    const shadow = await createShadow(root);
    const handle = await fs.open(path.join(shadow.dir, 'src/a.txt'), 'r+');
    await handle.write('CHANGED!');
    await handle.close();
    expect(await read(root, 'src/a.txt')).toBe('original');
    await shadow.restore('src/a.txt');
    expect(await read(shadow.dir, 'src/a.txt')).toBe('original');
    await shadow.dispose();
    await expect(fs.stat(shadow.dir)).rejects.toThrow('ENOENT');
  });

  it('turns links that point into the workspace towards the copy, cycles too', async () => {
    await fs.symlink(path.join(root, 'src/a.txt'), path.join(root, 'link.txt'));
    await fs.symlink(root, path.join(root, 'src/cycle'));
    const shadow = await createShadow(root);
    await fs.writeFile(path.join(shadow.dir, 'link.txt'), 'through the link');
    expect(await read(root, 'src/a.txt')).toBe('original');
    expect(await fs.realpath(path.join(shadow.dir, 'src/cycle'))).toBe(shadow.dir);
    await shadow.dispose();
  });

  it('sees node_modules of the root and above, and refuses to write through them', async () => {
    await fs.mkdir(path.join(root, 'node_modules'));
    await fs.mkdir(path.join(outer, 'node_modules'));
    const shadow = await createShadow(root);
    expect(await fs.realpath(path.join(shadow.dir, '../node_modules'))).toBe(
      path.join(outer, 'node_modules'),
    );
    await expect(shadow.write('node_modules/x.js', Buffer.from(''))).rejects.toThrow('linked');
    await expect(shadow.write('../x.js', Buffer.from(''))).rejects.toThrow('outside');
    await shadow.dispose();
  });

  it('removes what a dead process left', async () => {
    const stale = path.join(os.tmpdir(), 'weft-shadow-999999999-x');
    await fs.mkdir(stale);
    await (await createShadow(root)).dispose();
    await expect(fs.stat(stale)).rejects.toThrow('ENOENT');
  });
});
