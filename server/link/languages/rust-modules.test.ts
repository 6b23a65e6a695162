import { describe, expect, it } from 'vitest';
import { Graph } from '../../graph/graph.ts';
import { parseFile } from '../../index/parse-file.ts';
import type { EdgeType } from '../../protocol/graph.ts';
import { linkWorkspace } from '../link-workspace.ts';
import type { RustCrate } from '../module-resolution.ts';

/** The edges of a few files, as `from -form-> to` for each of their sites, sorted. */
async function edges(
  files: Record<string, string>,
  rustCrates: readonly RustCrate[] = [],
  type: EdgeType = 'CALLS',
): Promise<string[]> {
  const facts = new Map(
    await Promise.all(
      Object.entries(files).map(async ([file, text]) => [file, await parseFile(file, text)] as const),
    ),
  );
  const graph = new Graph(await linkWorkspace(facts, { rustCrates }), '');
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

const crate = (name: string, dependencies: Record<string, string> = {}): RustCrate => ({
  ...{ folder: name, name, library: name, roots: [`${name}/src/lib.rs`], dependencies },
});

describe('modules and paths of Rust', () => {
  it('follows mod files, mod.rs, inline modules and #[path]', async () => {
    expect(
      await edges({
        'src/lib.rs':
          'mod a; mod b; #[path = "odd/c.rs"] mod d; mod i { pub mod e; pub fn own() {} }\nfn main() { a::f(); b::f(); b::deep::g(); d::h(); i::e::k(); i::own(); }',
        'src/a.rs': 'pub fn f() {}',
        'src/b/mod.rs': 'pub mod deep; pub fn f() {}',
        'src/b/deep.rs': 'pub fn g() {}',
        'src/odd/c.rs': 'pub fn h() {}',
        'src/i/e.rs': 'pub fn k() {}',
      }),
    ).toEqual([
      'main -call-> i.own',
      'main -call-> src/a.rs#f',
      'main -call-> src/b/deep.rs#g',
      'main -call-> src/b/mod.rs#f',
      'main -call-> src/i/e.rs#k',
      'main -call-> src/odd/c.rs#h',
    ]);
  });

  it('draws an import from a module to the files that it declares', async () => {
    expect(await edges({ 'src/lib.rs': 'mod a;', 'src/a.rs': '' }, [], 'IMPORTS')).toEqual([
      'src/lib.rs -IMPORTS-> src/a.rs',
    ]);
  });

  it('follows use with names, groups, self, globs, renames and re-exports', async () => {
    expect(
      await edges({
        'src/lib.rs':
          'mod a; mod b;\nuse a::{self, f as g, inner::{h}}; use b::*;\nfn main() { a::f(); g(); h(); k(); again(); }',
        'src/a.rs': 'pub fn f() {} pub mod inner { pub fn h() {} }',
        'src/b.rs': 'pub use crate::a::f as again; pub fn k() {} use crate::a::inner::h as hidden;',
      }),
    ).toEqual([
      'main -call-> src/a.rs#f',
      'main -call-> src/a.rs#f',
      'main -call-> src/a.rs#f',
      'main -call-> src/a.rs#inner.h',
      'main -call-> src/b.rs#k',
    ]);
  });

  it('reads crate, self and super from where they stand', async () => {
    expect(
      await callsOf(
        'm.n.go',
        'fn f() {} mod m { fn f() {} mod n { fn f() {} fn go() { crate::f(); self::f(); super::f(); super::super::f(); f(); } } }',
      ),
    ).toEqual(['-call-> f', '-call-> f', '-call-> m.f', '-call-> m.n.f', '-call-> m.n.f']);
  });

  it('does not see the names around an inline module', async () => {
    expect(await calls('fn f() {} mod m { fn go() { f(); } }')).toEqual([]);
  });

  it('tells a module from a function of its name', async () => {
    expect(
      await edges({
        'src/lib.rs': 'mod a; use a::a;\nfn main() { a(); a::b(); }',
        'src/a.rs': 'pub fn a() {} pub fn b() {}',
      }),
    ).toEqual(['main -call-> src/a.rs#a', 'main -call-> src/a.rs#b']);
  });

  it('follows modules that bring each other’s names, whatever the order of files', async () => {
    const files = {
      'src/lib.rs': 'mod a; mod b; fn main() { a::f(); b::g(); a::h(); }',
      'src/a.rs': 'pub use crate::b::*; pub mod f; pub use f::f; use super::*;',
      'src/b.rs': 'pub use crate::a::*; pub fn g() {} pub fn h() { f(); }',
      'src/a/f.rs': 'pub fn f() { super::g(); }',
    };
    const reversed = Object.fromEntries(Object.entries(files).reverse());
    const expected = [
      ...['main -call-> src/a/f.rs#f', 'main -call-> src/b.rs#g', 'main -call-> src/b.rs#h'],
      ...['src/a/f.rs#f -call-> src/b.rs#g', 'src/b.rs#h -call-> src/a/f.rs#f'],
    ];
    expect(await edges(files)).toEqual(expected);
    expect(await edges(reversed)).toEqual(expected);
  });

  it('passes crates on under their names', async () => {
    expect(
      await edges(
        {
          'one/src/lib.rs': 'pub use two; mod m { use super::*; fn main() { two::f(); two::three::g(); } }',
          'two/src/lib.rs': 'pub use three; pub fn f() {}',
          'three/src/lib.rs': 'pub fn g() {}',
        },
        [crate('one', { two: 'two' }), crate('two', { three: 'three' }), crate('three')],
      ),
    ).toEqual([
      'one/src/lib.rs#m.main -call-> three/src/lib.rs#g',
      'one/src/lib.rs#m.main -call-> two/src/lib.rs#f',
    ]);
  });

  it('finds the crates that a crate depends on, and no others', async () => {
    const files = {
      'one/src/lib.rs': 'use two_lib::f; fn main() { f(); three::g(); dep::f(); }',
      'two/src/lib.rs': 'pub fn f() {}',
      'three/src/lib.rs': 'pub fn g() {}',
    };
    const two = { ...crate('two'), library: 'two_lib' };
    expect(await edges(files, [crate('one', { two_lib: 'two', dep: 'two' }), two, crate('three')])).toEqual([
      'one/src/lib.rs#main -call-> two/src/lib.rs#f',
      'one/src/lib.rs#main -call-> two/src/lib.rs#f',
    ]);
  });

  it('takes a crate of the registry for none of the workspace', async () => {
    expect(
      await edges(
        {
          'one/src/lib.rs': 'use two::S; fn main(s: S) { s.f(); two::g(); }',
          'two/src/lib.rs': 'pub struct S; impl S { pub fn f(&self) {} } pub fn g() {}',
        },
        [crate('one', { two: '' }), crate('two')],
      ),
    ).toEqual([]);
  });

  it('prefers what a block declares, before it or behind', async () => {
    expect(await callsOf('main', 'fn f() {} fn main() { f(); fn f() {} } fn g() { f(); }')).toEqual([
      '-call-> main.f',
    ]);
  });

  it('lets a local hide a function only behind it', async () => {
    expect(await callsOf('main', 'fn f() -> u8 { 1 } fn main() { let f = f(); f.g(); }')).toEqual([
      '-call-> f',
    ]);
  });
});
