import { describe, expect, it } from 'vitest';
import { Graph } from '../graph/graph.ts';
import { kindOf, symbolCount } from '../index/facts.ts';
import { parseFile } from '../index/parse-file.ts';
import type { EdgeType } from '../protocol/graph.ts';
import { linkWorkspace } from './link-workspace.ts';
import type { WorkspaceModules } from './module-resolution.ts';

/** The edges of a few files, as `from -form-> to tier`, sorted. */
async function edges(files: Record<string, string>, type: EdgeType = 'CALLS', modules?: WorkspaceModules) {
  const facts = new Map(
    await Promise.all(
      Object.entries(files).map(async ([file, text]) => [file, await parseFile(file, text)] as const),
    ),
  );
  const graph = new Graph(await linkWorkspace(facts, modules), '');
  return [...graph.edges()]
    .filter((e) => e.kind === type)
    .map((e) => `${e.from} -${e.form ?? e.kind}-> ${e.to} ${e.tier}`)
    .sort();
}

describe('calls in TypeScript and JavaScript', () => {
  it('resolves by lexical scope; the inner name wins', async () => {
    expect(
      await edges({
        'a.ts': 'function f() {}\nfunction g() { function f() {} f(); }\nfunction h() { f(); }',
      }),
    ).toEqual(['a.ts#g -call-> a.ts#g.f scope', 'a.ts#h -call-> a.ts#f scope']);
  });

  it('draws no edge to a function that a parameter hides', async () => {
    expect(await edges({ 'a.ts': 'function f() {}\nfunction g(f: () => void) { f(); }' })).toEqual([]);
  });

  it('follows imports, renames, defaults, namespaces and re-exports', async () => {
    expect(
      await edges({
        'a.ts': 'export function f() {}\nexport default function d() {}\n',
        'index.ts': "export * from './a'; export { f as g } from './a';",
        'b.ts':
          "import x, { f as ff } from './a.js';\nimport { g, f } from '.';\nimport * as ns from './a';\nfunction m() { x(); ff(); g(); f(); ns.f(); }",
      }),
    ).toEqual(['b.ts#m -call-> a.ts#d scope', 'b.ts#m -call-> a.ts#f scope']);
  });

  it('ends a cycle of re-exports', async () => {
    expect(
      await edges({
        'a.ts': "export * from './b';",
        'b.ts': "export * from './a';",
        'c.ts': "import { nothing } from './a'; nothing();",
      }),
    ).toEqual([]);
  });

  it('resolves this, super and inherited members', async () => {
    expect(
      await edges({
        'a.ts': 'export class A { constructor() {} m() {} n() { this.m(); } }',
        'b.ts':
          "import { A } from './a';\nclass B extends A { constructor() { super(); } m() { super.m(); this.n(); } }",
      }),
    ).toEqual([
      'a.ts#A.n -call-> a.ts#A.m scope',
      'b.ts#B.constructor -super-> a.ts#A.constructor scope',
      'b.ts#B.m -call-> a.ts#A.m scope',
      'b.ts#B.m -call-> a.ts#A.n scope',
    ]);
  });

  it('types receivers by annotation, construction and parameter property', async () => {
    expect(
      await edges({
        'a.ts': 'export class A { m() {} }',
        'b.ts':
          "import { A } from './a';\nclass B { f = new A(); constructor(private p: A) {}\n x(q: A | undefined) { this.f.m(); this.p.m(); q?.m(); const l = new A(); l.m(); } }",
      }),
    ).toEqual([
      'b.ts#B.f -new-> a.ts#A scope',
      'b.ts#B.x -call-> a.ts#A.m receiver',
      'b.ts#B.x -new-> a.ts#A scope',
    ]);
  });

  it('sends a construction to the constructor where one is declared, else to the class', async () => {
    expect(
      await edges({ 'a.ts': 'class A { constructor() {} }\nclass B {}\nfunction f() { new A(); new B(); }' }),
    ).toEqual(['a.ts#f -new-> a.ts#A.constructor scope', 'a.ts#f -new-> a.ts#B scope']);
  });

  it('reads CommonJS, JSX and decorators', async () => {
    expect(
      await edges({
        'a.js': 'function f() {}\nfunction Box() { return null; }\nmodule.exports = { f, Box };',
        'b.jsx':
          "const { f, Box } = require('./a');\nconst a = require('./a');\nfunction g() { f(); a.f(); return <Box><div/></Box>; }",
        'c.ts': 'function mark(c: unknown) {}\n@mark\nclass C {}',
      }),
    ).toEqual([
      'b.jsx#g -call-> a.js#f scope',
      'b.jsx#g -jsx-> a.js#Box scope',
      'c.ts -decorator-> c.ts#mark scope',
    ]);
  });

  it('takes tsconfig paths of the nearest folder', async () => {
    const mapping = { folder: 'app', base: 'app', paths: { '@lib/*': ['src/lib/*'] }, hasBaseUrl: false };
    expect(
      await edges(
        {
          'app/src/lib/a.ts': 'export function f() {}',
          'app/src/b.ts': "import { f } from '@lib/a'; f();",
          'other/b.ts': "import { f } from '@lib/a'; f();",
        },
        'CALLS',
        { mappings: [mapping] },
      ),
    ).toEqual(['app/src/b.ts -call-> app/src/lib/a.ts#f scope']);
  });

  it('finds the sources of the packages of a workspace by their names, exports and imports', async () => {
    const core = {
      ...{ folder: 'packages/core', name: '@x/core', entries: ['dist/index.js'] },
      exports: { './parts/*': ['./dist/parts/*.js'] },
      imports: { '#own': ['./src/own.js'] },
    };
    expect(
      await edges(
        {
          'packages/core/src/index.ts': 'export function f() {}',
          'packages/core/src/own.ts': 'export function h() {}',
          'packages/core/src/parts/p.ts': "import { h } from '#own';\nexport function g() { h(); }",
          'packages/app/a.ts': "import { f } from '@x/core';\nimport { g } from '@x/core/parts/p'; f(); g();",
        },
        'CALLS',
        { packages: [core] },
      ),
    ).toEqual([
      'packages/app/a.ts -call-> packages/core/src/index.ts#f scope',
      'packages/app/a.ts -call-> packages/core/src/parts/p.ts#g scope',
      'packages/core/src/parts/p.ts#g -call-> packages/core/src/own.ts#h scope',
    ]);
  });

  it('offers a unique method name as a candidate only, and never a built-in name', async () => {
    expect(
      await edges({
        'a.ts': 'class A { settleUp() {} push() {} }',
        'b.ts': 'function f(x) { x.settleUp(); x.push(); settleUp(); }',
      }),
    ).toEqual(['b.ts#f -call-> a.ts#A.settleUp name']);
  });

  it('names tests by their suites', async () => {
    expect(
      await edges({
        'a.test.ts': "function f() {}\ndescribe('cart', () => { it('adds', () => { f(); }); });",
      }),
    ).toEqual(['a.test.ts#cart > adds -call-> a.test.ts#f scope']);
  });
});

