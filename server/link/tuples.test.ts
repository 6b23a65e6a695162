import { expect, test } from 'vitest';
import { Tuples } from './tuples.ts';

function numberOf(tuples: Tuples, key: readonly number[]): number {
  tuples.start();
  for (const value of key) tuples.push(value);
  return tuples.number();
}

test('numbers equal keys alike, whatever their length, and others in the order they came', () => {
  const tuples = new Tuples();
  const expected = new Map<string, number>();
  let seed = 7;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return (seed >>> 16) % below;
  };
  for (let i = 0; i < 20_000; i++) {
    const key = Array.from({ length: random(5) }, () => random(12) - 2);
    const text = key.join();
    if (!expected.has(text)) expected.set(text, expected.size);
    expect(numberOf(tuples, key), `[${text}]`).toBe(expected.get(text));
  }
  expect(tuples.count).toBe(expected.size);
  expect(expected.size).toBeGreaterThan(3000);
});

test('a key that was told and not numbered leaves nothing', () => {
  const tuples = new Tuples();
  tuples.start();
  tuples.push(1);
  expect(numberOf(tuples, [2])).toBe(0);
  expect(numberOf(tuples, [1])).toBe(1);
});
