/** A linear congruential generator (Numerical Recipes, 1992): 0 to 1, equal for equal seeds. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
