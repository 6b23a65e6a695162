import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UserError } from '../protocol/user-error.ts';
import { openGraph } from './index-workspace.ts';
import { changedTogether, historyOfFile, historyOfSymbol, refreshHistory } from './history.ts';
import { testsFor } from './tests-for.ts';

let home: string;
let root: string;
let day: number;
const stateBefore = process.env.WEFT_STATE_FOLDER;

beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'weft-history-'));
  root = path.join(home, 'work');
  mkdirSync(root);
  day = 1;
  process.env.WEFT_STATE_FOLDER = path.join(home, 'state');
  git('init', '-q');
});

afterEach(() => {
  if (stateBefore === undefined) delete process.env.WEFT_STATE_FOLDER;
  else process.env.WEFT_STATE_FOLDER = stateBefore;
  rmSync(home, { recursive: true, force: true });
});

function git(...args: string[]): string {
  const date = `2020-01-${String(day).padStart(2, '0')}T12:00:00Z`;
  const who = {
    GIT_AUTHOR_NAME: 'n',
    GIT_AUTHOR_EMAIL: 'e',
    GIT_COMMITTER_NAME: 'n',
    GIT_COMMITTER_EMAIL: 'e',
  };
  const env = { ...process.env, ...who, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  return execFileSync('git', args, { cwd: root, env, encoding: 'utf8' }).trim();
}

/** Writes files, commits them a day later than the commit before, and gives the commit. */
function commit(files: Record<string, string>, subject = 'Changes'): string {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  git('add', '-A');
  day++;
  git('commit', '-q', '-m', subject);
  return git('rev-parse', 'HEAD');
}

it('counts what changes together, normalised, and leaves large commits out', async () => {
  commit({ 'a.ts': '1', 'b.ts': '1', 'c.ts': '1' });
  commit({ 'a.ts': '2', 'b.ts': '2' });
  commit({ 'a.ts': '3' });
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`many/${i}.ts`, 'x']));
  const large = commit({ ...many, 'a.ts': '4' });
  expect(await historyOfFile(root, 'a.ts')).toEqual({
    file: 'a.ts',
    lastChange: { commit: large, date: '2020-01-05T12:00:00.000Z' },
    commits: 3,
    changesWith: [
      { file: 'b.ts', commits: 2, share: 2 / 3, likeness: 2 / 3 },
      { file: 'c.ts', commits: 1, share: 1 / 3, likeness: 1 / 3 },
    ],
  });
});

it('follows renames, and names no file that is gone', async () => {
  const text = Array.from({ length: 20 }, (_, i) => `export const n${i} = ${i};`).join('\n');
  commit({ 'old name.ts': text, 'b.ts': '1', 'gone.ts': '1' });
  renameSync(path.join(root, 'old name.ts'), path.join(root, 'new.ts'));
  commit({});
  rmSync(path.join(root, 'gone.ts'));
  commit({ 'new.ts': `${text}\n`, 'b.ts': '2' });
  const { commits, changesWith } = await historyOfFile(root, 'new.ts');
  expect(commits).toBe(3);
  expect(changesWith.map(({ file, commits: both }) => [file, both])).toEqual([['b.ts', 2]]);
  await expect(historyOfFile(root, 'old name.ts')).rejects.toThrow(/old name\.ts: no commit/);
});

it('reads only new commits, and all anew where history was rewritten', async () => {
  commit({ 'a.ts': '1', 'b.ts': '1' });
  expect((await refreshHistory(root)).commits).toBe(1);
  commit({ 'a.ts': '2', 'b.ts': '2' });
  const kept = await refreshHistory(root);
  expect([kept.commits, kept.together.length]).toEqual([2, 2]);
  git('commit', '-q', '--amend', '-m', 'Otherwise');
  const anew = await refreshHistory(root);
  expect([anew.commits, anew.together.length, anew.head]).toEqual([2, 2, git('rev-parse', 'HEAD')]);
});

it('says which commit changed the lines of a symbol last', async () => {
  const of = (f: number, g: number) =>
    `export function f() {\n  return ${f};\n}\nexport function g() {\n  return ${g};\n}\n`;
  commit({ 'a.ts': of(1, 1) }, 'Adds both');
  const second = commit({ 'a.ts': of(2, 1) }, 'Changes f');
  const third = commit({ 'a.ts': of(2, 3) }, 'Changes g');
  const graph = await openGraph(root);
  const f = await historyOfSymbol(root, graph, 'f');
  expect([f.symbol?.qualifiedName, f.lastChange]).toEqual([
    'f',
    { commit: second, date: '2020-01-03T12:00:00.000Z', subject: 'Changes f' },
  ]);
  expect((await historyOfSymbol(root, graph, 'g')).lastChange?.commit).toBe(third);
});

it('of a workspace inside a repository names files from the workspace', async () => {
  commit({ 'sub/a.ts': '1', 'sub/b.ts': '1', 'c.ts': '1' });
  const { changesWith } = await historyOfFile(path.join(root, 'sub'), 'a.ts');
  expect(changesWith.map(({ file }) => file)).toEqual(['b.ts']);
});

it('runs nothing that the repository configures', async () => {
  const trace = path.join(home, 'ran');
  const program = path.join(home, 'program.sh');
  writeFileSync(program, `#!/bin/sh\necho "$0 $@" >> ${trace}\ncat "$1" 2>/dev/null\nexit 0\n`, {
    mode: 0o755,
  });
  commit({
    'a.ts': 'export function f() {\n  return 1;\n}\n',
    '.gitattributes': '*.ts diff=evil filter=evil\n',
  });
  commit({ 'a.ts': 'export function f() {\n  return 2;\n}\n' });
  for (const name of [
    'diff.evil.textconv',
    'diff.evil.command',
    'diff.external',
    'core.pager',
    'core.fsmonitor',
  ])
    git('config', name, program);
  for (const name of ['filter.evil.clean', 'filter.evil.smudge', 'gpg.program']) git('config', name, program);
  git('config', 'log.showSignature', 'true');
  rmSync(trace, { force: true });
  const graph = await openGraph(root);
  expect((await historyOfSymbol(root, graph, 'f')).commits).toBe(2);
  expect(existsSync(trace)).toBe(false);
});

it('decides between tests that are equally likely, where it is kept', async () => {
  const test = (file: string, n: number) => ({
    [file]: `import { f } from './f';\ntest('${file}', () => { f(${n}); });\n`,
  });
  commit({
    'f.ts': 'export function f(n: number) { return n; }\n',
    ...test('a.test.ts', 1),
    ...test('z.test.ts', 1),
  });
  commit({ 'f.ts': 'export function f(n: number) { return n + 1; }\n', ...test('z.test.ts', 2) });
  const graph = await openGraph(root);
  const files = () => {
    const likeness = changedTogether(root, ['f.ts']);
    const { tests } = testsFor(graph, [graph.symbolOf(graph.find('f').id)!], { likeness });
    return tests.map(({ file }) => file);
  };
  expect(files()).toEqual(['a.test.ts', 'z.test.ts']);
  await refreshHistory(root);
  expect(files()).toEqual(['z.test.ts', 'a.test.ts']);
});

it('says so outside a repository, and where nothing is committed', async () => {
  writeFileSync(path.join(root, 'a.ts'), 'export function f() {}\n');
  await expect(historyOfFile(root, 'a.ts')).rejects.toThrow(/history needs a git repository/);
  rmSync(path.join(root, '.git'), { recursive: true });
  const failed: unknown = await historyOfFile(root, 'a.ts').catch((error: unknown) => error);
  expect(UserError.is(failed, 'badInput')).toBe(true);
});
