import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseFile } from '../../index/parse-file.ts';
import { linkWorkspace } from '../../link/link-workspace.ts';
import type { Confirmation, CoveredTest } from '../../protocol/overlays.ts';
import { Graph } from '../graph.ts';
import { Content } from './content.ts';
import { toRanges } from './coverage.ts';
import { overlaid, type Overlays } from './overlaid.ts';
import { OverlayStore } from './overlay-store.ts';

const sum = (text: string) => createHash('sha256').update(text).digest('hex');

async function contentOf(files: Record<string, string>) {
  const facts = new Map(
    await Promise.all(
      Object.entries(files).map(async ([file, text]) => [file, await parseFile(file, text)] as const),
    ),
  );
  const linked = await linkWorkspace(facts);
  const hashOf = (file: string) => (files[file] === undefined ? undefined : sum(files[file]));
  return { linked, content: new Content(linked, hashOf) };
}

async function graphOf(files: Record<string, string>, overlays: Partial<Overlays>) {
  const { linked, content } = await contentOf(files);
  return new Graph(overlaid(linked, { confirmations: [], coverage: [], ...overlays }, content), '');
}

const edgesOf = (graph: Graph, kind: string) =>
  [...graph.edges()]
    .filter((e) => e.kind === kind)
    .map(
      (e) => `${e.from} -> ${e.to} ${e.tier} ${e.confidence} at ${e.sites.map((s) => s.line + 1).join(',')}`,
    )
    .sort();

const CALLS = {
  'engine.py':
    'class Engine:\n    def ignite(self):\n        pass\n\nclass Oven:\n    def heat(self):\n        pass\n',
  'main.py':
    'import engine\n\ndef start(x, y):\n    x.ignite()\n    y.ignite()\n\ndef cook(o):\n    o.turn_on()\n',
};

async function said(
  files: Record<string, string>,
  line: number,
  column: number,
  target: string | undefined,
): Promise<Confirmation> {
  const { content } = await contentOf(files);
  const targets =
    target === undefined ? [] : [{ id: target, hash: sum(files['engine.py']!), reason: 'said' }];
  return {
    ...{ file: 'main.py', line, column, hash: sum(files['main.py']!) },
    ...{ restsOn: content.restsOn('main.py'), targets },
  };
}

describe('confirmations', () => {
  it('makes a confirmed candidate an edge of tier compiler; a refuted site of it goes', async () => {
    expect(edgesOf(await graphOf(CALLS, {}), 'CALLS')).toEqual([
      'main.py#start -> engine.py#Engine.ignite name 0.4 at 4,5',
    ]);
    const confirmations = [
      await said(CALLS, 3, 6, 'engine.py#Engine.ignite'),
      await said(CALLS, 4, 6, undefined),
    ];
    const graph = await graphOf(CALLS, { confirmations });
    expect(edgesOf(graph, 'CALLS')).toEqual(['main.py#start -> engine.py#Engine.ignite compiler 1 at 4']);
  });

  it('drops a candidate whose every site is refuted, and what is called instead is drawn', async () => {
    const confirmations = [
      await said(CALLS, 3, 6, 'engine.py#Oven.heat'),
      await said(CALLS, 4, 6, undefined),
    ];
    expect(edgesOf(await graphOf(CALLS, { confirmations }), 'CALLS')).toEqual([
      'main.py#start -> engine.py#Oven.heat compiler 1 at 4',
    ]);
  });

  it('gives an unresolved site its target, or closes it', async () => {
    const open = (graph: Graph) => graph.unresolvedSites('turn_on').length;
    expect(open(await graphOf(CALLS, {}))).toBe(1);
    const found = await graphOf(CALLS, { confirmations: [await said(CALLS, 7, 6, 'engine.py#Oven.heat')] });
    expect(edgesOf(found, 'CALLS')).toContain('main.py#cook -> engine.py#Oven.heat compiler 1 at 8');
    expect(open(found)).toBe(0);
    const closed = await graphOf(CALLS, { confirmations: [await said(CALLS, 7, 6, undefined)] });
    expect([open(closed), edgesOf(closed, 'CALLS').length]).toEqual([0, 1]);
    const { targets: _, ...undecided } = await said(CALLS, 7, 6, undefined);
    expect(open(await graphOf(CALLS, { confirmations: [undecided] }))).toBe(1);
  });

  it.each([
    ['the file of the site', { 'main.py': `${CALLS['main.py']}# more\n` }],
    ['the file of the target', { 'engine.py': `${CALLS['engine.py']}# more\n` }],
    ['a file beside what it imports', { 'other.py': 'x = 1\n' }],
  ])('falls away when %s changes, and holds again when that is taken back', async (_, change) => {
    const confirmations = [await said(CALLS, 3, 6, 'engine.py#Engine.ignite')];
    expect(edgesOf(await graphOf({ ...CALLS, ...change }, { confirmations }), 'CALLS')).toEqual([
      'main.py#start -> engine.py#Engine.ignite name 0.4 at 4,5',
    ]);
    expect(edgesOf(await graphOf(CALLS, { confirmations }), 'CALLS')[0]).toContain('compiler 1');
  });

  it('outlives a change of a file that nothing of it rests on', async () => {
    const files = { ...CALLS, 'far/away.py': 'x = 1\n' };
    const confirmations = [await said(files, 3, 6, 'engine.py#Engine.ignite')];
    const graph = await graphOf({ ...files, 'far/away.py': 'x = 2\n' }, { confirmations });
    expect(edgesOf(graph, 'CALLS')[0]).toContain('compiler 1');
  });

  it('joins an edge that is a fact, with its sites in order', async () => {
    const files = {
      'a.ts': 'export class A { m() {} }\n',
      'main.py': '',
      'engine.py': '',
      'b.ts':
        "import { A } from './a';\nexport function f(x: any) {\n  x.m();\n  new A().m();\n  x.later();\n}\n",
    };
    const { content } = await contentOf(files);
    const confirmation: Confirmation = {
      ...{ file: 'b.ts', line: 4, column: 4, hash: sum(files['b.ts']), restsOn: content.restsOn('b.ts') },
      targets: [{ id: 'a.ts#A.m', hash: sum(files['a.ts']), reason: 'said' }],
    };
    const before = edgesOf(await graphOf(files, {}), 'CALLS');
    expect(before).toContain('b.ts#f -> a.ts#A.m receiver 0.92 at 4,3');
    const after = edgesOf(await graphOf(files, { confirmations: [confirmation] }), 'CALLS');
    expect(after).toContain('b.ts#f -> a.ts#A.m compiler 1 at 3,4,5');
    expect(after).toHaveLength(before.length);
  });
});

