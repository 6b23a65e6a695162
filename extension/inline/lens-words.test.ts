import { expect, it } from 'vitest';
import { lensWords } from './lens-words.ts';

const lens = {
  line: 0,
  symbolId: 'a',
  qualifiedName: 'a',
  kind: 'Function',
  callers: 1,
  callersLowerBound: false,
  tests: 0,
  testsFailing: 0,
} as const;

it('counts in words, and says when there may be more', () => {
  expect(lensWords(lens)).toBe('1 caller · 0 tests');
  expect(lensWords({ ...lens, callers: 1200, callersLowerBound: true, tests: 2, testsFailing: 1 })).toBe(
    '≥ 1,200 callers · 2 tests (1 failing)',
  );
});
