import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TestStatus } from '../../server/protocol/evidence.ts';
import { recogniseCommand } from '../../server/run/commands/recognise.ts';
import { runTests } from '../../server/run/run-tests.ts';
import type { RunnerName, RunOptions, RunOutcome } from '../../server/run/types.ts';

type Files = Record<string, string>;

/** One runner: how it is called, and a project for each behaviour. A runner more is one entry more. */
interface RunnerFixture {
  runner: RunnerName;
  command: string;
  /** Why it cannot run here, with what to type. */
  missing(): string | undefined;
  /** Time in which a run of one file is certainly at its first test. */
  startMs: number;
  /** Tests "passes", "fails", "errs" (an exception) and "skipped", in one file beside code that they execute. */
  mixed: Files;
  /** The file of the code in `mixed`, and the 0-based line that only "passes" executes. */
  covered: { file: string; line: number };
  importError: Files;
  /** "quick" passes, then "hangs" never ends. */
  hang: Files;
  /** "spins" holds its process busy for ever in the code that `covered` names, in its line 4; "after" passes. */
  spin: Files;
  /** "prints" prints 20 MB and passes. */
  loud: Files;
  /** "quick" passes, then "exits" ends the process with code 0. */
  exits: Files;
  none: Files;
}

/** Line 4 runs over and over, line 6 never. */
const SPIN_JS =
  '  let n = a;\n  while (a) {\n    if (n) {\n      n = a;\n    } else {\n      return n;\n    }\n  }\n';
const SPIN_PYTHON =
  'def spin(a):\n    n = a\n    while a:\n        if n:\n            n = a\n        else:\n            return n\n';
const MODULES = path.resolve(import.meta.dirname, '../../node_modules');
const VITEST = "import { expect, test } from 'vitest';\n";

