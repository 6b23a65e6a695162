import * as fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AcceptedHunks, FileChange } from '../protocol/changes.ts';
import { UserError } from '../protocol/user-error.ts';
import { diffToHunks } from './diff.ts';
import { realDisk, type Disk } from './disk.ts';
import { History } from './history.ts';
import { recoverTransaction } from './journal.ts';
import { contentHash, decodeText } from './text.ts';
import { writeChanges } from './transaction.ts';

let folder: string;
let root: string;
let stateFolder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'weft-'));
  root = path.join(folder, 'root');
  stateFolder = path.join(folder, 'state');
  fs.mkdirSync(root);
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (file: string) => path.join(root, file);

/** Writes `before` to the disk and makes the change that turns its text into `next`. */
function change(file: string, before: string | Uint8Array, next: string): FileChange {
  const bytes = Buffer.from(before);
  fs.mkdirSync(path.dirname(at(file)), { recursive: true });
  fs.writeFileSync(at(file), bytes);
  const { text, format } = decodeText(bytes);
  return { file, baseHash: contentHash(bytes), format, hunks: diffToHunks(text, next) };
}

const all = (changes: readonly FileChange[]): AcceptedHunks =>
  changes.map(({ file, hunks }) => ({ file, hunkIds: hunks.map((hunk) => hunk.id) }));

const write = (changes: readonly FileChange[], accepted = all(changes), disk?: Disk) =>
  writeChanges(root, changes, accepted, { stateFolder, runId: 'r1', disk });

/** Every file below `base` with its bytes and mode; links are not followed. */
function tree(base: string, folder = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of fs.readdirSync(path.join(base, folder), { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    const file = path.join(base, name);
    if (entry.isDirectory()) Object.assign(found, tree(base, name));
    else if (entry.isSymbolicLink()) found[name] = `→ ${fs.readlinkSync(file)}`;
    else if (entry.isFile())
      found[name] = `${fs.lstatSync(file).mode.toString(8)} ${fs.readFileSync(file).toString('hex')}`;
  }
  return found;
}

function expectRefused(act: () => unknown, message: RegExp, reason: UserError['reason'] = 'badInput'): void {
  const before = tree(folder);
  let thrown: unknown;
  try {
    act();
  } catch (error) {
    thrown = error;
  }
  expect(UserError.is(thrown, reason)).toBe(true);
  expect(String(thrown)).toMatch(message);
  expect(tree(folder)).toEqual(before);
}

const utf16le = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const utf16be = (text: string) =>
  Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]);

