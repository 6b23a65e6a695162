import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discover } from './discover.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'weft-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (file: string, text = '') => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};
function found() {
  const { files, skipped } = discover(root, (file) => file.endsWith('.ts'));
  return {
    files: files.map(({ file }) => file),
    skipped: Object.fromEntries(skipped.map(({ file, reason }) => [file, reason])),
  };
}

describe('discover', () => {
  it('follows the ignore files, nested ones too, and never enters installed packages', () => {
    for (const file of [
      'a.ts',
      'b.js',
      'out/c.ts',
      'p/gen/d.ts',
      'p/e.ts',
      'node_modules/x/f.ts',
      '.git/g.ts',
    ])
      write(file);
    write('.gitignore', 'out/\n*.gen.ts\n');
    write('p/.gitignore', '/gen\n!keep.gen.ts\n');
    write('p/keep.gen.ts');
    write('q.gen.ts');
    expect(found()).toEqual({ files: ['a.ts', 'p/e.ts', 'p/keep.gen.ts'], skipped: {} });
  });

  it('lists what it leaves out, each with its reason', () => {
    write('ok.ts');
    write('large.ts');
    truncateSync(path.join(root, 'large.ts'), 2 * 1024 * 1024 + 1);
    symlinkSync('nowhere', path.join(root, 'broken.ts'));
    symlinkSync('/etc/passwd', path.join(root, 'outside.ts'));
    symlinkSync('ok.ts', path.join(root, 'inside.ts'));
    mkdirSync(path.join(root, 'folder.ts'));
    symlinkSync('.', path.join(root, 'cycle.ts'));
    expect(found()).toEqual({
      files: ['inside.ts', 'ok.ts'],
      skipped: {
        'broken.ts': 'cannot be read (ENOENT)',
        'large.ts': 'larger than 2 MB (2.0 MB)',
        'outside.ts': 'a link to a place outside the workspace',
      },
    });
  });

  it.runIf(process.platform === 'linux')('waits for no pipe, and says which name is no text', () => {
    spawnSync(
      'mkfifo',
      ['a.ts', '.gitignore'].map((name) => path.join(root, name)),
    );
    write('ok.ts');
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff]), Buffer.from('.ts')]), '');
    expect(found()).toEqual({
      files: ['ok.ts'],
      skipped: { 'a.ts': 'neither a file nor a folder', '\ufffd.ts': 'its name is not valid UTF-8' },
    });
  });
});
