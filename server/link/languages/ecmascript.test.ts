import { describe, expect, it } from 'vitest';
import { Graph } from '../../graph/graph.ts';
import { parseFile } from '../../index/parse-file.ts';
import type { EdgeType } from '../../protocol/graph.ts';
import { linkWorkspace } from '../link-workspace.ts';

/** The edges of a few files, as `from -form-> to`, sorted. */
async function edges(files: Record<string, string>, type: EdgeType = 'CALLS'): Promise<string[]> {
  const facts = new Map(
    await Promise.all(
      Object.entries(files).map(async ([file, text]) => [file, await parseFile(file, text)] as const),
    ),
  );
  const graph = new Graph(await linkWorkspace(facts), '');
  return [...graph.edges()]
    .filter((e) => e.kind === type)
    .map((e) => `${e.from} -${e.form ?? e.kind}-> ${e.to}`)
    .sort();
}

describe('a name that is a type and a value at once', () => {
  const declared = {
    interface: 'export interface Log { write(): void }',
    value: "export const Log = makeKey<Log>('log');",
    key: 'interface Key<T> { id: string; of: T }\nfunction makeKey<T>(name: string): Key<T> { return null!; }',
  };
  const use =
    "import { Log } from './log';\nclass A { constructor(private log: Log) {} m() { this.log.write(); } }";

  it('is the interface where a type is written, whichever is declared first', async () => {
    const { key, value } = declared;
    const first = [key, value, declared.interface].join('\n');
    const last = [key, declared.interface, value].join('\n');
    const wanted = 'a.ts#A.m -call-> log.ts#Log.write';
    expect(await edges({ 'log.ts': first, 'a.ts': use })).toContain(wanted);
    expect(await edges({ 'log.ts': last, 'a.ts': use })).toContain(wanted);
  });

  it('is so through re-exports', async () => {
    const { key, value } = declared;
    expect(
      await edges({
        'own/log.ts': [key, value, declared.interface].join('\n'),
        'log.ts': "export { Log } from './own/log';",
        'a.ts': use,
      }),
    ).toContain('a.ts#A.m -call-> own/log.ts#Log.write');
  });

  it('is the namespace or the object where it is a value', async () => {
    expect(
      await edges({
        'event.ts':
          'export interface Event<T> { on(t: T): void }\nexport namespace Event { export function any() {} }\n' +
          'export type Parser = string;\nexport const Parser = { parse() {} };',
        'a.ts':
          "import { Event, Parser } from './event';\nimport * as all from './event';\n" +
          'function f(e: Event<string>) { Event.any(); Parser.parse(); e.on(""); }\n' +
          'function g(e: all.Event<string>) { all.Event.any(); e.on(""); }',
      }),
    ).toEqual([
      'a.ts#f -call-> event.ts#Event.any',
      'a.ts#f -call-> event.ts#Event.on',
      'a.ts#f -call-> event.ts#Parser.parse',
      'a.ts#g -call-> event.ts#Event.any',
      'a.ts#g -call-> event.ts#Event.on',
    ]);
  });

  it('is told apart inside a namespace, too', async () => {
    expect(
      await edges({
        'a.ts':
          'namespace ns { export const Log = 1; export interface Log { write(): void } }\n' +
          'function f(log: ns.Log) { log.write(); }',
      }),
    ).toEqual(['a.ts#f -call-> a.ts#ns.Log.write']);
  });
});

describe('modules in TypeScript', () => {
  it('show the members of the namespace that they export as their one value', async () => {
    expect(
      await edges({
        'ns.ts':
          'namespace ns { export class Bag { static make() {} } export function f() {} }\nexport = ns;',
        'a.ts':
          "import { Bag } from './ns';\nimport * as all from './ns';\nfunction g() { Bag.make(); all.f(); }",
      }),
    ).toEqual(['a.ts#g -call-> ns.ts#ns.Bag.make', 'a.ts#g -call-> ns.ts#ns.f']);
  });

  it('are named inside types', async () => {
    expect(
      await edges({
        'shop.ts': 'export class Cart { total() {} }',
        'a.ts': "function g(c: import('./shop').Cart, d: import('nowhere').Cart) { c.total(); d.total(); }",
      }),
    ).toEqual(['a.ts#g -call-> shop.ts#Cart.total']);
  });
});

describe('constructions in TypeScript', () => {
  it('call the class where its constructor is a built-in one', async () => {
    expect(
      await edges({
        'a.ts':
          'class Fault extends Error {}\nclass Worse extends Fault { constructor() { super("x"); } }\n' +
          'function f() { throw new Fault("x"); }',
      }),
    ).toEqual(['a.ts#Worse.constructor -super-> a.ts#Fault', 'a.ts#f -new-> a.ts#Fault']);
  });
});

