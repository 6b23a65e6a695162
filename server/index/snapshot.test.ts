import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { emptyFacts } from './facts.ts';
import {
  packEntries,
  readSnapshot,
  SnapshotLog,
  writeSnapshot,
  type Entry,
  type Snapshot,
} from './snapshot.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'weft-snapshot-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = () => path.join(folder, 'facts.bin');

function entry(file: string, hash: string): Entry {
  return [file, { size: 1, mtimeMs: 2, ctimeMs: 3, hash, facts: emptyFacts('java') }];
}

function add(entries: readonly Entry[], read = readSnapshot(folder)): void {
  const log = new SnapshotLog(folder, read, read.snapshot);
  log.add(packEntries(entries), entries.length);
  log.close();
}

const hashes = (snapshot: Snapshot) =>
  Object.fromEntries([...snapshot].map(([file, { hash }]) => [file, hash]));

it('grows, and the later entry of a file is the one that is meant', () => {
  add([entry('a', '1'), entry('b', '1')]);
  add([entry('b', '2'), entry('c', '1')]);
  const { snapshot, entries, discarded } = readSnapshot(folder);
  expect(hashes(snapshot)).toEqual({ a: '1', b: '2', c: '1' });
  expect(snapshot.get('b')?.facts).toEqual(emptyFacts('java'));
  expect(entries).toBe(4);
  expect(discarded).toBeUndefined();
});

it('keeps what stands before a frame that was cut off, and goes on after it', () => {
  add([entry('a', '1')]);
  const whole = statSync(at()).size;
  add([entry('b', '1')]);
  for (const length of [whole + 1, whole + 10, statSync(at()).size - 1]) {
    const bytes = readFileSync(at());
    writeFileSync(at(), bytes.subarray(0, length));
    const read = readSnapshot(folder);
    expect(hashes(read.snapshot)).toEqual({ a: '1' });
    expect(read.discarded).toBe('the saved index is damaged in part, which is made anew');
    add([entry('b', '2')], read);
    expect(hashes(readSnapshot(folder).snapshot)).toEqual({ a: '1', b: '2' });
    writeFileSync(at(), bytes);
  }
});

it('uses nothing of another version, and nothing whose sum is wrong', () => {
  writeSnapshot(folder, new Map([entry('a', '1')]));
  const bytes = readFileSync(at());
  bytes[bytes.length - 3]! ^= 1;
  writeFileSync(at(), bytes);
  expect(readSnapshot(folder)).toEqual({
    snapshot: new Map(),
    discarded: 'the saved index is damaged and is made anew',
  });
  writeFileSync(at(), 'weft-facts of yesterday\n');
  appendFileSync(at(), bytes);
  expect(readSnapshot(folder)).toEqual({
    snapshot: new Map(),
    discarded: 'the saved index is of another version and is made anew',
  });
});

it('is written anew where much of it is outdated', () => {
  for (let i = 0; i < 40; i++) add([entry('a', String(i)), entry('b', String(i))]);
  const { snapshot, entries } = readSnapshot(folder);
  expect(hashes(snapshot)).toEqual({ a: '39', b: '39' });
  expect(entries).toBeLessThan(8);
});
