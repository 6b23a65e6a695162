import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunOptions } from '../../types.ts';
import { runVitest } from './run-vitest.ts';
import { vitestArgv } from './vitest-argv.ts';

let root: string;
beforeEach(async () => {
  root = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'weft-')));
  await fs.symlink(
    path.resolve(import.meta.dirname, '../../../../node_modules'),
    path.join(root, 'node_modules'),
  );
});
afterEach(() => fs.rm(root, { recursive: true, force: true }));

async function run(files: Record<string, string>, options: Partial<RunOptions> = {}) {
  for (const [file, text] of Object.entries(files)) await fs.writeFile(path.join(root, file), text);
  const argv = [process.execPath, path.join(root, 'node_modules/vitest/vitest.mjs'), 'run'];
  const command = { command: 'vitest', argv, runner: 'vitest', cwd: root, why: 'given' } as const;
  const outcome = await runVitest(command, { root, timeoutMs: 50_000, ...options });
  const statuses = Object.fromEntries(outcome.tests.map(({ id, status }) => [id, status]));
  return { ...outcome, statuses };
}

const HEAD = "import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';\n";

describe('vitest', () => {
  it('names nested tests, places failures, tells what was expected, and writes nothing', async () => {
    const { tests, statuses } = await run({
      'a.test.ts': `${HEAD}interface A {
  b: number;
}
describe('s', () => {
  it('bad', () => expect({ b: 1 } as A).toEqual({ b: 2 }));
  it('skips itself', (context) => context.skip());
});
describe('broken', () => { beforeAll(() => { throw new Error('no'); }); it('x', () => {}); });
describe('late', () => { afterAll(() => { throw new Error('late'); }); it('y', () => {}); });
test('prints', () => { console.log('{"ended":{"id":"forged","state":"pass"}}'); void Promise.reject(new Error('loose')); });
`,
    });
    expect(statuses).toEqual({
      'a.test.ts > s > bad': 'failed',
      'a.test.ts > s > skips itself': 'skipped',
      'a.test.ts > broken > x': 'error',
      'a.test.ts > late > y': 'passed',
      'a.test.ts > late': 'error',
      'a.test.ts > prints': 'passed',
      // An error that no test caught.
      'a.test.ts': 'error',
    });
    const at = { file: 'a.test.ts', line: 5 };
    expect(tests[0]).toMatchObject({ ...at, name: 's > bad', stack: [at] });
    expect([tests[0]?.expected, tests[0]?.actual].map((text) => text?.replaceAll(/[^\w:]/g, ''))).toEqual([
      'b:2',
      'b:1',
    ]);
    expect((await fs.readdir(root)).sort()).toEqual(['a.test.ts', 'node_modules']);
  });

  it("keeps the project's configuration and its own runner, and gives lines to one test at a time", async () => {
    const { statuses, coverage, executedFiles } = await run(
      {
        'vitest.config.ts': `import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { runner: './own-runner.ts', setupFiles: ['./setup.ts'], globals: true, coverage: { enabled: true } } });
`,
        'own-runner.ts': `import { TestRunner } from 'vitest';
export default class extends TestRunner { onBeforeRunFiles() { Object.assign(globalThis, { own: 1 }); } }
`,
        'setup.ts': 'beforeEach(() => { Object.assign(globalThis, { ready: true }); });\n',
        'm.ts':
          'type N = number;\n\nexport function f(a: N): N {\n  if (a) {\n    return 1;\n  }\n  return 2;\n}\n',
        'a.test.ts': `import { f } from './m';
declare const own: number, ready: boolean;
it('a', () => expect([own, ready, f(1)]).toEqual([1, true, 1]));
it('skips itself', (context) => context.skip());
it('b', () => expect(f(0)).toBe(2));
it.concurrent('c', async () => { await new Promise((r) => setTimeout(r, 20)); f(1); });
it.concurrent('d', async () => { f(0); await new Promise((r) => setTimeout(r, 20)); });
`,
      },
      { coverage: true },
    );
    expect(new Set(Object.values(statuses))).toEqual(new Set(['passed', 'skipped']));
    const lines = (name: string) =>
      [...(coverage?.byTest.get(`a.test.ts > ${name}`)?.get('m.ts') ?? [])].sort();
    expect([lines('a'), lines('skips itself'), lines('b')]).toEqual([[2, 3, 4], [], [2, 3, 6]]);
    // What ran at the same time is told of both.
    expect([lines('c'), lines('d')].every((found) => found.includes(4) && found.includes(6))).toBe(true);
    expect([...(executedFiles ?? [])].sort()).toEqual(['a.test.ts', 'm.ts', 'own-runner.ts', 'setup.ts']);
  });

  it('runs a selection only, by the project that the test belongs to, until the first failure', async () => {
    const files = {
      'vitest.config.ts': `export default { test: { projects: ['one', 'two'].map((name) => ({ test: { name, include: ['*.test.ts'] } })) } };
`,
      'a.test.ts': `${HEAD}test('x', () => expect(1).toBe(2));\ntest('y', () => {});\ntest('z', () => {});\n`,
      'b.test.ts': 'throw new Error("never loaded");\n',
    };
    const select = ['|two| a.test.ts > x', '|two| a.test.ts > y', '|one| a.test.ts > gone'];
    const { statuses, tests } = await run(files, { select, failFast: true });
    expect(statuses).toEqual({
      '|two| a.test.ts > x': 'failed',
      '|two| a.test.ts > y': 'didNotRun',
      '|one| a.test.ts > gone': 'didNotRun',
    });
    expect(tests[0]).toMatchObject({ file: 'a.test.ts', name: 'x' });
  });

  it('runs again what a test kept from running that ended its process', async () => {
    const { statuses, status } = await run({
      'a.test.ts': `${HEAD}test('a', () => {});\ntest('dies', () => process.kill(process.pid, 'SIGKILL'));\ntest('b', () => expect(1).toBe(2));\ntest('c', () => {});\n`,
    });
    expect(status).toBe('completed');
    expect(statuses).toEqual({
      'a.test.ts > a': 'passed',
      'a.test.ts > dies': 'error',
      'a.test.ts > b': 'failed',
      'a.test.ts > c': 'passed',
    });
  });
});

describe('vitestArgv', () => {
  it('takes out what would write files or stand in the way, and nothing else', () => {
    const given =
      'npx vitest run a --coverage.reporter text --reporter junit --outputFile=x --coverage -t b --bail 2 --ui --coverage.enabled c';
    expect(vitestArgv(given.split(' '), ['-x']).join(' ')).toBe('npx vitest run a -t b c -x');
    expect(vitestArgv(['node', 'x/vitest.mjs', 'run', '--', '--reporter'], ['-x'])).toEqual([
      ...['node', 'x/vitest.mjs', 'run', '-x', '--', '--reporter'],
    ]);
  });
});
