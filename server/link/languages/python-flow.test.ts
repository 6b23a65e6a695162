import { describe, expect, it } from 'vitest';
import { Graph } from '../../graph/graph.ts';
import { parseFile } from '../../index/parse-file.ts';
import { linkWorkspace } from '../link-workspace.ts';

/** The calls of one file, `a.py`, that are known by name or by type, as `from -form-> to`, sorted. */
async function calls(text: string): Promise<string[]> {
  const graph = new Graph(await linkWorkspace(new Map([['a.py', await parseFile('a.py', text)]])), '');
  return [...graph.edges()]
    .filter((e) => e.kind === 'CALLS' && e.tier !== 'name')
    .map((e) => `${e.from} -${e.form}-> ${e.to}`.replaceAll('a.py#', ''))
    .sort();
}

const CART = 'class Cart:\n    def total(self): pass\n';

/** What the body of a function `f` calls, beside classes `Cart` and `V` and what `head` declares. */
async function inF(body: string, head = ''): Promise<string[]> {
  const lines = body.split('\n').map((line) => `    ${line}\n`);
  const found = await calls(`${head}${CART}def f(c: Cart, v):\n${lines.join('')}`);
  return found.filter((e) => e.startsWith('f ')).map((e) => e.slice(2));
}

const TOTAL = '-call-> Cart.total';

describe('special methods in Python', () => {
  /** What an expression calls where `v`, `w` and `n` are two values and a number. */
  async function of(expression: string, methods: string, other = ''): Promise<string[]> {
    const body = (names: string) =>
      names === ''
        ? '    pass\n'
        : names
            .split(' ')
            .map((name) => `    def ${name}(self, *args): pass\n`)
            .join('');
    const found = await calls(
      `class V:\n${body(methods)}class W:\n${body(other)}def f(v: V, w: W, n: int):\n    ${expression}\n`,
    );
    return found.map((e) => e.replace('f -operator-> ', ''));
  }

  it('run for binary and unary operators', async () => {
    for (const [operator, method] of Object.entries({
      ...{ '+': 'add', '-': 'sub', '*': 'mul', '/': 'truediv', '//': 'floordiv', '%': 'mod', '**': 'pow' },
      ...{ '@': 'matmul', '&': 'and', '|': 'or', '^': 'xor', '<<': 'lshift', '>>': 'rshift' },
    }))
      expect(await of(`v ${operator} w`, `__${method}__`), operator).toEqual([`V.__${method}__`]);
    for (const [operator, method] of Object.entries({ '-': 'neg', '+': 'pos', '~': 'invert' }))
      expect(await of(`${operator}v`, `__${method}__`), operator).toEqual([`V.__${method}__`]);
  });

  it('are the reflected ones of the right where the left has none or is built in', async () => {
    expect(await of('v + w', '', '__radd__')).toEqual(['W.__radd__']);
    expect(await of('v + w', '__add__', '__radd__')).toEqual(['V.__add__']);
    expect(await of('n + v', '__radd__')).toEqual(['V.__radd__']);
    expect(await of('v + w', '__radd__', '__add__')).toEqual([]);
  });

  it('are those of an assignment where they exist, else the plain ones', async () => {
    expect(await of('v += w', '__iadd__ __add__')).toEqual(['V.__iadd__']);
    expect(await of('v += w', '__add__')).toEqual(['V.__add__']);
  });

  it('run for comparisons, reflected where the left has none', async () => {
    for (const [operator, own, reflected] of [
      ['<', 'lt', 'gt'],
      ['>', 'gt', 'lt'],
      ['<=', 'le', 'ge'],
      ['>=', 'ge', 'le'],
    ] as const) {
      expect(await of(`v ${operator} w`, `__${own}__`, `__${reflected}__`), operator).toEqual([
        `V.__${own}__`,
      ]);
      expect(await of(`v ${operator} w`, '', `__${reflected}__`), operator).toEqual([`W.__${reflected}__`]);
    }
    expect(await of('v == w', '__eq__')).toEqual(['V.__eq__']);
    expect(await of('v != w', '__ne__')).toEqual(['V.__ne__']);
  });

  it('run for indexes, membership and calls of values', async () => {
    expect(await of('v[0]', '__getitem__')).toEqual(['V.__getitem__']);
    expect(await of('V[0]', '__class_getitem__ __getitem__')).toEqual(['V.__class_getitem__']);
    expect(await of('v[0] = n', '__setitem__ __getitem__')).toEqual(['V.__setitem__']);
    expect(await of('del v[0]', '__delitem__ __getitem__')).toEqual(['V.__delitem__']);
    expect(await of('n in v', '__contains__')).toEqual(['V.__contains__']);
    expect(await of('v()', '__call__')).toEqual(['V.__call__']);
  });

  it('run for iterations, by index where there is no iterator', async () => {
    expect(await of('for x in v: pass', '__iter__')).toEqual(['V.__iter__']);
    expect(await of('for x in v: pass', '__getitem__')).toEqual(['V.__getitem__']);
    expect(await of('[x for x in v]', '__iter__')).toEqual(['V.__iter__']);
  });

  it('give the loop what `__next__` of the iterator gives', async () => {
    expect(
      await inF(
        'for x in Bag():\n    x.total()',
        `class Steps:\n    def __next__(self) -> Cart: ...\nclass Bag:\n    def __iter__(self): return Steps()\n`,
      ),
    ).toEqual([TOTAL, '-new-> Bag', '-operator-> Bag.__iter__', '-operator-> Steps.__next__']);
  });

  it('give results their types', async () => {
    const head =
      'class V:\n    def __add__(self, o) -> Cart: ...\n    def __getitem__(self, i) -> Cart: ...\n';
    for (const expression of ['(V() + 1)', 'V()[0]'])
      expect(await inF(`${expression}.total()`, head), expression).toContain(TOTAL);
  });

  it('run for nothing of values that are not known', async () => {
    expect(
      await calls('class V:\n    def __add__(self, o): pass\ndef f(a, b):\n    a + b; a[0]; a()\n'),
    ).toEqual([]);
  });

  it('run where a context manager is entered and left', async () => {
    const head = `class Lock:\n    def __enter__(self) -> Cart: ...\n    def __exit__(self, *a): pass\n`;
    expect(await inF('with Lock() as x:\n    x.total()', head)).toEqual([
      ...[TOTAL, '-new-> Lock', '-operator-> Lock.__enter__', '-operator-> Lock.__exit__'],
    ]);
  });

  it('run where an asynchronous one is', async () => {
    expect(
      await calls(
        `${CART}class Lock:\n    async def __aenter__(self) -> Cart: ...\n    async def __aexit__(self, *a): pass\n` +
          'async def f():\n    async with Lock() as x:\n        x.total()\n',
      ),
    ).toEqual([
      'f -call-> Cart.total',
      'f -new-> Lock',
      'f -operator-> Lock.__aenter__',
      'f -operator-> Lock.__aexit__',
    ]);
  });
});

