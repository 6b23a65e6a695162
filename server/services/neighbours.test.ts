import { describe, expect, it } from 'vitest';
import { Graph } from '../graph/graph.ts';
import { parseFile } from '../index/parse-file.ts';
import { linkWorkspace } from '../link/link-workspace.ts';
import { callers } from './neighbours.ts';

describe('an answer', () => {
  it('says where its language is read by names alone', async () => {
    const files = {
      'a.c': 'void f(void) {}\nvoid g(void) { f(); }\n',
      'b.ts': 'export function h() {}\nh();\n',
    };
    const read = Object.entries(files).map(
      async ([file, text]) => [file, await parseFile(file, text)] as const,
    );
    const graph = new Graph(await linkWorkspace(new Map(await Promise.all(read))), '');
    const [inC, inTypeScript] = [callers(graph, 'f'), callers(graph, 'h')];
    expect(inC.results.map(({ edge }) => edge.tier)).toEqual(['name']);
    expect(inC.note).toMatch(/by names alone/);
    expect(inTypeScript.results.map(({ edge }) => edge.tier)).toEqual(['scope']);
    expect(inTypeScript.note).toBeUndefined();
  });
});
