import { execFile, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createShadow, whyCopiesAlone, type Shadow } from './shadow.ts';

const isMountable = (await whyCopiesAlone()) === undefined;
if (!isMountable && process.env.WEFT_REQUIRE === 'all') throw new Error('no mount namespaces here');
if (!isMountable) console.warn('skipped: shadows in a mount namespace; this machine allows none');

let outer: string;
let root: string;
let shadow: Shadow | undefined;
beforeEach(async () => {
  outer = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'weft-')));
  root = path.join(outer, 'a spaced, ü:x');
  await write(root, 'src/a.txt', 'original');
});
afterEach(async () => {
  await shadow?.dispose();
  shadow = undefined;
  await fs.rm(outer, { recursive: true, force: true });
});

async function write(folder: string, file: string, text: string) {
  await fs.mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await fs.writeFile(path.join(folder, file), text);
}
const read = (...parts: string[]) => fs.readFile(path.join(...parts), 'utf8');
const open = async (copyOnly: boolean) => (shadow = await createShadow(root, { copyOnly }));

/** Runs a line of shell in the shadow. */
async function run(line: string, cwd = shadow?.dir ?? '') {
  const [program = '', ...args] = shadow?.command(['/bin/sh', '-ec', line, 'sh', root]) ?? [];
  return (await promisify(execFile)(program, args, { cwd })).stdout.trim();
}

/** Every file below a folder with its bytes, links as what they lead to. */
async function filesOf(folder: string) {
  const found: Record<string, string> = {};
  for (const entry of await fs.readdir(folder, { withFileTypes: true, recursive: true })) {
    const at = path.join(entry.parentPath, entry.name);
    if (entry.isFile()) found[path.relative(folder, at)] = await read(at);
    if (entry.isSymbolicLink()) found[path.relative(folder, at)] = await fs.readlink(at);
  }
  return found;
}

const KINDS = [
  { kind: 'in a mount namespace', copyOnly: false },
  { kind: 'by copies alone', copyOnly: true },
].filter(({ copyOnly }) => copyOnly || isMountable);

