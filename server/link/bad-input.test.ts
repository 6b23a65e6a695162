import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Graph } from '../graph/graph.ts';
import { FUNCTION, IMPORT, OP, symbolCount, TERM, VARIABLE, type FileFacts } from '../index/facts.ts';
import { languages } from '../index/languages/index.ts';
import { parseFile } from '../index/parse-file.ts';
import { linkWorkspace } from './link-workspace.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** Files of a few screens: small ones have too little to break, large ones make the run slow. */
const SIZES = { least: 100, most: 7_000 };
/** So many damages for each ending; more find more, and take longer. */
const RUNS = Number(process.env.WEFT_FUZZ_RUNS ?? 12);

/** Small sources with much syntax in them, by the ending that reads them. */
const DENSE: Record<string, string> = {
  '.ts': `import d, { type A as B, c } from './x'; export * from './y'; export { d as e };
@mark() export abstract class K<T extends B = B> extends mixin(c)<T> implements I<T> {
  static #n = 1; private f = (a: T): T => a; declare g?: Map<string, T[]>;
  constructor(readonly store: Store, @inject() public x = new Store()) { super(); this.h = this.f.bind(this); }
  get size(): number { return this.store.size; } set size(v) { this.store.size = v; }
  async *[Symbol.iterator]() { for await (const { a: [b, ...r], ...o } of this.all()) yield* b!.c?.(o)?.[0]; }
  m(x: string): A; m(x: number): B; m(x: unknown) { return x instanceof K ? x.m(1) : super.m\`t\${x}\`; }
}
namespace N { export enum E { A = 1 << 2, B } export type F = typeof c | ReturnType<typeof d>['x'] & { (a: E): void } }
label: for (let i = 0, j = f(i); ; i++) { switch (j) { case N.E.A: try { break label; } catch { throw new Error(j); } finally { } default: } }
export default <T,>(a: T, { b = a, c }: { b?: T; c: () => void }) => ({ b, [c()]: function* () { yield a; }, get z() { return b; } });`,
  '.tsx': `export const V: FC<{ a: number }> = ({ a, ...rest }) => <><Row key={a} on={() => f(a)} {...rest}>{a > 1 && <b.C />}</Row></>;
class W extends React.Component<P> { render() { return this.props.items.map((i) => <Row {...i} />); } }`,
  '.js': `const { a, b: { c } } = require('./m'); module.exports = { a, f() { return this.a(); } }; exports.g = function () {};
function P() { if (!(this instanceof P)) return new P(); this.x = c; } P.prototype.m = function (k) { return this.x(k); };
describe('s', () => { it('t', async () => { await import('./z').then((m) => m.default(arguments)); }); });
class Q extends P { static { this.s = 1; } #p = () => this.#p(); get v() { return super.m(); } }`,
  '.py': `from __future__ import annotations
import a.b as c, d
from . import (e, f as g)
from ..h import *
T = TypeVar('T', bound='K')
@dataclass(frozen=True)
class K(Base[T], metaclass=M):
    x: int = field(default=0); y: 'list[K]'
    def __init__(self, *a, k=1, **kw): super().__init__(*a, **kw); self.z = {n: f(n) for n in a if n}
    @property
    def p(self) -> K | None: return self.z[0].p
    @p.setter
    def p(self, v): self.q, (self.r, *s) = v, v
    @classmethod
    async def make(cls, n: int = 0): return [i async for i in cls(n) or (await g())]
def outer(f=lambda *x: x):
    global T; nonlocal_ = 1
    with open(f) as h, h.x: yield from h
    try: del T
    except (A, B) as e: raise C from e
    else: return f"{outer(f)!r:>{T}}"
    finally: print(*T, sep='')
    match f:
        case K(x=1, y=[a, *_]) | {'k': v, **r} if v: a()
        case _: pass
    return (n := f) + -n ** 2 if n else not n
if __name__ == '__main__': outer()`,
  '.java': `package p.q; import static r.S.*; import t.*; import u.V.W;
@A(x = 1, y = {B.class}) public abstract sealed class K<T extends V & I<T>> extends L<T>.M implements I<T> permits N {
  static final int[] F = {1, 2}, G[] = new int[3][]; { init(); } static { G[0] = F; }
  enum E implements I { ONE(1) { int f() { return 2; } }, TWO; E(int... a) { this(); } int f() { return ordinal(); } }
  record R<U>(U a, @N int b) { R { check(a); } }
  interface J extends I { default <Q> Q d(Q q) throws X { return J.super.d(q); } @interface Z { int v() default 1; } }
  K(T t) { super(t); outer.new Inner(); Runnable r = this::run, s = K::new; t.<String>g(x -> x.y(), (int a, var b) -> { return a + b; }); }
  Object m(Object o) { return switch (o) { case R<?>(var a, int b) when b > 1 -> a; case String s -> { yield s.length(); } default -> new K<>() { void n() { K.this.m(o); } }; }; }
  void t() { try (var a = open(); b) { for (T x : xs) synchronized (x) { l: do { continue l; } while (x instanceof K<?> k && k.m() != null); } } catch (A | B e) { throw e; } finally { assert F.length > 0 : "\\"x"; } }
}`,
  '.go': `package p
import ( f "fmt"; . "m/q"; _ "embed" )
type ( K[T ~int | I] struct { *L; a, b map[string][]T ${'`json:"a"`'}; fn func(T) (int, error); }; A = K[int]; )
type I interface { M(x ...int) (r error); ~int | string; fmt.Stringer; }
const ( X = iota + 1; Y; )
var v, w = G[int](1), struct{ K[int] }{}
func (k *K[T]) M(x ...int) (r error) { defer func() { if e := recover(); e != nil { r = e.(error) } }(); go k.fn(x[0]); return k.L.M(x[:1]...) }
func G[T any](t T) (out <-chan T) { L: for i, c := range v.b { select { case c <- t: break L; case d, ok := <-out: _ = d; default: goto L } }
  switch y := any(t).(type) { case int, *K[T]: y.M(); case nil: fallthrough; default: return }
  for i := range 10 { func(n int) { G(n) }(i) }; x := &K[T]{a: map[string][]T{"k": {t}}}; x.fn = x.other; (*x).M(); return f.Sprint(x, K[T].M) }
func TestG(t *testing.T) { t.Run("n", func(t *testing.T) { G('x') }) }`,
  '.c': `#include "a.h"
#define F(x) do { g(x); } while (0)
typedef struct S { int a[3], *b; int (*cb)(struct S *s); union { int u; } v; } S; typedef enum { A = 1 << 2, B } E;
static const S table[] = { { .a = { 1 }, .cb = h }, [2] = { 0 } };
/* d */ static inline int *f(S *s, int n, ...) { if (!s->cb) goto out; for (;;) { switch (n) { case A: F(s->b[0]); default: break; } } out: return (int *) (*s->cb)(s) + sizeof(S); }
#ifdef X
int g(int n) { return F(n) ? f(&table[0], n)[1] : g(n - 1); }
#endif
extern int k(a, b) int a; char *b; { return a; }`,
  '.cpp': `#include <a/b.h>
namespace n::m { template <typename T, int N = 3> class K : public Base<T>, virtual ns::Q { friend class Z; public: explicit K(T t) : Base<T>(t), f{1} {} ~K() override = default;
  template <class U> auto m(U &&u) const noexcept -> decltype(u()) { return [this, &u](auto... x) { return this->n(std::forward<U>(u), x...); }(1); }
  bool operator==(const K &) const; operator bool() { return f; } static constexpr int f = N; enum class E : int { X, Y }; }; }
template <> int n::m::K<int>::n(int a) { for (auto &[k, v] : map) { try { throw E{k}; } catch (const E &e) { delete v; } } return new (p) Foo<int>[3], a <=> 1; }
using A = K<std::vector<int>>; TEST_F(S, N) { EXPECT_EQ(f<int>(1), R"(x)"); } extern "C" { int c(); }`,
  '.cs': `using System; using static A.B; using X = A.C<int>; namespace A.B;
/// <summary>d</summary>
[Serializable] public abstract partial class K<T> : Base<T>, IFoo where T : class, new() { private readonly int x = 1; public int P { get => x; init; } event Action? E;
  public K(int a) : base(a) { } [Fact] public async Task<(int a, T b)> M(params int[] a) { await foreach (var (i, j) in this.L(a)) { x?.Y()?[1].Z<int>(out var q); } return (1, default!); }
  public static K<T> operator +(K<T> a, K<T> b) => a with { P = 1 }; public int this[int i] { get { return i switch { 1 or 2 => F(i), { } n when n > 1 => nameof(x).Length, _ => throw new E() }; } } }
public record R(int A) : S(A); interface IFoo { void I() { lock (this) { using var z = new Foo { A = 1 }; goto e; e: ; } } } enum E { X, Y = 1 } delegate void D(int a); #if X
#endif
var s = $"a{M(1):x}" + @"b" + """c""";`,
  '.rb': `require_relative 'a/b'
module A::B
  # d
  class K < Base::Q
    include C; attr_accessor :x, :y; CONST = %w[a b].freeze
    def self.s(a, *b, k: 1, **o, &f) = t(a) { |x, (y, z)| x.m!(y) unless z }
    def m(a = 1); @n ||= a&.b; v, *w = foo 1, bar; while v do v.each(&:z); redo; end; "a#{m(:s)}b" rescue super; ensure yield(self.class::CONST) end
    class << self; def q? = @q; end
    private def pv; case [1, {a:}] in [Integer => i, *] if i > 1 then i else <<~H end; end
      text #{q?}
    H
  end
end
RSpec.describe K do it("does") { expect(x).to eq(1) } end; P = Struct.new(:a) { def b; a; end }; $g = -> (x) { x ** 2 }`,
  '.kt': `@file:JvmName("X")
package a.b
import a.c.D as E
import a.c.*
/** d */
@Ann(1) sealed class K<out T : Any>(val x: Int = 1, vararg y: String) : Base<T>(x), I by y {
  private val p by lazy { 1 }; var q: Int? = null
    get() = field; set(v) { field = v }
  companion object : O() { const val C = 1; @JvmStatic fun st() = K<Int>(1) }
  constructor(a: Int) : this(a, "") { f() }
  init { f { (a, b), _ -> a?.b!!.c(b)::class } }
  @Test suspend inline fun <reified R> m(a: R, f: R.() -> Unit = {}): R where R : I {
    val (u, v) = when (val w = a) { is K<*> -> w to 1; in 1..2, !is O -> return@m a; else -> throw E("$a \${v.x}") }
    for (i in 0 until 10 step 2) label@ while (true) { if (i > 1) continue@label else break }
    return try { super<I>.m(a) ?: run { it.z() } } catch (e: E) { a } finally { object : I { override fun i() = Unit } }
  }
  operator fun plus(o: K<T>): K<T> = this
}
fun interface I { fun i() }
enum class E2(val n: Int) { A(1) { override fun e() {} }, B(2); abstract fun e() }
infix fun String.ext(o: Int) = """raw \${o}""".trim()
`,
  '.php': `<html><?php declare(strict_types=1); namespace A\\\\B; use A\\\\C\\\\{D, E as F}; use function A\\\\f; require_once __DIR__ . "/x.php";
/** d */ #[Attr(1)] final class KTest extends Base implements I, \\\\J { use T { T::a as protected b; } const C = 1; private ?int $x = 1, $y;
  public function __construct(private readonly int|string $z = self::C) { parent::__construct(...$z); }
  abstract static function m(int &...$a): static { return match (true) { $a > 1, default => fn($x) => $this?->n($x)::$s[0]->{$k}() ?? new class(1) extends Q { function i() { yield from [1 => 2]; } } }; }
  function testX() { foreach ($a as [$b, 'c' => $d]) { try { echo "a{$b->c()}", <<<H
   $x
   H; } catch (A|B $e) { throw $e; } finally { goto end; } } end: return static::q(...); } }
interface I extends L { function i(); } trait T { } enum En: string { case X = "a"; } function &foo() { global $g; return list($a) = f(); } if (1): ?><b><?= $x ?></b><?php endif;`,
};

