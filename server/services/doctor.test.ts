import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { doctor } from './doctor.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'weft-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const check = async (env: NodeJS.ProcessEnv, name: string) =>
  (await doctor({ env, root: folder })).checks.find((c) => c.name === name);

describe('doctor', () => {
  it('gives the remedy for what is missing', async () => {
    expect(await check({ PATH: folder }, 'git')).toMatchObject({
      status: 'missing',
      remedy: expect.stringContaining('git') as string,
    });
  });

  it('says what a program on PATH answers', async () => {
    const git = path.join(folder, 'git');
    writeFileSync(git, '#!/bin/sh\necho git version 9.9.9\n');
    chmodSync(git, 0o755);
    expect(await check({ PATH: folder }, 'git')).toMatchObject({
      status: 'found',
      detail: 'git version 9.9.9',
    });
  });

  it('says what it would run the tests of the workspace with', async () => {
    expect(await check({}, 'test command')).toMatchObject({ status: 'warning' });
    writeFileSync(path.join(folder, 'a.test.mjs'), "import test from 'node:test';\n");
    expect(await check({}, 'test command')).toMatchObject({
      status: 'found',
      detail: 'node --test (a.test.mjs imports node:test)',
    });
  });

  it('tells a state folder that cannot be written', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const state = (place: string) => check({ WEFT_STATE_FOLDER: place }, 'state folder');
    expect(await state(path.join(file, 'x'))).toMatchObject({ status: 'missing' });
    expect(await state(path.join(folder, 'new/x'))).toMatchObject({ status: 'found' });
  });

  it('names a model key and never shows its value', async () => {
    const env = { PATH: folder, OPENAI_API_KEY: 'sk-very-secret' };
    const report = await doctor({ env, root: folder });
    expect(JSON.stringify(report)).toContain('OPENAI_API_KEY');
    expect(JSON.stringify(report)).not.toContain('sk-very-secret');
  });
});
