import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IndexReport } from '../../server/protocol/graph.ts';
import { bytesIn, makePlace, type Place } from './support/place.ts';
import { startWeft } from './support/weft-server.ts';

/** Root reads and writes what it likes, unless it gives up that capability. */
const asOthers = (...without: string[]) =>
  process.getuid?.() === 0
    ? ['setpriv', '--inh-caps=-all', `--bounding-set=${without.map((name) => `-${name}`).join(',')}`]
    : [];
const OBEYING = asOthers('dac_override', 'dac_read_search');

let place: Place;
afterEach(() => place.dispose());

const write = (file: string, content: string | Uint8Array) => {
  mkdirSync(path.dirname(path.join(place.root, file)), { recursive: true });
  writeFileSync(path.join(place.root, file), content);
};

async function weft(args: string[], options: { wrapper?: string[]; env?: NodeJS.ProcessEnv } = {}) {
  const { status, stdout, stderr } = await startWeft(place, args, options).done;
  return { status, stdout, stderr };
}

async function index(wrapper: string[] = []): Promise<IndexReport> {
  const { status, stdout, stderr } = await weft(['index', place.root, '--json'], { wrapper });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as IndexReport;
}

async function names(): Promise<string[]> {
  const { stdout } = await weft(['export', place.root, '--nodes']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { label: string; name: string })
    .filter(({ label }) => label === 'Function')
    .map(({ name }) => name)
    .sort();
}

const lines = (text: string, width = 60) => text.match(new RegExp(`.{1,${width}}`, 'g'))?.join('\n') ?? '';
const nested = (open: string, close: string) => lines(open.repeat(20_000)) + lines(close.repeat(20_000));

describe.runIf(process.platform === 'linux')('a workspace of odd files', () => {
  beforeEach(() => {
    place = makePlace({});
  });

  it('is indexed for what can be read of it, and says what was left out', { timeout: 180_000 }, async () => {
    const files: Record<string, string | Uint8Array> = {
      'broken.ts': 'export function before() {}\nexport function broken( {\n  if (\n',
      'crlf.py': 'def crlf():\r\n    return 1\r\n',
      'bom.ts': '\ufeffexport function bom() {}',
      'utf16.ts': Buffer.from('\ufeffexport function utf16() {}', 'utf16le'),
      'latin.py': Buffer.from('# -*- coding: latin-1 -*-\ndef latin():\n    return "\xe9"\n', 'latin1'),
      'new\nline.ts': 'export function newline() {}',
      '-d "$`\';&ü.ts': 'export function odd() {}',
      'names.ts': 'export function __proto__() {}\nexport function 名前() {}\n__proto__();\n',
      'empty.ts': '',
      'square.ts': `export function square() {}\nlet x = ${nested('[', ']')};\n`,
      'round.py': `def round():\n    pass\nx = ${nested('(', ')')}\n`,
      'open.js': `function open() {}\n${lines('{'.repeat(20_000))}`,
      'long.py': 'x = 1\n'.repeat(30_000) + 'def long():\n    pass\n',
      'large.ts': '//\n'.repeat(700_000),
      'minified.js': 'function a(){};'.repeat(10_000),
      'binary.ts': Buffer.from([0, 1, 2]),
      [`${'d/'.repeat(300)}deep.ts`]: 'export function deep() {}',
      'node_modules/x/y.ts': 'export function installed() {}',
      '.gitignore': Buffer.from('\xff\xfe[[[\n!\n\\\n**/**\0\n', 'latin1'),
      'tsconfig.json': '{ nonsense',
      'package.json': '[1,',
    };
    for (const [file, content] of Object.entries(files)) write(file, content);
    symlinkSync('.', path.join(place.root, 'cycle'));
    symlinkSync('b.ts', path.join(place.root, 'a.ts'));
    symlinkSync('a.ts', path.join(place.root, 'b.ts'));
    spawnSync('mkfifo', [path.join(place.root, 'pipe.ts')]);
    const { skipped, files: read } = await index();
    expect(Object.fromEntries(skipped.map(({ file, reason }) => [file, reason]))).toEqual({
      'a.ts': 'cannot be read (ELOOP)',
      'b.ts': 'cannot be read (ELOOP)',
      'binary.ts': 'binary',
      'large.ts': 'larger than 2 MB (2.0 MB)',
      'minified.js': 'minified',
      'pipe.ts': 'neither a file nor a folder',
    });
    expect(read).toBe(14);
    const found = ['__proto__', 'before', 'bom', 'crlf', 'deep', 'latin', 'long', 'newline', 'odd', 'round'];
    expect(await names()).toEqual(expect.arrayContaining([...found, 'square', 'utf16', '名前']));
    const { stdout } = await weft([
      'query',
      place.root,
      'MATCH (f:Function {name: "newline"}) RETURN f.file',
    ]);
    expect(stdout).toContain('new line.ts');
  });

  it('reads a file once it can be read, though neither its size nor its time has changed', async () => {
    write('a.ts', 'export function a() {}');
    write('b.ts', 'export function b() {}');
    chmodSync(path.join(place.root, 'b.ts'), 0);
    mkdirSync(path.join(place.root, 'closed'), { mode: 0 });
    const { skipped } = await index(OBEYING);
    expect(skipped).toEqual([
      { file: 'closed', reason: 'cannot be read (EACCES)' },
      { file: 'b.ts', reason: 'cannot be read (EACCES)' },
    ]);
    chmodSync(path.join(place.root, 'b.ts'), 0o600);
    expect((await index(OBEYING)).files).toBe(2);
    chmodSync(path.join(place.root, 'closed'), 0o700);
  });
});