/** Weft's own files of one ending, the same on every machine. */
function ownFiles(extension: string): string[] {
  return ['server', 'webview', 'scripts', 'test/fixtures'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
      .map((entry) => path.join(path.relative(ROOT, entry.parentPath), entry.name)),
  );
}

/** A few real files of a language and ending, spread over what there is. */
function samples(extension: string): Map<string, string> {
  const fit = ownFiles(extension)
    .filter((file) => !file.includes('.test.'))
    .sort()
    .map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')] as const)
    .filter(([, text]) => text.length >= SIZES.least && text.length <= SIZES.most);
  const step = Math.max(1, Math.floor(fit.length / 2));
  return new Map(fit.filter((_, i) => i % step === 0).slice(0, 2));
}

function sources(extension: string): Map<string, string> {
  const dense = DENSE[extension];
  return new Map([...(dense ? [[`dense${extension}`, dense] as const] : []), ...samples(extension)]);
}

const cases = languages.flatMap((language) =>
  language.extensions
    .map((extension) => ({ name: language.name, extension, files: sources(extension) }))
    .filter(({ files }) => files.size > 0),
);

/** Tokens that open what nothing closes, and characters that are more or less than one unit. */
const TOKENS = [
  ...['{', '}', '(', ')', '[', ']', '<', '>', '"', "'", '`', '/*', '*/', '//', '#', '"""', '${', '\\'],
  ...[
    '\0',
    '\r',
    '\t',
    '\u2028',
    '\ud83d',
    '🙂',
    'é',
    '\n',
    '\n        ',
    ';',
    ',',
    '.',
    '...',
    '=>',
    ':',
    '=',
  ],
  ...[
    'class ',
    'function ',
    'def ',
    'func ',
    'import ',
    'export ',
    'return ',
    'if ',
    'for ',
    'new ',
    'this.',
  ],
  ...['async ', 'static ', 'extends A', 'lambda ', 'type ', 'interface ', '@', '<T>', 'package ', 'super('],
];

