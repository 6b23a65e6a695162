import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detectTestCommands } from './detect.ts';
import { recogniseCommand } from './recognise.ts';
import { splitCommand } from './split-command.ts';

let root: string;
let oldPath: string | undefined;
beforeEach(async () => {
  root = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'weft-')));
  await fs.mkdir(path.join(root, '.bin'));
  for (const name of ['pytest', 'python3', 'node', 'npx', 'npm', 'uv', 'make'])
    await fs.writeFile(path.join(root, '.bin', name), '', { mode: 0o755 });
  oldPath = process.env.PATH;
  process.env.PATH = path.join(root, '.bin');
});
afterEach(async () => {
  process.env.PATH = oldPath;
  await fs.rm(root, { recursive: true, force: true });
});

function write(file: string, text: string) {
  return fs.writeFile(path.join(root, file), text);
}

function seen(command: string): [string, string[]] {
  const { runner, argv } = recogniseCommand(command, root);
  return [runner, argv];
}

describe('recogniseCommand', () => {
  it.each([
    ['pytest -q "a b.py"', 'pytest', ['pytest', '-q', 'a b.py']],
    ['FOO=1 pytest', 'pytest', ['env', 'FOO=1', 'pytest']],
    ['python3 -m pytest', 'pytest', ['python3', '-m', 'pytest']],
    ['uv run pytest', 'pytest', ['uv', 'run', 'pytest']],
    ['python3 -W error -m pytest', 'pytest', ['python3', '-W', 'error', '-m', 'pytest']],
    ['python3 -m unittest -v a.b', 'unittest', ['python3', '-m', 'unittest', '-v', 'a.b']],
    ['python3 a.py -m unittest', 'command', ['python3', 'a.py', '-m', 'unittest']],
    ['node --import tsx --test', 'node:test', ['node', '--import', 'tsx', '--test']],
    ['node run.js --test', 'command', ['node', 'run.js', '--test']],
    ['npx vitest', 'vitest', ['npx', 'vitest', 'run']],
    ['npm exec -- vitest run a', 'vitest', ['npm', 'exec', '--', 'vitest', 'run', 'a']],
    ['npx --no vitest@3 watch a', 'vitest', ['npx', '--no', 'vitest@3', 'run', 'a']],
    ['npx vitest --run -t x', 'vitest', ['npx', 'vitest', 'run', '-t', 'x']],
    ['npx vitest related a.ts', 'vitest', ['npx', 'vitest', 'related', 'a.ts', '--run']],
    ['npx vitest bench', 'command', ['npx', 'vitest', 'bench']],
    ['node node_modules/vitest/vitest.mjs', 'vitest', ['node', 'node_modules/vitest/vitest.mjs', 'run']],
    ['make test', 'command', ['make', 'test']],
    ['pytest | tee log', 'command', ['sh', '-c', 'pytest | tee log']],
    ['pytest "$HOME"', 'command', ['sh', '-c', 'pytest "$HOME"']],
    ['make *.c', 'command', ['sh', '-c', 'make *.c']],
  ])('%s', (command, runner, argv) => {
    expect(seen(command)).toEqual([runner, argv]);
  });

  it('looks into the scripts of package.json, and appends what follows --', async () => {
    const scripts = { test: 'A=1 node --test', all: 'npm run unit', unit: 'pytest', build: 'make && pytest' };
    await write('package.json', JSON.stringify({ scripts }));
    expect(seen('npm test -- x.js')).toEqual(['node:test', ['env', 'A=1', 'node', '--test', 'x.js']]);
    expect(seen('npm run all')).toEqual(['pytest', ['pytest']]);
    expect(seen('npm run build')).toEqual(['command', ['npm', 'run', 'build']]);
  });

  it.each([
    'npm test -- x',
    'npm run test -- x',
    'npm test x',
    'pnpm test x',
    'pnpm run test x',
    'yarn test x',
  ])('sees through %s that the script runs vitest', async (command) => {
    await write('package.json', '{"scripts":{"test":"vitest"}}');
    await fs.mkdir(path.join(root, 'node_modules/.bin'), { recursive: true });
    const program = path.join(root, 'node_modules/.bin/vitest');
    await fs.writeFile(program, '', { mode: 0o755 });
    expect(seen(command)).toEqual(['vitest', [program, 'run', 'x']]);
    expect(seen('vitest')).toEqual(['vitest', [program, 'run']]);
  });

  it('leaves a script to npm when another script runs before it', async () => {
    await write('package.json', JSON.stringify({ scripts: { pretest: 'make', test: 'node --test' } }));
    expect(seen('npm t')).toEqual(['command', ['npm', 't']]);
  });

  it('expands file patterns for a runner it knows', async () => {
    await write('b.test.js', '');
    await write('a.test.js', '');
    expect(seen('node --test *.test.js')[1]).toEqual(['node', '--test', 'a.test.js', 'b.test.js']);
  });

  it('says in one line what is wrong', () => {
    expect(() => recogniseCommand('  ', root)).toThrow(/^the test command is empty/);
    expect(() => recogniseCommand('foo -x', root)).toThrow(/^"foo": no such command;/);
    expect(() => recogniseCommand('pytest "a', root)).toThrow(/not closed/);
  });
});

