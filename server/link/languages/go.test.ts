import { describe, expect, it } from 'vitest';
import { Graph } from '../../graph/graph.ts';
import { parseFile } from '../../index/parse-file.ts';
import type { EdgeType } from '../../protocol/graph.ts';
import { linkWorkspace } from '../link-workspace.ts';

const MODULES = { goModules: [{ folder: '', path: 'example.org/m' }] };

/** The edges of a few files, as `from -form-> to`, sorted. */
async function edges(files: Record<string, string>, type: EdgeType = 'CALLS'): Promise<string[]> {
  const facts = new Map(
    await Promise.all(
      Object.entries(files).map(async ([file, text]) => [file, await parseFile(file, text)] as const),
    ),
  );
  const graph = new Graph(await linkWorkspace(facts, MODULES), '');
  return [...graph.edges()]
    .filter((e) => e.kind === type)
    .map((e) => `${e.from} -${e.form ?? e.kind}-> ${e.to}`)
    .sort();
}

/** The calls of one file of package p. */
const calls = (text: string) => edges({ 'a.go': `package p\n${text}` });

describe('interfaces in Go', () => {
  const implemented = (files: Record<string, string>) => edges(files, 'IMPLEMENTS');

  it('that are put together from others are implemented by what has the methods of all', async () => {
    expect(
      await implemented({
        'p/a.go':
          'package p\ntype R interface { Read() }\ntype W interface { Write() }\ntype RW interface { R; W }\n' +
          'type File struct{}\nfunc (f *File) Read() {}\nfunc (f *File) Write() {}\n' +
          'type Half struct{}\nfunc (h *Half) Read() {}\n',
      }),
    ).toEqual([
      'p/a.go#File -IMPLEMENTS-> p/a.go#R',
      'p/a.go#File -IMPLEMENTS-> p/a.go#RW',
      'p/a.go#File -IMPLEMENTS-> p/a.go#W',
      'p/a.go#Half -IMPLEMENTS-> p/a.go#R',
    ]);
  });

  it('that are embedded are not implemented where a method of other types hides theirs', async () => {
    const files = {
      'p/a.go':
        'package p\ntype R interface { Read() int }\ntype Whole struct { R }\n' +
        'type Hiding struct { R }\nfunc (h Hiding) Read(at string) int { return 1 }\n',
    };
    expect(await implemented(files)).toEqual(['p/a.go#Whole -IMPLEMENTS-> p/a.go#R']);
    expect(await edges(files, 'INHERITS')).toEqual(['p/a.go#Hiding -INHERITS-> p/a.go#R']);
  });

  it('are implemented by what has their methods, of its own, in other files and by embedding', async () => {
    expect(
      await implemented({
        'p/a.go':
          'package p\ntype RW interface { R; Write(b []byte) }\ntype R interface { Read() }\ntype None interface {}\n' +
          'type File struct{}\nfunc (f *File) Read() {}\ntype Text struct { File }\ntype Half struct{}\n',
        'p/b.go': 'package p\nfunc (t Text) Write(b []byte) {}\nfunc (h Half) Write(b []byte) {}\n',
      }),
    ).toEqual([
      'p/a.go#File -IMPLEMENTS-> p/a.go#R',
      'p/a.go#Text -IMPLEMENTS-> p/a.go#R',
      'p/a.go#Text -IMPLEMENTS-> p/a.go#RW',
    ]);
  });

  it('are not implemented by methods of other types, nor by small names of another package', async () => {
    expect(
      await implemented({
        'p/a.go':
          'package p\ntype I interface { Close(now bool) }\ntype small interface { m() }\n' +
          'type Iterator interface { At() string }\ntype Of[T any] interface { At() []T; In() Box[T] }\ntype Box[T any] struct{}\n' +
          'type Maker interface { Make() }\ntype Config struct{}\nfunc (Config) Make() {}\ntype plain Config\n',
        'q/b.go':
          'package q\ntype T struct{}\nfunc (T) Close() {}\nfunc (T) m() {}\nfunc (T) At() int { return 1 }\nfunc (T) In() int { return 1 }\n',
      }),
    ).toEqual(['p/a.go#Config -IMPLEMENTS-> p/a.go#Maker']);
  });
});

