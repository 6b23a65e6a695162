import { describe, expect, it } from 'vitest';
import type { TestResult } from '../protocol/evidence.ts';
import { localise } from './localise.ts';

const test = (id: string, status: TestResult['status']): TestResult => ({ id, name: id, status, seconds: 0 });
const lines = (...numbers: number[]) => new Map([['a.py', new Set(numbers)]]);

describe('localise', () => {
  const tests = [
    test('bad', 'failed'),
    test('slow', 'timedOut'),
    test('good', 'passed'),
    test('off', 'skipped'),
  ];
  const byTest = new Map([
    ['bad', lines(1, 2)],
    ['slow', lines(1, 3)],
    ['good', lines(1, 4)],
    ['off', lines(2)],
  ]);

  it('scores a line by failing and passing tests that executed it, and counts a time-out as a failure', () => {
    const found = localise(tests, { byTest }, () => true);
    expect(found.map(({ line, score }) => [line, Number(score.toFixed(3))])).toEqual([
      [1, 0.816],
      [2, 0.707],
      [3, 0.707],
    ]);
  });

  it('leaves out files that may not be changed', () => {
    expect(localise(tests, { byTest }, (file) => file !== 'a.py')).toEqual([]);
  });

  it('raises the lines on the stack of a failure, the innermost most', () => {
    const stack = [
      { file: 'lib.py', line: 1 },
      { file: 'a.py', line: 3 },
      { file: 'a.py', line: 1 },
    ];
    const [bad, ...others] = tests;
    const failing = { ...bad, stack } as TestResult;
    const scores = (with_: TestResult[]) =>
      new Map(localise(with_, { byTest }, (f) => f === 'a.py').map((s) => [s.line, s.score]));
    const [plain, raised] = [scores(tests), scores([failing, ...others])];
    expect(raised.get(2)).toBe(plain.get(2));
    expect((raised.get(3) ?? 0) - (plain.get(3) ?? 0)).toBeGreaterThan(
      (raised.get(1) ?? 0) - (plain.get(1) ?? 0),
    );
    expect(Math.max(...raised.values())).toBeLessThanOrEqual(1);
  });

  it('ranks by the stacks alone where no coverage is known', () => {
    const failing: TestResult = { ...test('bad', 'failed'), stack: [{ file: 'a.py', line: 7 }] };
    expect(localise([failing], undefined, () => true).map((s) => s.line)).toEqual([7]);
  });

  it('gives lines that ran at import less than lines of the same tests', () => {
    const imported = lines(0, 1);
    const found = localise(tests, { byTest, imported }, () => true);
    expect(found.map((s) => s.line)).toEqual([1, 2, 3, 0]);
  });
});
