import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from './query-code.ts';
import { runQuery } from './query.ts';
import { WorkspaceIndex } from './workspace-index.ts';

let home: string;
let root: string;
const saved = process.env.WEFT_STATE_FOLDER;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'weft-'));
  root = path.join(home, 'ws');
  mkdirSync(root);
  process.env.WEFT_STATE_FOLDER = path.join(home, 'state');
  writeFileSync(path.join(root, 'a.ts'), 'export function f() {}\nexport function g() { f(); }\n');
});
afterEach(() => {
  if (saved === undefined) delete process.env.WEFT_STATE_FOLDER;
  else process.env.WEFT_STATE_FOLDER = saved;
  rmSync(home, { recursive: true, force: true });
});

describe('runQuery', () => {
  it('answers from the real embedded store, and cuts at the row limit', async () => {
    const calls = await runQuery(root, 'MATCH (a)-[r:CALLS]->(b) RETURN a.name, b.name, r.tier');
    expect(calls).toMatchObject({ rows: [['g', 'f', 'scope']], truncated: false, stale: false });
    const some = await runQuery(root, 'MATCH (n:Function) RETURN n.name', { rowLimit: 1 });
    expect(some).toMatchObject({ truncated: true });
    expect(some.rows).toHaveLength(1);
  });

  it('names what may have been meant where no symbol has a name', async () => {
    writeFileSync(path.join(root, 'b.ts'), 'export function total() {}\n');
    const hint = 'no symbol is named "totals"; did you mean total?';
    expect(await runQuery(root, "MATCH (n) WHERE n.name = 'totals' RETURN n.id")).toMatchObject({
      rows: [],
      hint,
    });
    const parameters = { name: 'totals' };
    expect(await runQuery(root, 'MATCH (n {name: $name}) RETURN n.id', { parameters })).toMatchObject({
      hint,
    });
  });

  it('adds the code of the symbols in the rows, and none of a file that changed', async () => {
    const answer = await runQuery(root, 'MATCH (n:Function) RETURN n.id, n ORDER BY n.id', {
      codeTokens: 100,
    });
    expect(answer.code).toEqual([
      { id: 'a.ts#f', file: 'a.ts', startLine: 1, endLine: 1, code: 'export function f() {}', folded: 0 },
      {
        id: 'a.ts#g',
        file: 'a.ts',
        startLine: 2,
        endLine: 2,
        code: 'export function g() { f(); }',
        folded: 0,
      },
    ]);
    const index = new WorkspaceIndex(root);
    const graph = await index.graph();
    writeFileSync(path.join(root, 'a.ts'), '// other\n');
    expect(codeOf(root, graph, index.content!, [['a.ts#f']], 100)).toEqual([]);
  });

  it('writes nothing, whatever the query asks', async () => {
    const target = path.join(home, 'stolen.csv');
    for (const cypher of [
      'CREATE (n:File)',
      `COPY (MATCH (n) RETURN n.name) TO '${target}'`,
      'CALL timeout=0',
    ])
      await expect(runQuery(root, cypher)).rejects.toMatchObject({ name: 'UserError' });
    expect(readdirSync(home)).not.toContain('stolen.csv');
    expect(readdirSync(root)).toEqual(['a.ts']);
  });
});
