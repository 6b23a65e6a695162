/**
 * Numbers from 0 to 1 that are equal for equal seeds (mulberry32, Tommy Ettinger, public domain): WEFT_SEED, or one of
 * now, which a failing test says.
 */
export interface Seeded {
  seed: number;
  next(): number;
  /** From 0 to `below` - 1. */
  whole(below: number): number;
}

export function seeded(seed = Number(process.env.WEFT_SEED ?? Date.now() % 1_000_000)): Seeded {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { seed, next, whole: (below) => Math.floor(next() * below) };
}
