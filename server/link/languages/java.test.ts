import { describe, expect, it } from 'vitest';
import { Graph } from '../../graph/graph.ts';
import { parseFile } from '../../index/parse-file.ts';
import type { EdgeType } from '../../protocol/graph.ts';
import { linkWorkspace } from '../link-workspace.ts';

async function graphOf(files: Record<string, string>): Promise<Graph> {
  const facts = new Map(
    await Promise.all(
      Object.entries(files).map(async ([file, text]) => [file, await parseFile(file, text)] as const),
    ),
  );
  return new Graph(await linkWorkspace(facts), '');
}

/** The edges of a few files as `from -form-> to`, without the ending `.java`, sorted. */
async function edges(files: Record<string, string>, type: EdgeType = 'CALLS'): Promise<string[]> {
  const graph = await graphOf(files);
  return [...graph.edges()]
    .filter((e) => e.kind === type && e.form !== 'decorator')
    .map((e) => `${e.from} -${e.form ?? e.kind}-> ${e.to}`.replaceAll('.java', ''))
    .sort();
}

/** The calls of one file, `A`, by the body of its one method `m`; `rest` stands beside it in the class. */
async function callsIn(body: string, rest = '', head = ''): Promise<string[]> {
  const found = await edges({ 'A.java': `${head}\nclass A { void m() { ${body} } ${rest} }` });
  return found.filter((e) => e.startsWith('A#A.m ')).map((e) => e.replace('A#A.m ', '').replaceAll('A#', ''));
}

describe('names in Java', () => {
  it('finds classes of the same package, imported ones and those of wildcard imports', async () => {
    expect(
      await edges({
        'src/main/java/p/A.java': 'package p; public class A { public static void f() {} }',
        'src/test/java/p/T.java': 'package p; class T { void t() { A.f(); } }',
        'q/B.java': 'package q; import p.A; class B { void b() { A.f(); } }',
        'q/C.java': 'package q; import p.*; class C { void c() { A.f(); } }',
        'q/D.java': 'package q; class D { void d() { p.A.f(); } }',
        'q/E.java': 'package q; class E { void e() { A.f(); } }',
      }),
    ).toEqual([
      'q/B#B.b -call-> src/main/java/p/A#A.f',
      'q/C#C.c -call-> src/main/java/p/A#A.f',
      'q/D#D.d -call-> src/main/java/p/A#A.f',
      'src/test/java/p/T#T.t -call-> src/main/java/p/A#A.f',
    ]);
  });

  it('draws no edge where a class of the same name is imported from a library', async () => {
    expect(
      await edges({
        'p/A.java': 'package p; public class A { public static void f() {} }',
        'p/B.java': 'package p; import lib.A; class B { void b(A a) { A.f(); a.f(); } }',
      }),
    ).toEqual([]);
  });

  it('takes the nearest of several classes of one full name', async () => {
    const a = 'package p; public class A { public static void f() {} }';
    expect(
      await edges({
        'one/p/A.java': a,
        'two/p/A.java': a,
        'two/p/B.java': 'package p; class B { void b() { A.f(); } }',
      }),
    ).toEqual(['two/p/B#B.b -call-> two/p/A#A.f']);
  });

  it('follows static imports, single and wildcard', async () => {
    expect(
      await edges({
        'p/A.java': 'package p; public class A { public static void f() {} public static void g() {} }',
        'q/B.java': 'package q; import static p.A.f; class B { void b() { f(); g(); } }',
        'q/C.java': 'package q; import static p.A.*; class C { void c() { g(); } }',
      }),
    ).toEqual(['q/B#B.b -call-> p/A#A.f', 'q/C#C.c -call-> p/A#A.g']);
  });

  it('finds nested classes by qualified name, from inside and through inheritance', async () => {
    expect(
      await edges({
        'A.java':
          'class A { static class N { static void f() {} } void a() { N.f(); A.N.f(); } }\nclass B extends A { void b() { N.f(); } }',
      }),
    ).toEqual(['A#A.a -call-> A#A.N.f', 'A#B.b -call-> A#A.N.f']);
  });

  it('takes a bare name from the innermost class that has it: own, inherited, of a class around', async () => {
    expect(
      await edges({
        'A.java': `class Base { void f() {} }
class A { void f() {} void g() {}
  class In extends Base { void m() { f(); g(); A.this.f(); } }
}`,
      }),
    ).toEqual(['A#A.In.m -call-> A#A.f', 'A#A.In.m -call-> A#A.g', 'A#A.In.m -call-> A#Base.f']);
  });

  it('keeps fields, methods and locals of one name apart', async () => {
    expect(
      await callsIn('F f = f(); f.f(); this.f.f();', 'F f; F f() { return f; }', 'class F { void f() {} }'),
    ).toEqual(['-call-> A.f~2', '-call-> F.f']);
  });

  it('does not see a private method of another file’s base class', async () => {
    expect(
      await edges({
        'Base.java': 'class Base { private void log() {} }',
        'A.java': 'class A { void log() {} void m() { new Base() { void x() { log(); } }; } }',
      }),
    ).toContain('A#A.m.new Base.x -call-> A#A.log');
  });
});

