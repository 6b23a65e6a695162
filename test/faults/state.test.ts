import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IndexReport } from '../../server/protocol/graph.ts';
import { workspaceStateFolder } from '../../server/settings/state-folder.ts';
import { bytesIn, eventually, makePlace, processesOf, workspaceState, type Place } from './support/place.ts';
import { CALLER_ROWS, CALLERS, CODE } from './support/projects.ts';
import { startWeft, weft, WeftServer } from './support/weft-server.ts';

let place: Place;
let before: Record<string, string>;
function open(files: Record<string, string> = CODE): void {
  place = makePlace(files);
  before = bytesIn(place.root);
}
const close = async () => {
  expect(bytesIn(place.root)).toEqual(before);
  await place.dispose();
};
const openIndexed = async () => {
  open();
  await index();
};

const inState = (...names: string[]) => path.join(workspaceState(place), ...names);
const store = () => inState('store');
const database = () => {
  const { file } = JSON.parse(readFileSync(path.join(store(), 'current.json'), 'utf8')) as { file: string };
  return path.join(store(), file);
};

async function index(): Promise<{ report: IndexReport; said: string }> {
  const { status, stdout, stderr } = await weft(place, 'index', place.root, '--json');
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return { report: JSON.parse(stdout) as IndexReport, said: stderr };
}

async function callerRows(): Promise<{ rows: unknown; said: string }> {
  const { status, stdout, stderr } = await weft(place, 'query', place.root, CALLERS, '--json');
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return { rows: (JSON.parse(stdout) as { rows: unknown }).rows, said: stderr };
}

/** Changes one byte and keeps size and time, as a bad disk does. */
function flip(file: string, at: number): void {
  const { atime, mtime } = statSync(file);
  const byte = readFileSync(file)[at] ?? 0;
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.from([byte ^ 0xff]), 0, 1, at);
  closeSync(handle);
  utimesSync(file, atime, mtime);
}

const positionOf = (file: string, text: string) => readFileSync(file).indexOf(text);

describe('a damaged store', () => {
  beforeAll(openIndexed);
  afterAll(close);
  it.each<[string, () => void]>([
    ['is cut short', () => truncateSync(database(), 5_000)],
    ['is empty', () => truncateSync(database(), 0)],
    ['is gone', () => rmSync(database())],
    ['is no database', () => writeFileSync(database(), Buffer.alloc(statSync(database()).size, 7))],
    ['has one byte of a name wrong', () => flip(database(), positionOf(database(), 'a.ts#A.m'))],
    ['has the bytes of its head wrong', () => flip(database(), 3)],
    ['was left inside a checkpoint', () => writeFileSync(`${database()}.wal.checkpoint`, 'x')],
    ['was left with a log of changes', () => writeFileSync(`${database()}.wal`, 'x')],
    ['has a pointer that is no JSON', () => writeFileSync(path.join(store(), 'current.json'), '{')],
    ['has an empty pointer', () => truncateSync(path.join(store(), 'current.json'), 0)],
    [
      'is of another schema',
      () => {
        const pointer = path.join(store(), 'current.json');
        const said = JSON.parse(readFileSync(pointer, 'utf8')) as { schema: number };
        writeFileSync(pointer, JSON.stringify({ ...said, schema: said.schema + 1 }));
      },
    ],
    [
      'points out of its folder',
      () => {
        const pointer = path.join(store(), 'current.json');
        const said = JSON.parse(readFileSync(pointer, 'utf8')) as object;
        writeFileSync(pointer, JSON.stringify({ ...said, file: '../../../../a wörkspace/a.ts' }));
      },
    ],
  ])('that %s is made anew', async (_, damage) => {
    damage();
    const { rows, said } = await callerRows();
    expect(rows).toEqual(CALLER_ROWS);
    expect(said.trim().split('\n').length).toBeLessThanOrEqual(1);
    expect(readdirSync(store()).sort()).toEqual(['current.json', path.basename(database())]);
  });

  it('that is a file and no folder is told in one line', async () => {
    rmSync(store(), { recursive: true });
    writeFileSync(store(), '');
    const { status, stderr } = await weft(place, 'query', place.root, CALLERS);
    expect(status).toBe(2);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('cannot be written')]);
  });
});

