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

describe('the order of base classes in Python', () => {
  const diamond = 'class A:\n    def m(self): pass\nclass B(A): pass\nclass C(A):\n    def m(self): pass\n';

  it('is C3: the shared base comes last', async () => {
    expect(await calls(`${diamond}class D(B, C): pass\ndef f(d: D):\n    d.m()\n`)).toEqual([
      'f -call-> C.m',
    ]);
  });

  it('is depth first where the bases allow no such order', async () => {
    expect(await calls(`${diamond}class D(A, C): pass\ndef f(d: D):\n    d.m()\n`)).toEqual([
      'f -call-> A.m',
    ]);
  });

  it('ends where a class inherits from itself', async () => {
    expect(await calls('class A(A):\n    def m(self):\n        self.m(); self.n()\n')).toEqual([
      'A.m -call-> A.m',
    ]);
  });

  it('is followed by super(), with and without arguments', async () => {
    const rest =
      'class D(B, C):\n    def m(self):\n        super().m()\n    def n(self):\n        super(D, self).m()\n';
    expect(await calls(`${diamond}${rest}`)).toEqual(['D.m -call-> C.m', 'D.n -call-> C.m']);
  });

  it('fills the type arguments of generic bases', async () => {
    const head = `from typing import Generic, TypeVar\nT = TypeVar('T')\n${CART}`;
    expect(
      await calls(
        `${head}class Box(Generic[T]):\n    def get(self) -> T: ...\nclass Carts(Box[Cart]): pass\n` +
          'def f(b: Carts):\n    b.get().total()\n',
      ),
    ).toEqual(['f -call-> Box.get', 'f -call-> Cart.total']);
  });
});

describe('a construction in Python', () => {
  it('runs `__init__`, own or inherited, else it is the class', async () => {
    expect(
      await calls(
        'class A:\n    def __init__(self): pass\nclass B(A): pass\nclass C: pass\n' +
          'def f():\n    A()\ndef g():\n    B()\ndef h():\n    C()\n',
      ),
    ).toEqual(['f -new-> A.__init__', 'g -new-> A.__init__', 'h -new-> C']);
  });

  it('runs `__new__`, too, and the `__call__` of a metaclass', async () => {
    expect(
      await calls(
        'class M(type):\n    def __call__(cls): pass\n' +
          'class A(metaclass=M):\n    def __new__(cls): pass\n    def __init__(self): pass\ndef f():\n    A()\n',
      ),
    ).toEqual(['f -new-> A.__init__', 'f -new-> A.__new__', 'f -new-> M.__call__']);
  });

  it('of a class that a value holds is one of that class', async () => {
    const made = `${CART}def f(c: type[Cart]):\n    c().total()\ndef g():\n    c = Cart\n    c().total()\n`;
    expect((await calls(made)).filter((e) => e.endsWith('total'))).toEqual([
      'f -call-> Cart.total',
      'g -call-> Cart.total',
    ]);
  });
});

describe('self, cls and what they hold', () => {
  it('are the first parameters of methods, whatever they are called', async () => {
    expect(
      await calls(
        'class A:\n    def m(this):\n        this.n()\n    def n(self): pass\n' +
          '    @classmethod\n    def make(k):\n        k.other(); k().n()\n    @classmethod\n    def other(cls): pass\n',
      ),
    ).toEqual(['A.m -call-> A.n', 'A.make -call-> A.n', 'A.make -call-> A.other', 'A.make -new-> A']);
  });

  it('are no parameters of static methods', async () => {
    expect(
      await calls('class A:\n    @staticmethod\n    def m(x):\n        x.n()\n    def n(self): pass\n'),
    ).toEqual([]);
  });

  it('keep their type under another name and inside functions', async () => {
    expect(
      await calls(
        'class A:\n    def m(self):\n        me = self\n        def inner():\n            me.n()\n        inner()\n    def n(self): pass\n',
      ),
    ).toEqual(['A.m -call-> A.m.inner', 'A.m.inner -call-> A.n']);
  });

  it('have the attributes that any method sets, and those of the class', async () => {
    expect(
      await calls(
        `${CART}class A:\n    one = Cart()\n    two: Cart\n    def __init__(self, c: Cart):\n        self.three = c\n` +
          '    def set(self):\n        self.four = Cart()\n' +
          '    def m(self):\n        self.one.total()\n    def n(self):\n        self.two.total()\n' +
          '    def o(self):\n        self.three.total()\n    def p(self):\n        self.four.total()\n' +
          '    def q(self):\n        self.five.total()\n',
      ),
    ).toEqual([
      ...['A -new-> Cart', 'A.m -call-> Cart.total', 'A.n -call-> Cart.total', 'A.o -call-> Cart.total'],
      ...['A.p -call-> Cart.total', 'A.set -new-> Cart'],
    ]);
  });

  it('have a `__class__`', async () => {
    expect(
      await calls('class A:\n    def m(self):\n        self.__class__().n()\n    def n(self): pass\n'),
    ).toEqual(['A.m -call-> A.n', 'A.m -new-> A']);
  });

  it('find what only the classes below declare, but no special methods there', async () => {
    expect(
      await calls(
        'class A:\n    def m(self):\n        self.n(); self.__len__()\n' +
          'class B(A):\n    def n(self): pass\n    def __len__(self): pass\n',
      ),
    ).toEqual(['A.m -call-> B.n']);
  });

  it('find nothing below where more than six classes declare it', async () => {
    const many = Array.from({ length: 7 }, (_, i) => `class B${i}(A):\n    def n(self): pass\n`);
    expect(await calls(`class A:\n    def m(self):\n        self.n()\n${many.join('')}`)).toEqual([]);
  });
});