/** Where an edit happens, in parts of the text. */
const PLACES = 10_000;

type Edit = { at: number; length: number; kind: 'cut' | 'drop' | 'repeat' | 'insert'; token: string };

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat({ max: PLACES }),
  length: fc.integer({ min: 1, max: 400 }),
  kind: fc.constantFrom('cut', 'drop', 'repeat', 'insert'),
  token: fc.constantFrom(...TOKENS),
});

function damaged(text: string, edits: readonly Edit[]): string {
  return edits.reduce((before, { at, length, kind, token }) => {
    const place = Math.floor((at / PLACES) * before.length);
    const [head, part, tail] = [
      before.slice(0, place),
      before.slice(place, place + length),
      before.slice(place),
    ];
    if (kind === 'cut') return head;
    if (kind === 'drop') return head + tail.slice(length);
    return head + (kind === 'repeat' ? part : token) + tail;
  }, text);
}

async function factsOf(files: ReadonlyMap<string, string>): Promise<Map<string, FileFacts>> {
  const facts = new Map<string, FileFacts>();
  for (const [file, text] of files) facts.set(file, await parseFile(file, text));
  return facts;
}

/** All edges as lines, in an order of their own. */
async function edgesOf(facts: ReadonlyMap<string, FileFacts>): Promise<string[]> {
  const graph = new Graph(await linkWorkspace(facts), '');
  return [...graph.edges()].map((e) => JSON.stringify(e)).sort();
}

