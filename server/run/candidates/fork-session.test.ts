import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestCommand } from '../types.ts';
import { canFork, ForkSession } from './fork-session.ts';

const found =
  process.platform === 'linux' && spawnSync('python3', ['-m', 'pytest', '--version']).status === 0;
if (!found && process.env.WEFT_REQUIRE === 'all') throw new Error('no pytest; type: npm run setup');
if (!found) console.warn('skipped: warm Python needs Linux and pytest; type: npm run setup');

/** A module whose functions tests hold in every way that Python has. */
const HELD = `import functools
def loud(f):
    @functools.wraps(f)
    def inner(*args):
        return f(*args)
    return inner
LIMIT = 1
@loud
def decorated(x):
    return x
class Thing:
    size = 1
    @property
    def twice(self):
        return self.size
    @staticmethod
    def still(x=0):
        return x
def maker():
    def made():
        return 0
    return made
early = maker()()
closure = maker()
`;
const HELD_TEST = `from held import LIMIT, Thing, closure, decorated, early
def test_decorated(): assert decorated(1) == 2
def test_property(): assert Thing().twice == 2
def test_static(): assert Thing.still() == 1
def test_constant(): assert LIMIT == 2
def test_class(): assert Thing.size == 2
def test_closure(): assert closure() == 1
def test_early(): assert early == 1
`;

const TEST =
  'from m import f\n\ndef test_a():\n    assert f(1) == 2\n\ndef test_b():\n    assert f(0) is not None\n';

describe.skipIf(!found)('ForkSession', () => {
  let root: string;
  let session: ForkSession;
  beforeAll(async () => {
    root = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'weft-')));
    await fs.writeFile(path.join(root, 'm.py'), 'def f(a):\n    return a\n');
    await fs.writeFile(path.join(root, 'test_m.py'), TEST);
    const argv = ['python3', '-m', 'pytest', '-q'];
    const command: TestCommand = { command: argv.join(' '), argv, runner: 'pytest', cwd: root, why: 'given' };
    expect(canFork(command)).toBe(true);
    session = new ForkSession(root, command);
  });
  afterAll(async () => {
    await session.dispose();
    await fs.rm(root, { recursive: true, force: true });
  });

  async function statuses(program?: string, limits: { testTimeoutMs?: number; failFast?: boolean } = {}) {
    const files = new Map(program === undefined ? [] : [['m.py', Buffer.from(program)]]);
    const { tests } = await session.run(files, { timeoutMs: 10_000, ...limits });
    return tests.map((test) => test.status);
  }
  const AS_IT_IS = ['failed', 'passed'];

  it('sees each candidate and nothing of the one before', { timeout: 30_000 }, async () => {
    expect(await statuses()).toEqual(AS_IT_IS);
    expect(await statuses('def f(a):\n    return a + 1\n')).toEqual(['passed', 'passed']);
    expect(await statuses()).toEqual(AS_IT_IS);
    expect(await fs.readFile(path.join(root, 'm.py'), 'utf8')).toBe('def f(a):\n    return a\n');
  });

  it(
    'takes no pass from what hangs, eats memory, prints or ends its process',
    { timeout: 60_000 },
    async () => {
      const hangs = 'def f(a):\n    while True:\n        pass\n';
      expect(await statuses(hangs, { testTimeoutMs: 300 })).toEqual(['timedOut', 'timedOut']);
      expect(await statuses('def f(a):\n    return len(bytearray(1 << 40)) and 2\n')).toEqual([
        'failed',
        'failed',
      ]);
      expect(await statuses('import os\ndef f(a):\n    os._exit(0)\n')).toEqual(['error', 'didNotRun']);
      const prints = 'import os\ndef f(a):\n    os.write(1, b"x" * (100 << 20))\n    return 2\n';
      expect((await statuses(prints)).length).toBe(2);
      expect(await statuses()).toEqual(AS_IT_IS);
    },
  );

  it('goes on after a candidate that kills the warm process', { timeout: 30_000 }, async () => {
    const kills = 'import os, signal\ndef f(a):\n    os.kill(os.getppid(), signal.SIGKILL)\n    return 2\n';
    const outcome = await session.run(new Map([['m.py', Buffer.from(kills)]]), { timeoutMs: 10_000 });
    expect(outcome.status).toBe('crashed');
    expect(await statuses()).toEqual(AS_IT_IS);
  });

  it('ends processes that a candidate started in sessions of their own', { timeout: 30_000 }, async () => {
    const file = path.join(root, '..', `${path.basename(root)}-pids`);
    const leaves = [
      'import os, time',
      'def f(a):',
      '    if os.fork() == 0:',
      '        os.setsid()',
      '        if os.fork() == 0:',
      '            os.setsid()',
      `        with open(${JSON.stringify(file)}, "a") as out: out.write(f"{os.getpid()}\\n")`,
      '        time.sleep(60)',
      '        os._exit(0)',
      `    while not os.path.exists(${JSON.stringify(file)}) or open(${JSON.stringify(file)}).read().count("\\n") < 2: time.sleep(0.01)`,
      '    return 2',
    ];
    try {
      const run = session.run(new Map([['m.py', Buffer.from(leaves.join('\n'))]]), {
        ...{ select: ['test_m.py::test_a'], timeoutMs: 10_000 },
      });
      expect((await run).tests.map((test) => test.status)).toEqual(['passed']);
      const left = (await fs.readFile(file, 'utf8')).trim().split('\n').map(Number);
      expect(left.length).toBe(2);
      expect(left.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
    } finally {
      await fs.rm(file, { force: true });
    }
  });

  it(
    'sees a change of whatever the tests hold, and of what runs at import',
    { timeout: 60_000 },
    async () => {
      await fs.writeFile(path.join(root, 'held.py'), HELD);
      await fs.writeFile(path.join(root, 'test_held.py'), HELD_TEST);
      const argv = ['python3', '-m', 'pytest', '-q', 'test_held.py'];
      const command: TestCommand = {
        command: argv.join(' '),
        argv,
        runner: 'pytest',
        cwd: root,
        why: 'given',
      };
      const held = new ForkSession(root, command);
      const passing = async (before: string, after: string, quick = false) => {
        const bytes = Buffer.from(HELD.replace(before, after));
        const run = await held.run(new Map([['held.py', bytes]]), { timeoutMs: 10_000, quick });
        if (run.status === 'notStarted') return 'needs a process of its own';
        return run.tests.flatMap((test) => (test.status === 'passed' ? [test.name] : []));
      };
      try {
        await held.run(new Map(), { timeoutMs: 20_000, coverage: true });
        expect(await passing('return x\nclass', 'return x + 1\nclass', true)).toEqual(['test_decorated']);
        expect(await passing('return self.size', 'y = 1\n        return self.size + y', true)).toEqual([
          'test_property',
        ]);
        expect(await passing('x=0', 'x=1')).toEqual(['test_static']);
        expect(await passing('LIMIT = 1', 'LIMIT = 2', true)).toBe('needs a process of its own');
        expect(await passing('LIMIT = 1', 'LIMIT = 2')).toEqual(['test_constant']);
        expect(await passing('size = 1', 'size = 2')).toContain('test_class');
        expect(await passing('return 0', 'return 1')).toEqual(['test_closure', 'test_early']);
        expect(await passing('return x\nclass', 'return (\nclass')).toEqual([]);
        expect(await passing('', '')).toEqual([]);
      } finally {
        await held.dispose();
      }
    },
  );

  it('stops at the first failure when asked to', { timeout: 30_000 }, async () => {
    expect(await statuses(undefined, { failFast: true })).toEqual(['failed', 'didNotRun']);
  });
});