const COVERED = {
  'm.py': 'def one():\n    return 1\n\ndef two():\n    return 2\n',
  'test_m.py':
    'import m\n\nclass TestM:\n    def test_a(self):\n        m.one()\n\ndef test_b():\n    m.two()\n',
};

const ran = (name: string, lines: number[], rest: Partial<CoveredTest> = {}): CoveredTest => ({
  ...{ id: `test_m.py::${name}`, name, file: 'test_m.py', hash: sum(COVERED['test_m.py']), runner: 'pytest' },
  covered: [{ file: 'm.py', hash: sum(COVERED['m.py']), lines: toRanges(lines) }],
  ...rest,
});

describe('coverage', () => {
  it('draws COVERS from a test to what it executed, by the name that its runner gives', async () => {
    const coverage = [ran('TestM::test_a[x-1]', [1]), ran('test_b', [3, 4])];
    expect(edgesOf(await graphOf(COVERED, { coverage }), 'COVERS')).toEqual([
      'test_m.py#TestM.test_a -> m.py#one scope 1 at 4',
      'test_m.py#test_b -> m.py#two scope 1 at 7',
    ]);
  });

  it('knows a test by its line where its title is made at run time', async () => {
    const coverage = [ran('made up', [1], { line: 7 })];
    expect(edgesOf(await graphOf(COVERED, { coverage }), 'COVERS')).toEqual([
      'test_m.py#test_b -> m.py#one scope 1 at 7',
    ]);
  });

  it('does not take the line that declares a function for a run of it', async () => {
    expect(edgesOf(await graphOf(COVERED, { coverage: [ran('test_b', [0, 3])] }), 'COVERS')).toEqual([]);
  });

  it('falls away with the contents of the test or of what it executed', async () => {
    const coverage = [ran('test_b', [1, 4])];
    for (const file of ['m.py', 'test_m.py'] as const) {
      const files = { ...COVERED, [file]: `${COVERED[file]}\nx = 1\n` };
      expect(edgesOf(await graphOf(files, { coverage }), 'COVERS')).toEqual([]);
    }
  });
});

describe('the overlay store', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'weft-overlays-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const hashOf = (file: string) => (file in COVERED ? sum(COVERED[file as keyof typeof COVERED]) : undefined);

  it('is read by another process as it was written, and a later word replaces an earlier one', async () => {
    const [mine, other] = [new OverlayStore(folder), new OverlayStore(folder)];
    expect(other.read()).toEqual({ confirmations: [], coverage: [], version: '' });
    mine.addConfirmations([await said(CALLS, 3, 6, 'engine.py#Engine.ignite')]);
    const first = other.read();
    expect(first.confirmations).toHaveLength(1);
    mine.addConfirmations([await said(CALLS, 3, 6, undefined)]);
    const second = other.read();
    expect(second.confirmations).toMatchObject([{ targets: [] }]);
    expect(second.version).not.toBe(first.version);
    mine.recordCoverage([ran('test_b', [4])], hashOf);
    mine.recordCoverage([ran('test_b', [1])], hashOf);
    expect(other.read().coverage.map(({ covered }) => covered[0]?.lines)).toEqual([[1, 1]]);
    expect(readdirSync(folder).sort()).toEqual(['confirmations-2.json', 'coverage-2.json']);
  });

  it('forgets what other tests executed of contents that are gone', () => {
    const store = new OverlayStore(folder);
    store.recordCoverage([ran('test_b', [4]), ran('old', [1], { hash: 'gone' })], hashOf);
    store.recordCoverage([ran('TestM::test_a', [1])], (file) => (file === 'm.py' ? 'new' : hashOf(file)));
    expect(store.read().coverage.map(({ name, covered }) => [name, covered.length])).toEqual([
      ['test_b', 0],
      ['TestM::test_a', 1],
    ]);
  });

  it('begins anew where a file is damaged', () => {
    writeFileSync(path.join(folder, 'confirmations-1.json'), '{"version":1,"confirm');
    writeFileSync(path.join(folder, 'coverage-1.json'), '{"version":7}');
    const store = new OverlayStore(folder);
    expect(store.read()).toEqual({ confirmations: [], coverage: [], version: '' });
    store.recordCoverage([ran('test_b', [4])], hashOf);
    expect(store.read().coverage).toHaveLength(1);
  });
});