describe('a store whose writing is killed', () => {
  beforeAll(openIndexed);
  afterAll(close);
  it.each<[string, { call: string; file: string; half?: boolean }]>([
    ['as the database is renamed', { call: 'renameSync', file: 'graph.lbug' }],
    ['as its pointer is half written', { call: 'writeFileSync', file: 'current.json', half: true }],
    ['as its pointer is renamed', { call: 'renameSync', file: 'current.json' }],
    ['as the old one is removed', { call: 'rmSync', file: '.lbug' }],
    ['as the rows are written for it', { call: 'writeSync', file: '.csv', half: true }],
  ])('%s is made anew', async (name, dieAt) => {
    writeFileSync(path.join(place.root, 'c.ts'), `// ${name}\nexport function g() {}\n`);
    before = bytesIn(place.root);
    await startWeft(place, ['index', place.root], { dieAt }).done;
    const { rows } = await callerRows();
    expect(rows).toEqual(CALLER_ROWS);
    await eventually('the killed build is gone', () => processesOf(place.env).length === 0);
    expect(readdirSync(store()).sort()).toEqual(['current.json', path.basename(database())]);
  });
});

describe('a damaged snapshot', () => {
  beforeAll(openIndexed);
  afterAll(close);
  const snapshot = () => inState('facts.bin');
  it.each<[string, () => void, string]>([
    ['is cut short', () => truncateSync(snapshot(), 100), 'damaged'],
    ['is empty', () => truncateSync(snapshot(), 0), 'of another version'],
    ['has a wrong byte', () => flip(snapshot(), statSync(snapshot()).size - 9), 'damaged'],
    ['is of another version', () => flip(snapshot(), 3), 'of another version'],
  ])('that %s is made anew, and told in one line', async (_, damage, why) => {
    rmSync(inState('graph.bin'));
    damage();
    const { report, said } = await index();
    expect(said.trim().split('\n')).toEqual([expect.stringContaining(`the saved index is ${why}`)]);
    expect(report).toMatchObject({ parsed: 2, edges: { CALLS: 2 } });
  });

  it.each<[string, { call: string; file: string; half?: boolean }]>([
    ['half written', { call: 'writeFileSync', file: 'facts.bin', half: true }],
    ['renamed', { call: 'renameSync', file: 'facts.bin' }],
  ])('is not left by a kill as it is %s', async (_, dieAt) => {
    rmSync(snapshot());
    rmSync(inState('graph.bin'));
    const { signal } = await startWeft(place, ['index', place.root], { dieAt }).done;
    expect(signal).toBe('SIGKILL');
    const { report, said } = await index();
    expect(report).toMatchObject({ parsed: 2, edges: { CALLS: 2 } });
    expect(said).toBe('');
    expect(readdirSync(workspaceState(place)).sort()).toEqual(['facts.bin', 'graph.bin', 'store']);
  });
});

describe('a damaged graph', () => {
  beforeAll(openIndexed);
  afterAll(close);
  const graph = () => inState('graph.bin');
  it.each<[string, () => void]>([
    ['is cut short', () => truncateSync(graph(), 150)],
    ['has a wrong byte', () => flip(graph(), statSync(graph()).size - 9)],
  ])('that %s is made anew without parsing, and told in one line', async (_, damage) => {
    damage();
    const { report, said } = await index();
    expect(said.trim()).toMatch(/the saved graph is damaged and is made anew$/);
    expect(report).toMatchObject({ parsed: 0, edges: { CALLS: 2 } });
  });

  it.each<[string, { call: string; file: string; half?: boolean }]>([
    ['half written', { call: 'writeFileSync', file: 'graph.bin', half: true }],
    ['renamed', { call: 'renameSync', file: 'graph.bin' }],
  ])('is not left by a kill as it is %s', async (_, dieAt) => {
    rmSync(graph());
    const { signal } = await startWeft(place, ['index', place.root], { dieAt }).done;
    expect(signal).toBe('SIGKILL');
    const { report, said } = await index();
    expect(report).toMatchObject({ parsed: 0, edges: { CALLS: 2 } });
    expect(said).toBe('');
    expect(readdirSync(workspaceState(place)).sort()).toEqual(['facts.bin', 'graph.bin', 'store']);
  });
});

