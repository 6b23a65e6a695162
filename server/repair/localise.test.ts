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
});
