import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestResult } from '../protocol/evidence.ts';
import type { CandidateSession } from '../run/types.ts';
import { search } from './search.ts';

/** A program is a text; a test passes when the text says so. */
type Tests = Record<string, (text: string) => TestResult['status']>;

let root: string;
beforeEach(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), 'weft-'));
});
afterEach(() => fs.rm(root, { recursive: true, force: true }));

const when = (part: string) => (text: string) =>
  (text.includes(part) ? 'passed' : 'failed') as TestResult['status'];

/** Without `ran`, each test executes every line. */
async function repair(program: string, tests: Tests, ran: Record<string, number[]> = {}) {
  await fs.writeFile(path.join(root, 'm.py'), program);
  const linesOf = (id: string) => new Map([['m.py', new Set(ran[id] ?? program.split('\n').keys())]]);
  const session: CandidateSession = {
    width: 2,
    run: (files, { select, coverage }) => {
      const text = Buffer.from(files.get('m.py') ?? Buffer.from(program)).toString();
      const results = Object.entries(tests)
        .filter(([id]) => select?.includes(id) ?? true)
        .map(([id, status]) => ({ id, name: id, file: 'test_m.py', status: status(text), seconds: 0 }));
      return Promise.resolve({
        ...{ command: 't', runner: 'pytest', exitCode: 1, status: 'completed', seconds: 0.1 },
        ...{ output: { head: '', tail: '', bytes: 0 }, tests: results, changedFilesRan: null },
        ...(coverage ? { coverage: { byTest: new Map(results.map(({ id }) => [id, linesOf(id)])) } } : {}),
      } as const);
    },
    dispose: () => Promise.resolve(),
  };
  const baseline = await session.run(new Map(), { coverage: true, timeoutMs: 1 });
  const deadline = performance.now() + 20_000;
  return search({ root, session, baseline, deadline, mayChange: (file) => file === 'm.py' });
}

const PROGRAM = 'def f(x, y):\n    if x < 1:\n        return y - 1\n    return y\n';

describe('search', () => {
  it('finds the change that makes every test pass, and leaves the files as they are', async () => {
    const { plausible } = await repair(PROGRAM, { a: when('x <= 1'), b: when('y - 1') });
    expect(plausible[0]?.texts.get('m.py')).toBe(PROGRAM.replace('x < 1', 'x <= 1'));
    expect(await fs.readFile(path.join(root, 'm.py'), 'utf8')).toBe(PROGRAM);
  });

  it('builds on a change that repairs some failing tests, until all pass', async () => {
    const { plausible } = await repair(PROGRAM, { a: when('x <= 1'), b: when('y + 1') });
    expect(plausible[0]?.texts.get('m.py')).toBe(
      PROGRAM.replace('x < 1', 'x <= 1').replace('y - 1', 'y + 1'),
    );
  });

  it('gives the best partial patch when there is no more', async () => {
    const { plausible, partial } = await repair(PROGRAM, { a: when('x <= 1'), b: () => 'failed' });
    expect(plausible).toEqual([]);
    expect(partial?.texts.get('m.py')).toBe(PROGRAM.replace('x < 1', 'x <= 1'));
  });

  it(
    'ends with what it has where there are more faults than it builds upon',
    { timeout: 10_000 },
    async () => {
      const names = ['a', 'b', 'c', 'd'];
      const program = names.map((name) => `def ${name}(x):\n    return x < ${name}\n`).join('');
      const tests = Object.fromEntries(names.map((name) => [name, when(`x <= ${name}\n`)]));
      const ran = Object.fromEntries(names.map((name, i) => [name, [i * 2 + 1]]));
      const { plausible, partial } = await repair(program, tests, ran);
      expect(plausible).toEqual([]);
      expect(partial?.texts.get('m.py')?.match(/<=/g)).toHaveLength(3);
    },
  );

  it('takes no change that breaks or skips a test that passed', async () => {
    const skipped = (text: string) => (text.includes('x < 1') ? 'passed' : 'skipped') as TestResult['status'];
    const { plausible, partial, tried } = await repair(PROGRAM, { a: when('x <= 1'), b: skipped });
    expect([plausible, partial]).toEqual([[], undefined]);
    expect(tried).toBeGreaterThan(10);
  });
});
