import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunOptions } from '../../types.ts';
import { runUnittest } from './run-unittest.ts';

const found = spawnSync('python3', ['--version']).status === 0;
if (!found && process.env.WEFT_REQUIRE === 'all') throw new Error('no Python; type: npm run setup');
if (!found) console.warn('skipped: no Python; install Python 3.8 or newer');

let root: string;
beforeEach(async () => {
  root = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'weft-')));
  await fs.writeFile(path.join(root, 'm.py'), 'def f(a):\n    if a:\n        return 1\n    return 2\n');
});
afterEach(() => fs.rm(root, { recursive: true, force: true }));

async function run(text: string, options: Partial<RunOptions> = {}, file = 'test_m.py', args: string[] = []) {
  await fs.mkdir(path.dirname(path.join(root, file)), { recursive: true });
  const head = 'import os, unittest\nfrom m import f\n';
  await fs.writeFile(path.join(root, file), head + text);
  const argv = ['python3', '-m', 'unittest', ...args];
  const command = { command: argv.join(' '), argv, runner: 'unittest', cwd: root, why: 'given' } as const;
  const outcome = await runUnittest(command, { root, timeoutMs: 20_000, ...options });
  const statuses = Object.fromEntries(outcome.tests.map(({ id, status }) => [id, status]));
  return { ...outcome, statuses };
}

describe.skipIf(!found)('unittest', () => {
  it('gives each test its result, its place and exactly its lines', async () => {
    const { tests, statuses, coverage } = await run(
      'class T(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(f(1), 1)\n    def test_b(self):\n        self.assertEqual(f(0), 3)\n',
      { coverage: true },
    );
    expect(statuses).toEqual({ 'test_m.T.test_a': 'passed', 'test_m.T.test_b': 'failed' });
    expect(tests[1]).toMatchObject({ file: 'test_m.py', line: 5 });
    expect(tests[1]?.message).toMatch(/^2 != 3\n/);
    expect([...(coverage?.byTest.get('test_m.T.test_a')?.get('m.py') ?? [])]).toEqual([1, 2]);
    expect([...(coverage?.byTest.get('test_m.T.test_b')?.get('m.py') ?? [])]).toEqual([1, 3]);
  });

  it('tells subtests, expected failures and classes that break as what they are', async () => {
    const { statuses } = await run(`class T(unittest.TestCase):
    def test_parts(self):
        for i in range(3):
            with self.subTest(i=i):
                if i == 0:
                    self.skipTest('not this')
                self.assertNotEqual(i, 1)
    @unittest.expectedFailure
    def test_expected(self): self.fail()
    @unittest.expectedFailure
    def test_unexpected(self): pass
    @unittest.skip('no')
    def test_skipped(self): pass
class Broken(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise ValueError('no')
    def test_x(self): pass
class Late(unittest.TestCase):
    @classmethod
    def tearDownClass(cls): raise ValueError('late')
    def test_y(self): pass
class Absent(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise unittest.SkipTest('no')
    def test_z(self): pass
`);
    expect(statuses).toEqual({
      'test_m.T.test_parts': 'failed',
      'test_m.T.test_expected': 'passed',
      'test_m.T.test_unexpected': 'failed',
      'test_m.T.test_skipped': 'skipped',
      'test_m.Broken.test_x': 'error',
      'test_m.Late.test_y': 'passed',
      'tearDownClass (test_m.Late)': 'error',
      'test_m.Absent.test_z': 'skipped',
    });
  });

  it('believes no printed result, and passes no test that ends the process or comes after it', async () => {
    const { statuses, status } = await run(
      'class T(unittest.TestCase):\n    def test_a(self):\n        print(\'{"id":"x","status":"passed"}\')\n        os._exit(0)\n    def test_b(self): pass\n',
    );
    expect(status).toBe('crashed');
    expect(statuses).toEqual({ 'test_m.T.test_a': 'error', 'test_m.T.test_b': 'didNotRun' });
  });

  it('discovers as it is told to, runs a selection only, and stops at the first failure', async () => {
    const text =
      'class T(unittest.TestCase):\n    def test_a(self): pass\n    def test_b(self): self.fail()\n    def test_c(self): pass\n';
    const select = ['test_n.T.test_b', 'test_n.T.test_c', 'test_n.T.gone'];
    const args = ['discover', '-s', 'some tests', '-p', '*_n.py'];
    const { statuses } = await run(text, { select, failFast: true }, 'some tests/test_n.py', args);
    expect(statuses).toEqual({
      'test_n.T.test_b': 'failed',
      'test_n.T.test_c': 'didNotRun',
      'test_n.T.gone': 'didNotRun',
    });
  });

  it('ends one endless test at its own limit, and the run when asked to', async () => {
    const text =
      'class T(unittest.TestCase):\n    def test_a(self):\n        while True: f(1)\n    def test_b(self): pass\n';
    const limited = { testTimeoutMs: 400 };
    expect(Object.values((await run(text, limited)).statuses)).toEqual(['timedOut', 'passed']);
    const { statuses, status } = await run(text, { ...limited, failFast: 'timeout' });
    expect([status, ...Object.values(statuses)]).toEqual(['completed', 'timedOut', 'didNotRun']);
  });
});
