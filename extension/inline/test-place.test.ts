import { describe, expect, it } from 'vitest';
import { lineOfTest, testPlace } from './test-place.ts';

describe('testPlace', () => {
  it('reads ids of pytest, with class and parameters', () => {
    expect(testPlace('tests/test_a.py::TestCart::test_total[2-a::b > c]')).toEqual({
      file: 'tests/test_a.py',
      name: 'test_total',
    });
  });
  it('reads ids of the JavaScript runners, with suites', () => {
    expect(testPlace('test/cart.test.js > cart > adds up')).toEqual({
      file: 'test/cart.test.js',
      name: 'adds up',
    });
  });
  it('says nothing of an id without a file', () => {
    expect(testPlace('make test')).toBeUndefined();
    expect(testPlace('::x')).toBeUndefined();
  });
});

describe('lineOfTest', () => {
  it('finds a Python function by its whole name', () => {
    expect(lineOfTest('def test_total_2(): ...\n\n  async def test_total(self):\n', 'test_total')).toBe(2);
  });
  it('finds a name between quotes, whatever it is made of', () => {
    expect(lineOfTest("// adds (up)\nit('adds (up)', f)\r\n", 'adds (up)')).toBe(1);
  });
  it('says nothing where the name is not declared', () => {
    expect(lineOfTest('total()\n', 'total')).toBeUndefined();
  });
});
