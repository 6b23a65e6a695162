import { describe, expect, it } from 'vitest';
import { Graph } from '../../graph/graph.ts';
import { kindOf, SYMBOL, symbolCount, symbolText } from '../../index/facts.ts';
import { parseFile } from '../../index/parse-file.ts';
import type { EdgeType } from '../../protocol/graph.ts';
import { linkWorkspace } from '../link-workspace.ts';

type Files = Record<string, string>;

async function factsOf(files: Files) {
  const read = Object.entries(files).map(
    async ([file, text]) => [file, await parseFile(file, text)] as const,
  );
  return new Map(await Promise.all(read));
}

/** The edges of a few files, as `from -form-> to confidence`, sorted. All but containment and imports are candidates. */
async function edges(files: Files, type: EdgeType = 'CALLS'): Promise<string[]> {
  const graph = new Graph(await linkWorkspace(await factsOf(files)), '');
  const found = [...graph.edges()].filter((e) => e.kind === type);
  for (const { tier, confidence } of type === 'CALLS' ? found : []) {
    expect(tier).toBe('name');
    expect(confidence).toBeLessThanOrEqual(0.5);
  }
  return found.map((e) => `${e.from} -${e.form ?? e.kind}-> ${e.to} ${e.confidence}`).sort();
}

/** The symbols of a file, as `Kind qualifiedName`, in the order of the source. */
async function symbols(file: string, text: string): Promise<string[]> {
  const facts = await parseFile(file, text);
  return Array.from(
    { length: symbolCount(facts) - 1 },
    (_, s) => `${kindOf(facts, s + 1)} ${symbolText(facts, s + 1, SYMBOL.qualifiedName)}`,
  );
}

describe('symbols at definition depth', () => {
  it('in C', async () => {
    expect(
      await symbols(
        'a.c',
        'enum E { A, B };\ntypedef struct { int a; void (*cb)(int); } T;\ntypedef T *P;\n#define F(x) (x)\n#define N 3\nstatic int v = 3, *w;\nint **f(void) { int local = 1; return 0; }\nint prototype(int);\n',
      ),
    ).toEqual([
      ...['Enum E', 'Field E.A', 'Field E.B', 'Class T', 'Field T.a', 'Field T.cb', 'TypeAlias P'],
      ...['Function F', 'Variable N', 'Variable v', 'Variable w', 'Function f'],
    ]);
  });

  it('in C++', async () => {
    expect(
      await symbols(
        'a.cpp',
        'namespace a::b { class K { K(int x); virtual int m() const; int n() { return 1; } int fld; enum class E { X }; }; }\nint a::b::K::m() const { return 1; }\nint Other::z() { return 2; }\nusing Al = int;\nTEST_F(Suite, Name) { }\n',
      ),
    ).toEqual([
      ...[
        'Module a.b',
        'Class a.b.K',
        'Method a.b.K.K',
        'Method a.b.K.m',
        'Method a.b.K.n',
        'Field a.b.K.fld',
      ],
      ...['Enum a.b.K.E', 'Field a.b.K.E.X', 'Method a.b.K.m', 'Method Other.z', 'TypeAlias Al'],
      'Test Suite.Name',
    ]);
  });

  it('in C#', async () => {
    expect(
      await symbols(
        'a.cs',
        'namespace A.B { public class K<T> : Base { int x, y; public int P { get; set; } K(int a) {} [Fact] public void M() { void L() {} } }\ninterface I { void J(); }\nrecord R(int A);\nenum E { X }\ndelegate void D(int a); }',
      ),
    ).toEqual([
      ...['Module A.B', 'Class A.B.K', 'Field A.B.K.x', 'Field A.B.K.y', 'Field A.B.K.P', 'Method A.B.K.K'],
      ...['Test A.B.K.M', 'Function A.B.K.M.L', 'Interface A.B.I', 'Method A.B.I.J', 'Class A.B.R'],
      ...['Enum A.B.E', 'Field A.B.E.X', 'TypeAlias A.B.D'],
    ]);
  });

  it('in Ruby', async () => {
    expect(
      await symbols(
        'a.rb',
        'module A\n  class K < B\n    attr_reader :x\n    C = 1\n    def self.s = 1\n    def m(a); v = a; end\n    def test_it; end\n  end\nend\nS = Struct.new(:a)\ndef free; end\n',
      ),
    ).toEqual([
      ...['Module A', 'Class A.K', 'Method A.K.x', 'Field A.K.C', 'Method A.K.s', 'Method A.K.m'],
      ...['Test A.K.test_it', 'Class S', 'Function free'],
    ]);
  });

  it('in PHP', async () => {
    expect(
      await symbols(
        'a.php',
        '<?php\nnamespace A\\B;\nclass KTest extends C { const N = 1; private $x; function __construct(private int $y) {} function testIt() {} }\ninterface I { function i(); }\ntrait T {}\nenum E { case X; }\nfunction f() { $local = 1; }\n',
      ),
    ).toEqual([
      ...['Class KTest', 'Field KTest.N', 'Field KTest.x', 'Method KTest.__construct', 'Test KTest.testIt'],
      ...['Interface I', 'Method I.i', 'Class T', 'Enum E', 'Field E.X', 'Function f'],
    ]);
  });

  it('in Kotlin', async () => {
    expect(
      await symbols(
        'a.kt',
        'package a.b\n\nclass K<T>(val x: Int, y: Int) : Base(x) {\n  private val p = 1\n  companion object {\n    fun st() {}\n  }\n  @Test\n  fun m(): Int {\n    val local = 1\n    return local\n  }\n}\n\ninterface I {\n  fun i()\n}\n\nenum class E {\n  A,\n  B\n}\n\nobject O {\n  fun o() {}\n}\n\ntypealias TA = Int\nfun String.ext() = length\nval top = 2\n',
      ),
    ).toEqual([
      ...['Class K', 'Field K.x', 'Field K.p', 'Method K.st', 'Test K.m', 'Interface I', 'Method I.i'],
      ...['Enum E', 'Field E.A', 'Field E.B', 'Class O', 'Method O.o', 'TypeAlias TA', 'Function ext'],
      'Variable top',
    ]);
    expect(
      await edges({
        'a.kt':
          'import b.Maker\n\nclass K : Maker() {\n  fun m() {\n    Maker()\n    Maker.st()\n    this.n()\n    free()\n  }\n\n  private fun n() {}\n}\n',
        'b.kt':
          'package b\n\nopen class Maker {\n  companion object {\n    fun st() {}\n  }\n}\n\nfun free() {}\n',
      }),
    ).toEqual([
      ...[
        'a.kt#K.m -call-> a.kt#K.n 0.5',
        'a.kt#K.m -call-> b.kt#Maker.st 0.5',
        'a.kt#K.m -call-> b.kt#free 0.4',
      ],
      'a.kt#K.m -new-> b.kt#Maker 0.4',
    ]);
  });

  it('have the comment above them, and a head on one line', async () => {
    const facts = await parseFile(
      'a.c',
      '// Far.\n\n/* Adds\n * two. */\nint add(int a,\n        int b)\n{ return a + b; }\n',
    );
    expect([symbolText(facts, 1, SYMBOL.signature), symbolText(facts, 1, SYMBOL.doc)]).toEqual([
      'int add(int a, int b)',
      'Adds\ntwo.',
    ]);
  });
});