/** Says where facts point at something that is not there. */
function dangling(facts: FileFacts): string[] {
  const found: string[] = [];
  const check = (what: string, rows: Int32Array, width: number, column: number, count: number) => {
    for (let row = column; row < rows.length; row += width)
      if (rows[row]! >= count || rows[row]! < -1) found.push(`${what} ${rows[row]} of ${count}`);
  };
  const [symbols, terms] = [symbolCount(facts), facts.terms.length / TERM.width];
  check('parent', facts.symbols, 15, 3, symbols);
  check('name', facts.symbols, 15, 1, facts.strings.length);
  check('type', facts.symbols, 15, 12, terms);
  check('value', facts.symbols, 15, 13, terms);
  check('callee', facts.sites, 6, 0, terms);
  check('call', facts.sites, 6, 1, terms);
  check('caller', facts.sites, 6, 3, symbols);
  check('line', facts.sites, 6, 4, facts.lines + 1);
  check('mention', facts.mentions, 5, 0, terms);
  const counts = new Map([
    [OP.symbol, symbols],
    [OP.variable, facts.variables.length / VARIABLE.width],
    [OP.import, facts.imports.length / IMPORT.width],
    [OP.function, facts.functions.length / FUNCTION.width],
  ] as [number, number][]);
  for (let term = 0; term < facts.terms.length; term += TERM.width) {
    const [op, a] = [facts.terms[term + TERM.op]!, facts.terms[term + TERM.a]!];
    const count = counts.get(op);
    if (count !== undefined && (a < 0 || a >= count)) found.push(`term ${op} of ${a} in ${count}`);
  }
  check('last line', facts.symbols, 15, 5, facts.lines + 1);
  return found;
}

