import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Graph } from '../graph/graph.ts';
import { callers } from './neighbours.ts';
import { WorkspaceIndex } from './workspace-index.ts';

let root: string;
let before: string | undefined;

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'weft-live-'));
  before = process.env.WEFT_STATE_FOLDER;
  process.env.WEFT_STATE_FOLDER = path.join(root, '.state');
  put('lib.ts', 'export function settle() {}\n');
  put('use.ts', "import { settle } from './lib';\nexport function pay() { settle(); }\n");
});

afterEach(() => {
  if (before === undefined) delete process.env.WEFT_STATE_FOLDER;
  else process.env.WEFT_STATE_FOLDER = before;
  rmSync(root, { recursive: true, force: true });
});

function put(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

const callersOf = (graph: Graph, name: string) =>
  callers(graph, name).results.map(({ symbol }) => symbol.qualifiedName);

describe('a live index', () => {
  it('answers by text that is not saved, and writes none of it', async () => {
    const index = new WorkspaceIndex(root, { live: true });
    expect(callersOf(await index.graph(), 'settle')).toEqual(['pay']);
    const text =
      "import { settle } from './lib';\nexport function pay() { }\nexport function owe() { settle(); }\n";
    await index.edited([{ file: 'use.ts', text }]);
    expect(callersOf(await index.graph(), 'settle')).toEqual(['owe']);
    await index.close();
    expect(callersOf(await new WorkspaceIndex(root).graph(), 'settle')).toEqual(['pay']);
  });

  it('writes no graph that shows text which is not saved, when another file is saved', async () => {
    const index = new WorkspaceIndex(root, { live: true, keptAfterMs: 0 });
    await index.graph();
    await index.edited([{ file: 'use.ts', text: 'export function other() {}\n' }]);
    put('lib.ts', 'export function settle() {}\nexport function more() {}\n');
    await index.edited([{ file: 'lib.ts' }]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await index.graph();
    expect(callersOf(await new WorkspaceIndex(root).graph(), 'settle')).toEqual(['pay']);
    await index.close();
  });

  it('goes back to the disk where text is given up', async () => {
    const index = new WorkspaceIndex(root, { live: true });
    await index.graph();
    await index.edited([{ file: 'use.ts', text: 'nothing' }]);
    await index.edited([{ file: 'use.ts' }]);
    expect(callersOf(await index.graph(), 'settle')).toEqual(['pay']);
  });

  it('keeps what it has followed for the next process', async () => {
    const index = new WorkspaceIndex(root, { live: true });
    await index.graph();
    put('use.ts', "import { settle } from './lib';\nexport function owe() { settle(); }\n");
    await index.edited([{ file: 'use.ts' }]);
    await index.close();
    const next = new WorkspaceIndex(root);
    const { report, graph } = await next.refresh();
    expect(report.parsed).toBe(0);
    expect(callersOf(graph, 'settle')).toEqual(['owe']);
  });

  it('finds what nobody told it of: changed, new and gone files', async () => {
    const index = new WorkspaceIndex(root, { live: true });
    await index.graph();
    put('more/new.ts', "import { settle } from '../lib';\nexport function early() { settle(); }\n");
    put('use.ts', "import { settle } from './lib';\nexport function late() { settle(); }\n");
    const found = await index.graph();
    expect(callersOf(found, 'settle').sort()).toEqual(['early', 'late']);
    expect(found.symbolsOf('more/new.ts').map(({ name }) => name)).toContain('early');
    rmSync(path.join(root, 'more'), { recursive: true });
    expect(callersOf(await index.graph(), 'settle')).toEqual(['late']);
  });

  it('follows edits of what it has read from the disk, once it is linked between answers', async () => {
    const first = new WorkspaceIndex(root, { live: true });
    await first.graph();
    await first.close();
    const index = new WorkspaceIndex(root, { live: true });
    expect(callersOf(await index.graph(), 'settle')).toEqual(['pay']);
    const text = "import { settle } from './lib';\nexport function owe() { settle(); }\n";
    await index.edited([{ file: 'use.ts', text }]);
    await expect
      .poll(async () => callersOf(await index.graph(), 'settle'), { timeout: 8000 })
      .toEqual(['owe']);
    await index.edited([{ file: 'use.ts', text: 'nothing' }]);
    expect(callersOf(await index.graph(), 'settle')).toEqual([]);
    await index.close();
  });

  it('follows edits of what it has read from the disk where a file has gone since it was parsed', async () => {
    put('gone.ts', 'export const left = 1;\n');
    const first = new WorkspaceIndex(root);
    await first.graph();
    rmSync(path.join(root, 'gone.ts'));
    await first.graph();
    const index = new WorkspaceIndex(root, { live: true });
    await index.graph();
    const text = "import { settle } from './lib';\nexport function owe() { settle(); }\n";
    await index.edited([{ file: 'use.ts', text }]);
    await expect
      .poll(async () => callersOf(await index.graph(), 'settle'), { timeout: 8000 })
      .toEqual(['owe']);
    await index.close();
  });

  it('answers at once by what was saved after it has read a graph from the disk', async () => {
    const first = new WorkspaceIndex(root, { live: true });
    await first.graph();
    await first.close();
    const index = new WorkspaceIndex(root, { live: true });
    await index.graph();
    put('use.ts', "import { settle } from './lib';\nexport function late() { settle(); }\n");
    await index.edited([{ file: 'use.ts' }]);
    expect(callersOf(await index.graph(), 'settle')).toEqual(['late']);
    await index.close();
  });

  it('leaves out a file that is ignored, whoever tells of it', async () => {
    put('.gitignore', 'made\n');
    const index = new WorkspaceIndex(root, { live: true });
    await index.graph();
    put('made/x.ts', "import { settle } from '../lib';\nexport function made() { settle(); }\n");
    await index.edited([{ file: 'made/x.ts' }]);
    expect(callersOf(await index.graph(), 'settle')).toEqual(['pay']);
  });

  it('links anew where settings say that names of modules lead elsewhere', async () => {
    put('use.ts', "import { settle } from '@/lib';\nexport function pay() { settle(); }\n");
    const index = new WorkspaceIndex(root, { live: true });
    expect(callersOf(await index.graph(), 'settle')).toEqual([]);
    put('tsconfig.json', '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./*"] } } }');
    await index.edited([{ file: 'tsconfig.json' }]);
    expect(callersOf(await index.graph(), 'settle')).toEqual(['pay']);
  });

  it('follows a language that is only linked as a whole', async () => {
    put('a.go', 'package a\n\nfunc Pay() { Settle() }\n\nfunc Settle() {}\n');
    const index = new WorkspaceIndex(root, { live: true });
    expect(callersOf(await index.graph(), 'Settle')).toEqual(['Pay']);
    put('a.go', 'package a\n\nfunc Owe() { Settle() }\n\nfunc Settle() {}\n');
    await index.edited([{ file: 'a.go' }]);
    expect(callersOf(await index.graph(), 'Settle')).toEqual(['Owe']);
  });

  it('links anew where a file of such a language is gone', async () => {
    put('a.go', 'package a\n\ntype Till struct {\n\tNear\n\tFar\n}\n\nfunc Settle(t Till) { t.Close() }\n');
    put('near.go', 'package a\n\ntype Near struct{}\n\nfunc (n Near) Close() {}\n');
    put('far.go', 'package a\n\ntype Far struct{ Deep }\n\ntype Deep struct{}\n\nfunc (d Deep) Close() {}\n');
    const index = new WorkspaceIndex(root, { live: true });
    expect(callersOf(await index.graph(), 'Near.Close')).toEqual(['Settle']);
    rmSync(path.join(root, 'near.go'));
    await index.edited([{ file: 'near.go' }]);
    expect(callersOf(await index.graph(), 'Deep.Close')).toEqual(['Settle']);
  });
});
