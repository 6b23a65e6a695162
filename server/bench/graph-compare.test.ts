import { describe, expect, test } from 'vitest';
import type { CallForm } from '../protocol/graph.ts';
import { callerClasses, missClasses, wrongClasses } from './graph-classes.ts';
import { judge, loadTruth, ofClass, tally, type AnswerEdge } from './graph-compare.ts';
import { pairScore } from './graph-rivals.ts';
import type { TruthRow, TruthSite, TruthSymbol } from './graph-truth.ts';

const symbol = (name: string, line: number, more: Partial<TruthSymbol> = {}): TruthSymbol => ({
  ...{ file: 'shop/cart.ts', name, startLine: line, line, ...more },
});
const site = (line: number, more: Partial<TruthSite> = {}): TruthSite => ({
  ...{ row: 'site', file: 'app.ts', line, column: 4, name: 'total', form: 'call', class: 'inProject' },
  ...{ targets: [symbol('total', 10)], callers: [], shape: 'bare:import', traits: [], ...more },
});
const edge = (line: number, to: object, more: Partial<AnswerEdge> = {}): AnswerEdge => ({
  from: { file: 'app.ts', name: 'app', qualifiedName: 'app', line: 1 },
  to: { file: 'shop/cart.ts', name: 'total', qualifiedName: 'total', line: 10, ...to },
  site: { line, column: 4, form: 'call' },
  tier: 'scope' as const,
  confidence: 0.98,
  ...more,
});
const truthOf = (...rows: TruthRow[]) => loadTruth([{ row: 'file', file: 'app.ts' }, ...rows]);

describe('judge', () => {
  test('counts sites for recall and edges for precision', async () => {
    const truth = await truthOf(site(3), site(5), site(7));
    const judged = judge(
      truth,
      [edge(3, {}), edge(3, { name: 'other', line: 20 }), edge(5, { line: 99 })],
      0,
    );
    expect(tally(ofClass(judged, 'inProject'))).toEqual({
      ...{ sites: 3, found: 1, answered: 2, edges: 3, right: 1, exact: 1 },
    });
  });

  test('takes any line from the first modifier to the name, and no other', async () => {
    const truth = await truthOf(site(3, { targets: [symbol('total', 10, { startLine: 8 })] }));
    const found = (line: number) => judge(truth, [edge(3, { line })], 0).sites[0]?.found;
    expect([7, 8, 9, 10, 11].map(found)).toEqual([false, true, true, true, false]);
  });

  test('takes a constructor by whatever name, in its place', async () => {
    const targets = [
      symbol('constructor', 12, { kind: 'constructor' }),
      symbol('Cart', 9, { kind: 'class' }),
    ];
    const truth = await truthOf(site(3, { form: 'new', targets }));
    const found = (to: object) => judge(truth, [edge(3, to)], 0).sites[0]?.found;
    expect(found({ name: '__init__', line: 12 })).toBe(true);
    expect(found({ name: 'Cart', line: 9 })).toBe(true);
    expect(found({ name: 'Cart', line: 10 })).toBe(false);
  });

  test('takes an override of the declared target, but not the base of the right one', async () => {
    const [base, by] = [symbol('total', 10), symbol('total', 30)];
    const truth = await truthOf(site(3), site(5, { targets: [by] }), { row: 'override', base, by });
    const judged = judge(truth, [edge(3, { line: 30 }), edge(5, { line: 10 })], 0);
    expect(judged.sites.map((s) => s.found)).toEqual([true, false]);
  });

  test('leaves out weak edges and those of files without truth', async () => {
    const truth = await truthOf(site(3));
    const weak = edge(3, {}, { confidence: 0.4, tier: 'name' });
    const elsewhere = {
      ...edge(3, {}),
      from: { file: 'other.ts', name: 'other', qualifiedName: 'other', line: 1 },
    };
    expect(judge(truth, [weak, elsewhere], 0.8).sites[0]?.edges).toEqual([]);
    expect(judge(truth, [weak], 0).sites[0]?.found).toBe(true);
  });

  test('judges a getter and the call of its result at one place apart', async () => {
    const getter = site(3, { form: 'accessor', targets: [symbol('total', 40)] });
    const truth = await truthOf(getter, site(3));
    const judged = judge(truth, [edge(3, {}), edge(3, { line: 40 })], 0);
    expect(judged.sites.map((s) => s.found)).toEqual([true, true]);
  });
});

