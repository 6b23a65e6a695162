import { describe, expect, it } from 'vitest';
import { Graph } from '../../graph/graph.ts';
import { parseFile } from '../../index/parse-file.ts';
import { linkWorkspace } from '../link-workspace.ts';

/** The calls of a few files that are known by name or by type, as `from -> to`, sorted. */
async function calls(files: Record<string, string>): Promise<string[]> {
  const facts = new Map(
    await Promise.all(
      Object.entries(files).map(async ([file, text]) => [file, await parseFile(file, text)] as const),
    ),
  );
  const graph = new Graph(await linkWorkspace(facts), '');
  return [...graph.edges()]
    .filter((e) => e.kind === 'CALLS' && e.tier !== 'name')
    .map((e) => `${e.from} -> ${e.to}`)
    .sort();
}

const F = 'def f(): pass\n';

describe('where Python looks for a module', () => {
  it('is the folder of the importing file for one dot, and one folder up for each more', async () => {
    expect(
      await calls({
        ...{ 'p/__init__.py': '', 'p/m.py': F, 'p/q/__init__.py': '', 'p/q/m.py': F },
        'p/q/a.py':
          'from .m import f\nfrom ..m import f as g\nfrom . import m\ndef a():\n    f(); g(); m.f()\n',
        'p/q/b.py': 'from .. import m\nfrom ...p.m import f\ndef b():\n    m.f()\ndef c():\n    f()\n',
      }),
    ).toEqual([
      'p/q/a.py#a -> p/m.py#f',
      'p/q/a.py#a -> p/q/m.py#f',
      'p/q/b.py#b -> p/m.py#f',
      'p/q/b.py#c -> p/m.py#f',
    ]);
  });

  it('is nowhere above the workspace', async () => {
    expect(await calls({ 'm.py': F, 'p/a.py': 'from ...m import f\ndef a():\n    f()\n' })).toEqual([]);
  });

  it('is the folder that the own package stands in, the root, `src` and `lib`', async () => {
    const use = 'from m import f\ndef a():\n    f()\n';
    for (const place of ['', 'src/', 'lib/'])
      expect(await calls({ [`${place}m.py`]: F, 'tests/a.py': use }), place).toEqual([
        `tests/a.py#a -> ${place}m.py#f`,
      ]);
    expect(await calls({ 'x/m.py': F, 'm.py': F, 'x/p/__init__.py': '', 'x/p/a.py': use })).toEqual([
      'x/p/a.py#a -> x/m.py#f',
    ]);
  });

  it('is never inside the own package for an absolute name', async () => {
    expect(
      await calls({
        ...{ 'p/__init__.py': '', 'p/random.py': F },
        'p/a.py': 'from random import f\nimport random\ndef a():\n    f(); random.f()\n',
      }),
    ).toEqual([]);
  });

  it('is the nearest of the folders that hold a package of that name', async () => {
    const p = { 'one/src/p/__init__.py': F, 'two/src/p/__init__.py': F };
    const use = 'from p import f\ndef a():\n    f()\n';
    expect(await calls({ ...p, 'two/tests/a.py': use, 'one/tests/a.py': use })).toEqual([
      'one/tests/a.py#a -> one/src/p/__init__.py#f',
      'two/tests/a.py#a -> two/src/p/__init__.py#f',
    ]);
  });

  it('is a package before a module, and sources before stubs', async () => {
    const use = 'from m import f\ndef a():\n    f()\n';
    expect(await calls({ 'm/__init__.py': F, 'm.py': F, 'a.py': use })).toEqual([
      'a.py#a -> m/__init__.py#f',
    ]);
    expect(await calls({ 'm.py': F, 'm.pyi': 'def f() -> None: ...\n', 'a.py': use })).toEqual([
      'a.py#a -> m.py#f',
    ]);
  });

  it('is a stub where there is no source', async () => {
    const use = 'from m import f\nfrom p.n import g\ndef a():\n    f(); g()\n';
    const stubs = { 'm.pyi': 'def f() -> None: ...\n', 'p/__init__.pyi': '', 'p/n.pyi': 'def g(): ...\n' };
    expect(await calls({ ...stubs, 'a.py': use })).toEqual(['a.py#a -> m.pyi#f', 'a.py#a -> p/n.pyi#g']);
  });

  it('may be a folder without `__init__.py`', async () => {
    expect(
      await calls({
        'ns/part/m.py': F,
        'a.py':
          'import ns.part.m\nfrom ns.part import m\nfrom ns import part\nimport ns\n' +
          'def a():\n    ns.part.m.f()\ndef b():\n    m.f()\ndef c():\n    part.m.f()\n',
      }),
    ).toEqual(['a.py#a -> ns/part/m.py#f', 'a.py#b -> ns/part/m.py#f', 'a.py#c -> ns/part/m.py#f']);
  });

  it('takes a file before a folder of that name elsewhere', async () => {
    expect(
      await calls({
        ...{ 'tests/shop/test_x.py': '', 'src/shop/__init__.py': F },
        'tests/a.py': 'from shop import f\ndef a():\n    f()\n',
      }),
    ).toEqual(['tests/a.py#a -> src/shop/__init__.py#f']);
  });
});

