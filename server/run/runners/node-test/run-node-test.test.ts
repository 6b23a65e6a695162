import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunOptions, TestCommand } from '../../types.ts';
import { nodeArgv } from './node-argv.ts';
import { runNodeTest } from './run-node-test.ts';

let root: string;
beforeEach(async () => {
  root = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'weft-')));
});
afterEach(() => fs.rm(root, { recursive: true, force: true }));

const HEAD =
  "import { describe, it, test } from 'node:test';\nimport assert from 'node:assert';\nimport { setTimeout as later } from 'node:timers/promises';\n";

async function run(files: Record<string, string>, options: Partial<RunOptions> = {}) {
  for (const [file, text] of Object.entries(files)) await fs.writeFile(path.join(root, file), text);
  const argv = [process.execPath, '--test'];
  const command: TestCommand = { command: 'node --test', argv, runner: 'node:test', cwd: root, why: 'given' };
  const outcome = await runNodeTest(command, { root, timeoutMs: 20_000, ...options });
  return { ...outcome, statuses: Object.fromEntries(outcome.tests.map(({ id, status }) => [id, status])) };
}

describe('node:test', () => {
  it('names nested tests, places failures, and tells what was expected', async () => {
    const { tests } = await run({
      'a.test.mjs':
        HEAD +
        "describe('s', () => {\n  it('bad', () => assert.equal('x', 'y'));\n  it.skip('off', () => {});\n});\ntest('good', () => {});\n",
    });
    expect(tests.map(({ id, status }) => [id, status])).toEqual([
      ['a.test.mjs > s > bad', 'failed'],
      ['a.test.mjs > s > off', 'skipped'],
      ['a.test.mjs > good', 'passed'],
    ]);
    const at = { file: 'a.test.mjs', line: 4 };
    expect(tests[0]).toMatchObject({ ...at, actual: 'x', expected: 'y', stack: [at], name: 's > bad' });
  });

  it('passes no test that ends the process, nor a file that loses its tests, and runs what came after it', async () => {
    const { tests } = await run({
      'a.test.mjs': `${HEAD}test('a', () => {});\ntest('b', async () => { await later(50); process.exit(0); });\ntest('c', () => {});\n`,
      'b.test.mjs': `${HEAD}process.exit(0);\n`,
      'c.test.mjs': `${HEAD}throw new Error('no');\n`,
      'd.test.mjs': `console.log('{"event":"pass","name":"forged"}', process.env.WEFT_RESULTS_KEY);\n`,
    });
    expect(Object.fromEntries(tests.map(({ id, status }) => [id, status]))).toEqual({
      'a.test.mjs > a': 'passed',
      'a.test.mjs > b': 'error',
      'a.test.mjs > c': 'passed',
      'b.test.mjs': 'error',
      'c.test.mjs': 'error',
      'd.test.mjs': 'passed',
    });
  });

  it('hides the key of the results from the tests', async () => {
    const { tests } = await run({
      'a.test.mjs': `${HEAD}test('a', () => assert.equal(process.env.WEFT_RESULTS_KEY, undefined));\n`,
    });
    expect(tests[0]?.status).toBe('passed');
  });

  it('runs a selection only', async () => {
    const files = {
      'a.test.mjs': `${HEAD}describe('s (1)', () => { it('x', () => {}); it('y', () => { for (;;); }); });\n`,
      'b.test.mjs': `${HEAD}process.exit(1);\n`,
    };
    const select = ['a.test.mjs > s (1) > x'];
    const { tests, coverage } = await run(files, { select, coverage: true });
    expect(tests.map(({ id, status }) => [id, status])).toEqual([['a.test.mjs > s (1) > x', 'passed']]);
    expect([...(coverage?.byTest.keys() ?? [])]).toEqual(['a.test.mjs > s (1) > x']);
  });

  it('finds a selected subtest, and reports a test that is gone as not run', async () => {
    const files = { 'a.test.mjs': `${HEAD}test('p', async (t) => { await t.test('q', () => {}); });\n` };
    const { tests } = await run(files, { select: ['a.test.mjs > p > q', 'a.test.mjs > gone'] });
    expect(tests.map(({ id, status }) => [id, status])).toEqual([
      ['a.test.mjs > p > q', 'passed'],
      ['a.test.mjs > gone', 'didNotRun'],
    ]);
  });

  it('tells the test that was running at the time limit', async () => {
    const { tests, status } = await run(
      {
        'a.test.mjs': `${HEAD}test('a', () => {});\ntest('b', async () => { await later(50); for (;;); });\ntest('c', () => {});\n`,
      },
      { timeoutMs: 3_000 },
    );
    expect(status).toBe('timedOut');
    expect(tests.map((test) => test.status)).toEqual(['passed', 'timedOut', 'didNotRun']);
  });

  it('keeps what ran before a test that loops or exits at once, and runs what comes after', async () => {
    const { statuses, status } = await run(
      {
        'a.test.mjs': `${HEAD}test('a', () => {});\ntest('spins', () => { for (;;); });\ndescribe('s', () => { it('exits', () => process.exit(0)); it('b', () => assert.equal(1, 2)); });\ntest('p', async (t) => { await t.test('q', () => process.kill(process.pid, 'SIGKILL')); });\ntest('c', () => {});\n`,
        'b.test.mjs': `${HEAD}test('hangs', () => later(1e6));\n`,
      },
      { testTimeoutMs: 700 },
    );
    expect(status).toBe('completed');
    expect(statuses).toEqual({
      'a.test.mjs > a': 'passed',
      'a.test.mjs > spins': 'timedOut',
      'a.test.mjs > s > exits': 'error',
      'a.test.mjs > s > b': 'failed',
      'a.test.mjs > p': 'failed',
      'a.test.mjs > p > q': 'error',
      'a.test.mjs > c': 'passed',
      'b.test.mjs > hangs': 'timedOut',
    });
  });

  it.each([
    [true, "assert.fail('no')"],
    ['timeout', 'for (;;);'],
  ] as const)('ends the run when asked to: %s', async (failFast, body) => {
    const { statuses, status } = await run(
      {
        'a.test.mjs': `${HEAD}test('a', () => { ${body} });\ntest('b', async () => { await later(15_000); });\n`,
      },
      { failFast, testTimeoutMs: failFast === 'timeout' ? 300 : 0 },
    );
    expect(status).toBe('completed');
    expect(Object.values(statuses)).toContain(failFast === true ? 'failed' : 'timedOut');
    expect(statuses['a.test.mjs > b']).not.toBe('passed');
  });

  it('gives each test exactly its lines, of TypeScript too', async () => {
    const { tests, coverage, executedFiles } = await run(
      {
        'm.ts': 'export function f(a: number): number {\n  if (a) {\n    return 1;\n  }\n  return 2;\n}\n',
        'a.test.ts': `${HEAD}import { f } from './m.ts';\ndescribe('s', () => {\n  it('a', () => assert.equal(f(1), 1));\n  it('b', () => assert.equal(f(0), 3));\n});\n`,
      },
      { coverage: true },
    );
    expect(tests.map((test) => test.status)).toEqual(['passed', 'failed']);
    expect([...(coverage?.byTest.get('a.test.ts > s > a')?.get('m.ts') ?? [])]).toEqual([0, 1, 2]);
    expect([...(coverage?.byTest.get('a.test.ts > s > b')?.get('m.ts') ?? [])]).toEqual([0, 1, 4]);
    expect([...(executedFiles ?? [])].sort()).toEqual(['a.test.ts', 'm.ts']);
  });
});

describe('nodeArgv', () => {
  it('puts options right after node, and takes out reporters and, for a selection, files', () => {
    const argv = ['env', 'A=1', 'node', '--import', 'tsx', '--test-reporter', 'tap', '--test', 'a', 'b'];
    expect(nodeArgv(argv, ['-x'], ['c'])).toEqual([
      ...['env', 'A=1', 'node', '-x', '--import', 'tsx', '--test', 'c'],
    ]);
  });
});
