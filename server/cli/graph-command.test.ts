import { expect, it } from 'vitest';
import { wantedSymbol } from './graph-command.ts';

it('takes a symbol alone as one of the folder we are in', () => {
  expect(wantedSymbol('callers', ['total'])).toEqual({ folder: '.', symbol: 'total' });
  expect(wantedSymbol('callers', ['ws', 'total'])).toEqual({ folder: 'ws', symbol: 'total' });
  for (const none of [[], ['.'], [import.meta.dirname]])
    expect(() => wantedSymbol('callers', none)).toThrow(/give a directory and a symbol/);
});
