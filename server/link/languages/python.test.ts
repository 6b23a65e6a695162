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

describe('type variables in Python', () => {
  const shop = {
    'shop.py':
      'from typing import TypeVar\n' +
      'class Cart:\n    def total(self): pass\nclass Bag:\n    def total(self): pass\n' +
      "C = TypeVar('C', bound=Cart)\nEither = TypeVar('Either', Cart, Bag)\n",
  };

  it('stand for what they are bound to in other modules, too', async () => {
    const use = 'from shop import C, Either\ndef f(c: C):\n    c.total()\ndef g(e: Either):\n    e.total()\n';
    expect(await calls({ ...shop, 'a.py': use })).toEqual([
      'a.py#f -> shop.py#Cart.total',
      'a.py#g -> shop.py#Bag.total',
      'a.py#g -> shop.py#Cart.total',
    ]);
  });

  it('are filled by what a function of a written type is given', async () => {
    const use =
      'from shop import Cart\nfrom typing import Callable, TypeVar\n' +
      "S = TypeVar('S')\ndef f(same: Callable[[S], S]):\n    same(Cart()).total()\n";
    expect(await calls({ ...shop, 'a.py': use })).toEqual([
      'a.py#f -> shop.py#Cart',
      'a.py#f -> shop.py#Cart.total',
    ]);
  });
});
