import { describe, expect, it } from 'vitest';
import { Graph } from '../../graph/graph.ts';
import { parseFile } from '../../index/parse-file.ts';
import { linkWorkspace } from '../link-workspace.ts';

/** The calls of one file that are known by name or by type, as `from -form-> to`, sorted. */
async function calls(text: string, file = 'a.ts'): Promise<string[]> {
  const graph = new Graph(await linkWorkspace(new Map([[file, await parseFile(file, text)]])), '');
  return [...graph.edges()]
    .filter((e) => e.kind === 'CALLS' && e.tier !== 'name')
    .map((e) => `${e.from} -${e.form}-> ${e.to}`.replaceAll(`${file}#`, ''))
    .sort();
}

const CART = 'class Cart { total() {} }\n';
const TOTAL = '-call-> Cart.total';

/** What the body of a function `f` calls, where `c` is a `Cart` and `x` anything. */
async function inF(body: string, head = ''): Promise<string[]> {
  const found = await calls(`${CART}${head}\nasync function f(c: Cart, x: any) { ${body} }`);
  return found.filter((e) => e.startsWith('f ')).map((e) => e.slice(2));
}

describe('members of classes in TypeScript', () => {
  const a = `class A { get cart(): Cart { return null!; } set cart(c: Cart) {} static make() { return new A(); } #own() {} m() { this.#own(); } }`;

  it('are read and written through getters and setters', async () => {
    expect(await inF('new A().cart.total();', a)).toEqual(['-accessor-> A.cart', TOTAL, '-new-> A']);
    expect((await inF('new A().cart = c;', a)).filter((e) => e.includes('accessor'))).toHaveLength(1);
    expect(await inF('const { cart } = new A(); cart.total();', a)).toContain(TOTAL);
  });

  it('are static ones of the class alone, and inherited', async () => {
    const more = `${a}\nclass B extends A { static n() { this.make(); super.make(); } }`;
    expect(await inF('A.make(); B.make();', more)).toEqual(['-call-> A.make']);
    expect(await inF('new A().make(); A.m();', a)).toEqual(['-new-> A']);
    expect((await calls(`${CART}${more}`)).filter((e) => e.startsWith('B.n'))).toEqual([
      'B.n -call-> A.make',
    ]);
  });

  it('may be private by `#`, and written as strings', async () => {
    expect(await calls(`${CART}${a}`)).toContain('A.m -call-> A.#own');
    expect(await inF("x = new A(); new A()['m']();", a)).toContain('-call-> A.m');
  });

  it('are properties of the parameters of a constructor', async () => {
    expect(
      await calls(
        `${CART}class A { constructor(private readonly cart: Cart, other: Cart) {} m() { this.cart.total(); } n() { this.other.total(); } }`,
      ),
    ).toEqual(['A.m -call-> Cart.total']);
  });

  it('are arrow functions in fields, which keep `this`', async () => {
    expect(await calls('class A { go = () => { this.m(); }; m() {} n() { this.go(); } }')).toEqual([
      'A.go -call-> A.m',
      'A.n -call-> A.go',
    ]);
  });

  it('keep `this` in arrow functions and lose it in others', async () => {
    expect(
      await calls(
        'class A { m() { run(() => this.n()); } k() { run(function () { this.n(); }); } n() {} }\nfunction run(g: () => void) {}',
      ),
    ).toEqual(['A.k -call-> run', 'A.m -call-> A.n', 'A.m -call-> run']);
  });

  it('of the base are called through `super`', async () => {
    expect(
      await calls(
        'class A { constructor() {} m() {} }\nclass B extends A { constructor() { super(); } m() { super.m(); super.none(); } }',
      ),
    ).toEqual(['B.constructor -super-> A.constructor', 'B.m -call-> A.m']);
  });

  it('of an interface or abstract class are its declarations', async () => {
    expect(
      await inF(
        'i.m(); b.n();',
        'interface I { m(): void }\nclass A implements I { m() {} }\nabstract class B { abstract n(): void }\nclass D extends B { n() {} }\ndeclare const i: I; declare const b: B;',
      ),
    ).toEqual(['-call-> B.n', '-call-> I.m']);
  });
});

describe('types in TypeScript', () => {
  it('come through generics, their bounds and their defaults', async () => {
    const head =
      'class Box<T> { constructor(public of: T) {} get(): T { return this.of; } map<U>(g: (t: T) => U): Box<U> { return null!; } }\n' +
      'function same<T>(t: T): T { return t; }\nfunction first<T extends Cart>(t: T) { t.total(); }\nclass CartBox extends Box<Cart> {}\ninterface D<T = Cart> { of: T }\n';
    for (const body of [
      'new Box(c).get().total();',
      'same(c).total();',
      'new Box(1).map(() => c).of.total();',
      'new Box(c).map((t) => t.total());',
      '(x as CartBox).get().total();',
      '(x as D).of.total();',
      'same<Cart>(x).total();',
    ])
      expect(await inF(body, head), body).toContain(TOTAL);
    expect(await calls(`${CART}${head}`)).toContain('first -call-> Cart.total');
  });

  it('come through arrays, maps, sets, promises and loops', async () => {
    for (const body of [
      'for (const i of [c]) i.total();',
      '[c].forEach((i) => i.total());',
      '[c].map((i) => i)[0].total();',
      '[c].filter((i) => i).find((i) => i)!.total();',
      '[1].reduce((all, i) => all, c).total();',
      'const m = new Map<string, Cart>(); m.get("")?.total();',
      'for (const [k, v] of new Map<string, Cart>()) v.total();',
      'for (const v of new Map<string, Cart>().values()) v.total();',
      'new Set([c]).forEach((i) => i.total());',
      '(await Promise.resolve(c)).total();',
      'Promise.resolve(c).then((i) => i.total());',
      'const [one] = await Promise.all([Promise.resolve(c)]); one.total();',
      'const r: Record<string, Cart> = {}; r.a.total();',
      'const [, i] = [1, c] as [number, Cart]; i.total();',
      'const { a: { b } } = { a: { b: c } }; b.total();',
      'const { a, ...rest } = { a: 1, b: c }; rest.b.total();',
      'const g = function* () { yield c; }; for (const i of g()) i.total();',
      '(x ?? c).total();',
      '(x ? c : c).total();',
      'let i; i = c; i.total();',
      'if (x instanceof Cart) x.total();',
      'if (!(x instanceof Cart)) return; x.total();',
      '(<Cart>x).total();',
      '(x satisfies Cart as Cart).total();',
      'c!.total();',
      'const p: Partial<Cart> = x; p.total!();',
      'const p: Readonly<Cart> = x; p.total();',
    ])
      expect(await inF(body), body).toContain(TOTAL);
  });

  it('know nothing of `any`, or on the other side of `instanceof`', async () => {
    expect(
      await inF('x.total(); if (!(x instanceof Cart)) x.total(); for (const i of x) i.total();'),
    ).toEqual([]);
  });
});