describe.runIf(process.platform === 'linux')('a server killed while it indexes', () => {
  beforeEach(() => open(files));
  afterEach(close);
  const files = Object.fromEntries(
    Array.from({ length: 200 }, (_, i) => [`m${i}.ts`, `export function f${i}() {}\nf${i}();\n`]),
  );
  it.each([
    ['discover', 200],
    ['parse', 200],
    ['link', 0],
    ['store', 0],
  ] as const)('in "%s" works again, and parses at most %i files again', async (phase, most) => {
    const server = await WeftServer.start(place);
    await new Promise<void>((resolve) => {
      server
        .request('index/refresh', {}, (progress) => {
          if (progress.phase === phase) resolve();
        })
        .catch(() => undefined);
    });
    await server.kill();
    await eventually('every process that was started has ended', () => processesOf(place.env).length === 0);

    const next = await WeftServer.start(place);
    const report = await next.request('index/refresh', {});
    expect(report).toMatchObject({ files: 200, store: 'ladybug', edges: { CALLS: 200 } });
    expect(report.parsed).toBeLessThanOrEqual(most);
    const { rows } = await next.request('graph/query', {
      cypher: 'MATCH (m)-[:CALLS]->(f:Function) RETURN count(*)',
    });
    expect(rows).toEqual([[200]]);
    expect((await next.request('index/refresh', {})).parsed).toBe(0);
    await next.close();
    expect(readdirSync(workspaceState(place)).sort()).toEqual(['facts.bin', 'graph.bin', 'store']);
    expect(readdirSync(store()).filter((name) => name.startsWith('building-'))).toEqual([]);
  });
});

describe('the log of a run', () => {
  beforeEach(() => open());
  afterEach(close);
  const started = '{"type":"started","runId":"r1","title":"Fix","command":"pytest","at":1}\n';
  const plan = '{"type":"plan","steps":[{"id":"a","title":"Locate","status":"running"}]}\n';
  const change = JSON.stringify({
    type: 'changes',
    changes: [
      {
        file: 'a.ts',
        baseHash: 'x',
        format: { encoding: 'utf8', eol: 'lf' },
        hunks: [{ id: 'h', startLine: 0, oldLines: [], newLines: ['x\n'], decision: 'pending' }],
      },
    ],
  });

  it.each([
    ['a torn last line', started + plan + '{"type":"step","id":"a","sta'],
    ['garbage in the middle', `${started}\0\xff not JSON\n{"type":"other"}\n[]\nnull\n${plan}`],
  ])('with %s is read, and goes on after it', async (_, text) => {
    const log = path.join(workspaceStateFolder(place.root, place.env), 'runs', 'r1.jsonl');
    mkdirSync(path.dirname(log), { recursive: true });
    writeFileSync(log, text.replace(plan, `${plan}${change}\n`), 'latin1');
    appendFileSync(path.join(path.dirname(log), 'garbage.jsonl'), Buffer.from([0, 255, 10, 1]));
    mkdirSync(path.join(path.dirname(log), 'folder.jsonl'));
    const server = await WeftServer.start(place);
    const { runs } = await server.request('runs/list', {});
    expect(runs.map((run) => [run.runId, run.status, run.steps[0]?.status])).toEqual([
      ['r1', 'interrupted', 'failed'],
    ]);
    await server.request('runs/decide', { runId: 'r1', file: 'a.ts', hunkId: 'h', decision: 'rejected' });
    await server.close();
    const next = await WeftServer.start(place);
    const [again] = (await next.request('runs/list', {})).runs;
    expect(again?.changes[0]?.hunks[0]?.decision).toBe('rejected');
    await next.close();
  });
});

describe.runIf(process.platform === 'linux')('a state folder that cannot be written', () => {
  beforeAll(() => open());
  afterAll(close);
  const commands: [string, (root: string) => string[]][] = [
    ['index', (root) => ['index', root]],
    ['query', (root) => ['query', root, CALLERS]],
    ['callers', (root) => ['callers', root, 'f']],
    ['fix', (root) => ['fix', root, '--test', 'false']],
  ];
  const each = commands.map(([name, args]) => ({ name, args }));

  async function refuses(args: string[], env: NodeJS.ProcessEnv, wrapper: string[] = []): Promise<void> {
    const { status, stdout, stderr } = await startWeft(place, args, { env, wrapper }).done;
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^weft: .*cannot be written \(\w+\); set WEFT_STATE_FOLDER/),
    ]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(readdirSync(place.temporary)).toEqual([]);
  }

  it.each(each)('since it is a file stops $name', async ({ args }) => {
    const file = path.join(place.home, 'file');
    writeFileSync(file, 'mine');
    await refuses(args(place.root), { WEFT_STATE_FOLDER: file });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it.each(each)('under /proc stops $name', async ({ args }) => {
    await refuses(args(place.root), { WEFT_STATE_FOLDER: '/proc/weft' });
  });

  it.each(each)('on a full disk stops $name', async ({ args }) => {
    await refuses(args(place.root), { WEFT_STATE_FOLDER: place.state }, ['prlimit', '--fsize=0']);
    expect(Object.values(existsSync(place.state) ? bytesIn(place.state) : {}).join('')).toBe('');
  });
});
