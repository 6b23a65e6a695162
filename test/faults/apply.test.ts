import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../server/protocol/run.ts';
import { RunLog } from '../../server/session/run-log.ts';
import { workspaceStateFolder } from '../../server/settings/state-folder.ts';
import { recoverWorkspace } from '../../server/services/recover-workspace.ts';
import { diffToHunks } from '../../server/workspace/diff.ts';
import { History } from '../../server/workspace/history.ts';
import { contentHash } from '../../server/workspace/text.ts';
import { bytesIn, makePlace, workspaceState, type Place } from './support/place.ts';
import { WeftServer, type DieAt } from './support/weft-server.ts';

const OLD = { 'a.txt': 'one\r\ntwo\r\n', 'b.txt': 'eins\nzwei' };
const NEW = { 'a.txt': 'one\r\nTWO\r\n', 'b.txt': 'EINS\nzwei' };

const preload = pathToFileURL(path.join(import.meta.dirname, 'support/die-at.mjs')).href;

let place: Place;
beforeEach(() => {
  place = makePlace({ ...OLD, 'c.txt': 'other' });
  vi.stubEnv('WEFT_STATE_FOLDER', place.state);
});
afterEach(() => {
  vi.unstubAllEnvs();
  return place.dispose();
});

/** A finished run that proposes to change these files; the hunks to accept. */
function proposeChanges(files: (keyof typeof OLD)[]) {
  const changes = files.map((file) => ({
    file,
    baseHash: contentHash(Buffer.from(OLD[file])),
    format: { encoding: 'utf8' as const, eol: 'lf' as const },
    hunks: diffToHunks(OLD[file], NEW[file]),
  }));
  const log = new RunLog(workspaceStateFolder(place.root, place.env));
  const events: RunEvent[] = [
    { type: 'started', runId: 'r1', title: 'Fix', command: 'true', at: 1 },
    { type: 'changes', changes },
  ];
  for (const event of events) log.append('r1', event);
  return changes.map(({ file, hunks }) => ({ file, hunkIds: hunks.map((hunk) => hunk.id) }));
}

/** Applies in a server that dies at a change of the disk; true where it lived to the end. */
async function applyWith(dieAt: DieAt, accepted: ReturnType<typeof proposeChanges>): Promise<boolean> {
  const server = await WeftServer.start(place, { dieAt });
  const lived = await server.request('edits/apply', { runId: 'r1', accepted }).then(
    () => true,
    () => false,
  );
  await server.kill();
  return lived;
}

/** The user's files, and what a killed write left beside them. */
function workspaceNow() {
  const all = Object.entries(bytesIn(place.root));
  const isStray = ([name]: [string, string]) => name.startsWith('.weft-');
  return {
    files: Object.fromEntries(all.filter((entry) => !isStray(entry))),
    strays: all.filter(isStray).map(([name]) => name),
  };
}

describe('a server killed while it writes accepted hunks', () => {
  it.each<[string, DieAt, 'old' | 'new']>([
    ['the journal is half written', { file: 'journal.json', call: 'writeFileSync', half: true }, 'old'],
    ['the original is half saved', { file: '0.before', call: 'writeFileSync', half: true }, 'old'],
    ['the manifest is half saved', { file: 'manifest.json', call: 'writeFileSync', half: true }, 'old'],
    ['the new file is to be made', { file: '.new', call: 'openSync' }, 'old'],
    ['the new file is half written', { file: '.new', call: 'writeFileSync', half: true }, 'old'],
    ['the old file gets its second name', { file: '.old', call: 'linkSync' }, 'old'],
    ['the new file takes its place', { file: '.new', call: 'renameSync' }, 'old'],
    ['the second name is to go', { file: '.old', call: 'rmSync' }, 'new'],
    ['the journal is to go', { file: 'journal.json', call: 'rmSync', nth: 3 }, 'new'],
    ['the log is half written', { file: 'r1.jsonl', call: 'writeFileSync', half: true }, 'new'],
  ])('as %s leaves the file old or new, and nothing beside it', async (_, dieAt, state) => {
    const accepted = proposeChanges(['a.txt']);
    expect(await applyWith(dieAt, accepted)).toBe(false);
    const expected = { ...OLD, ...(state === 'new' ? { 'a.txt': NEW['a.txt'] } : {}), 'c.txt': 'other' };
    expect(workspaceNow().files).toEqual(expected);

    const server = await WeftServer.start(place);
    expect(workspaceNow()).toEqual({ files: expected, strays: [] });
    const [run] = (await server.request('runs/list', {})).runs;
    expect(run).toMatchObject({ runId: 'r1', changes: [{ file: 'a.txt' }] });
    expect(await server.request('edits/apply', { runId: 'r1', accepted })).toEqual({ files: ['a.txt'] });
    expect(workspaceNow().files['a.txt']).toBe(NEW['a.txt']);
    await server.close();
  });
});

