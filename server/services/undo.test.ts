import * as fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../protocol/user-error.ts';
import { RunLog } from '../session/run-log.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import { diffToHunks } from '../workspace/diff.ts';
import { contentHash, decodeText } from '../workspace/text.ts';
import { writeFiles } from '../workspace/write-files.ts';
import { applyRun } from './apply-run.ts';
import { recordEditorWrite } from './record-editor-write.ts';
import { undo } from './undo.ts';

const BASE = { 'a.txt': 'one\r\ntwo\r\nthree\r\nfour\r\nfive\r\nsix', 'd/b.txt': 'eins\nzwei\ndrei\n' };
const NEXT = { 'a.txt': 'ONE\r\ntwo\r\nthree\r\nfour\r\nfive\r\nSIX', 'd/b.txt': 'eins\nZWEI\ndrei\n' };
type Name = keyof typeof BASE;

let folder: string;
let root: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'weft-')));
  root = path.join(folder, 'workspace');
  fs.mkdirSync(path.join(root, 'd'), { recursive: true });
  vi.stubEnv('WEFT_STATE_FOLDER', path.join(folder, 'state'));
  for (const [file, text] of Object.entries(BASE)) write(file, text);
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true, force: true });
});

const write = (file: string, text: string) => fs.writeFileSync(path.join(root, file), text);
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const now = () => ({ 'a.txt': read('a.txt'), 'd/b.txt': read('d/b.txt') });
const log = () => new RunLog(workspaceStateFolder(root));

/** A run that proposes to turn the files from what they are now into others. */
function propose(runId: string, next: Partial<Record<Name, string>> = NEXT) {
  const runs = log();
  runs.append(runId, { type: 'started', runId, title: `Do ${runId}`, command: 'c', at: 1 });
  const changes = Object.entries(next).map(([file, text]) => {
    const bytes = fs.readFileSync(path.join(root, file));
    const { text: base, format } = decodeText(bytes);
    return { file, baseHash: contentHash(bytes), format, hunks: diffToHunks(base, text) };
  });
  runs.append(runId, { type: 'changes', changes });
}

function refusal(act: () => unknown): UserError {
  const before = now();
  try {
    act();
  } catch (error) {
    expect(now()).toEqual(before);
    if (UserError.is(error)) return error;
    throw error;
  }
  throw new Error('was not refused');
}

const decisions = (runId: string) =>
  log()
    .get(runId)
    ?.changes.flatMap(({ hunks }) => hunks.map(({ decision }) => decision));

