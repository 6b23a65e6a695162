import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const entry = path.join(import.meta.dirname, 'main.ts');

function weft(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('weft', () => {
  it('answers a command that does not exist with one line and exit 2', () => {
    const { status, stdout, stderr } = weft('frobnicate');
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toEqual(['weft: weft frobnicate: no such command; see "weft help"']);
  });

  it('says that a reserved command is not yet available', () => {
    expect(weft('review', '.')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('not yet available') as string,
    });
  });

  it('prints one JSON object and nothing else on stdout with --json', () => {
    const { status, stdout } = weft('doctor', '--json');
    expect(status).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toHaveProperty('checks');
  });

  it('refuses a directory that is missing, with exit 2', () => {
    expect(weft('doctor', '/no/such place/ü')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no such directory') as string,
    });
  });

  it('refuses an unknown option, with exit 2', () => {
    expect(weft('doctor', '--frob')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--frob') as string,
    });
  });
});