const FAULT = {
  'package.json': '{ "type": "module" }',
  'total.js':
    'export const total = (prices) => {\n  let sum = 0;\n  for (const each of prices) sum -= each;\n  return sum;\n};\n',
  'total.test.js': `
    import assert from 'node:assert/strict';
    import { test } from 'node:test';
    import { total } from './total.js';
    import { one } from 'dependency';
    test('adds up', () => assert.equal(total([2, 2 + one]), 5));
    test('is nothing of nothing', () => assert.equal(Math.abs(total([])), 0));
  `,
  'node_modules/dependency/package.json': '{ "type": "module", "exports": "./index.js" }',
  'node_modules/dependency/index.js': 'export const one = 1;\n',
};

describe.runIf(process.platform === 'linux')('a fix', () => {
  beforeEach(() => {
    place = makePlace(FAULT);
  });

  it('works where no namespace can be had, says so once, and leaves the files alone', async () => {
    const before = bytesIn(place.root);
    const wrapper = asOthers('sys_admin');
    if (wrapper.length === 0)
      wrapper.push('unshare', '--user', '--map-root-user', ...['setpriv', '--bounding-set=-sys_admin']);
    const { status, stdout, stderr } = await weft(['fix', place.root, '--test', 'node --test', '--json'], {
      wrapper,
    });
    expect({ status, said: JSON.parse(stdout) as unknown }).toMatchObject({
      status: 0,
      said: { status: 'fixed' },
    });
    expect(stderr.match(/your project is copied whole/g)).toHaveLength(1);
    expect(bytesIn(place.root)).toEqual(before);
    expect(readdirSync(place.temporary)).toEqual([]);
  });

  it('works among files that cannot be read, pipes and closed folders', async () => {
    write('closed.js', 'x');
    chmodSync(path.join(place.root, 'closed.js'), 0);
    mkdirSync(path.join(place.root, 'closed'), { mode: 0 });
    mkdirSync(path.join(place.root, 'pipes'));
    spawnSync('mkfifo', [path.join(place.root, 'pipes/pipe.js')]);
    symlinkSync('..', path.join(place.root, 'pipes/cycle'));
    const args = ['fix', place.root, '--test', 'node --test total.test.js', '--json'];
    const { status, stdout } = await weft(args, { wrapper: OBEYING });
    expect({ status, said: JSON.parse(stdout) as unknown }).toMatchObject({
      status: 0,
      said: { status: 'fixed' },
    });
    expect(readdirSync(place.temporary)).toEqual([]);
    chmodSync(path.join(place.root, 'closed'), 0o700);
  });

  it.each([
    ['WEFT_STATE_FOLDER', 'state folder'],
    ['TMPDIR', 'temporary folder'],
  ])('without permission to write %s is refused in one line, and doctor says so', async (name, check) => {
    const closed = path.join(place.home, 'closed');
    mkdirSync(closed, { mode: 0o500 });
    const options = { wrapper: OBEYING, env: { [name]: closed } };
    const { status, stdout, stderr } = await weft(['fix', place.root, '--test', 'node --test'], options);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(new RegExp(`cannot be written .*set ${name}`)),
    ]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    const { stdout: told } = await weft(['doctor', '--json'], options);
    const { checks } = JSON.parse(told) as { checks: object[] };
    expect(checks).toContainEqual(expect.objectContaining({ name: check, status: 'missing' }));
  });

  it('on a disk that is full is refused in one line', async () => {
    write('data.bin', Buffer.alloc(200_000));
    const { status, stdout, stderr } = await weft(['fix', place.root, '--test', 'node --test'], {
      wrapper: ['prlimit', '--fsize=100000'],
    });
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/cannot be written \(EFBIG\) with a copy of/),
    ]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(readdirSync(place.temporary)).toEqual([]);
  });
});