describe('splitCommand', () => {
  it('follows quotes and backslashes', () => {
    const { words } = splitCommand(String.raw`a\ b 'c\d' "e\"f" ''`, 'linux');
    expect(words.map(({ text }) => text)).toEqual(['a b', String.raw`c\d`, 'e"f', '']);
    expect(splitCommand(String.raw`C:\py.exe`, 'win32').words[0]?.text).toBe(String.raw`C:\py.exe`);
  });
});

describe('detectTestCommands', () => {
  const found = async () => (await detectTestCommands(root)).map(({ command, why }) => [command, why]);

  it('finds nothing in an empty folder, nor in the stub that npm init writes', async () => {
    await write('package.json', '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}');
    expect(await found()).toEqual([]);
  });

  it('names the file that told', async () => {
    await fs.mkdir(path.join(root, 'tests'));
    await write('tests/test_a.py', '');
    await write('tests/b.test.ts', "import { it } from 'node:test';");
    expect(await found()).toEqual([
      ['node --test', 'tests/b.test.ts imports node:test'],
      ['python3 -m pytest -q', 'tests/test_a.py'],
    ]);
  });

  it('finds vitest by its configuration, its place among the dependencies, or the test script', async () => {
    await write('vitest.config.mts', '');
    expect(await found()).toEqual([['npx vitest run', 'vitest.config.mts']]);
    await fs.rm(path.join(root, 'vitest.config.mts'));
    await write('package.json', '{"devDependencies":{"vitest":"1"}}');
    expect(await found()).toEqual([['npx vitest run', 'package.json: vitest is a dependency']]);
  });

  it('finds unittest where nothing speaks of pytest, and starts discovery above the packages', async () => {
    await fs.mkdir(path.join(root, 'a/tests/inner'), { recursive: true });
    await write('a/tests/inner/__init__.py', '');
    await write('a/tests/inner/test_a.py', 'import unittest\n\nclass A(unittest.TestCase): ...\n');
    const why = 'a/tests/inner/test_a.py imports unittest';
    expect(await found()).toEqual([
      ['python3 -m unittest discover -s a/tests', why],
      ['python3 -m pytest -q', 'a/tests/inner/test_a.py'],
    ]);
    await write('a/tests/inner/test_b.py', 'def test_b(): pass\n');
    expect((await found())[0]?.[0]).toBe('python3 -m pytest -q');
  });

  it('prefers the test script, unless only its exit code could be told', async () => {
    await write('pytest.ini', '');
    await write('package.json', '{"scripts":{"test":"pytest"}}');
    expect((await found())[0]).toEqual(['npm test', 'package.json: the "test" script']);
    await write('package.json', '{"scripts":{"test":"make"}}');
    expect((await found())[0]).toEqual(['python3 -m pytest -q', 'pytest.ini']);
  });
});