describe('undo', () => {
  it('gives back every byte of what a run wrote, and redo what it wrote', () => {
    propose('r1');
    fs.chmodSync(path.join(root, 'a.txt'), 0o750);
    applyRun({ root, runId: 'r1' });
    expect(undo({ root })).toEqual({
      ...{ status: 'undone', runId: 'r1', title: 'Do r1', steps: [1] },
      files: [
        { file: 'a.txt', change: 'restored' },
        { file: 'd/b.txt', change: 'restored' },
      ],
    });
    expect(now()).toEqual(BASE);
    expect(fs.statSync(path.join(root, 'a.txt')).mode & 0o777).toBe(0o750);
    expect(decisions('r1')).toEqual(['pending', 'pending', 'pending']);
    expect(undo({ root, redo: true })).toMatchObject({ status: 'redone', runId: 'r1', steps: [1] });
    expect(now()).toEqual(NEXT);
    expect(decisions('r1')).toEqual(['accepted', 'accepted', 'accepted']);
    undo({ root });
    expect(now()).toEqual(BASE);
  });

  it('goes back run by run, and forth again', () => {
    propose('r1');
    applyRun({ root, runId: 'r1' });
    propose('r2', { 'a.txt': NEXT['a.txt'].replace('ONE', '1') });
    applyRun({ root, runId: 'r2' });
    const both = now();
    expect(undo({ root }).runId).toBe('r2');
    expect(now()).toEqual(NEXT);
    expect(undo({ root }).runId).toBe('r1');
    expect(now()).toEqual(BASE);
    expect(refusal(() => undo({ root })).message).toMatch(/^nothing to take back/);
    undo({ root, redo: true });
    expect(now()).toEqual(NEXT);
    undo({ root, redo: true });
    expect(now()).toEqual(both);
    expect(refusal(() => undo({ root, redo: true })).message).toMatch(/^nothing to bring back/);
  });

  it('takes back all writes of a run at once, or one of them', () => {
    propose('r1', { 'a.txt': NEXT['a.txt'] });
    for (const hunkIds of [['h1'], ['h2']])
      applyRun({ root, runId: 'r1', accepted: [{ file: 'a.txt', hunkIds }] });
    expect(undo({ root, runId: 'r1', step: 1 })).toMatchObject({ steps: [1], files: [{ change: 'merged' }] });
    expect(read('a.txt')).toBe(BASE['a.txt'].replace('six', 'SIX'));
    expect(decisions('r1')).toEqual(['pending', 'accepted']);
    undo({ root, redo: true });
    expect(undo({ root })).toMatchObject({ steps: [1, 2], files: [{ change: 'restored' }] });
    expect(now()).toEqual(BASE);
  });

  it('keeps what was edited since in other lines', () => {
    propose('r1');
    applyRun({ root, runId: 'r1' });
    write('a.txt', NEXT['a.txt'].replace('three', 'mine'));
    expect(undo({ root }).files).toEqual([
      { file: 'a.txt', change: 'merged' },
      { file: 'd/b.txt', change: 'restored' },
    ]);
    expect(now()).toEqual({ ...BASE, 'a.txt': BASE['a.txt'].replace('three', 'mine') });
    undo({ root, redo: true });
    expect(read('a.txt')).toBe(NEXT['a.txt'].replace('three', 'mine'));
  });

  it('changes no file where one was edited in the same lines, and names it', () => {
    propose('r1');
    applyRun({ root, runId: 'r1' });
    write('d/b.txt', 'eins\nmine\ndrei\n');
    const error = refusal(() => undo({ root }));
    expect(error.reason).toBe('notAchieved');
    expect(error.message).toBe(
      'd/b.txt was edited since in the same lines; no file was changed. Take your edit there back first',
    );
    expect(error.details).toMatchObject({
      status: 'conflict',
      runId: 'r1',
      conflicts: [{ file: 'd/b.txt' }],
    });
  });

  it('names a file that is gone, or leads elsewhere', () => {
    propose('r1');
    applyRun({ root, runId: 'r1' });
    fs.rmSync(path.join(root, 'a.txt'));
    expect(() => undo({ root })).toThrow(/^a\.txt was removed since; no file/);
    fs.symlinkSync('d/b.txt', path.join(root, 'a.txt'));
    expect(() => undo({ root })).toThrow(/^a\.txt is another file since; no file/);
  });

  it('knows what was taken back by other means', () => {
    propose('r1');
    applyRun({ root, runId: 'r1' });
    for (const file of ['a.txt', 'd/b.txt'] as const) write(file, BASE[file]);
    expect(undo({ root }).files.map(({ change }) => change)).toEqual(['unchanged', 'unchanged']);
    expect(refusal(() => undo({ root })).message).toMatch(/nothing to take back/);
    expect(refusal(() => undo({ root, runId: 'r1' })).message).toMatch(/taken back already/);
  });

  it('knows what the editor wrote', () => {
    propose('r1', { 'a.txt': NEXT['a.txt'] });
    const runs = log();
    write('a.txt', BASE['a.txt'].replace('one', 'ONE'));
    recordEditorWrite({ root, runId: 'r1', files: ['a.txt'], runs });
    runs.append('r1', { type: 'decision', file: 'a.txt', hunkId: 'h1', decision: 'accepted' });
    write('a.txt', NEXT['a.txt']);
    recordEditorWrite({ root, runId: 'r1', files: ['a.txt'], runs });
    undo({ root, runId: 'r1', step: 2 });
    expect(read('a.txt')).toBe(BASE['a.txt'].replace('one', 'ONE'));
    undo({ root });
    expect(now()).toEqual(BASE);
  });

  it('removes files that were made and brings removed ones back', () => {
    const options = {
      stateFolder: workspaceStateFolder(root),
      step: { runId: 'r1', kind: 'apply' as const, takesBack: [] },
    };
    const edit = (file: string, before?: string, after?: string) => ({
      ...{ file, target: path.join(root, file), mode: 0o640, hunkIds: [] },
      ...{ before: before === undefined ? before : Buffer.from(before) },
      ...{ after: after === undefined ? after : Buffer.from(after) },
    });
    fs.chmodSync(path.join(root, 'a.txt'), 0o640);
    writeFiles([edit('new/deep/c.txt', undefined, 'c'), edit('a.txt', BASE['a.txt'])], options);
    expect(fs.readdirSync(root, { recursive: true }).sort()).toEqual([
      'd',
      'd/b.txt',
      'new',
      'new/deep',
      'new/deep/c.txt',
    ]);
    expect(undo({ root }).files.map(({ change }) => change)).toEqual(['removed', 'made']);
    expect(fs.readdirSync(root, { recursive: true }).sort()).toEqual(['a.txt', 'd', 'd/b.txt']);
    expect(now()).toEqual(BASE);
    expect(fs.statSync(path.join(root, 'a.txt')).mode & 0o777).toBe(0o640);
    undo({ root, redo: true });
    write('new/deep/c.txt', 'mine');
    expect(() => undo({ root })).toThrow(
      /c\.txt was edited since, and would have to go; no file was changed/,
    );
    expect(read('new/deep/c.txt')).toBe('mine');
  });

  it('names runs and steps that are not there', () => {
    expect(() => undo({ root, runId: 'nope' })).toThrow('run "nope" has written no file of this workspace');
    propose('r1');
    applyRun({ root, runId: 'r1' });
    expect(() => undo({ root, runId: 'r1', step: 2 })).toThrow('run "r1" has no step 2; it wrote 1 times');
  });
});
