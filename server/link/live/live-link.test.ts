import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Graph } from '../../graph/graph.ts';
import { LiveGraph } from '../../graph/live-graph.ts';
import type { FileFacts } from '../../index/facts.ts';
import { parseFile } from '../../index/parse-file.ts';
import { linkLive, linkWorkspace } from '../link-workspace.ts';

type Files = Record<string, string>;

async function factsOf(files: Files): Promise<Map<string, FileFacts>> {
  const facts = new Map<string, FileFacts>();
  for (const file of Object.keys(files).sort()) facts.set(file, await parseFile(file, files[file]!));
  return facts;
}

/** All that a graph says, in an order of its own. */
function said(graph: Graph): string[] {
  const nodes = [...graph.nodes()].map((node) => JSON.stringify(node));
  const edges = [...graph.edges()].map((edge) => JSON.stringify(edge));
  const open = [...graph.numbers()].flatMap((s) =>
    graph.unresolvedIn(s).map(({ file, line, column, name }) => `open ${name} ${file}:${line}:${column}`),
  );
  return [...nodes, ...edges, ...open].sort();
}

/** A workspace that is edited, and what is linked again each time. */
async function opened(first: Files) {
  const files = { ...first };
  const link = await linkLive(await factsOf(files));
  const live = new LiveGraph(link.linked);
  return {
    /** `undefined` takes a file away. Gives the files that were linked again. */
    async edit(edits: Record<string, string | undefined>): Promise<string[]> {
      const changed = new Map<string, FileFacts | undefined>();
      for (const [file, text] of Object.entries(edits)) {
        if (text === undefined) delete files[file];
        else files[file] = text;
        changed.set(file, text === undefined ? undefined : await parseFile(file, text));
      }
      const update = link.update(changed);
      live.update(link.program, update.changed, update.relinked);
      return update.relinked.map(({ file }) => link.program.files[file]!).sort();
    },
    said: () => said(new Graph(live.linked, '', live.index)),
    async clean() {
      return said(new Graph(await linkWorkspace(await factsOf(files)), ''));
    },
  };
}

const SHOP = {
  'shop/Cart.java':
    'package shop;\npublic class Cart {\n  public Item first() { return new Item(); }\n  int n;\n}\n',
  'shop/Item.java': 'package shop;\npublic class Item {\n  public int price() { return 1; }\n}\n',
  'till/Till.java':
    'package till;\nimport shop.Cart;\nclass Till {\n  int sum(Cart c) { return c.first().price(); }\n}\n',
  'till/Bell.java': 'package till;\nclass Bell {\n  void ring() { ring(); }\n}\n',
};

describe('after an edit, only what looked at what has changed is linked again', () => {
  it('of a body: its own file', async () => {
    const shop = await opened(SHOP);
    const text = SHOP['shop/Item.java'].replace('return 1', 'int a = 2;\n    return a');
    expect(await shop.edit({ 'shop/Item.java': text })).toEqual(['shop/Item.java']);
    expect(shop.said()).toEqual(await shop.clean());
  });

  it('of a method’s name: who called it', async () => {
    const shop = await opened(SHOP);
    const text = SHOP['shop/Item.java'].replace('price', 'cost');
    expect(await shop.edit({ 'shop/Item.java': text })).toEqual(['shop/Item.java', 'till/Till.java']);
    expect(shop.said()).toEqual(await shop.clean());
  });

  it('of a result: who asked what it has', async () => {
    const shop = await opened({
      ...SHOP,
      'shop/Box.java': 'package shop;\nclass Box { int price() { return 2; } }\n',
    });
    const text = SHOP['shop/Cart.java'].replaceAll('Item', 'Box');
    expect(await shop.edit({ 'shop/Cart.java': text })).toEqual(['shop/Cart.java', 'till/Till.java']);
    expect(shop.said()).toEqual(await shop.clean());
  });

  it('of a base: what inherits from it', async () => {
    const shop = await opened({
      'a/Base.java': 'package a;\nclass Base { }\n',
      'a/Derived.java': 'package a;\nclass Derived extends Base { }\n',
      'a/User.java': 'package a;\nclass User { void f(Derived d) { d.go(); } }\n',
    });
    await shop.edit({ 'a/Base.java': 'package a;\nclass Base { void go() { } }\n' });
    expect(shop.said()).toEqual(await shop.clean());
    await shop.edit({ 'a/Derived.java': 'package a;\nclass Derived { }\n' });
    expect(shop.said()).toEqual(await shop.clean());
  });

  it('of a package: who finds a class in it', async () => {
    const shop = await opened(SHOP);
    await shop.edit({ 'shop/Cart.java': SHOP['shop/Cart.java'].replace('package shop', 'package shops') });
    expect(shop.said()).toEqual(await shop.clean());
  });

  it('of a class that is gone: all classes of a file that named it', async () => {
    const text = 'package a;\npublic class Mark { }\n';
    const shop = await opened({
      'a/Mark.java': text,
      'a/Used.java':
        'package a;\nclass One { void f() { new Mark(); } }\nclass Two { void g() { new Mark(); } }\n',
    });
    await shop.edit({ 'a/Mark.java': 'package a;\n' });
    expect(shop.said()).toEqual(await shop.clean());
    await shop.edit({ 'a/Mark.java': text });
    expect(shop.said()).toEqual(await shop.clean());
  });

  it('of lines alone: its own file, with all that it says of lines', async () => {
    const shop = await opened(SHOP);
    expect(await shop.edit({ 'shop/Item.java': `\n\n${SHOP['shop/Item.java']}` })).toEqual([
      'shop/Item.java',
    ]);
    expect(shop.said()).toEqual(await shop.clean());
  });
});