describe('calls by name alone', () => {
  it('go to the one definition of a name, and nowhere where there are several', async () => {
    const files = {
      'a.c': 'void one(void) {}\nvoid two(void) {}\nvoid f(void) { one(); two(); gone(); }\n',
      'b.c': 'void two(void) {}\nvoid g(void) { one(); two(); }\nvoid h(void) { two(); }\n',
      'c.c': 'void i(void) { two(); }\n',
    };
    expect(await edges(files)).toEqual([
      ...['a.c#f -call-> a.c#one 0.5', 'a.c#f -call-> a.c#two 0.5', 'b.c#g -call-> a.c#one 0.4'],
      ...['b.c#g -call-> b.c#two 0.5', 'b.c#h -call-> b.c#two 0.5'],
    ]);
    const { unresolved } = await linkWorkspace(await factsOf(files));
    expect([...unresolved.names].sort()).toEqual(['gone', 'two']);
  });

  it('see what is local to a file in that file alone, and in a header everywhere', async () => {
    expect(
      await edges({
        'a.c': 'static void own(void) {}\n',
        'a.h': 'static inline void shared(void) {}\n',
        'b.c': '#include "a.h"\nvoid f(void) { own(); shared(); p->shared(); }\n',
      }),
    ).toEqual(['b.c#f -call-> a.h#shared 0.4']);
  });

  it('find what C defines from C++, and prefer a body to what a class declares', async () => {
    expect(
      await edges({
        'a.c': 'void from_c(void) {}\n',
        'k.h': 'class K { public: K(); void go(); static void st(); };\n',
        'k.cpp':
          'K::K() {}\nvoid K::go() { from_c(); st(); this->go(); }\nvoid K::st() { new K(); std::go(); other.go(); }\n',
      }),
    ).toEqual([
      ...['k.cpp#K.go -call-> a.c#from_c 0.4', 'k.cpp#K.go -call-> k.cpp#K.go 0.5'],
      ...[
        'k.cpp#K.go -call-> k.cpp#K.st 0.5',
        'k.cpp#K.st -call-> k.cpp#K.go 0.4',
        'k.cpp#K.st -new-> k.h#K.K 0.4',
      ],
    ]);
  });

  it('take a class that is named for the owner, known or not', async () => {
    expect(
      await edges({
        'a.cs':
          'class A { public static void Go() {} public static void Lone() {} }\nclass B { public static void Go() {} void M() { A.Go(); Go(); this.Go(); Outside.Lone(); x.Lone(); x.Go(); new A(); } }',
      }),
    ).toEqual([
      'a.cs#B.M -call-> a.cs#A.Go 0.5',
      'a.cs#B.M -call-> a.cs#A.Lone 0.4',
      'a.cs#B.M -call-> a.cs#B.Go 0.5',
      'a.cs#B.M -new-> a.cs#A 0.5',
    ]);
  });

  it('of a base go to the class that is named as one', async () => {
    expect(
      await edges({
        'a.php':
          '<?php class A { function go() {} }\nclass Z { function go() {} function odd() {} }\nclass B extends A { function go() { parent::go(); parent::odd(); } }',
      }),
    ).toEqual(['a.php#B.go -call-> a.php#A.go 0.5']);
  });

  it('of a receiver that is not known choose no method of the file before those of others', async () => {
    expect(
      await edges({
        'a.rb': 'class A\n  def odd; end\nend\ndef f(x); x.odd; end\n',
        'b.rb': 'class B\n  def odd; end\nend\n',
      }),
    ).toEqual([]);
  });

  it('guess no method behind a name that the platform has', async () => {
    expect(
      await edges({
        'a.rb': 'class A\n  def each; end\n  def odd_name; end\nend\ndef f(x); x.each; x.odd_name; end\n',
      }),
    ).toEqual(['a.rb#f -call-> a.rb#A.odd_name 0.4']);
  });

  it('are words alone in Ruby, unless they are local', async () => {
    expect(
      await edges({
        'a.rb':
          'class A\n  attr_reader :total\n  def m; total; end\n  def n(total); total; end\n  def o; total = 1; total; end\nend\n',
      }),
    ).toEqual(['a.rb#A.m -call-> a.rb#A.total 0.5']);
  });

  it('construct through the one constructor', async () => {
    expect(
      await edges({
        'a.php':
          '<?php class A { function __construct() {} }\nclass B {}\nfunction f() { new A(); new \\B; new B; new C(); }',
        'b.rb': 'class D\n  def initialize; end\nend\ndef g; D.new; end\n',
      }),
    ).toEqual([
      'a.php#f -new-> a.php#A.__construct 0.5',
      'a.php#f -new-> a.php#B 0.5',
      'b.rb#g -new-> b.rb#D.initialize 0.5',
    ]);
  });

  it('cross no language', async () => {
    expect(
      await edges({
        'a.rb': 'def lonely; end\n',
        'b.php': '<?php lonely();',
        'c.ts': 'lonely(); x.lonely();',
      }),
    ).toEqual([]);
  });
});