describe('names in Go', () => {
  it('sees the whole package, and not the folder beside it', async () => {
    expect(
      await edges({
        'p/a.go': 'package p\nfunc A() { b(); c() }',
        'p/b.go': 'package p\nfunc b() {}',
        'q/c.go': 'package q\nfunc c() {}',
      }),
    ).toEqual(['p/a.go#A -call-> p/b.go#b']);
  });

  it('keeps the tests of a package apart where they import it', async () => {
    expect(
      await edges({
        'p/a.go': 'package p\nfunc F() {}',
        'p/a_test.go':
          'package p_test\nimport "example.org/m/p"\nfunc F() {}\nfunc TestF(t *testing.T) { F(); p.F() }',
      }),
    ).toEqual(['p/a_test.go#TestF -call-> p/a.go#F', 'p/a_test.go#TestF -call-> p/a_test.go#F']);
  });

  it('follows imports by path, alias, dot and package name', async () => {
    expect(
      await edges({
        'go-x/x.go': 'package xx\nfunc X() {}',
        'y/y.go': 'package y\nfunc Y() {}',
        'z/z.go': 'package z\nfunc Z() {}',
        'a.go':
          'package p\nimport (\n"example.org/m/go-x"\nk "example.org/m/y"\n. "example.org/m/z"\n"other.org/y"\n)\nfunc a() { xx.X(); k.Y(); Z(); y.Y() }',
      }),
    ).toEqual(['a.go#a -call-> go-x/x.go#X', 'a.go#a -call-> y/y.go#Y', 'a.go#a -call-> z/z.go#Z']);
  });

  it('lets a short declaration hide a name only behind itself', async () => {
    expect(
      await edges({
        'n/n.go': 'package n\ntype T struct{}\nfunc New() T { return T{} }\nfunc (T) New() {}',
        'a.go': 'package p\nimport "example.org/m/n"\nfunc a() { n := n.New(); n.New() }',
      }),
    ).toEqual(['a.go#a -call-> n/n.go#New', 'a.go#a -call-> n/n.go#T.New']);
  });

  it('reads all types of a head before it binds its names', async () => {
    expect(
      await edges({
        'n/n.go': 'package n\ntype T struct{}\nfunc (T) M() {}',
        'a.go': 'package p\nimport "example.org/m/n"\nfunc a(n n.T, b n.T) { b.M() }',
      }),
    ).toEqual(['a.go#a -call-> n/n.go#T.M']);
  });

  it('prefers what the default build has', async () => {
    expect(
      await edges({
        'a.go': '//go:build !(linux && amd64)\n\npackage p\nfunc f() {}',
        'b.go': '//go:build linux || never\n\npackage p\nfunc f() {}',
        'c_windows.go': 'package p\nfunc g() {}',
        'd.go': 'package p\nfunc g() {}\nfunc h() { f(); g() }',
      }),
    ).toEqual(['d.go#h -call-> b.go#f', 'd.go#h -call-> d.go#g']);
    expect(
      await edges({
        'a.go': '//go:build never\n\npackage p\nfunc (T) m() {}',
        'b.go': '//go:build !never\n\npackage p\nfunc (T) m() {}',
        'c.go': 'package p\ntype T struct{}\nfunc f(t T) { t.m() }',
      }),
    ).toEqual(['c.go#f -call-> b.go#T.m']);
  });
});

describe('members in Go', () => {
  it('finds methods in other files, through pointers and embedding', async () => {
    expect(
      await edges({
        'a.go': 'package p\ntype A struct { *B; c C }\ntype B struct{}\ntype C struct{}',
        'b.go':
          'package p\nfunc (b *B) M() {}\nfunc (c C) N() {}\nfunc f(a *A) { a.M(); a.c.N(); a.B.M(); (*a).M(); A.M(*a) }',
      }),
    ).toEqual(['b.go#f -call-> b.go#B.M', 'b.go#f -call-> b.go#C.N']);
  });

  it('makes a method of an alias one of the type that it stands for', async () => {
    expect(await calls('type A = T\ntype T struct{}\nfunc (*A) M() {}\nfunc f(t T) { t.M() }')).toEqual([
      'a.go#f -call-> a.go#A.M',
    ]);
  });

  it('takes the promoted member that lies least deep', async () => {
    expect(
      await calls(
        'type D struct{}\nfunc (D) M() {}\ntype B struct { D }\ntype C struct{}\nfunc (C) M() {}\ntype A struct { B; C }\nfunc f(a A) { a.M() }',
      ),
    ).toEqual(['a.go#f -call-> a.go#C.M']);
  });

  it('calls the declaration of an interface, and names what implements it', async () => {
    const text =
      'package p\ntype R interface { Read(); I }\ntype I interface { Close() }\ntype T struct{}\nfunc (T) Read() {}\nfunc (T) Close() {}\ntype U struct{}\nfunc (U) Read() {}\nfunc f(r R) { r.Read(); r.Close() }';
    expect(await edges({ 'a.go': text })).toEqual([
      'a.go#f -call-> a.go#I.Close',
      'a.go#f -call-> a.go#R.Read',
    ]);
    expect(await edges({ 'a.go': text }, 'OVERRIDES')).toEqual([
      'a.go#T.Close -OVERRIDES-> a.go#I.Close',
      'a.go#T.Read -OVERRIDES-> a.go#R.Read',
    ]);
  });

  it('draws no edge for conversions, and follows their type', async () => {
    expect(
      await calls(
        'type T int\nfunc (T) M() {}\nfunc f(x int) { T(x).M(); (*T)(nil).M(); []T(nil)[0].M(); _ = T(x) }',
      ),
    ).toEqual(['a.go#f -call-> a.go#T.M']);
  });

  it('knows nothing of what other packages promote', async () => {
    expect(
      await calls(
        'import "sync"\ntype T struct { sync.Mutex }\ntype U struct{}\nfunc (U) Lock() {}\nfunc f(t T) { t.Lock(); sync.New().Lock() }',
      ),
    ).toEqual([]);
  });
});

