import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, utimesSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QueryAnswer } from '../../server/protocol/graph.ts';
import { indexWorkspace } from '../../server/services/index-workspace.ts';
import { runQuery } from '../../server/services/query.ts';
import { WorkspaceIndex } from '../../server/services/workspace-index.ts';
import { workspaceStateFolder } from '../../server/settings/state-folder.ts';
import { cleanRows, inPlace, reopenedRows } from './support/graph-rows.ts';
import { bytesIn, eventually, makePlace, workspaceState, type Place } from './support/place.ts';
import { CALLER_ROWS, CALLERS, CODE } from './support/projects.ts';
import { weft } from './support/weft-server.ts';

const NEVER_MS = 2 ** 30;
const FIRST_QUERIES = 15;
const PROCESSES = 3;

let place: Place;
const opened: WorkspaceIndex[] = [];
beforeEach(() => {
  place = makePlace(CODE);
});
afterEach(async () => {
  for (const index of opened.splice(0)) {
    await index.close();
    await index.store.close();
  }
  await place.dispose();
});

const store = () => path.join(workspaceState(place), 'store');
const generations = () => readdirSync(store()).filter((name) => name.endsWith('.lbug'));

/** A process that goes on, as an editor's server does. */
async function owner(keptAfterMs = NEVER_MS): Promise<WorkspaceIndex> {
  const index = await inPlace(place.state, () =>
    Promise.resolve(new WorkspaceIndex(place.root, { live: true, keptAfterMs })),
  );
  opened.push(index);
  return index;
}

async function edit(index: WorkspaceIndex, text: string): Promise<void> {
  writeFileSync(path.join(place.root, 'b.ts'), text);
  await index.edited([{ file: 'b.ts' }]);
}

/** One that comes later, asks and ends. */
async function asked(cypher = CALLERS): Promise<QueryAnswer> {
  const { status, stdout, stderr } = await weft(place, 'query', place.root, cypher, '--json');
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return JSON.parse(stdout) as QueryAnswer;
}

/** A query waits two seconds for a store that is being made: on a busy machine a later one has it. */
const soon = () => expect.poll(() => asked(), { timeout: 60_000 });

const twice = `${CODE['b.ts']}f();\n`;
const TWICE_ROWS = [CALLER_ROWS[0], ['b.ts', 2, 'a.ts#f']];

describe('a second process beside one that goes on', () => {
  it('answers from its own index, and queries the copy that the first made last, whose age it says', async () => {
    const first = await owner();
    expect(await indexWorkspace(first)).toMatchObject({ store: 'ladybug' });
    const [before] = generations();
    await edit(first, twice);
    const answer = await asked();
    expect(answer).toMatchObject({ rows: CALLER_ROWS, stale: true });
    expect(answer.copySeconds).toBeGreaterThanOrEqual(0);
    expect(generations()).toEqual([before]);
    const { stdout } = await weft(place, 'query', place.root, CALLERS);
    expect(stdout).toMatch(/from an older index of \d+ s ago: .*another Weft process/);
    const callers = await weft(place, 'callers', place.root, 'f', '--json');
    expect(callers.stdout.match(/"sites":\[\{[^\]]*b\.ts[^\]]*b\.ts/)).not.toBeNull();
    const report = await weft(place, 'index', place.root);
    expect(report.stdout).toMatch(/store: .*another Weft process/);
    expect(generations()).toEqual([before]);
    expect(await reopenedRows(place)).toEqual(await cleanRows(place));
  });

  it('gets a new copy once the first has been idle', async () => {
    const first = await owner(0);
    await indexWorkspace(first);
    const [before] = generations();
    await edit(first, twice);
    await eventually('the first has made a copy', () => generations()[0] !== before);
    // The file of a copy is there a moment before the name that leads to it.
    await expect.poll(async () => (await asked()).rows, { timeout: 60_000 }).toEqual(TWICE_ROWS);
  });

  it.each<[string, (owner: string) => void]>([
    ['it has ended', (file) => writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, token: 'x' }))],
    ['it has not been heard of for minutes', (file) => utimesSync(file, 1_000, 1_000)],
    ['its clock was set back since', (file) => utimesSync(file, 2e10, 2e10)],
    ['it says nothing that can be read', (file) => writeFileSync(file, '{"pid"')],
  ])('makes one itself when %s', async (_, lose) => {
    const first = await owner();
    await indexWorkspace(first);
    writeFileSync(path.join(place.root, 'b.ts'), twice);
    lose(path.join(store(), 'owner.json'));
    await soon().toMatchObject({ rows: TWICE_ROWS, stale: false });
  });

  it('makes one itself where there is none, or none that can be opened', async () => {
    const first = await owner();
    await indexWorkspace(first);
    writeFileSync(path.join(store(), generations()[0]!), 'no database');
    expect(await asked()).toMatchObject({ rows: CALLER_ROWS, stale: false });
    rmSync(path.join(store(), 'current.json'));
    expect(await asked()).toMatchObject({ rows: CALLER_ROWS, stale: false });
  });

  it('takes over from one that ended', async () => {
    const first = await owner();
    await indexWorkspace(first);
    await first.close();
    await first.store.close();
    const second = await owner(0);
    await indexWorkspace(second);
    await edit(second, twice);
    // A query waits two seconds for a store; on a busy machine the next one has it.
    await expect
      .poll(() => inPlace(place.state, () => runQuery(second, CALLERS)), { timeout: 60_000 })
      .toMatchObject({ rows: TWICE_ROWS, stale: false });
  });
});