describe.each(cases)('damaged sources in $name ($extension)', ({ files }) => {
  const names = [...files.keys()];

  it('throw nothing, read the same twice, and leave nothing behind', { timeout: 600_000 }, async () => {
    const clean = await factsOf(files);
    const cleanEdges = await edgesOf(clean);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: names.length - 1 }),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        async (which, edits) => {
          const file = names[which]!;
          const text = damaged(files.get(file)!, edits);
          const facts = await parseFile(file, text);
          expect(dangling(facts)).toEqual([]);
          expect(await parseFile(file, text)).toEqual(facts);
          const all = new Map([...clean, [file, facts]]);
          const edges = await edgesOf(all);
          expect(await edgesOf(new Map([...all].reverse()))).toEqual(edges);
          expect(await parseFile(file, files.get(file)!)).toEqual(clean.get(file));
        },
      ),
      { seed: 20_261_125, numRuns: RUNS, verbose: 1 },
    );
    expect(await edgesOf(clean)).toEqual(cleanEdges);
  });
});

const NESTS = [
  ...[['(', ')'] as const, ['{', '}'] as const],
  ...[['f().', ''] as const, ['if (x) ', ''] as const],
];

describe.each(cases)('extreme sources in $name ($extension)', ({ extension, files }) => {
  it('may be nested ten thousand levels deep', { timeout: 120_000 }, async () => {
    const [[, text] = ['', '']] = files;
    for (const [open, close] of NESTS) {
      const nest = open.repeat(10_000) + 'x' + close.repeat(10_000);
      const facts = await parseFile(`nest${extension}`, `${nest}\n${text}`);
      expect(dangling(facts)).toEqual([]);
      await edgesOf(new Map([[`nest${extension}`, facts]]));
    }
  });

  it('may have thirty thousand lines and each name many times', { timeout: 120_000 }, async () => {
    const file = `long${extension}`;
    const [, text] = [...files].at(-1)!;
    const own = text.endsWith('\n') ? text : `${text}\n`;
    const long = own.repeat(Math.ceil(30_000 / (own.split('\n').length - 1)));
    const facts = await parseFile(file, long);
    expect(facts.lines).toBeGreaterThanOrEqual(30_000);
    const graph = new Graph(await linkWorkspace(new Map([[file, facts]])), '');
    expect(graph.size).toBe(symbolCount(facts));
    expect(new Set(Array.from({ length: graph.size }, (_, i) => graph.nodeOf(i).id)).size).toBe(graph.size);
  });
});