describe('functions as values in Python', () => {
  it('are called where they are passed, stored or returned', async () => {
    expect(
      await calls(
        'def g(): pass\ndef run(h):\n    h()\ndef f():\n    run(g)\ndef give():\n    return g\ndef k():\n    give()()\n' +
          'class A:\n    def __init__(self, h):\n        self.h = h\n    def m(self):\n        self.h()\ndef made():\n    A(g)\n',
      ),
    ).toEqual([
      ...['A.m -callback-> g', 'f -call-> run', 'k -call-> g', 'k -call-> give', 'made -new-> A.__init__'],
      'run -callback-> g',
    ]);
  });

  it('are no calls of a parameter where more than eight are passed', async () => {
    const many = Array.from({ length: 9 }, (_, i) => `def g${i}(): pass\nrun(g${i})\n`);
    const found = await calls(`def run(h):\n    h()\n${many.join('')}`);
    expect(found.filter((e) => e.startsWith('run'))).toEqual([]);
  });

  it('are filled in part by partial', async () => {
    const found = await calls(
      `import functools\nfrom functools import partial\n${CART}def g(a, b):\n    b.total()\n` +
        'def f():\n    partial(g, 1)(Cart())\ndef h():\n    functools.partial(g, 1)()\ndef k():\n    p = partial(g)\n    p()\n',
    );
    for (const from of ['f', 'h', 'k'])
      expect(
        found.some((e) => e.startsWith(`${from} -`) && e.endsWith('> g')),
        from,
      ).toBe(true);
  });

  it('are called by the built-in functions that take functions', async () => {
    expect(await inF('map(g, [1])', 'def g(x): pass\n')).toEqual(['-callback-> g']);
    expect(await inF('sorted([1], key=g)', 'def g(x): pass\n')).toEqual(['-callback-> g']);
    expect(await inF('print(g)', 'def g(x): pass\n')).toEqual([]);
  });

  it('know as lambdas what they are given', async () => {
    expect(await inF('list(map(lambda x: x.total(), [c]))')).toContain(TOTAL);
    expect(await inF('sorted([c], key=lambda x: x.total())')).toContain(TOTAL);
  });
});