describe('receivers in Java', () => {
  it('types parameters, locals, fields, casts, arrays, ternaries and chains', async () => {
    const rest = 'F field; F[] many; F get() { return field; }';
    const head = 'class F { void f() {} F same() { return this; } }';
    for (const body of [
      'F x = null; x.f();',
      'var x = new F(); x.f();',
      'field.f();',
      'this.field.f();',
      'many[0].f();',
      'for (F x : many) x.f();',
      'for (var x : many) x.f();',
      'Object o = null; ((F) o).f();',
      'Object o = null; if (o instanceof F x && many != null) x.f();',
      'Object o = null; if (!(o instanceof F x)) return; x.f();',
      'Object o = null; switch (o) { case F x -> x.f(); default -> {} }',
      'Object o = null; switch (o) { case F x when many != null: x.f(); break; default: }',
      'try (F x = get()) { x.f(); } catch (RuntimeException e) { }',
      '(many == null ? field : get()).f();',
      'F x; (x = get()).f();',
      'many.clone()[0].f();',
      'F x = switch (1) { case 1 -> field; default -> { yield get(); } }; x.f();',
    ])
      expect(await callsIn(body, rest, head), body).toContain('-call-> F.f');
    expect(await callsIn('get().same().same().f();', rest, head)).toEqual([
      '-call-> A.get',
      '-call-> F.f',
      '-call-> F.same',
    ]);
  });

  it('lets a declared type that is not known hide what is assigned', async () => {
    expect(await callsIn('Unknown x = new F(); x.f();', '', 'class F { void f() {} }')).toEqual(['-new-> F']);
  });

  it('substitutes type arguments through inheritance and bounds', async () => {
    const head = `class F { void f() {} }
interface Source<T> { T get(); }
abstract class Half<A, B> implements Source<B> { A other() { return null; } }
class Whole extends Half<String, F> {}`;
    expect(await callsIn('new Whole().get().f();', '', head)).toContain('-call-> F.f');
    expect(await callsIn('Source<? extends F> s = null; s.get().f();', '', head)).toContain('-call-> F.f');
    expect(await callsIn('T t = null; t.f();'.replace('T t', 'F t'), '', head)).toEqual(['-call-> F.f']);
    expect(await edges({ 'A.java': `${head}\nclass A { <T extends F> void m(T t) { t.f(); } }` })).toEqual([
      'A#A.m -call-> A#F.f',
    ]);
  });

  it('infers what generic methods and constructors give from what they get', async () => {
    const head = `import java.util.*;
class F { void f() {} }
class Box<T> { Box(T t) {} T get() { return null; } static <S> Box<S> of(S s) { return null; } }`;
    for (const body of [
      'new Box<>(new F()).get().f();',
      'new Box<F>(null).get().f();',
      'Box.of(new F()).get().f();',
      'Box.<F>of(null).get().f();',
      'List.of(new F()).get(0).f();',
      'Optional.of(new F()).get().f();',
      'F[] fs = null; Arrays.asList(fs).get(0).f();',
      'Map<String, List<F>> m = null; m.get("").iterator().next().f();',
      'Map<String, F> m = null; for (Map.Entry<String, F> e : m.entrySet()) e.getValue().f();',
    ])
      expect(await callsIn(body, '', head), body).toContain('-call-> F.f');
  });

  it('hands types to lambdas and on through streams, optionals and collectors', async () => {
    const head = `import java.util.*; import java.util.function.*; import java.util.stream.*;
class G { void g() {} }
class F { void f() {} G get() { return null; } static F make(String s) { return null; } }`;
    const rest = 'List<F> fs; Optional<F> o; void take(Consumer<F> c) {} Supplier<F> s;';
    for (const [body, target] of [
      ['take(x -> x.f());', 'F.f'],
      ['take(x -> { x.f(); });', 'F.f'],
      ['Consumer<F> c = x -> x.f();', 'F.f'],
      ['s.get().f();', 'F.f'],
      ['fs.forEach(x -> x.f());', 'F.f'],
      ['fs.stream().filter(x -> x != null).map(x -> x.get()).forEach(y -> y.g());', 'G.g'],
      ['fs.stream().map(F::get).forEach(y -> y.g());', 'G.g'],
      ['Stream.of("").map(F::make).findFirst().get().f();', 'F.f'],
      ['o.map(F::get).ifPresent(y -> y.g());', 'G.g'],
      ['o.map(x -> { return x.get(); }).get().g();', 'G.g'],
      ['fs.stream().collect(Collectors.toList()).get(0).f();', 'F.f'],
      ['fs.stream().collect(Collectors.toMap(x -> x.get(), x -> x)).values().iterator().next().f();', 'F.f'],
      ['fs.stream().collect(Collectors.groupingBy(x -> { x.f(); return ""; }));', 'F.f'],
      ['fs.sort(Comparator.comparing(x -> { x.f(); return ""; }));', 'F.f'],
      ['Map<String, F> m = null; m.forEach((k, v) -> v.f());', 'F.f'],
      ['Map<String, F> m = null; m.computeIfAbsent("", k -> new F()).f();', 'F.f'],
      ['m2().entrySet().stream().map(Map.Entry::getValue).forEach(x -> x.f());', 'F.f'],
    ] as const)
      expect(await callsIn(body, `${rest} Map<String, F> m2() { return null; }`, head), body).toContain(
        `-call-> ${target}`,
      );
  });

  it('passes the workspace’s own functional interfaces, default methods among them', async () => {
    const head = `interface Work<T> { void run(T t); default Work<T> twice() { return this; } boolean equals(Object o); }
class F { void f() {} }`;
    expect(
      await callsIn('go(x -> x.f()); Work<F> w = null; w.twice().run(null);', 'void go(Work<F> w) {}', head),
    ).toEqual(['-call-> A.go', '-call-> F.f', '-call-> Work.run', '-call-> Work.twice']);
  });

  it('knows that mocks are what they mock, and what assertions hand on', async () => {
    const head = `import static org.mockito.Mockito.*; import static org.assertj.core.api.Assertions.*;
import java.util.List;
class F { void f() {} String name() { return null; } }`;
    expect(
      await callsIn('F x = mock(F.class); verify(x).f(); doThrow(new Error()).when(x).name();', '', head),
    ).toEqual(['-call-> F.f', '-call-> F.name']);
    expect(await callsIn('List<F> l = null; assertThat(l).first().satisfies(x -> x.f());', '', head)).toEqual(
      ['-call-> F.f'],
    );
  });
});

