import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OverlayStore } from '../../server/graph/overlays/overlay-store.ts';
import { eventually } from './support/place.ts';
import { seeded } from './support/seeded.ts';

const PROCESSES = 3;
const TIMES = 60;

let state: string;
beforeEach(() => {
  state = mkdtempSync(path.join(os.tmpdir(), 'weft-'));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

function write(name: string, times: number) {
  const program = path.join(import.meta.dirname, 'support/overlay-writer.ts');
  const child = spawn(process.execPath, [program, state, name, String(times)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  return { child, ended: new Promise<string>((resolve) => child.once('close', () => resolve(said))) };
}

it('keeps every row that several processes write at once', async () => {
  const told = await Promise.all(Array.from({ length: PROCESSES }, (_, i) => write(`p${i}`, TIMES).ended));
  expect(told.join('')).toBe('');
  const { confirmations, coverage } = new OverlayStore(state).read();
  expect({ sites: confirmations.length, tests: coverage.length }).toEqual({
    sites: PROCESSES * TIMES,
    tests: PROCESSES * TIMES,
  });
  expect(readdirSync(state)).toHaveLength(2);
});

it('is not damaged by writers that are killed, and loses nothing that one of them wrote', async () => {
  const random = seeded();
  const writers = Array.from({ length: PROCESSES }, (_, i) => write(`p${i}`, 100_000));
  await eventually('they are at work', () => readdirSync(state).some((name) => /-\d\d+\.json$/.test(name)));
  await sleep(random.next() * 500);
  for (const { child } of writers) child.kill('SIGKILL');
  await Promise.all(writers.map(({ ended }) => ended));
  const { confirmations, coverage } = new OverlayStore(state).read();
  // Each wrote its rows one after the other: what is kept has no gap.
  for (const rows of [confirmations.map(({ file }) => file), coverage.map(({ file }) => file)])
    expect(rows.length, `WEFT_SEED=${random.seed}`).toBeGreaterThan(0);
  for (let i = 0; i < PROCESSES; i++) {
    const lines = confirmations
      .flatMap(({ file, line }) => (file === `p${i}.ts` ? [line] : []))
      .sort((a, b) => a - b);
    expect(lines, `WEFT_SEED=${random.seed}`).toEqual(lines.map((_, n) => n));
  }
  const after = write('after', 3);
  expect(await after.ended).toBe('');
  expect(new OverlayStore(state).read().confirmations.filter(({ file }) => file === 'after.ts')).toHaveLength(
    3,
  );
  expect(readdirSync(state).filter((name) => !/^\w+-\d+\.json$/.test(name))).toEqual([]);
});