describe('types in Go', () => {
  const T = 'type T struct{ f func() }\nfunc (T) M() {}\nfunc two() (T, error) { return T{}, nil }\n';
  const M = 'a.go#f -call-> a.go#T.M';

  it.each([
    ['several results', 'x, err := two(); _ = err; x.M()'],
    ['a second result of a name that is there', 'var x int; { y, x := two(); _ = x; y.M() }'],
    ['what a range gives of a slice', 'for _, x := range []T{} { x.M() }'],
    ['keys and values of a map', 'for k, v := range map[T]int{} { k.M(); _ = v }'],
    ['values of a map', 'm := map[string]T{}; x, ok := m["a"]; _ = ok; x.M()'],
    ['a channel', 'c := make(chan T); x := <-c; x.M()'],
    ['a channel that is selected from', 'c := make(chan T); select { case x := <-c: x.M() }'],
    ['an iterator', 'var seq func(yield func(T) bool); for x := range seq { x.M() }'],
    ['an assertion', 'var v any; if x, ok := v.(T); ok { x.M() }'],
    ['a type switch', 'var v any; switch x := v.(type) { case int: x.M(); case *T: x.M() }'],
    ['new and append', 'x := new(T); x.M(); s := append([]T{}, *x); s[0].M()'],
    ['a pointer to a literal', 'x := &T{}; x.M()'],
    ['a variable of the package', 'pv.M()'],
    ['a defined slice', 's := S{}; for _, x := range s { x.M() }'],
    ['an alias', 'var x Al; x.M()'],
    ['what a deferred literal closes over', 'x := T{}; defer func() { x.M() }()'],
  ])('follows %s', async (_what, body) => {
    const own = await calls(`${T}type S []T\ntype Al = T\nvar pv = T{}\nfunc f() { ${body} }`);
    expect(own.filter((e) => e.endsWith('.M'))).toEqual([M]);
  });

  it('infers type arguments and binds those of receivers', async () => {
    expect(
      await calls(
        `${T}type Set[K any] struct { all []K }\nfunc (s *Set[E]) First() E { return s.all[0] }\nfunc id[V any](v V) V { return v }\nfunc f(s *Set[T]) { s.First().M(); id(T{}).M(); id[T](T{}).M(); Set[T](*s).First() }`,
      ),
    ).toEqual(['a.go#f -call-> a.go#Set.First', M, 'a.go#f -call-> a.go#id']);
  });

  it('gives a constant without a value the type of the one above', async () => {
    expect(await calls('type K int\nfunc (K) M() {}\nconst (\nA K = iota\nB\n)\nfunc f() { B.M() }')).toEqual(
      ['a.go#f -call-> a.go#K.M'],
    );
  });

  it('leaves no call of the universe unresolved, and lets a package declare its own', async () => {
    const text =
      'package p\nfunc min(x int) int { return x }\nfunc f() { _ = len(""); panic(min(1)); other() }';
    const { unresolved } = await linkWorkspace(new Map([['a.go', await parseFile('a.go', text)]]), MODULES);
    expect(unresolved.names).toEqual(['other']);
    expect(await edges({ 'a.go': text })).toEqual(['a.go#f -call-> a.go#min']);
  });

  it('guesses no method behind a conversion', async () => {
    expect(
      await edges({
        'n/n.go': 'package n\ntype Pos int',
        'a.go':
          'package p\nimport "example.org/m/n"\ntype W struct{}\nfunc (W) Pos() {}\nfunc f() { _ = n.Pos(1) }',
      }),
    ).toEqual([]);
  });

  it('makes a function literal that is bound to a name a function', async () => {
    expect(await calls('func g() {}\nfunc f() { h := func() { g() }; h() }')).toEqual([
      'a.go#f -call-> a.go#f.h',
      'a.go#f.h -call-> a.go#g',
    ]);
  });

  it('lists fields, and what go test runs as tests', async () => {
    const facts = await parseFile(
      'a_test.go',
      'package p\n// TestA is.\nfunc TestA(t *testing.T) {}\nfunc Testify() {}\nfunc BenchmarkB(b *testing.B) {}',
    );
    const graph = new Graph(await linkWorkspace(new Map([['a_test.go', facts]]), MODULES), '');
    expect(
      [...graph.nodes()]
        .filter((n) => n.kind === 'Test' || n.kind === 'Function')
        .map((n) => `${n.kind} ${n.name}`),
    ).toEqual(['Test TestA', 'Function Testify', 'Test BenchmarkB']);
  });
});
