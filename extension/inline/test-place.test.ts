import { describe, expect, it } from 'vitest';
import { lineOfTest, testPlace } from './test-place.ts';

describe('testPlace', () => {
  it('reads ids of pytest, with class and parameters', () => {
    expect(testPlace({ id: 'tests/test_a.py::TestCart::test_total[2-a::b > c]' })).toEqual({
      file: 'tests/test_a.py',
      names: ['TestCart', 'test_total'],
    });
  });
  it('reads ids of the JavaScript runners, with suites', () => {
    expect(testPlace({ id: 'test/cart.test.js > cart > adds up' })).toEqual({
      file: 'test/cart.test.js',
      names: ['cart', 'adds up'],
    });
  });
  it('believes the place that the runner told', () => {
    expect(testPlace({ id: 'all.test.js > adds up', file: 'shared.js', line: 7 })).toEqual({
      file: 'shared.js',
      names: ['adds up'],
      line: 7,
    });
  });
  it('says nothing of an id without a file', () => {
    expect(testPlace({ id: 'make test' })).toBeUndefined();
    expect(testPlace({ id: '::x' })).toBeUndefined();
  });
});

describe('lineOfTest', () => {
  it('finds a Python function by its whole name', () => {
    const text = 'def test_total_2(): ...\n\n  async def test_total(self):\n';
    expect(lineOfTest(text, { names: ['test_total'] })).toBe(2);
  });
  it('finds a name between quotes, whatever it is made of', () => {
    expect(lineOfTest("// adds (up)\nit('adds (up)', f)\r\n", { names: ['adds (up)'] })).toBe(1);
  });
  it('tells two tests of one name apart by their suites', () => {
    const script =
      "describe('a', () => {\n  it('adds', f);\n});\ndescribe('b', () => {\n  it('adds', f);\n});\n";
    expect(lineOfTest(script, { names: ['a', 'adds'] })).toBe(1);
    expect(lineOfTest(script, { names: ['b', 'adds'] })).toBe(4);
    const python = 'class TestA:\n  def test_x(self): ...\nclass TestB:\n  def test_x(self): ...\n';
    expect(lineOfTest(python, { names: ['TestB', 'test_x'] })).toBe(3);
  });
  it('tells them apart by the line that the runner told, below a decorator too', () => {
    const text = '@mark\n@other\ndef test_x(): ...\n@mark\ndef test_x(): ...\n';
    expect(lineOfTest(text, { names: ['test_x'], line: 0 })).toBe(2);
    expect(lineOfTest(text, { names: ['test_x'], line: 3 })).toBe(4);
  });
  it('takes the line as told where the name is made up as the test runs', () => {
    expect(lineOfTest('for (const n of [1, 2])\n  test(`n ${n}`, f);\n', { names: ['n 2'], line: 1 })).toBe(
      1,
    );
  });
  it('says nothing where the name is not declared', () => {
    expect(lineOfTest('total()\n', { names: ['total'] })).toBeUndefined();
  });
});