describe('files that import each other', () => {
  const called = async (files: Record<string, string>) => {
    const edges = await edgesOf(await factsOf(new Map(Object.entries(files))));
    return edges
      .map((line) => JSON.parse(line) as { kind: string; from: string; to: string })
      .filter(({ kind }) => kind === 'CALLS')
      .map(({ from, to }) => `${from} -> ${to}`);
  };

  it('are linked both ways, in a circle of re-exports too', async () => {
    expect(
      await called({
        'a.ts': "export * from './b';\nimport { g } from './b';\nexport function f() { g(); }",
        'b.ts': "export * from './a';\nimport { f } from './a';\nexport function g() { f(); }",
        'p/__init__.py': 'from .m import f\nfrom .n import g\n',
        'p/m.py': 'from . import g\ndef f():\n    g()\n',
        'p/n.py': 'from p import f\ndef g():\n    f()\n',
      }),
    ).toEqual(['a.ts#f -> b.ts#g', 'b.ts#g -> a.ts#f', 'p/m.py#f -> p/n.py#g', 'p/n.py#g -> p/m.py#f']);
  });

  it('may inherit from each other, and from themselves', async () => {
    expect(
      await called({
        'a.ts': "import { B } from './b';\nexport class A extends B { m() { this.n(); this.nothing(); } }",
        'b.ts': "import { A } from './a';\nexport class B extends A { n() { this.m(); super.m(); } }",
        'c.py': 'class C(C):\n    def m(self):\n        self.m()\n        self.n()\n',
        'J.java': 'class J extends K { void m() { n(); o(); } } class K extends J { void n() { m(); } }',
      }),
    ).toEqual([
      ...['J.java#J.m -> J.java#K.n', 'J.java#K.n -> J.java#J.m'],
      ...['a.ts#A.m -> b.ts#B.n', 'b.ts#B.n -> a.ts#A.m', 'c.py#C.m -> c.py#C.m'],
    ]);
  });

  it('may differ by case alone, in their names and in what they declare', async () => {
    expect(
      await called({
        'shop.ts': 'export function total() {}\nexport function Total() {}\n',
        'Shop.ts': 'export function total() {}\n',
        'use.ts':
          "import { total, Total } from './shop';\nimport * as S from './Shop';\nfunction f() { total(); Total(); S.total(); }",
      }),
    ).toEqual(['use.ts#f -> Shop.ts#total', 'use.ts#f -> shop.ts#Total', 'use.ts#f -> shop.ts#total']);
  });
});

describe('what an unfinished edit leaves', () => {
  it('may be `this` or a constant of an enum outside every class', async () => {
    const files = {
      'A.java': 'package p;\nthis.m();\nint n = this.x;\n',
      'B.java': 'enum E { ONE(1), TWO; E(',
    };
    const facts = await factsOf(new Map(Object.entries(files)));
    expect([...facts.values()].flatMap(dangling)).toEqual([]);
    expect(await edgesOf(facts)).not.toEqual([]);
  });

  it('may declare a name thousands of times in one scope', async () => {
    const facts = await parseFile('a.js', 'var f = 1; function f() {} f();\n'.repeat(5_000));
    // Twice as many would be four times as long if each declaration were kept with all before it.
    expect(facts.lists.length).toBeLessThan(50_000);
  });
});
