import fc from 'fast-check';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadGrammar, loadSyntax, type GrammarName } from '../grammar.ts';
import { makeGrammar } from './grammar.ts';
import { parserMemory } from './parser-memory.ts';
import { tapeDifference } from './same-tape.ts';

const root = path.resolve(import.meta.dirname, '../../..');

const JAVA = `package a.b;
import static c.D.e;
/** Doc. */
@F(g = 1) public sealed abstract class H<T extends I & J> extends K<T> implements L, M.N permits O {
  private static final int[] p = { 1, 0x2, 'c' }, q[] = new int[3][];
  static { System.out.println("é😀" + p.length); }
  <U> H(U u, int... v) throws W { super(u); this.x = v -> v + 1; }
  record R(int a, String b) { R { if (a < 0) throw new IllegalArgumentException(); } }
  enum S implements L { ONE(1) { int f() { return 2; } }, TWO; int f() { return switch (this) { case ONE -> 1; default -> { yield 2; } }; } }
  @Override public T get(Map<String, ? super T> m) { for (var e : m.entrySet()) try (var r = open()) { m.get(e)[0].f(H::new); } catch (A | B x) { continue; } return (T) null; }
}
`;
const GO = `package a

import (
	"fmt"
	b "c/d"
	. "e"
)

const ( X = iota; Y )
type T[K comparable, V any] struct { *b.U; m map[K][]V \`json:"m"\`; f func(int, ...string) (n int, err error) }
type I interface { ~int | ~string; M(x int) string }
// Doc.
func (t *T[K, V]) Get(k K, xs ...V) (v V, ok bool) {
	defer func() { recover() }()
	for i, x := range xs { switch y := any(x).(type) { case int, string: fmt.Println(y, i); default: go t.f(1) } }
	select { case <-c: return; case c <- 1: }
	return t.m[k][1:2][0], !ok && "é😀" != \`raw\`
}
`;
const RUST = `//! Doc.
use std::{collections::HashMap as Map, fmt::{self, Display}};
#[derive(Debug)]
pub(crate) struct S<'a, T: 'a + Display = u8> where T: Clone { pub x: &'a mut [T; 3], y: Option<Box<dyn Fn(i32) -> T>> }
enum E { A, B(u8), C { d: f64 } }
impl<'a, T> Iterator for S<'a, T> { type Item = T; const N: usize = 1;
  async unsafe fn next(&mut self, f: impl Fn(T)) -> Option<Self::Item> {
    let Some((a, ref b)) = self.y.as_ref()?.call(1) else { return None };
    match *a { 0..=9 | 10 if b > &1 => vec![1, 2; 3].iter().map(|x| x + 1).collect::<Vec<_>>(), _ => 'l: loop { break 'l 1 } }
  }
}
macro_rules! m { ($($x:expr),* $(,)?) => { $( println!("é😀 {}", $x); )* }; }
mod inner { extern "C" { fn c(x: *const u8); } }
`;

/** Sources of each grammar: this repository's, those of packages, and what neither has. */
const SOURCES = {
  typescript: {
    files: ['server/{index,link,repair}/**/*.ts', 'node_modules/web-tree-sitter/*.d.ts'],
    texts: [],
  },
  tsx: { files: ['webview/**/*.tsx'], texts: [] },
  javascript: {
    files: ['scripts/**/*.mjs', 'node_modules/{diff,ignore,react,jsdom}/**/*.js'],
    texts: ['<a.b c={d} {...e}>{f ? <g/> : `h${i}`}</a.b>;'],
  },
  python: { files: ['server/run/**/*.py', 'node_modules/flatted/**/*.py'], texts: [] },
  java: { files: ['test/fixtures/**/*.java'], texts: [JAVA] },
  go: { files: ['node_modules/flatted/**/*.go'], texts: [GO] },
  rust: { files: ['test/fixtures/**/*.rs'], texts: [RUST] },
} satisfies Partial<Record<GrammarName, { files: string[]; texts: string[] }>>;
const NAMES = Object.keys(SOURCES) as (keyof typeof SOURCES)[];

function sourcesOf(name: keyof typeof SOURCES): string[] {
  const { files, texts } = SOURCES[name];
  const found = globSync(files, { cwd: root }).sort().slice(0, 25);
  return [...texts, ...found.map((file) => readFileSync(path.join(root, file), 'utf8'))];
}

