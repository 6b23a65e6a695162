import os from 'node:os';
import { describe, expect, it } from 'vitest';
import { cleanEnvironment, runChild } from './child-process.ts';

const options = { cwd: os.tmpdir(), env: cleanEnvironment(process.env), timeoutMs: 20_000 };

describe('a child process', () => {
  it('keeps head and tail of 100 MB of output', async () => {
    const result = await runChild(
      ['sh', '-c', 'echo first; head -c 100000000 /dev/zero; echo last'],
      options,
    );
    expect(result).toMatchObject({ status: 'completed', exitCode: 0 });
    expect(result.output.bytes).toBe(100_000_011);
    expect(result.output.head.startsWith('first\n')).toBe(true);
    expect(result.output.tail.endsWith('last\n')).toBe(true);
    expect(result.output.head.length + result.output.tail.length).toBe(128 * 1024);
  });

  it('kills the grandchildren of an endless command too', async () => {
    const result = await runChild(['sh', '-c', 'sleep 300 & echo $!; wait'], { ...options, timeoutMs: 300 });
    expect(result.status).toBe('timedOut');
    const grandchild = Number(result.output.head);
    expect(grandchild).toBeGreaterThan(1);
    await expect.poll(() => isRunning(grandchild), { timeout: 5_000 }).toBe(false);
  });

  it('has no stdin, and says when a program is not there', async () => {
    expect(await runChild(['sh', '-c', 'read line || exit 7'], options)).toMatchObject({ exitCode: 7 });
    expect(await runChild(['/no/such/program'], options)).toMatchObject({ status: 'notStarted' });
  });

  it('stops a memory bomb', async () => {
    const bomb = ['python3', '-c', 'x = bytearray(2_000_000_000)'];
    const result = await runChild(bomb, { ...options, maxMemoryMb: 512 });
    expect(result.exitCode).not.toBe(0);
    expect(result.output.head).toContain('MemoryError');
  });

  it('hides keys and what belongs to the editor', () => {
    const env = {
      A_API_KEY: 'x',
      GH_TOKEN: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      DB_PASSWORD_FILE: 'x',
      VSCODE_PID: '1',
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: '-r x',
    };
    expect(cleanEnvironment({ ...env, PATH: '/bin' })).toEqual({
      PATH: '/bin',
      CI: '1',
      PYTHONDONTWRITEBYTECODE: '1',
    });
  });
});

async function isRunning(pid: number): Promise<boolean> {
  const { readFile } = await import('node:fs/promises');
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !stat.includes(') Z ');
}