describe('members of classes in Python', () => {
  it('are functions that take their receiver first when they are called on the class', async () => {
    expect(
      await calls(`${CART}class A:\n    def m(self, c):\n        c.total()\ndef f(a):\n    A.m(a, Cart())\n`),
    ).toEqual(['A.m -call-> Cart.total', 'f -call-> A.m', 'f -new-> Cart']);
  });

  it('may be read as properties, whose results have types', async () => {
    expect(
      (
        await calls(
          `${CART}class A:\n    @property\n    def cart(self) -> Cart: ...\n    @cart.setter\n    def cart(self, c): pass\n` +
            'def f(a: A):\n    a.cart.total()\n',
        )
      ).filter((e) => e.startsWith('f ')),
    ).toEqual(['f -accessor-> A.cart', 'f -call-> Cart.total']);
  });

  it('may be those of the metaclass, where the class is the receiver', async () => {
    const meta = 'class M(type):\n    def make(cls): pass\nclass A(metaclass=M): pass\n';
    expect(await calls(`${meta}def f():\n    A.make()\ndef g(a: A):\n    a.make()\n`)).toEqual([
      'f -call-> M.make',
    ]);
  });

  it('are of an enumeration instances of it', async () => {
    expect(
      await calls(
        "from enum import Enum\nclass E(Enum):\n    A = 1\n    def m(self): pass\ndef f():\n    E.A.m()\ndef g():\n    E['A'].m()\n" +
          'def h():\n    for e in E:\n        e.m()\n',
      ),
    ).toEqual(['f -call-> E.m', 'g -call-> E.m', 'h -call-> E.m']);
  });

  it('are none of a nested or local class outside of it', async () => {
    expect(
      await calls(
        'class A:\n    class N:\n        def m(self): pass\n    def k(self):\n        A.N().m(); N().m(); m()\n',
      ),
    ).toEqual(['A.k -call-> A.N.m', 'A.k -new-> A.N']);
  });
});

describe('types that Python annotates', () => {
  it('may be optional, a union, a string, or nested in containers', async () => {
    for (const type of ['Optional[Cart]', 'Cart | None', 'Union[Cart, None]', "'Cart'", "Optional['Cart']"])
      expect(
        await calls(`from typing import Optional, Union\n${CART}def f(c: ${type}):\n    c.total()\n`),
        type,
      ).toEqual(['f -call-> Cart.total']);
    for (const type of ['list[Cart]', 'List[Cart]', 'Sequence[Cart]', 'tuple[Cart, ...]', 'dict[int, Cart]'])
      expect(
        await calls(`from typing import List, Sequence\n${CART}def f(c: ${type}):\n    c[0].total()\n`),
        type,
      ).toEqual(['f -call-> Cart.total']);
  });

  it('are narrowed by isinstance, here and after a return', async () => {
    expect(
      await calls(
        `${CART}def f(c):\n    if isinstance(c, Cart):\n        c.total()\n` +
          'def g(c):\n    if not isinstance(c, Cart):\n        return\n    c.total()\n' +
          'def h(c):\n    if isinstance(c, Cart):\n        pass\n    else:\n        c.total()\n',
      ),
    ).toEqual(['f -call-> Cart.total', 'g -call-> Cart.total']);
  });

  it('come from what a function returns', async () => {
    expect(
      await calls(
        `${CART}def one():\n    return Cart()\ndef two():\n    return one()\ndef f():\n    two().total()\n`,
      ),
    ).toEqual(['f -call-> Cart.total', 'f -call-> two', 'one -new-> Cart', 'two -call-> one']);
  });

  it('of a dataclass’ fields are those of its instances', async () => {
    expect(
      await calls(
        `from dataclasses import dataclass\n${CART}@dataclass\nclass A:\n    cart: Cart\ndef f():\n    A(Cart()).cart.total()\n`,
      ),
    ).toEqual(['f -call-> Cart.total', 'f -new-> A', 'f -new-> Cart']);
  });
});