/** Applies in a process that does nothing else, and dies at a change of the disk; false where it lived. */
function diesApplying(dieAt: DieAt): boolean {
  const program = path.join(place.home, 'apply-run.mjs');
  // Packed, it starts several times as fast.
  if (!existsSync(program))
    buildSync({
      entryPoints: [path.join(import.meta.dirname, 'support/apply-run.ts')],
      ...{ outfile: program, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' },
    });
  const { status, signal, stderr } = spawnSync(
    process.execPath,
    [`--import=${preload}`, program, place.root, 'r1'],
    { env: { ...place.env, WEFT_DIE_AT: JSON.stringify(dieAt) }, encoding: 'utf8' },
  );
  if (signal === 'SIGKILL') return true;
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return false;
}

describe('a process killed while it writes two files', () => {
  it('at any change of the disk leaves both old or both new, once the next one has started', () => {
    const whole = { old: { ...OLD, 'c.txt': 'other' }, new: { ...NEW, 'c.txt': 'other' } };
    const seen: string[] = [];
    for (let nth = 1; ; nth++) {
      for (const file of ['a.txt', 'b.txt'] as const) writeFileSync(path.join(place.root, file), OLD[file]);
      rmSync(place.state, { recursive: true, force: true });
      proposeChanges(['a.txt', 'b.txt']);
      const died = diesApplying({ nth });
      const said = recoverWorkspace(place.root, new RunLog(workspaceStateFolder(place.root, place.env)));
      const { files, strays } = workspaceNow();
      const outcome = files['a.txt'] === OLD['a.txt'] ? 'old' : 'new';
      expect({ nth, files, strays }).toEqual({ nth, files: whole[outcome], strays: [] });
      const state = workspaceState(place);
      expect(readdirSync(state).filter((name) => name.startsWith('journal'))).toEqual([]);
      const steps = new History(state).steps();
      expect(steps).toHaveLength(outcome === 'old' ? 0 : 1);
      if (said?.includes('taken back')) seen.push('taken back');
      if (said?.includes('is whole')) seen.push('whole');
      if (!died) break;
    }
    expect(new Set(seen)).toEqual(new Set(['taken back', 'whole']));
  });

  it('never overwrites what was edited before the next start, and says so', () => {
    proposeChanges(['a.txt', 'b.txt']);
    expect(diesApplying({ call: 'renameSync', file: `${place.root}/b.txt` })).toBe(true);
    expect(workspaceNow().files).toMatchObject({ 'a.txt': NEW['a.txt'], 'b.txt': OLD['b.txt'] });
    const edited = `${NEW['a.txt']}mine`;
    writeFileSync(path.join(place.root, 'a.txt'), edited);
    expect(recoverWorkspace(place.root)).toMatch(
      /interrupted.*; a\.txt was edited since and is left as it is$/,
    );
    expect(workspaceNow()).toEqual({
      files: { 'a.txt': edited, 'b.txt': OLD['b.txt'], 'c.txt': 'other' },
      strays: [],
    });
    // What it was before is kept, for the step that is left of the change.
    expect(
      new History(workspaceState(place)).steps().map(({ files }) => files.map(({ file }) => file)),
    ).toEqual([['a.txt']]);
  });
});