describe('members of Java classes', () => {
  it('sends a call to the declaration that is nearest in the hierarchy, superclass first', async () => {
    const head = `interface I { void f(); default void d() {} }
abstract class B implements I { public void f() {} }
class C extends B { }`;
    expect(await callsIn('new C().f(); new C().d(); I i = null; i.f();', '', head)).toEqual([
      '-call-> B.f',
      '-call-> I.d',
      '-call-> I.f',
      '-new-> C',
    ]);
  });

  it('prefers the interface that overrides what another base inherits', async () => {
    expect(
      await edges({
        'A.java': `interface Top { void f(); }
interface Sub extends Top { void f(); }
abstract class Base implements Top { }
abstract class A extends Base implements Sub { void m() { f(); } }`,
      }),
    ).toEqual(['A#A.m -call-> A#Sub.f']);
  });

  it('resolves super, Interface.super and super of a class that extends none', async () => {
    expect(
      await edges({
        'A.java': `interface I { default void f() {} }
class B { void f() {} }
class A extends B implements I { void f() { super.f(); I.super.f(); } }
class C implements I { public void f() { super.f(); } }`,
      }),
    ).toEqual(['A#A.f -call-> A#B.f', 'A#A.f -call-> A#I.f']);
  });

  it('sends constructions to the constructor that fits, else to the class', async () => {
    expect(
      await edges({
        'A.java': `class B { B(int x) {} B(String s) { this(1); } }
class C extends B { C() { super(""); } }
class D {}
class A { void m() { new B(1); new D(); new C() { }; } }`,
      }),
    ).toEqual([
      'A#A.m -new-> A#B.B',
      'A#A.m -new-> A#C.C',
      'A#A.m -new-> A#D',
      'A#B.B~2 -call-> A#B.B',
      'A#C.C -super-> A#B.B~2',
    ]);
  });

  it('reads enums with bodies, their constructors and what every enum has', async () => {
    expect(
      await edges({
        'A.java': `enum E { X(1) { void f() { g(); } }, Y(2); E(int i) {} void f() {} void g() {} }
class A { void m(E e) { E.X.f(); for (E x : E.values()) x.g(); E.valueOf("X").g(); switch (e) { case X: break; } } }`,
      }),
    ).toEqual([
      'A#A.m -call-> A#E.f',
      'A#A.m -call-> A#E.g',
      'A#E.X -new-> A#E.E',
      'A#E.X.new X.f -call-> A#E.g',
      'A#E.Y -new-> A#E.E',
    ]);
    expect(
      await edges({ 'A.java': 'enum E { X } class A { E e; void m() { switch (e) { case X: } } }' }, 'USES'),
    ).toContain('A#A.m -USES-> A#E.X');
  });

  it('reads records: accessors, compact constructors', async () => {
    expect(
      await edges({
        'A.java': `class F { void f() {} static void check(F f) {} }
record R(F one, F two) { R { F.check(one); } F two() { return two; } }
class A { void m(R r) { r.one().f(); r.two().f(); new R(null, null); } }`,
      }),
    ).toEqual([
      'A#A.m -call-> A#F.f',
      'A#A.m -call-> A#R.one~2',
      'A#A.m -call-> A#R.two~2',
      'A#A.m -new-> A#R.R',
      'A#R.R -call-> A#F.check',
    ]);
  });

  it('gives initialisers to the class, values to their field, anonymous members to their class', async () => {
    expect(
      await edges({
        'A.java': `class A { static void f() {} static { f(); } { f(); } int x = g(); static int g() { return 1; }
  Runnable r = new Runnable() { public void run() { f(); } }; }`,
      }),
    ).toEqual(['A#A -call-> A#A.f', 'A#A.r.new Runnable.run -call-> A#A.f', 'A#A.x -call-> A#A.g']);
  });

  it('draws inheritance, implementation by anonymous classes, and overrides by their parameters', async () => {
    const files = {
      'A.java': `interface I<T> { void f(T t); }
class A implements I<String> { public void f(String s) {} void f(Integer i) {} I<A> i = new I<>() { public void f(A a) {} }; }
class B extends A { public void f(String s) {} static void g() {} }`,
    };
    expect(await edges(files, 'INHERITS')).toEqual(['A#B -INHERITS-> A#A']);
    expect(await edges(files, 'IMPLEMENTS')).toEqual([
      'A#A -IMPLEMENTS-> A#I',
      'A#A.i.new I -IMPLEMENTS-> A#I',
    ]);
    expect(await edges(files, 'OVERRIDES')).toEqual([
      'A#A.f -OVERRIDES-> A#I.f',
      'A#A.i.new I.f -OVERRIDES-> A#I.f',
      'A#B.f -OVERRIDES-> A#A.f',
    ]);
  });

  it('draws method references as callbacks, of the overload that is expected', async () => {
    expect(
      await callsIn(
        'go(this::one); go(F::two); make(F::new);',
        'void go(java.util.function.Consumer<F> c) {} void make(java.util.function.Supplier<F> s) {} void one() {} void one(F f) {}',
        'class F { F() {} F(int i) {} void two(int i) {} void two() {} }',
      ),
    ).toEqual([
      '-call-> A.go',
      '-call-> A.make',
      '-callback-> A.one~2',
      '-callback-> F.F',
      '-callback-> F.two~2',
    ]);
  });

  it('draws annotations from what they stand at', async () => {
    const graph = await graphOf({
      'A.java': '@interface Mark { String value(); }\nclass A { @Mark("x") void m() {} }',
    });
    expect([...graph.edges()].filter((e) => e.form === 'decorator').map((e) => `${e.from} ${e.to}`)).toEqual([
      'A.java#A.m A.java#Mark',
    ]);
  });

  it('knows tests by their annotation', async () => {
    const graph = await graphOf({
      'T.java':
        'class T { @Test void adds() {} @org.junit.jupiter.params.ParameterizedTest void each(int i) {} void helps() {} }',
    });
    expect([...graph.nodes()].map((n) => `${n.kind} ${n.name}`)).toEqual([
      'Module T',
      'Class T',
      'Test adds',
      'Test each',
      'Method helps',
    ]);
  });
});