describe('classes of failures', () => {
  test('group misses by shape and traits, the largest first', async () => {
    const inherited = { shape: 'this.m', traits: ['inherited'] };
    const truth = await truthOf(site(3), site(5, inherited), site(7, inherited), site(9));
    const judged = judge(truth, [edge(3, {}), edge(9, { line: 99 })], 0);
    expect(missClasses(judged).map(({ title, count }) => [title, count])).toEqual([
      ['this.m [inherited]', 2],
      ['bare:import, answered wrongly', 1],
    ]);
  });

  test('tell wrong targets, external targets and edges without a call site', async () => {
    const truth = await truthOf(site(3), site(5, { class: 'external', targets: [] }));
    const judged = judge(truth, [edge(3, { line: 99 }), edge(5, {}), edge(6, {})], 0);
    expect(wrongClasses(judged).map((c) => c.title)).toEqual([
      'no call site here: form call, tier scope',
      'target is external: bare:import, tier scope',
      'wrong target: bare:import, tier scope',
    ]);
  });

  test('name right edges that leave from another symbol', async () => {
    const callers = [symbol('inner', 5, { file: 'app.ts' }), symbol('outer', 2, { file: 'app.ts' })];
    const truth = await truthOf(site(6, { callers }));
    const from = (name: string, line: number) => ({ file: 'app.ts', name, qualifiedName: name, line });
    const titles = (at: AnswerEdge['from']) =>
      callerClasses(judge(truth, [{ ...edge(6, {}), from: at }], 0)).map((c) => c.title);
    expect(titles(from('inner', 5))).toEqual([]);
    expect(titles(from('outer', 2))).toEqual(['an outer symbol']);
    expect(titles(from('stranger', 50))).toEqual(['another symbol']);
  });
});

test('the unit of other indexers leaves module callers out and accepts an enclosing function', async () => {
  const callers = [symbol('inner', 5, { file: 'app.ts' }), symbol('outer', 2, { file: 'app.ts' })];
  const truth = await truthOf(
    site(1),
    site(6, { callers }),
    site(8, { callers }),
    site(9, { callers, class: 'external', targets: [] }),
    site(10, { callers, targets: [symbol('missed', 50)] }),
  );
  const from = { file: 'app.ts', name: 'outer', qualifiedName: 'outer', line: 2 };
  const wrong = { ...edge(9, { name: 'stranger', line: 70 }), from };
  expect(pairScore(truth, [edge(1, {}), { ...edge(6, {}), from }, wrong], 0)).toEqual({
    ...{ truth: 2, answered: 2, recall: 0.5, precision: 0.5, f1: 0.5 },
  });
});

test('the unit of other indexers counts calls, not accessors and operators, which it has no truth of', async () => {
  const callers = [symbol('app', 1, { file: 'app.ts' })];
  const getter = site(4, { callers, form: 'accessor', targets: [symbol('size', 40)] });
  const truth = await truthOf(site(3, { callers }), getter, site(5, { callers, targets: [symbol('f', 60)] }));
  const of = (line: number, form: CallForm, to: object) =>
    edge(line, to, { site: { line, column: 4, form } });
  const drawn = [
    edge(3, {}),
    of(4, 'accessor', { name: 'size', line: 40 }),
    of(4, 'operator', { name: '__add__', line: 50 }),
    of(4, 'jsx', { name: 'List', line: 70 }),
    of(5, 'callback', { name: 'f', line: 60 }),
  ];
  expect(pairScore(truth, drawn, 0)).toEqual({ truth: 2, answered: 2, recall: 1, precision: 1, f1: 1 });
});