const FIXTURES: RunnerFixture[] = [
  {
    runner: 'pytest',
    command: 'python3 -m pytest -q',
    startMs: 4_000,
    missing: () =>
      spawnSync('python3', ['-m', 'pytest', '--version']).status === 0
        ? undefined
        : 'no pytest; type: python3 -m pip install pytest',
    mixed: {
      'code_under_test.py': 'def pick(flag):\n    if flag:\n        return 1\n    return 2\n',
      'test_mixed.py': `import pytest
from code_under_test import pick
def test_passes():
    assert pick(True) == 1
def test_fails():
    assert pick(False) == 1
def test_errs():
    raise KeyError("x")
@pytest.mark.skip(reason="not now")
def test_skipped():
    pass
`,
    },
    covered: { file: 'code_under_test.py', line: 2 },
    importError: { 'test_import.py': 'import no_such_module_xyz\ndef test_never():\n    pass\n' },
    hang: {
      'test_hang.py':
        'import time\ndef test_quick():\n    pass\ndef test_hangs():\n    while True:\n        time.sleep(1)\n',
    },
    spin: {
      'code_under_test.py': SPIN_PYTHON,
      'test_spin.py':
        'from code_under_test import spin\ndef test_spins():\n    spin(1)\ndef test_then_after():\n    pass\n',
    },
    loud: { 'test_loud.py': 'def test_prints():\n    print("x" * 20_000_000)\n' },
    exits: { 'test_exit.py': 'import os\ndef test_quick():\n    pass\ndef test_exits():\n    os._exit(0)\n' },
    none: { 'test_none.py': 'x = 1\n' },
  },
  {
    runner: 'node:test',
    command: 'node --test',
    startMs: 4_000,
    missing: () => undefined,
    mixed: {
      'code.js': 'exports.pick = (flag) => {\n  if (flag) {\n    return 1;\n  }\n  return 2;\n};\n',
      'mixed.test.js': `const assert = require('node:assert');
const { test } = require('node:test');
const { pick } = require('./code.js');
test('passes', () => assert.equal(pick(true), 1));
test('fails', () => assert.equal(pick(false), 1));
test('errs', () => { throw new RangeError('x'); });
test('skipped', { skip: true }, () => {});
`,
    },
    covered: { file: 'code.js', line: 2 },
    importError: {
      'import.test.js':
        "const { test } = require('node:test');\nrequire('./no-such-module');\ntest('never', () => {});\n",
    },
    hang: {
      'hang.test.js':
        "const { test } = require('node:test');\ntest('quick', () => {});\ntest('hangs', () => new Promise((resolve) => setTimeout(resolve, 1e6)));\n",
    },
    spin: {
      'code.js': `exports.spin = (a) => {\n${SPIN_JS}};\n`,
      'spin.test.js':
        "const { test } = require('node:test');\nconst { spin } = require('./code.js');\ntest('spins', () => spin(1));\ntest('after', () => {});\n",
    },
    loud: {
      'loud.test.js':
        "const { test } = require('node:test');\ntest('prints', () => { require('node:fs').writeSync(1, 'x\\n'); for (let i = 0; i < 200; i++) console.log('x'.repeat(100_000)); });\n",
    },
    exits: {
      'exit.test.js':
        "const { test } = require('node:test');\ntest('quick', () => {});\ntest('exits', () => process.exit(0));\n",
    },
    none: { 'none.test.js': "require('node:test');\n" },
  },
  {
    runner: 'unittest',
    command: 'python3 -m unittest',
    startMs: 4_000,
    missing: () =>
      spawnSync('python3', ['--version']).status === 0 ? undefined : 'no Python; install Python 3.8 or newer',
    mixed: {
      'code_under_test.py': 'def pick(flag):\n    if flag:\n        return 1\n    return 2\n',
      'test_mixed.py': `import unittest
from code_under_test import pick
class TestMixed(unittest.TestCase):
    def test_passes(self):
        self.assertEqual(pick(True), 1)
    def test_fails(self):
        self.assertEqual(pick(False), 1)
    def test_errs(self):
        raise KeyError("x")
    @unittest.skip("not now")
    def test_skipped(self):
        pass
`,
    },
    covered: { file: 'code_under_test.py', line: 2 },
    importError: { 'test_import.py': 'import no_such_module_xyz\n' },
    hang: {
      'test_hang.py': unittestCase(
        'def test_a_quick(self): pass',
        'def test_hangs(self):\n        while True: time.sleep(1)',
      ),
    },
    spin: {
      'code_under_test.py': SPIN_PYTHON,
      'test_spin.py': unittestCase(
        'def test_spins(self): code_under_test.spin(1)',
        'def test_then_after(self): pass',
      ).replace('import', 'import code_under_test,'),
    },
    loud: { 'test_loud.py': unittestCase('def test_prints(self): print("x" * 20_000_000)') },
    exits: {
      'test_exit.py': unittestCase('def test_a_quick(self): pass', 'def test_exits(self): os._exit(0)'),
    },
    none: { 'test_none.py': 'x = 1\n' },
  },
  {
    runner: 'vitest',
    command: 'npx vitest',
    startMs: 15_000,
    missing: () => undefined,
    mixed: {
      'code.ts':
        'interface Flag {\n  on: boolean;\n}\nexport function pick(flag: Flag): number {\n  if (flag.on) {\n    return 1;\n  }\n  return 2;\n}\n',
      'mixed.test.ts': `${VITEST}import { pick } from './code';
test('passes', () => expect(pick({ on: true })).toBe(1));
test('fails', () => expect(pick({ on: false })).toBe(1));
test('errs', () => { throw new RangeError('x'); });
test.skip('skipped', () => {});
`,
    },
    covered: { file: 'code.ts', line: 5 },
    importError: { 'import.test.js': `${VITEST}import './no-such-module.js';\ntest('never', () => {});\n` },
    hang: {
      'hang.test.js': `${VITEST}test('quick', () => {});\ntest('hangs', () => new Promise((resolve) => setTimeout(resolve, 1e6)), 1e6);\n`,
    },
    spin: {
      'code.ts': `export function spin(a: number): number | undefined {\n${SPIN_JS}}\n`,
      'spin.test.js': `${VITEST}import { spin } from './code.ts';\ntest('spins', () => { spin(1); });\ntest('after', () => {});\n`,
    },
    loud: {
      'loud.test.js': `${VITEST}test('prints', () => { for (let i = 0; i < 200; i++) process.stdout.write('x'.repeat(100_000)); });\n`,
    },
    exits: {
      'exit.test.js': `${VITEST}test('quick', () => {});\ntest('exits', () => process.exit(0));\n`,
    },
    none: { 'none.test.js': VITEST },
  },
];

function unittestCase(...methods: string[]): string {
  const body = methods.map((method) => `    ${method}\n`).join('');
  return `import os, time, unittest\nclass Test(unittest.TestCase):\n${body}`;
}

async function runIn(
  { command, runner }: RunnerFixture,
  files: Files,
  options: Partial<RunOptions> = {},
): Promise<RunOutcome> {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'weft- ü ')));
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    symlinkSync(MODULES, path.join(root, 'node_modules'));
    const recognised = recogniseCommand(command, root);
    expect(recognised.runner).toBe(runner);
    return await runTests(recognised, { root, timeoutMs: 60_000, ...options });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function statusOf({ tests }: RunOutcome, name: string): TestStatus | undefined {
  return tests.find((test) => new RegExp(`(^|[^a-z])(test_)?${name}$`).test(test.name))?.status;
}

