import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  readdirSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callers } from './neighbours.ts';
import { indexWorkspace, openGraph } from './index-workspace.ts';

let home: string;
let root: string;
const saved = process.env.WEFT_STATE_FOLDER;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'weft-'));
  root = path.join(home, 'a wörkspace');
  mkdirSync(root);
  process.env.WEFT_STATE_FOLDER = path.join(home, 'state');
});
afterEach(() => {
  if (saved === undefined) delete process.env.WEFT_STATE_FOLDER;
  else process.env.WEFT_STATE_FOLDER = saved;
  rmSync(home, { recursive: true, force: true });
});

function put(file: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
}

describe('indexWorkspace', () => {
  it('parses nothing the second time, and only what changed after an edit', async () => {
    put('a.ts', 'export function f() {}');
    put('b.ts', "import { f } from './a'; f();");
    expect((await indexWorkspace(root)).parsed).toBe(2);
    expect(await indexWorkspace(root)).toMatchObject({ parsed: 0, files: 2, edges: { CALLS: 1 } });

    put('b.ts', "import { f } from './a'; f(); f();  // longer");
    expect((await indexWorkspace(root)).parsed).toBe(1);
    expect((await indexWorkspace(root, { rebuild: true })).parsed).toBe(2);
  });

  it('that is stopped keeps what was parsed', async () => {
    for (let i = 0; i < 100; i++) put(`m${i}.ts`, `export function f${i}() {}`);
    const abort = new AbortController();
    const stopped = indexWorkspace(root, {
      signal: abort.signal,
      onProgress: ({ phase }) => phase === 'parse' && abort.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ reason: 'cancelled' });
    const { files, parsed } = await indexWorkspace(root);
    expect(files).toBe(100);
    expect(parsed).toBeLessThan(100);
  });

  it('reads CRLF, a byte order mark, Latin-1 and a syntax error', async () => {
    put('crlf.ts', 'export function f() {\r\n}\r\n');
    put('bom.ts', '\ufeffexport function g() {}');
    put('latin.py', Buffer.from('# caf\xe9\ndef h():\n    pass\n', 'latin1'));
    put('broken.ts', 'function ok() {}\nclass {{{');
    const graph = await openGraph(root);
    for (const name of ['f', 'g', 'h', 'ok']) expect(graph.find(name).name).toBe(name);
  });

  it('lists what it skips with the reason, and looks into no ignored folder', async () => {
    put('ok.ts', 'export const x = 1;');
    put('binary.js', Buffer.from([0, 1, 2, 0]));
    put('min.js', `var a=${'1+'.repeat(20_000)}1`);
    put('big.py', 'x = 1\n');
    truncateSync(path.join(root, 'big.py'), 3 * 1024 * 1024);
    put('node_modules/m/index.js', 'x()');
    put('.gitignore', 'out/\n*.gen.ts\n!keep.gen.ts\n');
    put('out/x.ts', '');
    put('a.gen.ts', '');
    put('keep.gen.ts', '');
    symlinkSync('..', path.join(root, 'cycle'));
    const { files, skipped } = await indexWorkspace(root);
    expect(files).toBe(2);
    expect(Object.fromEntries(skipped.map((s) => [s.file, s.reason]))).toEqual({
      'binary.js': 'binary',
      'min.js': 'minified',
      'big.py': 'larger than 2 MB (3.0 MB)',
    });
  });

  it('makes what is damaged anew and says so', async () => {
    put('a.ts', 'export function f() {}');
    await indexWorkspace(root);
    const workspaces = path.join(home, 'state', 'workspaces');
    const damage = (name: string) =>
      truncateSync(path.join(workspaces, readdirSync(workspaces)[0] ?? '', name), 100);
    const said: string[] = [];
    const index = () => indexWorkspace(root, { onMessage: (text) => said.push(text) });

    damage('graph.bin');
    expect((await index()).parsed).toBe(0);
    expect(said).toEqual(['the saved graph is damaged and is made anew']);
    damage('graph.bin');
    damage('facts.bin');
    expect((await index()).parsed).toBe(1);
    expect(said.slice(1)).toEqual([
      'the saved graph is damaged and is made anew',
      'the saved index is damaged and is made anew',
    ]);
    expect((await index()).parsed).toBe(0);
    expect(said).toHaveLength(3);
  });

  it('answers from the saved graph as from a new one, facts or not', async () => {
    put('ä b.ts', "import { A } from './c';\nexport function f(a: A, x) {\n  a.settle();\n  x.turn();\n}\n");
    put('c.ts', '/** Bücher 📚 */\nexport class A { settle() {} }\nexport class A2 { settle() {} }\n');
    put('d.py', 'class P:\n    def p(self): return self.p()\n\ndef p(): pass\ndef p(): pass\n');
    put('binary.js', Buffer.from([0, 1, 2, 0]));
    const answers = async () => {
      const { skipped, linesOfCode } = await indexWorkspace(root);
      const graph = await openGraph(root);
      const [nodes, edges] = [[...graph.nodes()], [...graph.edges()]];
      return {
        skipped,
        linesOfCode,
        nodes,
        edges,
        turns: graph.unresolvedSites('turn'),
        of: graph.symbolOf('d.py#p~2'),
      };
    };
    const first = await answers();
    expect(first.nodes.length).toBeGreaterThan(8);
    const workspaces = path.join(home, 'state', 'workspaces');
    rmSync(path.join(workspaces, readdirSync(workspaces)[0] ?? '', 'facts.bin'));
    expect(await answers()).toEqual(first);
  });

  it('refuses a directory without source files, and writes nothing into the workspace', async () => {
    await expect(indexWorkspace(root)).rejects.toMatchObject({ reason: 'badInput' });
    expect(readdirSync(root)).toEqual([]);
  });

  it('notices a file of the same size by its time', async () => {
    put('a.ts', 'export function f() {}');
    await indexWorkspace(root);
    put('a.ts', 'export function g() {}');
    utimesSync(path.join(root, 'a.ts'), new Date(0), new Date(0));
    expect((await openGraph(root)).find('g').name).toBe('g');
  });
});

describe('callers', () => {
  it('answers with sites, tiers and what could not be resolved', async () => {
    put('a.ts', 'export class A { settle() {} }\nexport class B { settle() {} }');
    put('b.ts', "import { A } from './a';\nexport function f(a: A, x) {\n  a.settle();\n  x.settle();\n}");
    const answer = callers(await openGraph(root), 'A.settle');
    expect(answer.results.map((r) => [r.symbol.qualifiedName, r.edge.tier, r.edge.sites])).toEqual([
      ['f', 'receiver', [{ file: 'b.ts', line: 3, column: 4 }]],
    ]);
    expect(answer).toMatchObject({ lowerBound: true, unresolvedSites: [{ file: 'b.ts', line: 4 }] });
  });

  it('lists candidates of an ambiguous name and near names of an unknown one', async () => {
    put('a.ts', 'export class A { settle() {} }\nexport class B { settle() {} }');
    const graph = await openGraph(root);
    expect(() => callers(graph, 'settle')).toThrow(/fits 2 symbols/);
    expect(() => callers(graph, 'setle')).toThrow(/did you mean settle/);
  });
});