describe.each(KINDS)('a shadow $kind', ({ copyOnly }) => {
  it('keeps what commands do to every kind of file away from the user, and puts it back', async () => {
    await write(root, 'node_modules/dep/index.js', 'dependency');
    await write(root, '.venv/lib/x.py', 'installed');
    await write(root, 'src/deep/b.txt', 'b');
    await write(root, 'gone.txt', 'gone');
    await write(outer, 'node_modules/above/index.js', 'above');
    await write(outer, 'elsewhere/linked.txt', 'linked');
    await fs.symlink(path.join(outer, 'elsewhere/linked.txt'), path.join(root, 'linked.txt'));
    await fs.symlink(path.join(root, 'src/a.txt'), path.join(root, 'link.txt'));
    const before = await filesOf(outer);
    await open(copyOnly);
    expect(shadow?.copiedBecause).toBe(copyOnly ? 'a copy was asked for' : undefined);
    const look =
      'cat src/a.txt node_modules/dep/index.js .venv/lib/x.py ../node_modules/above/index.js linked.txt link.txt gone.txt; find . -type f | sort; ls "$TMPDIR"';
    const seen = await run(look);
    expect(seen.startsWith('originaldependencyinstalledabovelinkedoriginalgone')).toBe(true);
    await run(`
      for each in src/a.txt node_modules/dep/index.js .venv/lib/x.py ../node_modules/above/index.js linked.txt link.txt; do
        printf CHANGED > $each
      done
      touch -d '2001-01-01' src/a.txt
      mkdir -p node_modules/.cache/x made; echo new > node_modules/.cache/x/y; echo new > made/z; mkdir .git
      rm gone.txt; rm -r src/deep; mkdir -p src/deep/other; echo left > "$TMPDIR/left"; chmod 000 made
      echo new > node_modules/dep/new.js; rm .venv/lib/x.py
    `);
    expect(await filesOf(outer)).toEqual(before);
    expect(await shadow?.reset()).toBe(true);
    expect(await run(look)).toBe(seen);
  });

  it('writes candidates with a later time than anything compiled, and takes them back with the very bytes and time', async () => {
    const { mtimeMs } = await fs.stat(path.join(root, 'src/a.txt'));
    await open(copyOnly);
    await shadow?.write('src/a.txt', Buffer.from('candidate'));
    await shadow?.write('new/file.txt', Buffer.from('made'));
    expect(await run('cat src/a.txt new/file.txt')).toBe('candidatemade');
    const { mtimeMs: changedAt } = await fs.stat(path.join(shadow?.dir ?? '', 'src/a.txt'));
    expect(Math.floor(changedAt / 1000)).toBeGreaterThan(Math.floor(mtimeMs / 1000));
    // What the user types meanwhile is not what the other candidates are tried on.
    await fs.writeFile(path.join(root, 'src/a.txt'), 'half typ');
    expect(await shadow?.reset()).toBe(true);
    expect(await run('cat src/a.txt; ls')).toBe('originalsrc');
    expect((await fs.stat(path.join(shadow?.dir ?? '', 'src/a.txt'))).mtimeMs).toBeCloseTo(mtimeMs, -1);
    for (const bad of ['../x.js', '.', '/x'])
      await expect(shadow?.write(bad, Buffer.from(''))).rejects.toThrow('outside');
  });

  it('follows no link out of the workspace, turns those inside to the copy, and survives what cannot be read', async () => {
    await fs.symlink(path.join(root, 'src'), path.join(root, 'inside'));
    await fs.symlink(root, path.join(root, 'src/cycle'));
    await fs.symlink('nowhere', path.join(root, 'broken'));
    await write(outer, 'elsewhere/x.txt', 'x');
    await fs.symlink(path.join(outer, 'elsewhere'), path.join(root, 'out'));
    spawnSync('mkfifo', [path.join(root, 'fifo')]);
    await write(root, 'closed.txt', 'closed');
    await fs.chmod(path.join(root, 'closed.txt'), 0);
    const before = await read(outer, 'elsewhere/x.txt');
    await open(copyOnly);
    await run(
      'echo CHANGED > inside/a.txt; echo CHANGED > src/cycle/src/b.txt; echo CHANGED > out/x.txt || true',
    );
    expect(await fs.readdir(path.join(root, 'src'))).toEqual(['a.txt', 'cycle']);
    expect(await read(root, 'src/a.txt')).toBe('original');
    expect(await read(outer, 'elsewhere/x.txt')).toBe(before);
    await expect(shadow?.write('inside/x.js', Buffer.from(''))).rejects.toThrow('link');
    expect(await shadow?.reset()).toBe(true);
    expect(await run('cat inside/a.txt')).toBe('original');
  });

  it('changes files under a process that goes on running', async () => {
    await write(root, 'node_modules/dep/index.js', 'dependency');
    await open(copyOnly);
    const [program = '', ...args] =
      shadow?.command(['/bin/sh', '-c', 'while read -r line; do eval "$line"; echo "!"; done']) ?? [];
    const child = spawn(program, args, { cwd: shadow?.dir, stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdout.setEncoding('utf8');
    let said = '';
    child.stdout.on('data', (text: string) => (said += text));
    const ask = async (line: string) => {
      said = '';
      child.stdin.write(line + '\n');
      await expect.poll(() => said, { interval: 5, timeout: 10_000 }).toContain('!');
      return said.slice(0, said.indexOf('!'));
    };
    expect(await ask('cat src/a.txt; ls src')).toBe('originala.txt\n');
    shadow?.attach(child.pid ?? 0);
    for (const text of ['one', 'another']) {
      await shadow?.write('src/a.txt', Buffer.from(text));
      await shadow?.write('new/b.txt', Buffer.from(text));
      expect(
        await ask('cat src/a.txt new/b.txt; echo x > src/left; rm -r new; mkdir -p made/x; ls'),
      ).toContain(`${text}${text}made\n`);
      expect(await shadow?.reset()).toBe(true);
      expect(await ask('cat src/a.txt; ls src; ls')).toBe('originala.txt\nnode_modules\nsrc\n');
    }
    expect(await ask('echo CHANGED > node_modules/dep/index.js')).toBe('');
    expect(await shadow?.reset()).toBe(copyOnly);
    expect(await read(root, 'node_modules/dep/index.js')).toBe('dependency');
    child.kill('SIGKILL');
  });
});

describe.runIf(isMountable)('a shadow in a mount namespace', () => {
  it('stands in the place of the workspace: absolute paths and links between packages lead to the copy', async () => {
    await write(root, 'packages/p/index.js', 'p');
    await write(root, 'node_modules/.keep', '');
    await fs.symlink('../packages/p', path.join(root, 'node_modules/p'));
    await open(false);
    await shadow?.write('packages/p/index.js', Buffer.from('candidate'));
    expect(await run('cat node_modules/p/index.js "$1/packages/p/index.js"; echo > "$1/new"; ls new')).toBe(
      'candidatecandidatenew',
    );
    expect(await fs.readdir(root)).not.toContain('new');
  });

  it('keeps the rest of the repository and linked packages as they are', async () => {
    await write(outer, '.git/HEAD', 'ref');
    await write(outer, 'sibling/x.txt', 'sibling');
    const before = await filesOf(outer);
    await open(false);
    expect(await run('cat ../../../../nothing 2>/dev/null || cat "$1/../sibling/x.txt"')).toBe('sibling');
    await run('echo CHANGED > "$1/../sibling/x.txt"; rm -r "$1/../.git"');
    expect(await filesOf(outer)).toEqual(before);
    await shadow?.reset();
    expect(await run('cat "$1/../sibling/x.txt" "$1/../.git/HEAD"')).toBe('siblingref');
  });
});

it('can be made of a folder that is itself named node_modules', async () => {
  root = path.join(outer, 'node_modules');
  await write(root, 'a.txt', 'a');
  await open(false);
  expect(await run('cat a.txt')).toBe('a');
});

it('removes what a dead process left, closed folders too', async () => {
  const stale = path.join(os.tmpdir(), 'weft-shadow-999999999-x');
  await fs.mkdir(path.join(stale, 'closed/inner'), { recursive: true });
  await fs.chmod(path.join(stale, 'closed'), 0);
  await open(true);
  await expect(fs.stat(stale)).rejects.toThrow('ENOENT');
});