describe('writeChanges', () => {
  it.each([
    ['CRLF', Buffer.from('a\r\nb\r\nc\r\n'), 'a\r\nB\r\nc\r\n', Buffer.from('a\r\nB\r\nc\r\n')],
    ['mixed line endings', Buffer.from('a\r\nb\nc\rd'), 'a\r\nB\nc\rd', Buffer.from('a\r\nB\nc\rd')],
    ['a UTF-8 mark', Buffer.from('\ufeffa\nb\n'), 'a\nB\n', Buffer.from('\ufeffa\nB\n')],
    ['UTF-16 LE', utf16le('é\nb\n'), 'é\n→\n', utf16le('é\n→\n')],
    ['UTF-16 BE', utf16be('é\nb\n'), 'é\n→\n', utf16be('é\n→\n')],
    ['Latin-1', Buffer.from('é\nb\n', 'latin1'), 'é\nü\n', Buffer.from('é\nü\n', 'latin1')],
    ['no final newline', Buffer.from('a\nb'), 'A\nb', Buffer.from('A\nb')],
    ['an empty file', Buffer.from(''), 'a\n', Buffer.from('a\n')],
  ])('keeps %s', (_, before, next, after) => {
    expect(write([change('f', before, next)])).toEqual({ files: ['f'] });
    expect(fs.readFileSync(at('f'))).toEqual(after);
  });

  it('keeps every byte outside the hunk, whatever the bytes are', () => {
    const bytes = fc.uint8Array({ maxLength: 40 }).map((b) => Buffer.from(b.filter((x) => x < 10 || x > 13)));
    fc.assert(
      fc.property(bytes, bytes, (head, tail) => {
        fs.rmSync(stateFolder, { recursive: true, force: true });
        const around = (middle: string) =>
          Buffer.concat([Buffer.from('#\n'), head, Buffer.from(middle), tail]);
        const { text } = decodeText(around('\nold\n'));
        write([change('f', around('\nold\n'), text.replace('\nold\n', '\nnew\n'))]);
        expect(fs.readFileSync(at('f'))).toEqual(around('\nnew\n'));
      }),
      { numRuns: 50 },
    );
  });

  it('applies the accepted hunks only, and leaves files without any alone', () => {
    const changes = [change('one', 'a\nb\nc\n', 'A\nb\nC\n'), change('two', 'a\n', 'b\n')];
    expect(write(changes, [{ file: 'one', hunkIds: ['h2'] }])).toEqual({ files: ['one'] });
    expect(fs.readFileSync(at('one'), 'utf8')).toBe('a\nb\nC\n');
    expect(fs.readFileSync(at('two'), 'utf8')).toBe('a\n');
  });

  it('writes nothing at all when nothing is accepted', () => {
    expect(write([change('f', 'a\n', 'b\n')], [])).toEqual({ files: [] });
    expect(fs.existsSync(stateFolder)).toBe(false);
  });

  it.each([0o755, 0o600, 0o444])('keeps the mode %o', (mode) => {
    const changes = [change('run.sh', 'a\n', 'b\n')];
    fs.chmodSync(at('run.sh'), mode);
    write(changes);
    expect(fs.statSync(at('run.sh')).mode & 0o7777).toBe(mode);
    expect(fs.readFileSync(at('run.sh'), 'utf8')).toBe('b\n');
  });

  it('writes through a symbolic link inside the root and keeps the link', () => {
    const real = change('lib/real', 'a\n', 'b\n');
    fs.symlinkSync('lib/real', at('link'));
    write([{ ...real, file: 'link' }]);
    expect(tree(root)).toEqual({
      link: '→ lib/real',
      'lib/real': `100644 ${Buffer.from('b\n').toString('hex')}`,
    });
  });

  it('saves the originals with a manifest before the first file changes', () => {
    const changes = [change('one', 'a\n', 'b\n'), change('d/two', 'c\n', 'd\n')];
    const before = tree(root);
    let renames = 0;
    const rename: Disk['rename'] = (from, to) => {
      if (renames++ === 0) {
        const history = new History(stateFolder);
        const step = history.step(1);
        expect(step?.files.map((f) => f.file)).toEqual(['one', 'd/two']);
        for (const { file, before: kept } of step?.files ?? []) {
          const saved = history.bytes(1, kept ?? { saved: '' });
          expect(before[file]).toContain(` ${Buffer.from(saved).toString('hex')}`);
          expect(contentHash(saved)).toBe(kept?.hash);
        }
      }
      realDisk.rename(from, to);
    };
    write(changes, all(changes), { ...realDisk, rename });
    expect(renames).toBe(2);
  });

  it('keeps each patch as a step of its own', () => {
    write([change('f', 'a\n', 'b\n')]);
    write([change('f', 'b\n', 'c\n')]);
    const history = new History(stateFolder);
    const hashes = history.steps().map(({ files }) => [files[0]?.before?.hash, files[0]?.after?.hash]);
    const [a, b, c] = ['a\n', 'b\n', 'c\n'].map((text) => contentHash(Buffer.from(text)));
    expect(hashes).toEqual([
      [a, b],
      [b, c],
    ]);
  });
});