describe('text that is not saved', () => {
  it('never reaches the store, nor is it mistaken for another text by a process that comes later', async () => {
    const first = await owner();
    await indexWorkspace(first);
    await first.edited([{ file: 'b.ts', text: 'export function secret() {}\n' }]);
    expect((await first.graph()).find('secret').id).toBe('b.ts#secret');
    const ask = (index: WorkspaceIndex) => inPlace(place.state, () => runQuery(index, CALLERS));
    expect(await ask(first)).toMatchObject({ rows: CALLER_ROWS, stale: false });
    await edit(first, twice);
    await first.edited([{ file: 'a.ts', text: 'export function secret() {}\n' }]);
    expect(await ask(first)).toMatchObject({ rows: TWICE_ROWS, stale: false });
    expect((await first.graph()).find('secret').id).toBe('a.ts#secret');
  });

  it('of two processes that began alike leaves each with its own versions', async () => {
    const [first, second] = [await owner(), await owner()];
    await indexWorkspace(first);
    await indexWorkspace(second);
    for (const index of [first, second])
      await index.edited([{ file: 'b.ts', text: `${twice}// ${index === first}\n` }]);
    expect((await first.graph()).version).not.toBe((await second.graph()).version);
    await edit(first, `${twice}\n`);
    await edit(second, CODE['b.ts']);
    expect((await first.graph()).version).not.toBe((await second.graph()).version);
  });
});

describe(`${FIRST_QUERIES} first queries at once, of ${PROCESSES} processes`, () => {
  it('are all answered, from one store that was built once', async () => {
    const program = path.join(import.meta.dirname, 'support/ask-at-once.ts');
    const folder = path.join(workspaceStateFolder(place.root, place.env), 'store');
    mkdirSync(folder, { recursive: true });
    const built = new Set<string>();
    const watcher = watch(folder, (_, name) => {
      if (name?.endsWith('.lbug')) built.add(name);
    });
    const times = String(FIRST_QUERIES / PROCESSES);
    const told = Array.from({ length: PROCESSES }, async () => {
      const child = spawn(process.execPath, [program, place.root, CALLERS, times], { env: place.env });
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      await new Promise((resolve) => child.once('close', resolve));
      expect(stderr).toBe('');
      return JSON.parse(stdout) as QueryAnswer[];
    });
    const answers = (await Promise.all(told)).flat();
    expect(answers).toHaveLength(FIRST_QUERIES);
    for (const answer of answers) expect(answer).toMatchObject({ rows: CALLER_ROWS, stale: false });
    watcher.close();
    expect(built.size).toBe(1);
    expect(Object.keys(bytesIn(store())).sort()).toEqual(['current.json', ...generations()]);
    expect(generations()).toHaveLength(1);
  });
});
