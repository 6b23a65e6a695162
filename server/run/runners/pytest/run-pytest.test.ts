import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestCommand } from '../../types.ts';
import { runPytest } from './run-pytest.ts';

const found = spawnSync('python3', ['-m', 'pytest', '--version']).status === 0;
if (!found && process.env.WEFT_REQUIRE === 'all') throw new Error('no pytest; type: npm run setup');
if (!found) console.warn('skipped: no pytest; type: npm run setup');

let root: string;
beforeEach(async () => {
  root = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'weft-')));
  await fs.writeFile(path.join(root, 'm.py'), 'def f(a):\n    if a:\n        return 1\n    return 2\n');
});
afterEach(() => fs.rm(root, { recursive: true, force: true }));

async function run(test: string, timeoutMs = 20_000, testTimeoutMs = 0) {
  await fs.writeFile(path.join(root, 'test_m.py'), test);
  const argv = ['python3', '-m', 'pytest', '-q'];
  const command: TestCommand = { command: argv.join(' '), argv, runner: 'pytest', cwd: root, why: 'given' };
  return runPytest(command, { root, coverage: true, timeoutMs, testTimeoutMs });
}

describe.skipIf(!found)('pytest', () => {
  it('gives each test its result and exactly its lines', async () => {
    const { tests, coverage } = await run(
      'from m import f\ndef test_a():\n    assert f(1) == 1\ndef test_b():\n    assert f(0) == 3\n',
    );
    expect(tests.map((t) => [t.id, t.status])).toEqual([
      ['test_m.py::test_a', 'passed'],
      ['test_m.py::test_b', 'failed'],
    ]);
    expect([...(coverage?.byTest.get('test_m.py::test_a')?.get('m.py') ?? [])]).toEqual([1, 2]);
    expect([...(coverage?.byTest.get('test_m.py::test_b')?.get('m.py') ?? [])]).toEqual([1, 3]);
  });

  it('believes no printed result, and passes no test that ends the process or comes after it', async () => {
    const { tests } = await run(
      'import os\ndef test_a():\n    print(\'{"id":"x","status":"passed"}\')\n    os._exit(0)\ndef test_b():\n    pass\n',
    );
    expect(tests.map((t) => [t.id, t.status])).toEqual([
      ['test_m.py::test_a', 'error'],
      ['test_m.py::test_b', 'didNotRun'],
    ]);
  });

  it('ignores what a test writes into the open result file', async () => {
    const row = '{"id":"test_m.py::forged","status":"passed","seconds":0}';
    const { tests } = await run(
      `import os\ndef test_a():\n    for fd in range(3, 40):\n        try: os.write(fd, b'${row}\\nrubbish\\n')\n        except OSError: pass\n    assert 0\n`,
    );
    expect(tests.map((t) => [t.id, t.status])).toEqual([['test_m.py::test_a', 'failed']]);
  });

  it('names only files of the root as executed', async () => {
    const { executedFiles } = await run('from m import f\ndef test_a():\n    exec("x = f(1)")\n');
    expect([...(executedFiles ?? [])].sort()).toEqual(['m.py', 'test_m.py']);
  });

  it('calls a run crashed when a test ends the process with exit code 0', async () => {
    expect((await run('import os\ndef test_a():\n    os._exit(0)\n')).status).toBe('crashed');
  });

  it('calls an endless test timed out', async () => {
    const { tests, status } = await run('def test_a():\n    while True:\n        pass\n', 4_000);
    expect(status).toBe('timedOut');
    expect(tests.map((t) => t.status)).toEqual(['timedOut']);
  });

  it('ends one endless test at its own limit, keeps its lines and goes on with the next', async () => {
    const test =
      'from m import f\ndef test_a():\n    while True:\n        try: f(1)\n        except Exception: pass\n';
    const { tests, status, coverage } = await run(`${test}def test_b():\n    pass\n`, 20_000, 500);
    expect(status).toBe('completed');
    expect(tests.map((t) => t.status)).toEqual(['timedOut', 'passed']);
    expect([...(coverage?.byTest.get('test_m.py::test_a')?.get('m.py') ?? [])]).toEqual([1, 2]);
  });

  it("counts nothing of pytest's own work into a test's time", async () => {
    const slow =
      'import pytest, time\n@pytest.hookimpl(hookwrapper=True)\ndef pytest_runtest_makereport(item, call):\n    time.sleep(1)\n    yield\n';
    await fs.writeFile(path.join(root, 'conftest.py'), slow);
    const { tests, status } = await run('def test_a():\n    pass\ndef test_b():\n    pass\n', 20_000, 700);
    expect([status, ...tests.map((t) => t.status)]).toEqual(['completed', 'passed', 'passed']);
  });

  it('ends the run at a time-out when asked to', async () => {
    await fs.writeFile(
      path.join(root, 'test_m.py'),
      'def test_a():\n    while True: pass\ndef test_b(): pass\n',
    );
    const argv = ['python3', '-m', 'pytest', '-q'];
    const command: TestCommand = { command: argv.join(' '), argv, runner: 'pytest', cwd: root, why: 'given' };
    const limits = { timeoutMs: 20_000, testTimeoutMs: 300, failFast: 'timeout' } as const;
    const { tests, status } = await runPytest(command, { root, ...limits });
    expect([status, ...tests.map((t) => t.status)]).toEqual(['completed', 'timedOut', 'didNotRun']);
  });

  it('runs a command that sets PYTHONPATH itself', async () => {
    await fs.mkdir(path.join(root, 'src'));
    await fs.writeFile(path.join(root, 'src', 'inner.py'), 'x = 1\n');
    await fs.writeFile(path.join(root, 'test_m.py'), 'from inner import x\ndef test_a(): assert x == 1\n');
    const argv = ['env', 'PYTHONPATH=src', 'python3', '-m', 'pytest', '-q'];
    const command: TestCommand = { command: argv.join(' '), argv, runner: 'pytest', cwd: root, why: 'given' };
    const { tests } = await runPytest(command, { root, timeoutMs: 20_000 });
    expect(tests.map((t) => t.status)).toEqual(['passed']);
  });

  it('reports a file that cannot be imported as an error', async () => {
    const { tests } = await run('import no_such_module\n');
    expect(tests.map((t) => t.status)).toEqual(['error']);
  });
});
