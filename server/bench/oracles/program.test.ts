import { expect, test } from 'vitest';
import { canRun, go, java } from './program.ts';
import { goSample, javaSample, judgeSample } from './samples.ts';

/** Rust's takes a long time to build: `npm run bench` gives it its sample before it asks it for more. */
const ORACLES = [
  { program: java, sample: javaSample },
  { program: go, sample: goSample },
];

for (const { program, sample } of ORACLES) {
  const runs = canRun(program);
  const why = `the ${program.name} oracle needs ${program.needs}; install it and type: npm test -- unit`;
  if (!runs && process.env.WEFT_REQUIRE === 'all') throw new Error(why);
  if (!runs) console.warn(`skipped: ${why}`);
  test.skipIf(!runs)(`${program.name}: the sites of its sample`, { timeout: 300_000 }, async () => {
    expect(await judgeSample(program, sample)).toEqual(sample.sites);
  });
}