describe('decorators in Python', () => {
  it('are calls of where they stand, and keep the function where they return it', async () => {
    expect(await calls('def mark(f):\n    return f\n@mark\ndef g(): pass\ndef h():\n    g()\n')).toEqual([
      'a.py -decorator-> mark',
      'h -call-> g',
    ]);
  });

  it('put the wrapper in the place of the function', async () => {
    const text =
      'def mark(f):\n    def wrapper():\n        f()\n    return wrapper\n@mark\ndef g(): pass\ndef h():\n    g()\n';
    expect(await calls(text)).toEqual([
      'a.py -decorator-> mark',
      'h -call-> mark.wrapper',
      'mark.wrapper -callback-> g',
    ]);
  });

  it('leave the function under `wraps`, which is from the library', async () => {
    const found = await calls(
      'from functools import lru_cache\n@lru_cache(maxsize=1)\ndef g(): pass\n@lru_cache\ndef k(): pass\ndef h():\n    g(); k()\n',
    );
    expect(found).toEqual(['h -call-> g', 'h -call-> k']);
  });

  it('from outside that nothing is known of leave the function', async () => {
    expect(await calls('from lib import mark\n@mark\ndef g(): pass\ndef h():\n    g()\n')).toEqual([
      'h -call-> g',
    ]);
  });

  it('make a context manager of a generator', async () => {
    const head = `from contextlib import contextmanager\n@contextmanager\ndef lock():\n    yield Cart()\n`;
    expect(await inF('with lock() as x:\n    x.total()', head)).toEqual([
      '-call-> Cart.total',
      '-call-> lock',
    ]);
  });
});

describe('containers in Python', () => {
  it('give what was put in, by loops, indexes and unpacking', async () => {
    for (const body of [
      'for x in [c]: x.total()',
      'for i, x in enumerate([c]): x.total()',
      'for k, x in {1: c}.items(): x.total()',
      'for x in {1: c}.values(): x.total()',
      '[x.total() for x in [c]]',
      '{x: 1 for x in (y for y in [c]) if x.total()}',
      'x, y = (1, c)\ny.total()',
      'x, (y, z) = 1, (2, c)\nz.total()',
      'x = [c]\nx[0].total()',
      'x = [c]\nx[0:1][0].total()',
      'x = (1, c)\nx[1].total()',
      "x = {'a': c}\nx['a'].total()",
      "{'a': c}.get('a').total()",
      'next(iter([c])).total()',
      '(x := c).total()',
      '(c if v else c).total()',
      '(v or c).total()',
      'x = [c].copy()\nx.pop().total()',
    ])
      expect(await inF(body), body).toContain(TOTAL);
  });

  it('tell apart what keys that are written out pick', async () => {
    const head = 'def g(): pass\ndef h(): pass\n';
    expect(await inF("t = {'a': g, 'b': h}\nt['a']()", head)).toEqual(['-call-> g']);
    expect(await inF("k = 'b'\nt = {'a': g, 'b': h}\nt[k]()", head)).toEqual(['-call-> h']);
    expect(await inF('t = (g, h)\nt[1]()', head)).toEqual(['-call-> h']);
  });

  it('give all that they hold where the key is not known', async () => {
    const head = 'def g(): pass\ndef h(): pass\n';
    expect(await inF("t = {'a': g, 'b': h}\nt[v]()", head)).toEqual(['-call-> g', '-call-> h']);
  });

  it('give nothing that is not there', async () => {
    const head = 'def g(): pass\n';
    expect(await inF("t = {'a': g}\nt['b']()", head)).toEqual([]);
    expect(await inF('for x in v: x.total()')).toEqual([]);
  });
});

describe('generators and coroutines in Python', () => {
  it('give what they yield and return', async () => {
    const head = 'def some():\n    yield Cart()\ndef more():\n    yield from some()\n';
    expect(await inF('for x in some():\n    x.total()', head)).toEqual([TOTAL, '-call-> some']);
    expect(await inF('for x in more():\n    x.total()', head)).toEqual([TOTAL, '-call-> more']);
  });

  it('give their results where they are awaited', async () => {
    expect(
      await calls(`${CART}async def get():\n    return Cart()\nasync def f():\n    (await get()).total()\n`),
    ).toEqual(['f -call-> Cart.total', 'f -call-> get', 'get -new-> Cart']);
  });
});
