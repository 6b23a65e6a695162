import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../server/protocol/run.ts';
import { bytesIn, eventually, makePlace, processesOf, type Place } from './support/place.ts';
import { startWeft, WeftServer } from './support/weft-server.ts';

/** Tests that, in the phase that WEFT_HOLD names, leave a child behind, say so, and never end. */
const NODE = {
  command: 'node --test',
  files: {
    'package.json': '{ "type": "module" }',
    'total.js':
      'export function total(prices) {\n  let sum = 0;\n  for (const price of prices) sum -= price;\n  return sum;\n}\n',
    'total.test.js': `
      import assert from 'node:assert/strict';
      import { spawn } from 'node:child_process';
      import { readFileSync, writeFileSync } from 'node:fs';
      import { test } from 'node:test';
      import { total } from './total.js';
      const isOriginal = readFileSync(new URL('./total.js', import.meta.url), 'utf8').includes('sum -= price');
      const phase = !process.execArgv.some((word) => word.endsWith('preload.mjs?coverage')) ? 'repair' : isOriginal ? 'tests' : 'prove';
      test('adds up', async () => {
        if (process.env.WEFT_HOLD === phase) {
          spawn('sleep', ['1000'], { stdio: 'ignore' });
          writeFileSync(process.env.WEFT_BEACON, '');
          await new Promise((resolve) => setTimeout(resolve, 1_000_000));
        }
        assert.equal(total([2, 3]), 5);
      });
      test('is nothing of nothing', () => assert.equal(Math.abs(total([])), 0));
    `,
  },
};

const PYTHON = {
  command: 'python3 -m pytest -q',
  files: {
    'total.py':
      'def total(prices):\n    result = 0\n    for price in prices:\n        result -= price\n    return result\n',
    'test_total.py': `
import os, subprocess, sys, time
from total import total

with open(os.path.join(os.path.dirname(__file__), "total.py")) as source:
    original = "result -= price" in source.read()


def phase():
    return "repair" if "weft_lines" not in sys.modules else "tests" if original else "prove"


def test_adds_up():
    if os.environ.get("WEFT_HOLD") == phase():
        subprocess.Popen(["sleep", "1000"])
        open(os.environ["WEFT_BEACON"], "w").close()
        time.sleep(1000)
    assert total([2, 3]) == 5


def test_is_nothing_of_nothing():
    assert total([]) == 0
`,
  },
};

/** A place whose tests hang in a phase; `held` resolves once they do. */
function heldIn(phase: string, files: Record<string, string>) {
  const place = makePlace(files);
  const beacon = path.join(place.home, 'held');
  const env = { WEFT_HOLD: phase, WEFT_BEACON: beacon };
  return { place, env, held: () => eventually(`the tests hang in "${phase}"`, () => existsSync(beacon)) };
}

const noneLeft = (place: Place) =>
  eventually('every process that was started has ended', () => processesOf(place.env).length === 0);

/** A fresh server: the killed run is told, and the same fix works and leaves nothing behind. */
async function fixesAfterwards(place: Place, command: string, phase: string): Promise<void> {
  const server = await WeftServer.start(place);
  const { runs } = await server.request('runs/list', {});
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ status: 'interrupted', command, written: [] });
  expect(runs[0]?.steps.map((step) => step.id)).toEqual(['tests', 'locate', 'repair', 'prove']);
  expect(runs[0]?.steps.find((step) => step.status === 'failed')).toMatchObject({
    id: phase,
    detail: 'interrupted',
  });

  const report = await server.request('fix/start', { testCommand: command });
  expect(report.status).toBe('fixed');
  const listed = (await server.request('runs/list', {})).runs.map((run) => run.status);
  expect(listed).toEqual(['fixed', 'interrupted']);
  await server.close();
  await noneLeft(place);
  expect(readdirSync(place.temporary)).toEqual([]);
}

