import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openGraph } from '../services/index-workspace.ts';
import { pairsOf, scoreCase } from './graph-pairs.ts';
import { pycgTruth } from './oracles/pycg.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'weft-pairs-'));
  vi.stubEnv('WEFT_STATE_FOLDER', path.join(root, 'state'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

test('the benchmark’s pairs lose built-ins and externals, and lambdas become what is around them', () => {
  const folder = path.join(root, 'snippets', 'lambdas', 'call');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'main.py'), '');
  const callees = ['main.f', 'main.f.<lambda1>', '<builtin>.len', 'ext.function'];
  const graph = { 'main.<lambda2>': callees, main: ['main.f'] };
  writeFileSync(path.join(folder, 'callgraph.json'), JSON.stringify(graph));
  const pair = { row: 'pair', category: 'lambdas', case: 'call', from: 'main', to: 'main.f' };
  expect([...pycgTruth(path.join(root, 'snippets'), ['.'])]).toEqual([pair]);
});

test('the graph’s CALLS take the benchmark’s names', async () => {
  const folder = path.join(root, 'case');
  mkdirSync(path.join(folder, 'pack'), { recursive: true });
  writeFileSync(path.join(folder, 'pack', '__init__.py'), 'class A:\n    def m(self):\n        pass\n');
  writeFileSync(
    path.join(folder, 'main.py'),
    'from pack import A\n\ndef f():\n    a = A()\n    a.m()\n\nvalue = f()\n',
  );
  const pairs = pairsOf(await openGraph(folder), folder).map(({ from, to }) => `${from} > ${to}`);
  expect(pairs.sort()).toEqual(['main > main.f', 'main.f > pack.A.m']);
});

test('a case is scored by its pairs', () => {
  const pair = (from: string, to: string) => ({ from, to });
  const wanted = [pair('main', 'main.f'), pair('main', 'main.g')];
  const drawn = [pair('main', 'main.f'), pair('main', 'main.h')];
  expect(scoreCase({ category: 'c', name: 'n' }, wanted, drawn)).toEqual({
    ...{ category: 'c', wanted: 2, found: 1, drawn: 2 },
    ...{ misses: ['c/n: main → main.g'], wrong: ['c/n: main → main.h'] },
  });
});