describe('what is constructed through its type', () => {
  const shop = 'class Cart { total() {} }\nclass Bag { total() {} }\n';
  const calls = async (text: string) =>
    (await edges({ 'a.ts': `${shop}${text}` })).filter((e) => e.includes('total') || e.includes('other'));

  it('is what the construct signature says', async () => {
    expect(
      await calls(
        'function make<T>(C: new (...args: any[]) => T): T { return new C(); }\n' +
          'interface Maker<T> { new (): T }\nfunction by<T>(C: Maker<T>): T { return new C(); }\n' +
          'function f(C: { new (): Cart }) { make(Cart).total(); by(Bag).total(); new C().total(); }',
      ),
    ).toEqual(['a.ts#f -call-> a.ts#Bag.total', 'a.ts#f -call-> a.ts#Cart.total']);
  });

  it('is what InstanceType and ReturnType make of a class and a function', async () => {
    expect(
      await calls(
        'function make<C extends new (...args: any[]) => unknown, R extends InstanceType<C>>(c: C): R { return null!; }\n' +
          'function cart() { return new Cart(); }\n' +
          'function f(a: InstanceType<typeof Bag>) { make(Cart).total(); a.total(); }\n' +
          'function g(b: ReturnType<typeof cart>) { b.total(); }',
      ),
    ).toEqual([
      'a.ts#f -call-> a.ts#Bag.total',
      'a.ts#f -call-> a.ts#Cart.total',
      'a.ts#g -call-> a.ts#Cart.total',
    ]);
  });

  it('may have members of its own', async () => {
    expect(
      await calls(
        'type Maker = { new (): Cart; bag(): Bag };\n' +
          'function f(m: Maker) { m.bag().total(); new m().total(); }',
      ),
    ).toEqual(['a.ts#f -call-> a.ts#Bag.total', 'a.ts#f -call-> a.ts#Cart.total']);
  });

  it('is a base where a function gives it', async () => {
    expect(
      await calls(
        'interface Maker<T> { new (): T }\nfunction mock<T>(): Maker<T> { return null!; }\n' +
          'class Fake extends mock<Cart>() { other() { this.total(); } }',
      ),
    ).toEqual(['a.ts#Fake.other -call-> a.ts#Cart.total']);
  });
});

describe('overloads in TypeScript', () => {
  const shop = 'class Cart { total() {} }\nclass Bag { total() {} }\n';
  const calls = async (text: string) =>
    (await edges({ 'a.ts': `${shop}${text}` })).filter((e) => e.includes('.total'));

  it('are told apart by how many arguments there are, and of what kind', async () => {
    expect(
      await calls(
        'interface I { m(x: string): Cart; m(x: Bag): Bag; n(): Cart; n(a: string, b?: number): Bag }\n' +
          'function f(i: I) { i.m("").total(); }\nfunction g(i: I) { i.m(new Bag()).total(); }\n' +
          'function h(i: I) { i.n().total(); }\nfunction k(i: I) { i.n("").total(); }',
      ),
    ).toEqual([
      'a.ts#f -call-> a.ts#Cart.total',
      'a.ts#g -call-> a.ts#Bag.total',
      'a.ts#h -call-> a.ts#Cart.total',
      'a.ts#k -call-> a.ts#Bag.total',
    ]);
  });

  it('have type parameters of their own, written or not', async () => {
    expect(
      await calls(
        'class Key<T> { of!: T }\n' +
          'function make<A>(key: Key<A>): A;\nfunction make<C extends new () => unknown, R extends InstanceType<C>>(c: C): R;\n' +
          'function make(x: any): any {}\n' +
          'function pick<A>(x: Key<A>): A;\nfunction pick<B>(x: string, n: number): B;\nfunction pick(x: any): any {}\n' +
          'function f(key: Key<Bag>) { make(key).total(); }\nfunction g() { make(Cart).total(); }\n' +
          'function h() { pick<Bag>("", 1).total(); }',
      ),
    ).toEqual([
      'a.ts#f -call-> a.ts#Bag.total',
      'a.ts#g -call-> a.ts#Cart.total',
      'a.ts#h -call-> a.ts#Bag.total',
    ]);
  });

  it('say what a callback is given', async () => {
    expect(
      await calls(
        'declare function on(name: string): void;\ndeclare function on(name: string, f: (c: Cart) => void): void;\n' +
          'function f() { on("x", (c) => c.total()); }',
      ),
    ).toEqual(['a.ts#f -call-> a.ts#Cart.total']);
  });
});

it('takes nothing for what an unknown declared type hides', async () => {
  const files = {
    'a.ts':
      "import { Stream } from 'outside';\nclass Fake { push() {} }\n" +
      'function f(s: Stream) { s.push(); }\nfunction g(s) { s.push(); }\nf(new Fake()); g(new Fake());',
  };
  expect((await edges(files)).filter((e) => e.includes('.push'))).toEqual(['a.ts#g -call-> a.ts#Fake.push']);
});
