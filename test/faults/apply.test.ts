import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../server/protocol/run.ts';
import { RunLog } from '../../server/session/run-log.ts';
import { workspaceStateFolder } from '../../server/settings/state-folder.ts';
import { diffToHunks } from '../../server/workspace/diff.ts';
import { contentHash } from '../../server/workspace/text.ts';
import type { BackupManifest } from '../../server/workspace/transaction.ts';
import { bytesIn, makePlace, workspaceState, type Place } from './support/place.ts';
import { WeftServer, type DieAt } from './support/weft-server.ts';

const OLD = { 'a.txt': 'one\r\ntwo\r\n', 'b.txt': 'eins\nzwei' };
const NEW = { 'a.txt': 'one\r\nTWO\r\n', 'b.txt': 'EINS\nzwei' };

let place: Place;
beforeEach(() => {
  place = makePlace({ ...OLD, 'c.txt': 'other' });
});
afterEach(() => place.dispose());

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
  it.each<[string, DieAt, 'old' | 'new', number]>([
    ['the original is half saved', { file: 'r1/0/0', call: 'writeFileSync', half: true }, 'old', 0],
    ['the manifest is half saved', { file: 'manifest.json', call: 'writeFileSync', half: true }, 'old', 0],
    ['the new file is to be made', { file: '.new', call: 'openSync' }, 'old', 0],
    ['the new file is half written', { file: '.new', call: 'writeFileSync', half: true }, 'old', 1],
    ['the old file gets its second name', { file: '.old', call: 'linkSync' }, 'old', 1],
    ['the new file takes its place', { file: '.new', call: 'renameSync' }, 'old', 2],
    ['the second name is to go', { file: '.weft-', call: 'rmSync', nth: 2 }, 'new', 1],
    ['the log is half written', { file: 'r1.jsonl', call: 'writeFileSync', half: true }, 'new', 0],
  ])('as %s leaves the file old or new, never torn', async (_, dieAt, state, strays) => {
    const accepted = proposeChanges(['a.txt']);
    expect(await applyWith(dieAt, accepted)).toBe(false);
    const now = workspaceNow();
    expect(now.files).toEqual({
      ...OLD,
      ...(state === 'new' ? { 'a.txt': NEW['a.txt'] } : {}),
      'c.txt': 'other',
    });
    // Taken away with the journal to come; until then they lie beside the file, under names that say whose they are.
    expect(now.strays).toHaveLength(strays);

    const server = await WeftServer.start(place);
    const [run] = (await server.request('runs/list', {})).runs;
    expect(run).toMatchObject({ runId: 'r1', changes: [{ file: 'a.txt' }] });
    expect(await server.request('edits/apply', { runId: 'r1', accepted })).toEqual({ files: ['a.txt'] });
    expect(workspaceNow().files['a.txt']).toBe(NEW['a.txt']);
    await server.close();
  });

  it('between two renames leaves whole files, and the originals with a manifest that says where they belong', async () => {
    const accepted = proposeChanges(['a.txt', 'b.txt']);
    expect(await applyWith({ call: 'renameSync', file: place.root, nth: 2 }, accepted)).toBe(false);
    expect(workspaceNow().files).toEqual({ ...OLD, 'a.txt': NEW['a.txt'], 'c.txt': 'other' });
    const backups = path.join(workspaceState(place), 'backups', 'r1', '0');
    expect(readdirSync(backups).sort()).toEqual(['0', '1', 'manifest.json']);
    const manifest = JSON.parse(readFileSync(path.join(backups, 'manifest.json'), 'utf8')) as BackupManifest;
    for (const { file, backup, path: target, hash, newHash } of manifest.files) {
      expect(target).toBe(path.join(place.root, file));
      expect(readFileSync(path.join(backups, backup), 'utf8')).toBe(OLD[file as keyof typeof OLD]);
      expect([hash, newHash]).toContain(contentHash(readFileSync(target)));
    }
  });
});
