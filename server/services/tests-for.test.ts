import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openGraph } from './index-workspace.ts';
import { runQuery } from './query.ts';
import { startFix } from './start-fix.ts';
import { testsFor } from './tests-for.ts';

const found = spawnSync('python3', ['-m', 'pytest', '--version']).status === 0;
if (!found && process.env.WEFT_REQUIRE === 'all') throw new Error('no pytest; type: npm run setup');
if (!found) console.warn('skipped: no pytest; type: npm run setup');

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'weft-')));
  root = path.join(folder, 'ws');
  await fs.mkdir(root);
  vi.stubEnv('WEFT_STATE_FOLDER', path.join(folder, 'state'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await fs.rm(folder, { recursive: true, force: true });
});

async function testsOf(name: string) {
  const graph = await openGraph(root);
  const { tests } = testsFor(graph, [graph.symbolOf(graph.find(name).id)!]);
  return tests.map((test) => ({ name: test.name, score: test.score, why: test.why.split(':')[0] }));
}

/** Calls by a name made at run time: no reading of the source finds them. */
const PYTHON = {
  'shop.py':
    'def price(n):\n    return n * 2\n\ndef total(n):\n    return price(n) - 1\n\ndef by_name(name, n):\n    return globals()[name](n)\n',
  'test_shop.py':
    "import pytest, shop\n\n@pytest.mark.parametrize('n', [1, 2])\ndef test_hidden(n):\n    assert shop.by_name('price', n) == n * 2\n\ndef test_total():\n    assert shop.total(1) == 3\n\ndef test_nothing():\n    if False:\n        shop.price(1)\n",
};

const NODE = {
  'shop.mjs':
    'export function price(n) {\n  return n * 2;\n}\nconst all = { price };\nexport function byName(name, n) {\n  return all[name](n) + 1;\n}\n',
  'shop.test.mjs':
    "import assert from 'node:assert';\nimport { describe, it } from 'node:test';\nimport { byName } from './shop.mjs';\ndescribe('shop', () => {\n  it('finds by name', () => {\n    assert.equal(byName('price', 1), 2);\n  });\n});\n",
};

describe('tests-for', () => {
  it.skipIf(!found)(
    'ranks the tests that a run saw to execute it first, until the file changes',
    { timeout: 90_000 },
    async () => {
      for (const [file, text] of Object.entries(PYTHON)) await fs.writeFile(path.join(root, file), text);
      expect((await testsOf('price')).map(({ name, why }) => [name, why])).toEqual([
        ['test_nothing', 'static'],
        ['test_total', 'static'],
      ]);
      await startFix({
        ...{ root, testCommand: 'python3 -m pytest -q', trusted: true, timeoutSeconds: 60 },
        onEvent: () => undefined,
      });
      const seen = await testsOf('price');
      expect(seen.map(({ name, why }) => [name, why])).toEqual([
        ['test_hidden', 'covers'],
        ['test_total', 'covers'],
        ['test_nothing', 'static'],
      ]);
      expect(seen.filter(({ why, score }) => (why === 'covers') !== score > 0.5)).toEqual([]);

      await fs.appendFile(path.join(root, 'shop.py'), '# changed\n');
      expect((await testsOf('price')).map(({ why }) => why)).toEqual(['static', 'static']);
    },
  );

  it('keeps what tests of node:test executed too', { timeout: 90_000 }, async () => {
    for (const [file, text] of Object.entries(NODE)) await fs.writeFile(path.join(root, file), text);
    expect(await testsOf('price')).toMatchObject([{ why: 'static' }]);
    await startFix({
      ...{ root, testCommand: 'node --test', trusted: true, timeoutSeconds: 60 },
      onEvent: () => undefined,
    });
    expect(await testsOf('price')).toMatchObject([{ name: 'shop > finds by name', why: 'covers' }]);
    const { rows } = await runQuery(root, 'MATCH (t:Test)-[r:COVERS]->(f) RETURN t.name, f.name, r.line');
    expect(rows.sort()).toEqual([
      ['shop > finds by name', 'byName', 5],
      ['shop > finds by name', 'price', 5],
    ]);
  });
});