describe('writeChanges refuses', () => {
  it('a file that changed since, and then writes none', () => {
    const changes = [change('one', 'a\n', 'b\n'), change('two', 'a\n', 'b\n')];
    fs.writeFileSync(at('two'), 'a \n');
    expectRefused(() => write(changes), /two changed since/);
    expectRefused(() => write(changes, [{ file: 'one', hunkIds: ['h1'] }]), /two changed since/);
  });

  it('a file that changes while the others are being written', () => {
    const changes = [change('one', 'a\n', 'b\n'), change('two', 'a\n', 'b\n')];
    const rename: Disk['rename'] = (from, to) => {
      realDisk.rename(from, to);
      if (path.basename(to) === 'one') fs.writeFileSync(at('two'), 'typed\n');
    };
    expect(() => write(changes, all(changes), { ...realDisk, rename })).toThrow(/two changed since/);
    expect(fs.readFileSync(at('one'), 'utf8')).toBe('a\n');
    expect(fs.readFileSync(at('two'), 'utf8')).toBe('typed\n');
    expect(fs.readdirSync(root).sort()).toEqual(['one', 'two']);
  });

  it('paths that leave the root, by name or through links', () => {
    const base = change('in', 'a\n', 'b\n');
    fs.writeFileSync(path.join(folder, 'out'), 'a\n');
    fs.symlinkSync('../out', at('link'));
    fs.symlinkSync('..', at('up'));
    for (const file of ['../out', path.join(folder, 'out'), 'link', 'up/out', '', '.'])
      expectRefused(() => write([{ ...base, file }]), /outside the workspace/);
  });

  it('missing files, folders and the data of git', () => {
    const base = change('.git/hooks/pre-commit', 'a\n', 'b\n');
    expectRefused(() => write([base]), /git's own data/);
    expectRefused(() => write([{ ...base, file: 'gone' }]), /gone cannot be found/);
    fs.mkdirSync(at('d'));
    expectRefused(() => write([{ ...base, file: 'd' }]), /d is not a file/);
  });

  it('one file under two names', () => {
    const base = change('f', 'a\n', 'b\n');
    fs.symlinkSync('f', at('link'));
    expectRefused(() => write([base, { ...base, file: 'link' }]), /twice/);
  });

  it('hunks that are unknown or do not fit', () => {
    const base = change('f', 'a\nb\n', 'A\nb\n');
    expectRefused(() => write([base], [{ file: 'f', hunkIds: ['h9'] }]), /no such hunk/);
    expectRefused(() => write([base], [{ file: 'g', hunkIds: ['h1'] }]), /g is not part/);
    const moved = { ...base, hunks: base.hunks.map((hunk) => ({ ...hunk, startLine: 1 })) };
    expectRefused(() => write([moved]), /does not fit/);
  });

  it('text that the encoding of the file cannot hold', () => {
    const latin1 = change('l', Buffer.from('é\n', 'latin1'), 'é→\n');
    expectRefused(() => write([latin1]), /l: "→" cannot be written in a Latin-1 file/);
    const surrogate = change('u', 'a\n', '\ud800\n');
    expectRefused(() => write([surrogate]), /u would read differently/);
  });
});

/** A disk whose `n`th action, and the `more` after it, fail half-way. */
function failingDisk(n: number, more = 0): { disk: Disk; actions: () => number } {
  let count = 0;
  const act = (what: () => void) => {
    count += 1;
    if (count > n && count <= n + more + 1) throw new Error('not allowed');
    what();
  };
  return {
    actions: () => count,
    disk: {
      create(file, bytes, mode) {
        let fails = true;
        try {
          act(() => (fails = false));
        } finally {
          realDisk.create(file, fails ? bytes.subarray(0, 1) : bytes, mode);
        }
      },
      link: (from, to) => act(() => realDisk.link(from, to)),
      rename: (from, to) => act(() => realDisk.rename(from, to)),
      remove: (file) => act(() => realDisk.remove(file)),
      makeFolder: (at) => act(() => realDisk.makeFolder(at)),
      removeFolder: (at) => act(() => realDisk.removeFolder(at)),
    },
  };
}

describe('writeChanges when the disk fails', () => {
  const three = () => ['one', 'd/two', 'three'].map((file) => change(file, 'a\r\nb', 'A\r\nb'));
  const history = () => new History(stateFolder);

  it('changes all files or none, whichever action fails', () => {
    const { disk: counted, actions } = failingDisk(Infinity);
    const dryRun = three();
    write(dryRun, all(dryRun), counted);
    const after = tree(root);
    // A journal with a name aside, two sides of each file and a manifest, two names beside each file; and the end.
    expect(actions()).toBe(4 + 7 + 3 * 2 + 3 + 7);

    let undone = 0;
    for (let n = 0; n < actions(); n++) {
      fs.rmSync(stateFolder, { recursive: true, force: true });
      const changes = three();
      const before = tree(root);
      let failed = false;
      try {
        write(changes, all(changes), failingDisk(n).disk);
      } catch (error) {
        failed = true;
        expect(UserError.is(error, 'notAchieved')).toBe(true);
        expect(history().steps()).toEqual([]);
        expect(tree(root)).toEqual(before);
      }
      // What could not be taken away at the end is at the next start.
      recoverTransaction(stateFolder);
      expect(tree(root)).toEqual(failed ? before : after);
      expect(fs.readdirSync(stateFolder).filter((name) => name !== 'history')).toEqual([]);
      if (failed) undone++;
    }
    // The links have a second way, and what is only taken away has time.
    expect(undone).toBe(actions() - 4 - 9);
  });

  it('says which files could not be put back, keeps their originals, and puts them back at the next start', () => {
    const changes = three();
    const before = tree(root);
    expect(() => write(changes, all(changes), failingDisk(18, Infinity).disk)).toThrow(
      /^one changed and could not be put back .*originals are in/,
    );
    expect(fs.readFileSync(path.join(history().folderOf(1), '0.before'), 'utf8')).toBe('a\r\nb');
    expect(fs.readFileSync(at('one'), 'utf8')).toBe('A\r\nb');
    expect(recoverTransaction(stateFolder)).toMatchObject({ outcome: 'takenBack', putBack: ['one'] });
    expect(tree(root)).toEqual(before);
  });
});