const MODULES = {
  'a.ts': "export class A { run() { return new B(); } }\nimport { B } from './b';\n",
  'b.ts': 'export class B { stop() {} }\nexport function each(f) { f(); }\n',
  'index.ts': "export * from './a';\nexport { B as Bee, each } from './b';\n",
  'use.ts':
    "import { A, each } from './index';\nnew A().run().stop();\neach(go);\nfunction go() {}\nexport const x = go;\n",
};

describe('modules', () => {
  it('that re-export something else reach who imports it', async () => {
    const work = await opened(MODULES);
    await work.edit({ 'index.ts': "export * from './b';\nexport const A = 1;\n" });
    expect(work.said()).toEqual(await work.clean());
  });

  it('that come are found, by who looked for them in vain too', async () => {
    const work = await opened({ 'use.ts': "import { f } from './late';\nf();\n" });
    expect(await work.edit({ 'late.ts': 'export function f() {}\n' })).toEqual(['late.ts', 'use.ts']);
    expect(work.said()).toEqual(await work.clean());
    await work.edit({ 'late.ts': undefined });
    expect(work.said()).toEqual(await work.clean());
  });

  it('follow a file that is moved', async () => {
    const work = await opened(MODULES);
    await work.edit({ 'b.ts': undefined, 'b/index.ts': MODULES['b.ts'] });
    expect(work.said()).toEqual(await work.clean());
  });
});

describe('what callers pass', () => {
  it('is followed again where another caller passes something else', async () => {
    const work = await opened({
      'lib.py': 'def each(f, x):\n    f(x)\n    x.go()\n',
      'a.py': 'from lib import each\nclass A:\n    def go(self): pass\ndef one(x): pass\neach(one, A())\n',
      'b.py': 'from lib import each\nclass B:\n    def go(self): pass\ndef two(x): pass\neach(two, B())\n',
    });
    await work.edit({ 'b.py': 'from lib import each\ndef three(x): x.go()\neach(three, None)\n' });
    expect(work.said()).toEqual(await work.clean());
    await work.edit({ 'a.py': undefined });
    expect(work.said()).toEqual(await work.clean());
  });

  it('is followed through callers of callers', async () => {
    const work = await opened({
      'deep.py': 'def a(f): b(f)\ndef b(f): c(f)\ndef c(f): f()\n',
      'use.py': 'from deep import b\ndef go(): pass\nb(go)\n',
    });
    await work.edit({ 'use.py': 'from deep import a\ndef go(): pass\na(go)\n' });
    expect(work.said()).toEqual(await work.clean());
  });
});

const RUNS = Number(process.env.WEFT_FUZZ_RUNS ?? 12);

describe('random edits leave what a clean link says', () => {
  const sources: [string, Files][] = [
    ['Java', SHOP],
    ['TypeScript', MODULES],
    [
      'Python',
      {
        'pkg/__init__.py': 'from .core import *\nfrom .shapes import Square as Sq\n',
        'pkg/core.py':
          "__all__ = ['make']\nfrom .shapes import Square\ndef make(kind=Square):\n    return kind()\n",
        'pkg/shapes.py':
          'class Shape:\n    def area(self): return self.side()\nclass Square(Shape):\n    def side(self): return 2\n',
        'main.py': 'from pkg import make, Sq\nmake().area()\nSq().side()\ntable = [make, Sq]\ntable[0]()\n',
      },
    ],
  ];
  sources.push(
    [
      'C and C++',
      {
        'a.c':
          '#include "k.h"\nstatic int own(int n) { return shared(n); }\nint run(void) { return own(1) + twice(2); }\n',
        'k.h':
          'class Base { int go(); };\nclass K : public Base { public: K(); static int st(); };\nstatic inline int shared(int n) { return n; }\n',
        'k.cpp':
          '#include "k.h"\nK::K() { run(); go(); }\nint K::st() { new K(); return K::st(); }\nint twice(int n) { return n; }\n',
      },
    ],
    [
      'Ruby',
      {
        'lib/a.rb':
          "require_relative 'b'\nclass A < B\n  attr_reader :x\n  def m(v); x; v; odd; B.make; end\nend\n",
        'lib/b.rb':
          'class B\n  def initialize; end\n  def odd; A.new.m(1); end\n  def self.make; new_thing; end\nend\n',
        'c.rb': "require 'a'\ndef new_thing; B.new.odd; end\n",
      },
    ],
  );
  it.each(sources)('in %s', { timeout: 60_000 }, async (_, first) => {
    const names = Object.keys(first);
    const edit = fc.record({
      file: fc.constantFrom(...names),
      from: fc.nat(400),
      length: fc.nat(40),
      put: fc.constantFrom(
        '',
        '\n',
        ' ',
        ...Object.values(first).flatMap((text) => text.match(/\w+|[^\w\s]/g) ?? []),
      ),
      isGone: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const work = await opened(first);
        const now: Record<string, string | undefined> = { ...first };
        for (const { file, from, length, put, isGone } of edits) {
          const text = now[file];
          now[file] =
            text === undefined
              ? first[file]
              : isGone && length > 36
                ? undefined
                : text.slice(0, from) + put + text.slice(from + (length % 9));
          await work.edit({ [file]: now[file] });
        }
        expect(work.said()).toEqual(await work.clean());
      }),
      { numRuns: RUNS },
    );
  });
});
