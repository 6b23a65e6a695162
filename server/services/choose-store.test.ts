import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chooseStore } from './choose-store.ts';

let home: string;
let root: string;
let state: string;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'weft-'));
  [root, state] = [path.join(home, 'ws'), path.join(home, 'state')];
  mkdirSync(root);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('remembers the store of a workspace until another is chosen, and no password', () => {
  expect(chooseStore(root, state).name).toBe('ladybug');
  const choice = { store: 'neo4j://me@host:7687/graph', password: 'secret' };
  expect(chooseStore(root, state, choice).name).toBe('neo4j');
  expect(chooseStore(root, state).name).toBe('neo4j');
  const kept = readdirSync(state).map((name) => readFileSync(path.join(state, name), 'utf8'));
  expect(kept.join()).toContain('neo4j://me@host:7687/graph');
  expect(kept.join()).not.toContain('secret');
  expect(chooseStore(root, state, { store: 'ladybug' }).name).toBe('ladybug');
  expect(chooseStore(root, state).name).toBe('ladybug');
});

it.each(['{', '{"store": 7}', '{"store": "http://x"}'])('reads past a damaged choice: %s', (text) => {
  mkdirSync(state);
  writeFileSync(path.join(state, 'chosen-store.json'), text);
  expect(chooseStore(root, state).name).toBe('ladybug');
});

it('refuses what is no store', () => {
  expect(() => chooseStore(root, state, { store: 'sqlite' })).toThrow(/no such store/);
});
