import { describe, expect, it } from 'vitest';
import { kindOf, SYMBOL, symbolCount, symbolText } from '../facts.ts';
import { parseFile } from '../parse-file.ts';

/** The names of the tests of a file, in the order of the source. */
async function tests(file: string, text: string): Promise<string[]> {
  const facts = await parseFile(file, text);
  return Array.from({ length: symbolCount(facts) }, (_, s) => s)
    .filter((s) => kindOf(facts, s) === 'Test')
    .map((s) => symbolText(facts, s, SYMBOL.name));
}

/** Names as the runners report them; suites and titles are joined by ` > ` for all runners of JavaScript. */
describe('tests by the names that their runners report', () => {
  it('vitest and jest', async () => {
    expect(
      await tests(
        'a.test.ts',
        `test('plain', () => {});
it.skip('skipped', () => {});
it.only("only", async function () {});
test.concurrent('at once', async () => {});
it.each([1, 2])('each %i', (n) => {});
it.each\`a | b\`('tagged $a', ({ a }) => {});
describe('cart', () => {
  it('adds', { timeout: 10 }, () => {});
  it('adds late', () => {}, 100);
  describe.each([1])('per %i', () => { it(\`template\`, () => {}); });
  describe.skip('left out', () => { test('in', function named() {}); });
  test.skipIf(true)('sometimes', () => {});
  test.todo('later');
});
fit('alone', () => {});
xdescribe('not', () => { xtest('run', () => {}); xit('either', () => {}); });
it('it\\'s \\u00e9', () => {});
it('waits', fakeAsync(() => {}));
describe(Cart, () => { it('is named after a class', () => {}); });
describe(Cart.name, () => { it('or its name', () => {}); });`,
      ),
    ).toEqual([
      ...['plain', 'skipped', 'only', 'at once', 'each %i', 'tagged $a', 'cart > adds', 'cart > adds late'],
      ...['cart > per %i > template', 'cart > left out > in', 'cart > sometimes'],
      ...['alone', 'not > run', 'not > either', "it's é", 'waits'],
      ...['Cart > is named after a class', 'Cart > or its name'],
    ]);
  });

  it('makes no test of other calls', async () => {
    expect(
      await tests(
        'a.ts',
        `/x/.test('a'); re.test('b', () => {}); test('no function', 1); test(title, () => {}); submit('c', () => {});`,
      ),
    ).toEqual([]);
  });

  it('mocha, with both interfaces', async () => {
    expect(
      await tests(
        'test/a.js',
        `suite('tdd', function () { test('one', function (done) {}); });
describe('bdd', function () { specify('two', function () {}); context('when', () => { it('three', () => {}); }); });`,
      ),
    ).toEqual(['tdd > one', 'bdd > two', 'bdd > when > three']);
  });

  it('node:test, subtests included', async () => {
    expect(
      await tests(
        'a.test.mjs',
        `import test, { describe, it, suite } from 'node:test';
test('top', async (t) => {
  await t.test('sub', async (inner) => { await inner.test('deeper', () => {}); });
  other.test('none', () => {});
});
test('with options', { skip: true }, () => {});
suite('s', () => { it('i', () => {}); });
describe('d', { concurrency: true }, () => { it('j', (t, done) => {}); });`,
      ),
    ).toEqual(['top', 'top > sub', 'top > sub > deeper', 'with options', 's > i', 'd > j']);
  });

  it('pytest and unittest', async () => {
    expect(
      await tests(
        'test_a.py',
        `import unittest
def test_plain(): pass
async def test_async(): pass
def helper():
    def test_inner(): pass
class TestCart:
    def test_adds(self): pass
    def helper(self): pass
    class TestInner:
        def test_in(self): pass
class CartTests:
    def test_of_no_runner(self): pass
class ElsewhereTests(Elsewhere):
    def test_far(self): pass
class Case(unittest.IsolatedAsyncioTestCase):
    def setUp(self): pass
    async def test_aio(self): pass
class Sub(Case):
    def testCamel(self): pass
`,
      ),
    ).toEqual([
      ...['test_plain', 'test_async', 'TestCart::test_adds', 'TestCart::TestInner::test_in'],
      ...['ElsewhereTests::test_far', 'Case::test_aio', 'Sub::testCamel'],
    ]);
    expect(
      await tests('cases.py', 'class A(TestCase):\n    def test_x(self): pass\ndef test_y(): pass\n'),
    ).toEqual(['A::test_x']);
  });

  it('JUnit 4 and 5', async () => {
    expect(
      await tests(
        'CartTest.java',
        `class CartTest {
  @Test void adds() {}
  @org.junit.Test public void qualified() {}
  @ParameterizedTest @ValueSource(ints = {1}) void each(int n) {}
  @RepeatedTest(2) void again() {}
  @TestFactory Stream<DynamicTest> made() { return null; }
  @BeforeEach void setUp() {}
  @DisplayName("x y") @Test void named() {}
  @Nested class Inner { @Test void in() {} }
  void helper() {}
}`,
      ),
    ).toEqual(['adds', 'qualified', 'each', 'again', 'made', 'named', 'in']);
  });

  it('go test', async () => {
    expect(
      await tests(
        'cart_test.go',
        `package shop
import "testing"
func TestAdds(t *testing.T) {}
func Test(t *testing.T) {}
func BenchmarkAdds(b *testing.B) {}
func FuzzAdd(f *testing.F) {}
func ExampleAdd() {}
func TestMain(m *testing.M) {}
func TestWrong(b *testing.B) {}
func Testing(t *testing.T) {}
func TestHelper(t *testing.T, n int) {}
func helper(t *testing.T) {}
`,
      ),
    ).toEqual(['TestAdds', 'Test', 'BenchmarkAdds', 'FuzzAdd', 'ExampleAdd']);
    expect(await tests('cart.go', 'package shop\nfunc TestAdds(t *testing.T) {}\n')).toEqual([]);
  });
});
