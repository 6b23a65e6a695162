import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../protocol/run.ts';
import { RunLog } from './run-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'weft-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const started = (runId: string, at: number): RunEvent => ({
  type: 'started',
  runId,
  title: 'fix',
  command: 'pytest',
  at,
});
const plan: RunEvent = { type: 'plan', steps: [{ id: 'a', title: 'Locate', status: 'running' }] };

describe('RunLog', () => {
  it('rebuilds a run from its events in another process', () => {
    const log = new RunLog(folder);
    log.append('r1', started('r1', 1));
    log.append('r1', plan);
    expect(log.get('r1')?.steps[0]?.status).toBe('running');

    const reopened = new RunLog(folder).get('r1');
    expect(reopened?.status).toBe('interrupted');
    expect(reopened?.steps[0]).toMatchObject({ status: 'failed', detail: 'interrupted' });
  });

  it('leaves out a torn last line and keeps everything before it', () => {
    const log = new RunLog(folder);
    log.append('r1', started('r1', 1));
    log.append('r1', plan);
    appendFileSync(path.join(folder, 'runs', 'r1.jsonl'), '{"type":"step","id":"a","sta');
    expect(new RunLog(folder).get('r1')?.steps).toHaveLength(1);
  });

  it('lists runs newest first and keeps a bounded number', () => {
    const log = new RunLog(folder);
    for (let i = 0; i < 60; i++) log.append(`r${i}`, started(`r${i}`, i));
    const ids = log.list().map((r) => r.runId);
    expect(ids[0]).toBe('r59');
    expect(readdirSync(path.join(folder, 'runs'))).toHaveLength(50);
  });
});