describe('bases by name', () => {
  it('are inherited from, or implemented', async () => {
    const files = {
      'a.cs': 'interface I {}\nclass Base<T> {}\nclass K : Ns.Base<int>, I, Gone {}',
      'b.rb': 'class Child < Outer::Parent\nend\n',
      'c.rb': 'class Parent\nend\n',
    };
    expect(await edges(files, 'INHERITS')).toEqual([
      'a.cs#K -INHERITS-> a.cs#Base 0.5',
      'b.rb#Child -INHERITS-> c.rb#Parent 0.4',
    ]);
    expect(await edges(files, 'IMPLEMENTS')).toEqual(['a.cs#K -IMPLEMENTS-> a.cs#I 0.5']);
  });
});

describe('imports', () => {
  it('lead to files beside, from the root, and to the only one whose path ends so', async () => {
    expect(
      await edges(
        {
          'src/a.c':
            '#include "near.h"\n#include <lib/far.h>\n#include "src/../top.h"\n#include "twice.h"\n#include <stdio.h>\n',
          ...{ 'src/near.h': '', 'include/lib/far.h': '', 'top.h': '', 'x/twice.h': '', 'y/twice.h': '' },
          'app/b.rb': "require_relative '../lib/c'\nrequire 'json'\n",
          ...{ 'lib/c.rb': '', 'app/d.php': "<?php require_once __DIR__ . '/e.php';", 'app/e.php': '' },
        },
        'IMPORTS',
      ),
    ).toEqual([
      ...['app/b.rb -IMPORTS-> lib/c.rb 1', 'app/d.php -IMPORTS-> app/e.php 1'],
      ...[
        'src/a.c -IMPORTS-> include/lib/far.h 1',
        'src/a.c -IMPORTS-> src/near.h 1',
        'src/a.c -IMPORTS-> top.h 1',
      ],
    ]);
  });

  it('of a qualified name lead to the file that declares it', async () => {
    expect(
      await edges(
        {
          'a.php': '<?php namespace A; use B\\C\\D; use B\\C\\{E, F as G}; use Gone\\H;',
          'd.php': '<?php namespace B\\C; class D {}',
          'e.php': '<?php namespace B\\C; class E {} class F {}',
          'h.php': '<?php namespace Other; class H {}',
        },
        'IMPORTS',
      ),
    ).toEqual(['a.php -IMPORTS-> d.php 1', 'a.php -IMPORTS-> e.php 1']);
  });
});

describe('odd files', () => {
  it.each(['a.c', 'a.h', 'a.cpp', 'a.cs', 'a.rb', 'a.php', 'a.kt'])(
    '%s may be empty, or one long line',
    async (file) => {
      expect(symbolCount(await parseFile(file, ''))).toBe(1);
      const start = file.endsWith('.php') ? '<?php ' : '';
      expect((await parseFile(file, start + 'f(x); '.repeat(5_000))).lines).toBe(1);
    },
  );
});