describe('overloads in Java', () => {
  /** The number among its namesakes of the one `f` that a call picks, with its confidence. */
  async function picked(declared: string, call: string, head = ''): Promise<string> {
    const graph = await graphOf({
      'A.java': `${head}\nclass A { ${declared} void m(Unknown unknown) { ${call} } }`,
    });
    const found = [...graph.edges()].filter((e) => e.from === 'A.java#A.m' && e.to.startsWith('A.java#A.f'));
    return found.map((e) => `${e.to.replace('A.java#A.f', 'f')} ${e.confidence}`).join(', ');
  }

  it('picks by arity and by type', async () => {
    expect(await picked('void f() {} void f(int i) {}', 'f(1);')).toBe('f~2 0.98');
    expect(await picked('void f(String s) {} void f(int i) {}', 'f(1);')).toBe('f~2 0.98');
    expect(await picked('void f(String s) {} void f(int i) {}', 'f("" + 1);')).toBe('f 0.98');
    expect(await picked('void f(int[] i) {} void f(String... s) {}', 'f(new String[0]);')).toBe('f~2 0.98');
    expect(await picked('void f(String s) {} void f(int i) {}', 'f(null);')).toBe('f 0.98');
  });

  it('prefers the most specific, then no boxing, then no variable arity', async () => {
    expect(await picked('void f(Object o) {} void f(CharSequence s) {} void f(String s) {}', 'f("");')).toBe(
      'f~3 0.98',
    );
    expect(await picked('void f(Integer i) {} void f(long l) {}', 'f(1);')).toBe('f~2 0.98');
    expect(await picked('void f(Object o) {} void f(int... i) {}', 'f(1);')).toBe('f 0.98');
    expect(await picked('void f(int... i) {} void f(int a, int b) {}', 'f(1, 2);')).toBe('f~2 0.98');
    expect(await picked('void f(int... i) {} void f(int a, int b) {}', 'f(1, 2, 3);')).toBe('f 0.98');
  });

  it('knows the shape of lambdas', async () => {
    const head = 'import java.util.function.*; import java.util.concurrent.Callable;';
    expect(await picked('void f(String s) {} void f(Supplier<String> s) {}', 'f(() -> "");', head)).toBe(
      'f~2 0.98',
    );
    expect(await picked('void f(Runnable r) {} void f(Consumer<String> c) {}', 'f(x -> {});', head)).toBe(
      'f~2 0.98',
    );
    expect(
      await picked('void f(Runnable r) {} void f(Callable<String> c) {}', 'f(() -> { return ""; });', head),
    ).toBe('f~2 0.98');
    expect(
      await picked('void f(Callable<String> c) {} void f(Runnable r) {}', 'f(() -> { m(null); });', head),
    ).toBe('f~2 0.98');
  });

  it('is less sure where an argument’s type is not known', async () => {
    expect(await picked('void f(String s) {} void f(int i) {}', 'f(unknown.get());')).toBe('f 0.7');
    expect(await picked('void f(int i, String s) {} void f(int i, int j) {}', 'f(unknown.get(), 1);')).toBe(
      'f~2 0.98',
    );
  });

  it('tells types of libraries apart by their names', async () => {
    const head = 'import lib.Unknown; import lib.Other;';
    expect(await picked('void f(Other o) {} void f(Unknown u) {}', 'f(unknown);', head)).toBe('f~2 0.98');
    expect(await picked('void f(Other o) {} void f(Object u) {}', 'f("");', head)).toBe('f~2 0.98');
  });

  it('does not take a value for a type parameter of the class', async () => {
    expect(
      await edges({
        'A.java': 'class A<E> { void f(E e) {} void f(E... e) {} void m(E[] many) { f(many); } }',
      }),
    ).toEqual(['A#A.m -call-> A#A.f~2']);
  });

  it('reads rest parameters with an annotation before the dots', async () => {
    expect(
      await picked('void f(String s) {} void f(String s, Object @Nullable ... more) {}', 'f("", 1, 2);'),
    ).toBe('f~2 0.98');
  });
});

describe('what is not known of Java', () => {
  it('makes no candidate of a name that belongs to a library', async () => {
    const graph = await graphOf({
      'A.java': `import static lib.Assertions.check;
class A extends lib.Base { void settleUp() {} }
class B { void m(lib.Thing t, A a) { t.settleUp(); check(1).settleUp(); a.inherited().settleUp(); } }`,
    });
    expect([...graph.edges()].filter((e) => e.kind === 'CALLS')).toEqual([]);
  });

  it('keeps what parses around a syntax error', async () => {
    expect(await edges({ 'A.java': 'class A { void f() {} void m() { f(); } void { = ; }' })).toContain(
      'A#A.m -call-> A#A.f',
    );
  });

  it('ends on types that name each other', async () => {
    expect(
      await edges({
        'A.java':
          'class A extends B { void m() { f(); } }\nclass B extends A {}\nclass C<T extends U, U extends T> { void m(T t) { t.f(); } }',
      }),
    ).toEqual([]);
  });
});
