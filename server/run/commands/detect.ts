import type { Dirent } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../protocol/user-error.ts';
import type { TestCommand } from '../types.ts';
import { dependsOn, readScripts } from './package-scripts.ts';
import { recogniseCommand } from './recognise.ts';

/** Bounds of the search for test files, so that a huge tree costs no more than a small one. */
const MOST_FOLDERS = 400;
const DEEPEST = 5;
/** Tests import their runner at the top. */
const HEAD_BYTES = 4096;
const MOST_READ = 50;
const SKIPPED = new Set(['node_modules', 'dist', 'build', 'out', 'venv', 'env', '__pycache__', 'coverage']);
const NPM_STUB = /no test specified/;

/** Ways to run the folder's tests, best first, told from its files; nothing is executed. */
export async function detectTestCommands(root: string): Promise<TestCommand[]> {
  const found = new Map<string, string>();
  const script = readScripts(root).test;
  if (script !== undefined && !NPM_STUB.test(script))
    found.set('npm test', 'package.json: the "test" script');
  const files = await listFiles(root);
  const vitest = files.find((file) => /^vitest\.config\.[cm]?[jt]s$/.test(file));
  if (vitest !== undefined || dependsOn(root, 'vitest'))
    found.set('npx vitest run', vitest ?? 'package.json: vitest is a dependency');
  const nodeTest = await findNodeTest(root, files);
  if (nodeTest !== undefined) found.set('node --test', `${nodeTest} imports node:test`);
  for (const { command, why } of await pythonCommands(root, files)) found.set(command, why);
  const commands = [...found].flatMap(([command, why]) => {
    const recognised = recognise(command, root);
    return recognised ? [{ ...recognised, why }] : [];
  });
  // One that reports each test is worth more than an exit code.
  const rank = (command: TestCommand) => (command.runner === 'command' ? 1 : 0);
  return commands.sort((a, b) => rank(a) - rank(b));
}

/** Undefined when its program is not there: it is no way to run the tests on this machine. */
function recognise(command: string, root: string): TestCommand | undefined {
  try {
    return recogniseCommand(command, root);
  } catch (error) {
    if (UserError.is(error, 'badInput')) return undefined;
    throw error;
  }
}

/** pytest runs tests of unittest too, so it comes first, unless nothing says that the project has it. */
async function pythonCommands(
  root: string,
  files: readonly string[],
): Promise<{ command: string; why: string }[]> {
  const named = files.filter((file) => /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(file));
  const configured = await pytestConfiguration(root, files);
  const conftest = files.find((file) => /(^|\/)conftest\.py$/.test(file));
  const why = configured ?? conftest ?? named[0];
  const pytest = why === undefined ? [] : [{ command: 'python3 -m pytest -q', why }];
  if (configured !== undefined || conftest !== undefined) return pytest;
  let first: string | undefined;
  for (const file of files.filter((each) => UNITTEST_FILE.test(each)).slice(0, MOST_READ)) {
    const head = await readHead(path.join(root, file));
    if (/^\s*(import|from) pytest\b|^(async )?def test/m.test(head)) return pytest;
    if (first === undefined && /^\s*(import|from) unittest\b/m.test(head)) first = file;
  }
  if (first === undefined) return pytest;
  return [{ command: unittestCommand(first, files), why: `${first} imports unittest` }, ...pytest];
}

/** What unittest's discovery looks for. */
const UNITTEST_FILE = /(^|\/)test[^/]*\.py$/;

/** Discovery enters packages only: it starts in the folder above them. */
function unittestCommand(file: string, files: readonly string[]): string {
  let start = path.posix.dirname(file);
  while (start !== '.' && files.includes(`${start}/__init__.py`)) start = path.posix.dirname(start);
  if (start === '.') return 'python3 -m unittest';
  return `python3 -m unittest discover -s ${/[^\w./-]/.test(start) ? `"${start}"` : start}`;
}

async function pytestConfiguration(root: string, files: readonly string[]): Promise<string | undefined> {
  for (const [file, section] of [
    ['pytest.ini', /^/],
    ['pyproject.toml', /^\[tool\.pytest\b|["']pytest\b/m],
    ['tox.ini', /^\[pytest\]/m],
    ['setup.cfg', /^\[tool:pytest\]/m],
    ['requirements.txt', /^pytest\b/m],
    ['requirements-dev.txt', /^pytest\b/m],
  ] as const) {
    if (files.includes(file) && section.test(await fs.readFile(path.join(root, file), 'utf8'))) return file;
  }
  return undefined;
}

async function findNodeTest(root: string, files: readonly string[]): Promise<string | undefined> {
  const tests = files.filter((file) => /(^|[./_-])test\.[cm]?[jt]s$|(^|\/)test-?[^/]*\.[cm]?js$/.test(file));
  for (const file of tests.slice(0, MOST_READ)) {
    if (/['"]node:test['"]/.test(await readHead(path.join(root, file)))) return file;
  }
  return undefined;
}

async function readHead(file: string): Promise<string> {
  const handle = await fs.open(file).catch(() => undefined);
  if (!handle) return '';
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Files of the tree, breadth first, relative with forward slashes; links and hidden folders are left out. */
async function listFiles(root: string): Promise<string[]> {
  const files: string[] = [];
  const queue = [{ folder: '', depth: 0 }];
  for (let read = 0; read < MOST_FOLDERS; read++) {
    const next = queue.shift();
    if (!next) break;
    const entries = await fs
      .readdir(path.join(root, next.folder), { withFileTypes: true })
      .catch((): Dirent[] => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = next.folder ? `${next.folder}/${entry.name}` : entry.name;
      if (entry.isFile()) files.push(name);
      else if (entry.isDirectory() && isSearched(entry.name) && next.depth < DEEPEST)
        queue.push({ folder: name, depth: next.depth + 1 });
    }
  }
  return files;
}

function isSearched(folder: string): boolean {
  return !folder.startsWith('.') && !SKIPPED.has(folder);
}
