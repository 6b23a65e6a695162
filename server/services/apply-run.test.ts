import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RunLog } from '../session/run-log.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import { diffToHunks } from '../workspace/diff.ts';
import { contentHash } from '../workspace/text.ts';
import { applyRun } from './apply-run.ts';

const BASE = 'one\r\ntwo\r\nthree\r\nfour\r\nfive\r\nsix\r\nseven\r\neight\r\nnine';
const NEXT = BASE.replace('two', 'TWO').replace('nine', 'NINE');

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'weft-')));
  root = path.join(folder, 'workspace');
  await fs.mkdir(root);
  vi.stubEnv('WEFT_STATE_FOLDER', path.join(folder, 'state'));
  await fs.writeFile(path.join(root, 'a.txt'), BASE);
  const runs = new RunLog(workspaceStateFolder(root));
  runs.append('r1', { type: 'started', runId: 'r1', title: 't', command: 'c', at: 1 });
  const format = { encoding: 'utf8', eol: 'crlf' } as const;
  const baseHash = contentHash(Buffer.from(BASE));
  runs.append('r1', {
    type: 'changes',
    changes: [{ file: 'a.txt', baseHash, format, hunks: diffToHunks(BASE, NEXT) }],
  });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await fs.rm(folder, { recursive: true, force: true });
});

const text = () => fs.readFile(path.join(root, 'a.txt'), 'utf8');

describe('applyRun', () => {
  it('writes every hunk, byte for byte, and says so in the run', async () => {
    expect(applyRun({ root, runId: 'r1' })).toEqual({ files: ['a.txt'] });
    expect(await text()).toBe(NEXT);
    const run = new RunLog(workspaceStateFolder(root)).get('r1');
    expect(run?.written).toEqual(['a.txt']);
    expect(run?.changes[0]?.hunks.map((hunk) => hunk.decision)).toEqual(['accepted', 'accepted']);
  });

  it('writes a hunk that is accepted later on top of the one before', async () => {
    applyRun({ root, runId: 'r1', accepted: [{ file: 'a.txt', hunkIds: ['h2'] }] });
    expect(await text()).toBe(BASE.replace('nine', 'NINE'));
    applyRun({ root, runId: 'r1', accepted: [{ file: 'a.txt', hunkIds: ['h1'] }] });
    expect(await text()).toBe(NEXT);
  });

  it('writes a hunk on top of one that the editor wrote', async () => {
    await fs.writeFile(path.join(root, 'a.txt'), BASE.replace('two', 'TWO'));
    const accepted = [{ file: 'a.txt', hunkIds: ['h1', 'h2'] }];
    expect(applyRun({ root, runId: 'r1', accepted })).toEqual({ files: ['a.txt'] });
    expect(await text()).toBe(NEXT);
  });

  it('writes a hunk again that the editor took back', async () => {
    applyRun({ root, runId: 'r1' });
    await fs.writeFile(path.join(root, 'a.txt'), BASE);
    applyRun({ root, runId: 'r1', accepted: [{ file: 'a.txt', hunkIds: ['h1'] }] });
    expect(await text()).toBe(BASE.replace('two', 'TWO'));
  });

  it('writes nothing where the hunks are in already, and says that they are', async () => {
    applyRun({ root, runId: 'r1' });
    expect(applyRun({ root, runId: 'r1' })).toEqual({ files: ['a.txt'] });
    expect(await text()).toBe(NEXT);
  });

  it('knows no hunk that is not of the run', () => {
    const accepted = [{ file: 'a.txt', hunkIds: ['h9'] }];
    expect(() => applyRun({ root, runId: 'r1', accepted })).toThrow('no such hunk');
  });

  it('leaves a file alone that somebody changed in between', async () => {
    applyRun({ root, runId: 'r1', accepted: [{ file: 'a.txt', hunkIds: ['h2'] }] });
    await fs.appendFile(path.join(root, 'a.txt'), '!');
    const before = await text();
    expect(() => applyRun({ root, runId: 'r1' })).toThrow(/changed since/);
    expect(await text()).toBe(before);
  });

  it('names a run that is not there', () => {
    expect(() => applyRun({ root, runId: 'nope' })).toThrow('no run "nope" in this workspace');
  });
});