describe.each(FIXTURES)('$runner', (fixture) => {
  const why = fixture.missing();
  if (why !== undefined) {
    it(`is on this machine (${why})`, (context) => {
      if (process.env.WEFT_REQUIRE === 'all') throw new Error(why);
      context.skip(why);
    });
    return;
  }

  it('tells passed, failed, broken and skipped tests, each with an id, as they come', async () => {
    const told: string[] = [];
    const outcome = await runIn(fixture, fixture.mixed, { onTest: ({ id }) => told.push(id) });
    expect(outcome).toMatchObject({ status: 'completed', runner: fixture.runner, command: fixture.command });
    expect(outcome.exitCode).not.toBe(0);
    expect(outcome.tests).toHaveLength(4);
    expect(statusOf(outcome, 'passes')).toBe('passed');
    expect(statusOf(outcome, 'fails')).toBe('failed');
    expect(['failed', 'error']).toContain(statusOf(outcome, 'errs'));
    expect(statusOf(outcome, 'skipped')).toBe('skipped');
    expect(told.sort()).toEqual(outcome.tests.map(({ id }) => id).sort());
    expect(new Set(told).size).toBe(4);
  });

  it('says which lines each test executes', async () => {
    const { tests, coverage, executedFiles } = await runIn(fixture, fixture.mixed, { coverage: true });
    const { file, line } = fixture.covered;
    const executes = (name: string) => {
      const id = tests.find((test) => test.name.endsWith(name))?.id ?? '';
      return coverage?.byTest.get(id)?.get(file)?.has(line) ?? false;
    };
    expect(executes('passes')).toBe(true);
    expect(executes('fails')).toBe(false);
    expect(executedFiles).toContain(file);
  });

  it('runs only the tests that are selected', async () => {
    const all = await runIn(fixture, fixture.mixed);
    const wanted = all.tests.find(({ name }) => name.endsWith('passes'))?.id ?? '';
    const { tests } = await runIn(fixture, fixture.mixed, { select: [wanted] });
    expect(tests.map(({ id, status }) => [id, status])).toEqual([[wanted, 'passed']]);
  });

  it('takes a file that cannot be imported for a failure', async () => {
    const { tests, exitCode } = await runIn(fixture, fixture.importError);
    expect(exitCode).not.toBe(0);
    expect(tests.length).toBeGreaterThan(0);
    for (const { status } of tests) expect(['failed', 'error']).toContain(status);
  });

  it.concurrent('ends tests that hang, and keeps what was said before', async () => {
    const outcome = await runIn(fixture, fixture.hang, { timeoutMs: fixture.startMs });
    expect(outcome.status).toBe('timedOut');
    expect(statusOf(outcome, 'quick')).toBe('passed');
    const hung =
      statusOf(outcome, 'hangs') ?? outcome.tests.find(({ status }) => status !== 'passed')?.status;
    expect(hung).toBe('timedOut');
  });

  it.concurrent('ends a run whose test holds its process busy', async () => {
    const outcome = await runIn(fixture, fixture.spin, { timeoutMs: fixture.startMs });
    expect(outcome.status).toBe('timedOut');
    expect(statusOf(outcome, 'spins')).toBe('timedOut');
    expect(statusOf(outcome, 'after')).not.toBe('passed');
  });

  it('ends one such test at its own limit, keeps its lines, and goes on with the next', async () => {
    const outcome = await runIn(fixture, fixture.spin, { testTimeoutMs: 1_000, coverage: true });
    expect(outcome.status).toBe('completed');
    expect(statusOf(outcome, 'spins')).toBe('timedOut');
    expect(statusOf(outcome, 'after')).toBe('passed');
    const id = outcome.tests.find(({ name }) => name.endsWith('spins'))?.id ?? '';
    const lines = outcome.coverage?.byTest.get(id)?.get(fixture.covered.file);
    expect([lines?.has(4), lines?.has(6)]).toEqual([true, false]);
  });

  it('keeps the ends of what a loud test prints', async () => {
    const outcome = await runIn(fixture, fixture.loud);
    expect(statusOf(outcome, 'prints')).toBe('passed');
    expect(outcome.output.head.length + outcome.output.tail.length).toBeLessThanOrEqual(128 * 1024);
  });

  it('is not deceived by a test that ends the process with success', async () => {
    const outcome = await runIn(fixture, fixture.exits);
    expect(statusOf(outcome, 'exits')).not.toBe('passed');
    expect(outcome.tests.some(({ status }) => status === 'failed' || status === 'error')).toBe(true);
  });

  it('reports no pass where there is no test', async () => {
    const { tests } = await runIn(fixture, fixture.none);
    expect(tests.filter(({ status }) => status === 'passed')).toEqual([]);
  });
});
