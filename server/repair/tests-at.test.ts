import { describe, expect, it } from 'vitest';
import type { TestResult } from '../protocol/evidence.ts';
import { testsAt } from './tests-at.ts';

const test = (id: string, line?: number): TestResult => ({
  ...{ id, name: id, file: 'test_a.py', status: 'failed', seconds: 0 },
  ...(line === undefined ? {} : { line }),
});

describe('testsAt', () => {
  const tests = [test('a', 3), test('b[1]', 10), test('b[2]', 10), test('c', 20)];
  const at = (line: number) => testsAt(tests, { file: 'test_a.py', line }).map(({ id }) => id);

  it('finds the cases of the test around a line', () => {
    expect(at(10)).toEqual(['b[1]', 'b[2]']);
    expect(at(14)).toEqual(['b[1]', 'b[2]']);
    expect(at(99)).toEqual(['c']);
  });

  it('takes the whole file for a line above its tests, or where no test has a line', () => {
    expect(at(0)).toEqual(['a', 'b[1]', 'b[2]', 'c']);
    expect(testsAt([test('x'), test('y')], { file: 'test_a.py', line: 5 })).toHaveLength(2);
  });

  it('takes nothing of another file', () => {
    expect(testsAt(tests, { file: 'test_b.py', line: 10 })).toEqual([]);
  });
});
