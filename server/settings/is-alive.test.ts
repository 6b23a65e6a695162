import { spawn, spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { isAlive } from './is-alive.ts';

it('knows running processes, ended ones, and on Linux those that nobody waited for', async () => {
  expect(isAlive(process.pid)).toBe(true);
  expect(isAlive(spawnSync(process.execPath, ['--version']).pid)).toBe(false);
  if (process.platform !== 'linux') return;
  // The shell's child ends and stays unreaped, since `exec` leaves nobody who waits for it.
  const parent = spawn('/bin/sh', ['-c', 'true & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const pid = await new Promise<number>((resolve) =>
    parent.stdout.once('data', (text) => resolve(Number(text))),
  );
  await expect.poll(() => isAlive(pid)).toBe(false);
  parent.kill('SIGKILL');
});
