import { expect, it } from 'vitest';
import { parseFile } from '../index/parse-file.ts';
import { linkWorkspace } from './link-workspace.ts';

it.each([
  ['a call', 'def f():\n    x = x.strip(1)\n    x.y(2)\n    x()\n'],
  ['a member', 'def f():\n    x = x.y\n    x.z()\n    x()\n'],
])('a name that is assigned from %s of itself alone ends no link', async (_, text) => {
  const linked = await linkWorkspace(new Map([['a.py', await parseFile('a.py', text)]]));
  expect(linked.unresolved.names).toContain(text.includes('.z') ? 'z' : 'strip');
});