describe('what a Python module shows', () => {
  it('are its own names and what it imports, under the new name alone', async () => {
    expect(
      await calls({
        'p/__init__.py': 'from .m import f as g\nfrom . import m\n',
        'p/m.py': F,
        'a.py': 'import p\nfrom p import g, f\ndef a():\n    g()\ndef b():\n    p.m.f()\ndef c():\n    f()\n',
      }),
    ).toEqual(['a.py#a -> p/m.py#f', 'a.py#b -> p/m.py#f']);
  });

  it('are the modules of a package as its members, behind what `__init__` binds', async () => {
    expect(
      await calls({
        'p/__init__.py': 'from .m import m\n',
        'p/m.py': 'def m(): pass\n',
        'p/n.py': F,
        'a.py': 'from p import m, n\nimport p as q\ndef a():\n    m(); n.f()\ndef b():\n    q.n.f()\n',
      }),
    ).toEqual(['a.py#a -> p/m.py#m', 'a.py#a -> p/n.py#f', 'a.py#b -> p/n.py#f']);
  });

  it('are through `*` the names without an underscore', async () => {
    expect(
      await calls({
        'm.py': `${F}def _g(): pass\n`,
        'a.py': 'from m import *\ndef a():\n    f(); _g()\n',
      }),
    ).toEqual(['a.py#a -> m.py#f']);
  });

  it('are through `*` what `__all__` lists, where it stands', async () => {
    expect(
      await calls({
        'm.py': `__all__ = ['_g']\n${F}def _g(): pass\n`,
        'a.py': 'from m import *\ndef a():\n    f(); _g()\n',
      }),
    ).toEqual(['a.py#a -> m.py#_g']);
  });

  it('are of several `*` those of the last, and the own name before all', async () => {
    expect(
      await calls({
        ...{ 'm.py': `${F}def g(): pass\n`, 'n.py': `${F}def g(): pass\n` },
        'a.py': 'from m import *\nfrom n import *\ndef g(): pass\ndef a():\n    f(); g()\n',
      }),
    ).toEqual(['a.py#a -> a.py#g', 'a.py#a -> n.py#f']);
  });

  it('ends where `*` goes round in circles', async () => {
    expect(
      await calls({
        ...{ 'm.py': 'from n import *\n', 'n.py': `from m import *\n${F}` },
        'a.py': 'from m import f, nothing\ndef a():\n    f(); nothing()\n',
      }),
    ).toEqual(['a.py#a -> n.py#f']);
  });

  it('is followed where two modules import each other', async () => {
    expect(
      await calls({
        'm.py': 'import n\ndef f():\n    n.g()\n',
        'n.py': 'import m\ndef g():\n    m.f()\n',
      }),
    ).toEqual(['m.py#f -> n.py#g', 'n.py#g -> m.py#f']);
  });

  it('may be imported inside a function, for that function alone', async () => {
    expect(
      await calls({ 'm.py': F, 'a.py': 'def a():\n    from m import f\n    f()\ndef b():\n    f()\n' }),
    ).toEqual(['a.py#a -> m.py#f']);
  });

  it('may come from one of several modules that are tried', async () => {
    expect(
      await calls({
        'm.py': F,
        'a.py': 'try:\n    from fast import f\nexcept ImportError:\n    from m import f\ndef a():\n    f()\n',
      }),
    ).toEqual(['a.py#a -> m.py#f']);
  });
});

describe('a name from outside the workspace', () => {
  it('is nothing of the workspace, whatever it is called', async () => {
    expect(
      await calls({
        'm.py': `${F}class Cart:\n    def total(self): pass\n`,
        'a.py':
          'from lib import f, Cart\nimport lib\ndef a(c: Cart):\n    f(); lib.f(); c.total(); Cart().total()\n',
      }),
    ).toEqual([]);
  });

  it('is a built-in one where nothing else binds it', async () => {
    expect(
      await calls({
        'm.py': 'def len(x): pass\n',
        'a.py': 'def a():\n    len([])\n',
        'b.py': 'from m import len\ndef b():\n    len([])\n',
      }),
    ).toEqual(['b.py#b -> m.py#len']);
  });

  it('types through the standard library under the names that its modules have', async () => {
    const cart = 'class Cart:\n    def total(self): pass\n';
    for (const [imported, expression] of [
      ['from collections import deque', 'deque([Cart()]).pop().total()'],
      ['import collections', 'collections.deque([Cart()]).pop().total()'],
      ['import collections.abc', 'list(map(lambda c: c, [Cart()]))[0].total()'],
      ['from copy import *', 'copy(Cart()).total()'],
    ] as const)
      expect(
        await calls({ 'a.py': `${imported}\n${cart}def a():\n    ${expression}\n` }),
        imported,
      ).toContain('a.py#a -> a.py#Cart.total');
    expect(
      await calls({ 'a.py': `from copy import deque\n${cart}def a():\n    deque([Cart()]).pop().total()\n` }),
    ).toEqual(['a.py#a -> a.py#Cart']);
  });
});
