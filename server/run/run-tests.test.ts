import os from 'node:os';
import { describe, expect, it } from 'vitest';
import { runTests } from './run-tests.ts';

const run = (script: string, timeoutMs = 10_000) =>
  runTests(
    { command: script, argv: ['sh', '-c', script], runner: 'command', cwd: os.tmpdir(), why: 'given' },
    { root: os.tmpdir(), timeoutMs },
  );

describe('a command of no known runner', () => {
  it('is one test that passes by exit code', async () => {
    expect((await run('exit 0')).tests).toMatchObject([{ id: 'exit 0', status: 'passed' }]);
    expect((await run('exit 3')).tests).toMatchObject([{ id: 'exit 3', status: 'failed' }]);
  });

  it('counts a time-out as no pass', async () => {
    expect((await run('sleep 60', 200)).tests).toMatchObject([{ status: 'timedOut' }]);
  });

  it('says which program is missing', async () => {
    const command = {
      command: 'x',
      argv: ['weft-no-such'],
      runner: 'command',
      cwd: os.tmpdir(),
      why: 'given',
    } as const;
    const outcome = await runTests(
      { ...command, argv: [...command.argv] },
      { root: os.tmpdir(), timeoutMs: 9_000 },
    );
    expect(outcome.status).toBe('notStarted');
    expect(outcome.output.head).toMatch(/no program "weft-no-such"/);
  });
});
