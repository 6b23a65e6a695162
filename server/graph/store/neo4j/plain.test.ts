import { expect, it } from 'vitest';
import { plain } from './plain.ts';

const node = (properties: Record<string, unknown>) => ({ identity: 1, labels: ['Class'], properties });
const relationship = (properties: Record<string, unknown>) => ({ identity: 2, type: 'CALLS', properties });

it('shows nodes and relationships by the properties of the schema, and never the workspace', () => {
  expect(plain(node({ id: 'a', name: 'n', workspace: 'w' }))).toEqual({
    ...{ id: 'a', name: 'n', kind: null, qualifiedName: null, file: null, startLine: null },
    ...{ endLine: null, signature: null, exported: null, language: null, doc: null },
  });
  expect(plain([relationship({ kind: 'CALLS', count: 2 })])).toMatchObject([{ kind: 'CALLS', count: 2 }]);
});

it('shows a path by its nodes and relationships', () => {
  const [a, b] = [node({ id: 'a' }), node({ id: 'b' })];
  const path = {
    start: a,
    end: b,
    segments: [{ start: a, relationship: relationship({}), end: b }],
    length: 1,
  };
  expect(plain(path)).toMatchObject({ nodes: [{ id: 'a' }, { id: 'b' }], relationships: [{ kind: null }] });
  expect(plain({ start: a, end: a, segments: [], length: 0 })).toMatchObject({ nodes: [{ id: 'a' }] });
});

it.each([
  [undefined, null],
  [2n ** 60n, String(2n ** 60n)],
  [7n, 7],
  [{ a: [1, { b: null }] }, { a: [1, { b: null }] }],
  [new Date(0), new Date(0).toString()],
])('makes JSON of %o', (value, json) => {
  expect(plain(value)).toEqual(json);
});