/** Compares both ways of reading a text. */
async function comparer(name: keyof typeof SOURCES): Promise<(text: string) => string | undefined> {
  const heap = await loadSyntax(name);
  const cursor = makeGrammar(await loadGrammar(name), name, () => undefined);
  expect([heap.reader, cursor.reader]).toEqual(['heap', 'cursor']);
  return (text) => tapeDifference(heap.parse(text), cursor.parse(text));
}

describe.each(NAMES)('trees of %s read from memory', (name) => {
  it('are what the public cursor says, for real sources', async () => {
    const difference = await comparer(name);
    const sources = sourcesOf(name);
    expect(sources.length).toBeGreaterThan(0);
    for (const text of sources) expect(difference(text)).toBeUndefined();
  });

  it('are what the public cursor says, for odd texts', async () => {
    const difference = await comparer(name);
    const [source = ''] = sourcesOf(name).map((text) => text.slice(0, 4000));
    const comment = name === 'python' ? '# é' : '// é';
    const odd = [
      '',
      ' ',
      '\n\n',
      '\0',
      '\ud800',
      '😀',
      comment,
      `\ufeff${comment}\n${comment}`,
      'a'.repeat(70_000),
    ];
    for (const text of [
      ...odd,
      `\ufeff${source}`,
      source.replaceAll('\n', '\r\n'),
      source.replaceAll(' ', '\t\n'),
    ]) {
      expect(difference(text), JSON.stringify(text.slice(0, 80))).toBeUndefined();
    }
  });

  it('are what the public cursor says, for damaged sources', async () => {
    const difference = await comparer(name);
    const sources = sourcesOf(name);
    const cut = fc.record({
      source: fc.constantFrom(...sources),
      from: fc.nat(),
      length: fc.nat({ max: 1500 }),
    });
    const piece = cut.map(({ source, from, length }) => {
      const start = from % (source.length + 1);
      return source.slice(start, start + length);
    });
    const noise = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom('\r\n', '\0', '\ud83d', '\ufeff', '😀', '{', ')', '"""', '`', '/*', '<', ';'),
    );
    const damaged = fc
      .tuple(piece, fc.array(fc.record({ at: fc.nat(), drop: fc.nat({ max: 4 }), noise }), { maxLength: 6 }))
      .map(([text, wounds]) =>
        wounds.reduce((now, { at, drop, noise }) => {
          const start = at % (now.length + 1);
          return now.slice(0, start) + noise + now.slice(start + drop);
        }, text),
      );
    fc.assert(
      fc.property(damaged, (text) => {
        expect(difference(text)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});

describe('the reader of trees', () => {
  it('reads ten thousand levels of nesting', async () => {
    const difference = await comparer('javascript');
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    expect(difference(deep)).toBeUndefined();
    expect(difference(`${'f('.repeat(5_000)}`)).toBeUndefined();
  });

  it('goes back to the public cursor where the memory is laid out differently', async () => {
    const text = 'def f(a, b=1):\n    return a + b\n';
    const language = await loadGrammar('python');
    const expected = makeGrammar(language, 'python', () => undefined).parse(text);
    const layouts: ((memory: Int32Array) => Int32Array)[] = [
      (memory) => memory.slice(1),
      (memory) => memory.slice(2),
      (memory) => new Int32Array(memory.length).fill(1),
      (memory) => new Int32Array(memory.length),
      (memory) => memory.map((word) => word ^ (1 << 17)),
      () => new Int32Array(0),
    ];
    for (const layout of layouts) {
      const grammar = makeGrammar(language, 'python', () => layout(parserMemory() ?? new Int32Array(0)));
      expect(grammar.reader).toBe('cursor');
      expect(tapeDifference(grammar.parse(text), expected)).toBeUndefined();
    }
  });

  it('falls back for one file whose tree it cannot make out', async () => {
    const text = 'x = [1, 2]\n';
    const language = await loadGrammar('python');
    let damage = false;
    const grammar = makeGrammar(language, 'python', () => (damage ? new Int32Array(64) : parserMemory()));
    expect(grammar.reader).toBe('heap');
    const expected = grammar.parse(text);
    damage = true;
    expect(tapeDifference(grammar.parse(text), expected)).toBeUndefined();
  });
});
