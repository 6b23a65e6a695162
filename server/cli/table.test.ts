import { expect, it } from 'vitest';
import { alignRows } from './table.ts';

it('aligns columns, and lets a single long cell push its own row only', () => {
  const short = Array.from({ length: 10 }, (_, i) => [`a.ts:${i}`, 'call', 'f']);
  expect(alignRows([...short, ['b.ts:100', 'new', 'C', '']])).toEqual([
    ...short.map(([place]) => `${place}    call  f`),
    'b.ts:100  new   C',
  ]);
  const long = `${'x'.repeat(90)}.ts:1`;
  expect(alignRows([...short, [long, 'call', 'f']]).slice(9)).toEqual([
    'a.ts:9  call  f',
    `${long}  call  f`,
  ]);
  expect(alignRows([])).toEqual([]);
});