describe('functions as values in TypeScript', () => {
  it('are called where they are passed or stored', async () => {
    expect(
      await calls(
        'function g() {}\nfunction run(h: () => void) { h(); }\nfunction f() { run(g); }\n' +
          'class A { constructor(private h: () => void) {} m() { this.h(); } }\nfunction k() { new A(g); }\n' +
          'const table = { a: g };\nfunction t() { table.a(); }\nfunction give() { return g; }\nfunction u() { give()(); }',
      ),
    ).toEqual([
      ...['A.m -callback-> g', 'f -call-> run', 'k -new-> A.constructor', 'run -callback-> g'],
      ...['t -call-> g', 'u -call-> g', 'u -call-> give'],
    ]);
  });

  it('are no calls of a parameter where more than eight are passed', async () => {
    const many = Array.from({ length: 9 }, (_, i) => `function g${i}() {}\nrun(g${i});`).join('\n');
    const found = await calls(`function run(h: () => void) { h(); }\n${many}`);
    expect(found.filter((e) => e.startsWith('run'))).toEqual([]);
  });

  it('are symbols under the names of variables and properties; others belong to the function around', async () => {
    expect(
      await calls(
        'const g = () => {};\nconst o = { h() { g(); }, i: () => { g(); } };\nfunction f() { [1].map(() => g()); o.h(); o.i(); }',
      ),
    ).toEqual(['f -call-> g', 'f -call-> o.h', 'f -call-> o.i', 'o.h -call-> g', 'o.i -call-> g']);
  });
});

describe('other forms of calls in TypeScript', () => {
  it('are JSX elements, of functions, classes and members, and not those of HTML', async () => {
    expect(
      await calls(
        'function Box() { return null; }\nclass Old { render() {} }\nconst ui = { Item() { return null; } };\nfunction div() {}\n' +
          'function f() { return <Box><Old/><ui.Item/><div/></Box>; }',
        'a.tsx',
      ),
    ).toEqual(['f -jsx-> Box', 'f -jsx-> Old', 'f -jsx-> ui.Item']);
  });

  it('are decorators, plain and made by a call', async () => {
    expect(
      await calls(
        'function plain(x: any) {}\nfunction made() { return plain; }\n@plain @made() class A { @plain m() {} @made() x = 1; }',
      ),
    ).toEqual([
      'A -decorator-> made',
      'A -decorator-> plain',
      'a.ts -decorator-> made',
      'a.ts -decorator-> plain',
    ]);
  });

  it('are tagged templates', async () => {
    expect(await inF('tag`a`; o.tag`b`;', 'function tag(s: any) {}\nconst o = { tag(s: any) {} };')).toEqual([
      '-tag-> o.tag',
      '-tag-> tag',
    ]);
  });

  it('are constructions through namespaces and values', async () => {
    expect(
      await inF(
        'new ns.A(); const K = B; new K(); new x();',
        'namespace ns { export class A {} }\nclass B {}',
      ),
    ).toEqual(['-new-> B', '-new-> ns.A']);
  });

  it('are calls with `?.`', async () => {
    expect(await inF('c?.total(); c.total?.();')).toEqual([TOTAL]);
  });
});

describe('names in TypeScript', () => {
  it('are those of the innermost scope', async () => {
    expect(
      await calls(
        'function g() {}\nfunction f() { { const g = () => {}; g(); } }\nfunction h(g: any) { g(); }\nfunction k() { g(); function g() {} }',
      ),
    ).toEqual(['f -call-> f.g', 'k -call-> k.g']);
  });

  it('are hidden by catch clauses, loops and destructured parameters', async () => {
    expect(
      await calls(
        'function g() {}\nfunction f() { try {} catch (g) { g(); } for (const g of []) g(); }\nfunction h({ g }: any) { g(); }',
      ),
    ).toEqual([]);
  });

  it('of the library are no names of the workspace', async () => {
    expect(await inF('parseInt("1"); [1].push(1); x.fetch();', 'class A { push() {} fetch() {} }')).toEqual(
      [],
    );
  });

  it('bring together what several declarations of a namespace say', async () => {
    expect(
      await inF(
        'ns.p(); ns.q();',
        'namespace ns { export function p() {} }\nnamespace ns { export function q() {} }',
      ),
    ).toEqual(['-call-> ns.p', '-call-> ns.q']);
  });
});
