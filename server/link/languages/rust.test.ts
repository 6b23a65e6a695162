import { describe, expect, it } from 'vitest';
import { Graph } from '../../graph/graph.ts';
import { parseFile } from '../../index/parse-file.ts';
import type { EdgeType } from '../../protocol/graph.ts';
import { linkWorkspace } from '../link-workspace.ts';

/** The edges of a few files, as `from -form-> to` for each of their sites, sorted. */
async function edges(files: Record<string, string>, type: EdgeType = 'CALLS'): Promise<string[]> {
  const facts = new Map(
    await Promise.all(
      Object.entries(files).map(async ([file, text]) => [file, await parseFile(file, text)] as const),
    ),
  );
  const graph = new Graph(await linkWorkspace(facts), '');
  return [...graph.edges()]
    .filter((e) => e.kind === type)
    .flatMap((e) => e.sites.map(() => `${e.from} -${e.form ?? e.kind}-> ${e.to}`))
    .map((e) => e.replaceAll(/(?<![\w/])src\/lib\.rs#/g, ''))
    .sort();
}

/** The calls of one crate root. */
const calls = (text: string) => edges({ 'src/lib.rs': text });
/** What one function of it calls. */
const callsOf = async (caller: string, text: string) =>
  (await calls(text)).filter((e) => e.startsWith(`${caller} `)).map((e) => e.slice(caller.length + 1));

const TYPES = `
pub struct Bar; impl Bar { pub fn new() -> Self { Bar } pub fn go(&self) -> Option<Bar> { None } pub fn end(self) {} }
`;
const goes = async (body: string, more = '') =>
  (await callsOf('main', `${TYPES}${more} fn main(bar: Bar) { ${body} }`)).map((e) =>
    e.replace('-call-> ', ''),
  );

describe('types of Rust', () => {
  it('finds associated functions, Self and methods of impl blocks', async () => {
    expect(
      await calls(
        'struct A; impl A { fn new() -> Self { Self::make() } fn make() -> A { A } fn m(&self) { self.n(); } fn n(&self) {} }\nfn main() { A::new().m(); }',
      ),
    ).toEqual(['A.m -call-> A.n', 'A.new -call-> A.make', 'main -call-> A.m', 'main -call-> A.new']);
  });

  it('finds methods of an impl block in another module', async () => {
    expect(
      await edges({
        'src/lib.rs': 'mod a; mod b; fn main(x: a::A) { x.m(); }',
        'src/a.rs': 'pub struct A;',
        'src/b.rs': 'use crate::a::A; impl A { pub fn m(&self) {} }',
      }),
    ).toEqual(['main -call-> src/b.rs#A.m']);
  });

  it('makes a construction of struct literals, tuple structs and variants that hold something', async () => {
    expect(
      await callsOf(
        'main',
        'struct S { a: u8 } struct T(u8); enum E { V(u8), R { a: u8 }, U }\nfn main() { S { a: 1 }; T(1); E::V(1); E::R { a: 1 }; E::U; }',
      ),
    ).toEqual(['-new-> E.R', '-new-> E.V', '-new-> S', '-new-> T']);
  });

  it('looks through references and smart pointers', async () => {
    expect(
      await goes('a.go(); b.go(); c.borrow().go(); d.lock().unwrap().go();', 'fn other(a: &Bar) {}').then(
        (found) => found.length,
      ),
    ).toBe(0);
    expect(
      await callsOf(
        'main',
        `${TYPES} use std::{rc::Rc, cell::RefCell, sync::{Arc, Mutex}};
         fn main(a: &mut Box<Bar>, c: Rc<RefCell<Bar>>, d: Arc<Mutex<Bar>>) { a.go(); c.borrow().go(); d.lock().unwrap().go(); }`,
      ),
    ).toEqual(['-call-> Bar.go', '-call-> Bar.go', '-call-> Bar.go']);
  });

  it('follows a Deref of the workspace to fields and methods', async () => {
    expect(
      await callsOf(
        'main',
        `${TYPES} struct In { bar: Bar } struct W(In); impl std::ops::Deref for W { type Target = In; fn deref(&self) -> &In { &self.0 } }
         impl In { fn get(&self) {} } fn main(w: W) { w.get(); w.bar.go(); }`,
      ),
    ).toEqual(['-call-> Bar.go', '-call-> In.get']);
  });

  it('types fields, tuples, indexes, casts and blocks', async () => {
    expect(
      await callsOf(
        'main',
        `${TYPES} struct S { v: Vec<Bar>, t: (u8, Bar) }
         fn main(s: S, a: [Bar; 2]) { s.v[0].go(); s.t.1.go(); a[1].go(); ({ let x = Bar::new(); x }).go(); (if true { Bar::new() } else { a[0] }).end(); }`,
      ),
    ).toEqual([
      ...['-call-> Bar.end', '-call-> Bar.go', '-call-> Bar.go', '-call-> Bar.go', '-call-> Bar.go'],
      ...['-call-> Bar.new', '-call-> Bar.new'],
    ]);
  });

  it('unwraps options and results, with ? and with methods', async () => {
    expect(
      await callsOf(
        'main',
        `${TYPES} fn try_it() -> Result<Bar, u8> { todo!() }
         fn main(bar: Bar) -> Option<()> { bar.go()?.go(); try_it().ok()?.end(); bar.go().unwrap().end(); None }`,
      ),
    ).toEqual([
      ...['-call-> Bar.end', '-call-> Bar.end', '-call-> Bar.go', '-call-> Bar.go', '-call-> Bar.go'],
      '-call-> try_it',
    ]);
  });

  it('binds what patterns take apart', async () => {
    expect(
      await callsOf(
        'main',
        `${TYPES} struct P { x: Bar, y: Option<Bar> } enum E { A(Bar, u8), B { b: Bar }, C }
         fn main(e: E, p: P, o: Option<(u8, Bar)>) {
           if let E::A(a, _) = &e { a.go(); }
           match e { E::A(a, ..) => a.end(), E::B { b } if true => b.end(), _ => {} }
           let P { x, y: Some(z) } = p else { return };
           x.go(); z.end();
           while let Some((_, w)) = o { w.go(); }
         }`,
      ),
    ).toEqual([
      ...['-call-> Bar.end', '-call-> Bar.end', '-call-> Bar.end'],
      ...['-call-> Bar.go', '-call-> Bar.go', '-call-> Bar.go'],
    ]);
  });

  it('follows aliases, type arguments and constants', async () => {
    expect(
      await callsOf(
        'main',
        `${TYPES} type Many<T> = Vec<T>; const ONE: Bar = Bar::new(); struct G<T> { item: T } impl<T> G<T> { fn new(item: T) -> Self { todo!() } fn get(&self) -> &T { &self.item } }
         fn make<T>() -> Vec<T> { Vec::new() }
         fn main(m: Many<Bar>) { m[0].go(); ONE.go(); G::new(Bar::new()).get().end(); make::<Bar>()[0].end(); }`,
      ),
    ).toEqual([
      ...['-call-> Bar.end', '-call-> Bar.end', '-call-> Bar.go', '-call-> Bar.go', '-call-> Bar.new'],
      ...['-call-> G.get', '-call-> G.new', '-call-> make'],
    ]);
  });
});

describe('closures and iterators of Rust', () => {
  it('types closures by what their call expects', async () => {
    expect(
      await callsOf(
        'main',
        `${TYPES} fn with<F>(f: F) where F: Fn(&Bar) {} fn also(f: impl FnOnce(Bar)) {}
         fn main() { with(|b| { b.go(); }); also(|b| b.end()); }`,
      ),
    ).toEqual(['-call-> Bar.end', '-call-> Bar.go', '-call-> also', '-call-> with']);
  });

  it('follows items through adapters, collect and loops', async () => {
    expect(
      await callsOf(
        'main',
        `${TYPES} fn main(v: Vec<Bar>) {
           v.iter().filter(|b| b.go().is_some()).map(|b| b.go()).for_each(|o| o.unwrap().end());
           for (_, b) in v.iter().enumerate() { b.go(); }
           let w: Vec<_> = v.iter().flat_map(|b| b.go()).collect();
           w[0].end();
           v.into_iter().filter_map(|b| b.go()).collect::<Vec<_>>().pop().unwrap().end();
         }`,
      ),
    ).toEqual([
      ...['-call-> Bar.end', '-call-> Bar.end', '-call-> Bar.end'],
      ...['-call-> Bar.go', '-call-> Bar.go', '-call-> Bar.go', '-call-> Bar.go', '-call-> Bar.go'],
    ]);
  });

  it('follows maps and functions passed by name', async () => {
    expect(
      await callsOf(
        'main',
        `${TYPES} use std::collections::HashMap; struct N(u8); impl N { fn bar(self) -> Bar { Bar } }
         fn main(m: HashMap<String, Bar>, n: Option<N>) {
           m.get("x").unwrap().go();
           for (_, b) in &m { b.go(); }
           m.entry("y".to_string()).or_insert_with(|| Bar::new()).go();
           n.map(N::bar).unwrap().end();
         }`,
      ),
    ).toEqual([
      ...['-call-> Bar.end', '-call-> Bar.go', '-call-> Bar.go', '-call-> Bar.go', '-call-> Bar.new'],
    ]);
  });

  it('iterates over what implements Iterator or IntoIterator', async () => {
    expect(
      await callsOf(
        'main',
        `${TYPES} struct It; impl Iterator for It { type Item = Bar; fn next(&mut self) -> Option<Bar> { None } }
         struct Bag; impl IntoIterator for &Bag { type Item = Bar; type IntoIter = It; fn into_iter(self) -> It { It } }
         fn main(it: It, bag: Bag) { for b in &bag { b.go(); } it.map(|b| b.end()).count(); }`,
      ),
    ).toEqual(['-call-> Bar.end', '-call-> Bar.go']);
  });

  it('makes a closure bound to a name a function of that name', async () => {
    expect(await calls(`${TYPES} fn main() { let f = |b: Bar| b.end(); f(Bar::new()); }`)).toEqual([
      'main -call-> Bar.new',
      'main -call-> main.f',
      'main.f -call-> Bar.end',
    ]);
  });
});

const TRAIT = 'trait Tr { fn act(&self) {} fn must(&self); fn make() -> Self; } struct A; struct B;';

describe('traits of Rust', () => {
  it('calls the implementation of a known type, else the declaration', async () => {
    expect(
      await callsOf(
        'main',
        `${TRAIT} impl Tr for A { fn must(&self) {} fn make() -> A { A } }
         fn main<T: Tr>(a: A, t: T, d: &dyn Tr, i: impl Tr) { a.must(); a.act(); t.must(); d.must(); i.act(); T::make().must(); A::make().must(); }`,
      ),
    ).toEqual([
      ...['-call-> A.make', '-call-> A.must', '-call-> A.must', '-call-> Tr.act', '-call-> Tr.act'],
      ...['-call-> Tr.make', '-call-> Tr.must', '-call-> Tr.must', '-call-> Tr.must'],
    ]);
  });

  it('reads bounds of where clauses, supertraits and associated types', async () => {
    expect(
      await callsOf(
        'main',
        `${TRAIT} ${TYPES} trait Sub: Tr { type Out; fn out(&self) -> Self::Out; } impl Sub for A { type Out = Bar; fn out(&self) -> Bar { Bar } } impl Tr for A { fn must(&self) {} fn make() -> A { A } }
         fn main<T>(t: T, a: A) where T: Sub<Out = Bar> { t.act(); t.out().go(); a.out().end(); }`,
      ),
    ).toEqual(['-call-> A.out', '-call-> Bar.end', '-call-> Bar.go', '-call-> Sub.out', '-call-> Tr.act']);
  });

  it('calls a method of a trait only where the trait is in scope', async () => {
    const files = {
      'src/lib.rs': 'pub mod t; mod u; pub struct A;',
      'src/t.rs': 'pub trait Ext { fn ext(&self); } impl Ext for crate::A { fn ext(&self) {} }',
      'src/u.rs': 'use crate::{A, t::Ext as _}; fn with(a: A) { a.ext(); }',
    };
    expect(await edges(files)).toEqual(['src/u.rs#with -call-> src/t.rs#A.ext']);
    expect(await edges({ ...files, 'src/u.rs': 'use crate::A; fn with(a: A) { a.ext(); }' })).toEqual([]);
  });

  it('finds blocks that are for every type with a trait', async () => {
    expect(
      await callsOf(
        'main',
        `${TRAIT} trait Ext { fn ext(&self); } impl<T: Tr> Ext for T { fn ext(&self) {} } impl Tr for A { fn must(&self) {} fn make() -> A { A } }
         fn main(a: A, b: B) { a.ext(); b.ext(); }`,
      ),
    ).toEqual(['-call-> T.ext']);
  });

  it('picks among the blocks of one trait by the argument', async () => {
    expect(
      (
        await edges({
          'src/lib.rs':
            'struct A; struct B; struct C; impl From<A> for C { fn from(a: A) -> C { C } }\nimpl From<B> for C { fn from(b: B) -> C { C } }\nfn main(b: B) { C::from(b); }',
        })
      ).map((e) => e.replace(/.*-> /, '')),
    ).toEqual(['C.from~2']);
  });

  it('draws no conversion that none of the blocks here takes', async () => {
    expect(
      await callsOf(
        'main',
        'struct A; struct B; struct C; impl From<A> for C { fn from(a: A) -> C { C } } fn main(a: A, b: B) { C::from(a); C::from(b); }',
      ),
    ).toEqual(['-call-> C.from']);
  });

  it('makes no candidate of a name that the standard library has', async () => {
    expect(
      await callsOf(
        'main',
        'struct A; impl A { fn push_str(&self) {} fn own(&self) {} } fn main() { x(|s| { s.push_str(); s.own(); }); }',
      ),
    ).toEqual(['-call-> A.own']);
  });

  it('leaves derived and external methods alone', async () => {
    expect(
      await goes(
        'let c = bar.clone(); c.go(); D::default().x(); ext::f().go();',
        '#[derive(Default, Clone)] struct D; impl D { fn x(&self) {} }',
      ),
    ).toEqual(['Bar.go', 'D.x']);
  });

  it('takes no block for a type from elsewhere for one of another such type', async () => {
    expect(
      await callsOf(
        'main',
        'use ext::{X, Y}; trait Ext { fn ext(&self); } impl Ext for X { fn ext(&self) {} } fn main<T: ext::Tr>(y: Y, t: T) { y.ext(); t.ext(); }',
      ),
    ).toEqual([]);
  });

  it('draws USES to the types that are mentioned, once for each mention', async () => {
    const text =
      'struct A; struct P<T>(T); impl P<A> { fn f(&self) {} fn g(x: &A) -> Vec<P<A>> { A::h(); todo!() } } impl A { fn h() {} }';
    expect((await edges({ 'src/lib.rs': text }, 'USES')).filter((e) => e.endsWith('-> A'))).toEqual([
      ...['P -USES-> A', 'P.g -USES-> A', 'P.g -USES-> A', 'P.g -USES-> A'],
    ]);
  });

  it('draws IMPLEMENTS, INHERITS and OVERRIDES', async () => {
    const files = {
      'src/lib.rs':
        'trait Base {} trait Tr: Base { fn f(&self); } struct A; impl Tr for A { fn f(&self) {} }',
    };
    expect(await edges(files, 'IMPLEMENTS')).toEqual(['A -IMPLEMENTS-> Tr']);
    expect(await edges(files, 'INHERITS')).toEqual(['Tr -INHERITS-> Base']);
    expect(await edges(files, 'OVERRIDES')).toEqual(['A.f -OVERRIDES-> Tr.f']);
  });
});

describe('macros and tests of Rust', () => {
  it('reads the arguments of macros that look like expressions', async () => {
    expect(
      await goes(
        'println!("{:?}", bar.go()); assert!(matches!(bar.go(), Some(b) if b.go().is_none())); vec![Bar::new()][0].end(); own!(bar.go()); weird!(a => bar.go());',
      ),
    ).toEqual(['Bar.end', 'Bar.go', 'Bar.go', 'Bar.go', 'Bar.go', 'Bar.new']);
  });

  it('takes patterns in macros for no calls', async () => {
    expect(await callsOf('main', 'struct T(u8); fn main(t: T) { assert!(matches!(t, T(_))); }')).toEqual([]);
  });

  it('names tests as cargo does', async () => {
    const text =
      '#[cfg(test)] mod tests { use super::f; #[test] fn works() { f(); } #[tokio::test] async fn waits() { f(); } } fn f() {}';
    expect(await edges({ 'src/a/b.rs': text })).toEqual([
      'src/a/b.rs#a::b::tests::waits -call-> src/a/b.rs#f',
      'src/a/b.rs#a::b::tests::works -call-> src/a/b.rs#f',
    ]);
    const facts = await parseFile('crates/x/tests/all.rs', '#[test]\nfn runs() {}');
    const graph = new Graph(await linkWorkspace(new Map([['crates/x/tests/all.rs', facts]])), '');
    expect([...graph.nodes()].filter((s) => s.kind === 'Test').map((s) => s.name)).toEqual(['runs']);
  });

  it('reads macros in macros, and none that are nested without end', async () => {
    expect(await goes('format!("{}", vec![own!(bar.go())]);')).toEqual(['Bar.go']);
    expect(
      await callsOf('main', `fn f() {} fn main() { f(); ${'m!(f('.repeat(2000)}${'))'.repeat(2000)}; }`),
    ).toHaveLength(9);
  });

  it('keeps what stands around a syntax error', async () => {
    expect(await callsOf('main', 'fn f() {} fn main() { f(); } fn broken( { ; impl')).toEqual(['-call-> f']);
  });
});
