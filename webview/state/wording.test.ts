import { describe, expect, it } from 'vitest';
import { cost, countOf, duration, splitPath } from './wording.ts';

describe('wording', () => {
  it.each([
    [0, '0.0 s'],
    [0.64, '0.6 s'],
    [9.96, '10 s'],
    [59.6, '1 min 0 s'],
    [125, '2 min 5 s'],
    [14_220, '3 h 57 min'],
  ])('says %d seconds as %s', (seconds, words) => expect(duration(seconds)).toBe(words));

  it('says a count with its noun', () => {
    expect(countOf(1, 'file')).toBe('1 file');
    expect(countOf(9247, 'file')).toBe('9,247 files');
  });

  it('never calls an unknown price free', () => {
    expect(cost({ usd: null, tokensIn: 0, tokensOut: 0 })).toBe('no cost');
    expect(cost({ usd: null, tokensIn: 900, tokensOut: 100 })).toBe('1,000 tokens');
    expect(cost({ usd: 0.021, tokensIn: 9, tokensOut: 1 })).toBe('$0.02');
  });

  it('splits a path', () => {
    expect(splitPath('src/shop/cart.ts')).toEqual({ name: 'cart.ts', folder: 'src/shop' });
    expect(splitPath('cart.ts')).toEqual({ name: 'cart.ts', folder: '' });
  });
});
