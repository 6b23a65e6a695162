import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
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
  /** Tests "passes", "fails", "errs" (an exception) and "skipped", in one file beside code that they execute. */
  mixed: Files;
  /** The file of the code in `mixed`, and the 0-based line that only "passes" executes. */
  covered: { file: string; line: number };
  importError: Files;
  /** "quick" passes, then "hangs" never ends. */
  hang: Files;
  /** "spins" holds its process busy for ever. */
  spin: Files;
  /** "prints" prints 20 MB and passes. */
  loud: Files;
  /** "quick" passes, then "exits" ends the process with code 0. */
  exits: Files;
  none: Files;
}

const FIXTURES: RunnerFixture[] = [
  {
    runner: 'pytest',
    command: 'python3 -m pytest -q',
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
    spin: { 'test_spin.py': 'def test_spins():\n    while True:\n        pass\n' },
    loud: { 'test_loud.py': 'def test_prints():\n    print("x" * 20_000_000)\n' },
    exits: { 'test_exit.py': 'import os\ndef test_quick():\n    pass\ndef test_exits():\n    os._exit(0)\n' },
    none: { 'test_none.py': 'x = 1\n' },
  },
  {
    runner: 'node:test',
    command: 'node --test',
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
      'spin.test.js': "const { test } = require('node:test');\ntest('spins', () => { for (;;); });\n",
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
];

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

  it('ends tests that hang, and keeps what was said before', async () => {
    const outcome = await runIn(fixture, fixture.hang, { timeoutMs: 4_000 });
    expect(outcome.status).toBe('timedOut');
    expect(statusOf(outcome, 'quick')).toBe('passed');
    const hung =
      statusOf(outcome, 'hangs') ?? outcome.tests.find(({ status }) => status !== 'passed')?.status;
    expect(hung).toBe('timedOut');
  });

  it('ends tests that hold their process busy', async () => {
    const { status, tests } = await runIn(fixture, fixture.spin, { timeoutMs: 3_000 });
    expect(status).toBe('timedOut');
    expect(tests.map((test) => test.status)).toEqual(['timedOut']);
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