describe('calls in Python', () => {
  it('resolves imports, relative levels and packages', async () => {
    expect(
      await edges({
        'pkg/__init__.py': 'from .m import f\n',
        'pkg/m.py': 'def f(): pass\n',
        'pkg/sub/n.py': 'from ..m import f as g\nfrom .. import m\ndef h():\n    g()\n    m.f()\n',
        'main.py': 'import pkg.m\nfrom pkg import f\ndef k():\n    f()\n    pkg.m.f()\n',
      }),
    ).toEqual(['main.py#k -call-> pkg/m.py#f scope', 'pkg/sub/n.py#h -call-> pkg/m.py#f scope']);
  });

  it('resolves self, super(), attributes set in __init__ and constructions', async () => {
    expect(
      await edges({
        'a.py': 'class A:\n    def __init__(self): pass\n    def m(self): pass\n',
        'b.py':
          'from a import A\nclass B(A):\n    def __init__(self):\n        super().__init__()\n        self.a = A()\n    def n(self):\n        self.a.m()\n    def o(self):\n        self.m()\n',
      }),
    ).toEqual([
      'b.py#B.__init__ -call-> a.py#A.__init__ scope',
      'b.py#B.__init__ -new-> a.py#A.__init__ scope',
      'b.py#B.n -call-> a.py#A.m receiver',
      'b.py#B.o -call-> a.py#A.m scope',
    ]);
  });

  it('lets a local hide a function of the module', async () => {
    expect(await edges({ 'a.py': 'def f(): pass\ndef g(f):\n    f()\ndef h():\n    f()\n' })).toEqual([
      'a.py#h -call-> a.py#f scope',
    ]);
  });

  it('knows pytest functions as tests', async () => {
    const facts = await parseFile(
      'tests/test_a.py',
      'def test_x():\n    assert 1\ndef help_x():\n    pass\n',
    );
    expect(Array.from({ length: symbolCount(facts) }, (_, s) => kindOf(facts, s))).toEqual([
      'Module',
      'Test',
      'Function',
    ]);
  });
});

describe('other edges', () => {
  const files = {
    'a.ts': 'export interface I { m(): void }\nexport class A implements I { m() {} x = 1 }',
    'b.ts': "import { A } from './a';\nexport class B extends A { m() {} }",
  };
  it('draws inheritance, overrides, containment and imports', async () => {
    expect(await edges(files, 'INHERITS')).toEqual(['b.ts#B -INHERITS-> a.ts#A scope']);
    expect(await edges(files, 'IMPLEMENTS')).toEqual(['a.ts#A -IMPLEMENTS-> a.ts#I scope']);
    expect(await edges(files, 'OVERRIDES')).toEqual([
      'a.ts#A.m -OVERRIDES-> a.ts#I.m scope',
      'b.ts#B.m -OVERRIDES-> a.ts#A.m scope',
    ]);
    expect(await edges(files, 'HAS_FIELD')).toEqual(['a.ts#A -HAS_FIELD-> a.ts#A.x scope']);
    expect(await edges(files, 'IMPORTS')).toEqual(['b.ts -IMPORTS-> a.ts scope']);
  });
});

describe('bad source', () => {
  it('keeps what parses around a syntax error', async () => {
    expect(
      await edges({ 'a.ts': 'function f() {}\nfunction g() { f(); }\nclass {{{ ;;\nlet = (\n' }),
    ).toContain('a.ts#g -call-> a.ts#f scope');
  });

  it('gives the same ids to symbols when lines above them change', async () => {
    const before = await edges({ 'a.ts': 'function f() {}\nfunction g() { f(); }' });
    expect(await edges({ 'a.ts': '\n// more\n\nfunction f() {}\nfunction g() { f(); }' })).toEqual(before);
  });
});