describe.runIf(process.platform === 'linux')('a server killed in the middle of a fix', () => {
  const phases = ['tests', 'repair', 'prove'];
  const cases = [NODE, PYTHON].flatMap((project) => phases.map((phase) => ({ phase, ...project })));
  it.concurrent.each(cases)('in $phase of $command', async ({ phase, command, files }) => {
    const { place, env, held } = heldIn(phase, files);
    try {
      const before = bytesIn(place.root);
      const server = await WeftServer.start(place, { env });
      const fixing = server.request('fix/start', { testCommand: command });
      fixing.catch(() => undefined);
      await held();
      await server.kill();
      await expect(fixing).rejects.toThrow();
      await noneLeft(place);
      expect(bytesIn(place.root)).toEqual(before);
      await fixesAfterwards(place, command, phase);
      expect(bytesIn(place.root)).toEqual(before);
    } finally {
      await place.dispose();
    }
  });

  it.concurrent.each([NODE, PYTHON])(
    'as $command runs again on what was written',
    async ({ command, files }) => {
      // In the user's own files the tests run as in a candidate, without coverage.
      const { place, env, held } = heldIn('repair', files);
      try {
        const first = await WeftServer.start(place);
        const { runId } = await first.request('fix/start', { testCommand: command });
        const [proposed] = (await first.request('runs/list', {})).runs;
        const accepted = (proposed?.changes ?? []).map(({ file, hunks }) => ({
          file,
          hunkIds: hunks.map(({ id }) => id),
        }));
        await first.request('edits/apply', { runId, accepted });
        await first.close();
        const written = bytesIn(place.root);

        const server = await WeftServer.start(place, { env });
        server.request('runs/verify', { runId }).catch(() => undefined);
        await held();
        await server.kill();
        await noneLeft(place);
        expect(bytesIn(place.root)).toEqual(written);

        const next = await WeftServer.start(place);
        const [run] = (await next.request('runs/list', {})).runs;
        expect(run).toMatchObject({ runId, status: 'fixed', written: accepted.map(({ file }) => file) });
        expect(run?.changes.flatMap(({ hunks }) => hunks.map(({ decision }) => decision))).toEqual([
          'accepted',
        ]);
        expect(await next.request('runs/verify', { runId })).toMatchObject({ passed: 2, failed: 0 });
        await next.close();
        await noneLeft(place);
      } finally {
        await place.dispose();
      }
    },
  );

  it('as it locates the fault', async () => {
    const place = makePlace(NODE.files);
    try {
      const before = bytesIn(place.root);
      const server = await WeftServer.start(place);
      const located = new Promise<void>((resolve) => {
        server
          .request('fix/start', { testCommand: NODE.command }, (event: RunEvent) => {
            if (event.type === 'step' && event.id === 'locate') resolve();
          })
          .catch(() => undefined);
      });
      await located;
      await server.kill();
      await noneLeft(place);
      expect(bytesIn(place.root)).toEqual(before);
      const next = await WeftServer.start(place);
      const { runs } = await next.request('runs/list', {});
      expect(runs.map((run) => run.status)).toEqual(['interrupted']);
      await next.close();
    } finally {
      await place.dispose();
    }
  });
});

describe.runIf(process.platform === 'linux')('what a fix started', () => {
  it('ends with the editor that closes in the middle of it', async () => {
    const { place, env, held } = heldIn('tests', NODE.files);
    try {
      const server = await WeftServer.start(place, { env });
      server.request('fix/start', { testCommand: NODE.command }).catch(() => undefined);
      await held();
      await server.close();
      await noneLeft(place);
    } finally {
      await place.dispose();
    }
  });

  it.each(['SIGKILL', 'SIGINT'] as const)('ends with a command line that gets %s', async (signal) => {
    const { place, env, held } = heldIn('repair', PYTHON.files);
    try {
      const before = bytesIn(place.root);
      const { child, done } = startWeft(place, ['fix', place.root, '--test', PYTHON.command], { env });
      await held();
      child.kill(signal);
      const { status, stderr } = await done;
      await noneLeft(place);
      expect(bytesIn(place.root)).toEqual(before);
      if (signal === 'SIGKILL') return;
      expect(status).toBe(130);
      expect(stderr.trim().split('\n').at(-1)).toBe('weft: stopped; nothing was written');
      expect(readdirSync(place.temporary)).toEqual([]);
    } finally {
      await place.dispose();
    }
  });
});
