import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from './command-line.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import { writeFiles } from '../workspace/write-files.ts';
import { commands, laterCommands } from './commands/index.ts';
import { Progress } from './progress.ts';

/** The command line's contract: what scripts rely on. A field may be added; none may change its name or type. */
const number = expect.any(Number) as number;
const text = expect.any(String) as string;
const some = (row: object) => expect.arrayContaining([expect.objectContaining(row)]) as object[];

let home: string;
beforeAll(() => {
  home = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'weft-')));
  vi.stubEnv('WEFT_STATE_FOLDER', path.join(home, 'state'));
  for (const folder of ['ws', 'empty']) mkdirSync(path.join(home, folder));
  const files = {
    'a.ts': 'export class A {\n  m() {\n    f();\n  }\n}\nexport function f() {}\n',
    'b.ts': "import { f } from './a';\nf();\nexport function same() {}\n",
    'c.ts': 'export function same() {}\nexport const use = (x: any) => x.f();\n',
    'broken.ts': 'export function fine() {}\nfunction (((\n',
  };
  for (const [file, content] of Object.entries(files)) writeFileSync(path.join(home, 'ws', file), content);
  writeFileSync(path.join(home, 'file'), '');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

async function weft(...args: string[]) {
  let [stdout, stderr] = ['', ''];
  const status = await runCommandLine(
    args.map((word) => word.replace(/^~/, home)),
    {
      env: { ...process.env, PATH: '' },
      signal: new AbortController().signal,
      progress: new Progress({ isTTY: false, columns: 80, write: (said) => (stderr += said) }),
      write: (said) => {
        stdout += said;
        return Promise.resolve();
      },
    },
  );
  return { status, stdout, stderr };
}

const lines = (said: string) => said.split('\n').filter(Boolean);

const symbol = { file: 'a.ts', name: 'f', qualifiedName: 'f', line: 6 };
const DONE: { args: string[]; json: object }[] = [
  {
    args: ['index', '~/ws'],
    json: {
      ...{ files: 4, linesOfCode: number, symbols: number, skipped: [], peakRssMb: number, store: text },
      edges: expect.objectContaining({ CALLS: 2, IMPORTS: 1 }) as object,
      seconds: { discover: number, parse: number, link: number, store: number, total: number },
    },
  },
  {
    args: ['callers', '~/ws', 'f'],
    json: {
      symbol: expect.objectContaining(symbol) as object,
      results: some({
        symbol: expect.objectContaining({ qualifiedName: 'A.m', file: 'a.ts', line: 2 }) as object,
        distance: 1,
        edge: expect.objectContaining({ kind: 'CALLS', tier: 'scope', confidence: number }) as object,
      }),
      lowerBound: true,
      unresolvedSites: [{ file: 'c.ts', line: 2, column: number, name: 'f' }],
    },
  },
  { args: ['callers', '~/ws', 'a.ts:6'], json: { symbol: expect.objectContaining(symbol) as object } },
  {
    args: ['symbol', '~/ws', 'A'],
    json: {
      symbol: expect.objectContaining({ kind: 'Class', file: 'a.ts', line: 1, exported: true }) as object,
      members: some({ kind: 'Method', name: 'm', line: 2 }),
      edgesOut: { HAS_METHOD: 1 },
    },
  },
  {
    args: ['callees', '~/ws', 'A.m'],
    json: {
      results: some({ symbol: expect.objectContaining(symbol) as object, distance: 1 }),
      lowerBound: false,
    },
  },
  {
    args: ['impact', '~/ws', 'f', '--depth', '2'],
    json: {
      results: some({ symbol: expect.objectContaining({ qualifiedName: 'A.m' }) as object, distance: 1 }),
    },
  },
  { args: ['tests-for', '~/ws', '--symbol', 'f'], json: { tests: [], lowerBound: true } },
  {
    args: ['query', '~/ws', '--name', 'dead-exports'],
    json: {
      columns: ['kind', 'qualifiedName', 'file', 'line'],
      truncated: false,
      stale: false,
      seconds: number,
    },
  },
  {
    args: ['query', '--schema', '--task', 'debug'],
    json: { schema: text, examples: some({ task: 'debug', question: text, cypher: text }) },
  },
  {
    args: ['query', '~/ws', 'MATCH (n:Class) RETURN n.id', '--code', '100'],
    json: {
      rows: [['a.ts#A']],
      code: some({ id: 'a.ts#A', file: 'a.ts', startLine: 1, code: text, folded: 0 }),
    },
  },
  {
    args: ['query', '~/ws', 'MATCH (n:Class) RETURN n.name'],
    json: { columns: ['n.name'], rows: [['A']], truncated: false, stale: false, seconds: number },
  },
  {
    args: ['export', '~/ws', '--nodes'],
    json: {
      rows: some({
        ...{ label: 'Function', file: 'a.ts', name: 'f', qualifiedName: 'f', startLine: 6, endLine: 6 },
      }),
    },
  },
  {
    args: ['export', '~/ws', '--edges', 'CALLS', '--format', 'jsonl'],
    json: {
      rows: some({
        type: 'CALLS',
        from: { file: 'b.ts', name: 'b', qualifiedName: 'b', line: 1 },
        to: symbol,
        site: { line: 2, column: 0, form: 'call' },
        tier: 'scope',
        confidence: number,
      }),
    },
  },
  { args: ['doctor', '~/ws'], json: { checks: some({ name: 'git', status: 'missing', remedy: text }) } },
];

describe('a command that is done', () => {
  it.each(DONE)('exits 0 with one object on stdout, and nothing on stderr: $args', async ({ args, json }) => {
    const { status, stdout, stderr } = await weft(...args, '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(lines(stdout)).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject(json);
  });

  it('writes a row a line where no object is asked for', async () => {
    const { stdout } = await weft('export', '~/ws', '--edges', 'IMPORTS');
    expect(lines(stdout).map((line) => (JSON.parse(line) as { type: string }).type)).toEqual(['IMPORTS']);
  });

  it('explains one command or all of them', async () => {
    expect(await weft('index', '--help')).toMatchObject({ status: 0, stderr: '' });
    const { stdout } = await weft('help');
    for (const { name } of commands) expect(stdout).toContain(`weft ${name}`);
  });
});

const REFUSED: { args: string[]; status?: 1 | 2; says: RegExp; json?: object }[] = [
  { args: [], says: /no command given/ },
  { args: ['frobnicate'], says: /no such command/ },
  ...laterCommands.map((name) => ({ args: [name, '~/ws'], says: /not yet available/ })),
  ...['index', 'callers', 'query', 'export', 'fix', 'doctor', 'undo'].flatMap((name) => {
    const rest =
      { callers: ['f'], query: ['RETURN 1'], export: ['--nodes'], fix: ['--test', 'x'], undo: ['r1'] }[
        name
      ] ?? [];
    return [
      { args: [name, '~/missing', ...rest], says: /missing: no such directory; give/ },
      { args: [name, '~/file', ...rest], says: /file: not a directory; give/ },
      { args: [name, '~/ws', ...rest, '--frob'], says: /Unknown option '--frob'/ },
      { args: [name, '~/ws', ...rest, 'two', 'three'], says: /one argument too many/ },
    ];
  }),
  ...['index', 'callers', 'query', 'export'].map((name) => {
    const rest = { callers: ['f'], query: ['MATCH (n) RETURN n'], export: ['--nodes'] }[name] ?? [];
    return { args: [name, '~/empty', ...rest], says: /empty: no file in a language that Weft reads/ };
  }),
  { args: ['fix', '~/empty'], says: /no test command found; give one/, json: { status: 'error' } },
  { args: ['fix', '~/ws', '--test'], says: /--test <value>' argument missing/ },
  { args: ['fix', '~/ws', '--test', 'a', '--test', 'b'], says: /--test is given twice/ },
  { args: ['fix', '~/ws', '--test', ''], says: /the test command is empty/ },
  { args: ['fix', '~/ws', '--test', 'no-such-program'], says: /"no-such-program": no such command/ },
  { args: ['fix', '~/ws', '--timeout', 'abc', '--test', 'x'], says: /--timeout abc: give a number from 1/ },
  { args: ['fix', '~/ws', '--timeout', '-1', '--test', 'x'], says: /--timeout needs a value/ },
  { args: ['fix', '~/ws', '--timeout=-1', '--test', 'x'], says: /--timeout -1: give a number/ },
  { args: ['fix', '~/ws', '--budget-usd', 'much'], says: /--budget-usd much: give a number/ },
  { args: ['index', '~/ws', '--rebuild=yes'], says: /does not take an argument/ },
  { args: ['index', '~/ws', '--store', 'sqlite'], says: /no such store; give "ladybug" or neo4j:/ },
  { args: ['index', '~/ws', '--store', 'neo4j://'], says: /the address of the store cannot be read; write/ },
  {
    args: ['index', '~/ws', '--store', 'neo4j://me:secret@x'],
    says: /^(?!.*secret).*holds a password; leave it out/,
  },
  { args: ['export', '~/ws'], says: /either --nodes or --edges/ },
  { args: ['export', '~/ws', '--nodes', '--edges', 'CALLS'], says: /either --nodes or --edges/ },
  { args: ['export', '~/ws', '--edges', 'KNOWS'], says: /give one of CONTAINS/ },
  { args: ['export', '~/ws', '--nodes', '--format', 'xml'], says: /only "jsonl"/ },
  { args: ['callers', '~/ws'], says: /give a directory and a symbol/ },
  { args: ['callers', '~/ws', 'f', '--depth', '-1'], says: /Unknown option '--depth'/ },
  { args: ['query', '~/ws'], says: /a Cypher query in quotes/ },
  { args: ['query', '~/ws', 'MATCH (n) DETACH DELETE n'], says: /can only read/ },
  { args: ['query', '~/ws', 'MATCH (n) RETURN n', '--limit', '0'], says: /--limit 0: give a number/ },
  { args: ['query', '~/ws', 'MATCH (n) RETURN n', '--param', 'x'], says: /write it as name=value/ },
  { args: ['query', '--schema', '--task', 'dream'], says: /give one of chat, debug, test/ },
  { args: ['query', '~/ws', '--name', 'loops'], says: /give one of cycles, orphans, hubs, dead-exports/ },
  { args: ['query', '~/ws', 'RETURN 1', '--name', 'hubs'], says: /a Cypher query or --name, not both/ },
  { args: ['impact', '~/ws', 'f', '--depth', '0'], says: /--depth 0: give a number from 1/ },
  { args: ['tests-for', '~/ws'], says: /give a .*symbol \(NAME or FILE:LINE\)/ },
  { args: ['tests-for', '~/ws', '--diff', 'nowhere'], says: /--diff nowhere: .*give a revision/ },
  { args: ['undo', '~/ws'], status: 1, says: /nothing to take back/ },
  { args: ['undo', '~/ws', '--redo'], status: 1, says: /nothing to bring back/ },
  { args: ['undo', '~/ws', 'r9'], says: /run "r9" has written no file/ },
  { args: ['undo', '~/ws', ':2'], says: /write it as SESSION or SESSION:STEP/ },
  { args: ['undo', '~/ws', 'r1', '--run', 'r1'], says: /SESSION or --run SESSION, not both/ },
  { args: ['undo', '~/ws', 'r1:1', '--redo'], says: /give a session without a step/ },
  { args: ['callers', '~/ws', 'g'], status: 1, says: /g: no symbol of this name/ },
  {
    args: ['callers', '~/ws', 'same'],
    status: 1,
    says: /same/,
    json: {
      candidates: [
        { file: 'b.ts', line: 3, qualifiedName: 'same' },
        { file: 'c.ts', line: 1, qualifiedName: 'same' },
      ],
    },
  },
];

describe('a command that is refused', () => {
  it.each(REFUSED)(
    'says why in one line and writes nothing: $args',
    async ({ args, status = 2, says, json }) => {
      const before = readdirSync(home, { recursive: true }).filter(
        (name) => !String(name).startsWith('state'),
      );
      const plain = await weft(...args);
      expect(plain).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(says) as string });
      expect(lines(plain.stderr)).toHaveLength(1);
      const asked = await weft(...args, '--json');
      expect(asked).toMatchObject({ status, stderr: plain.stderr });
      expect(lines(asked.stdout)).toHaveLength(1);
      expect(JSON.parse(asked.stdout)).toMatchObject({
        error: expect.stringMatching(says) as string,
        ...json,
      });
      const after = readdirSync(home, { recursive: true }).filter(
        (name) => !String(name).startsWith('state'),
      );
      expect(after).toEqual(before);
    },
  );
});

describe('undo', () => {
  it('takes back what a run wrote, and brings it again', async () => {
    const [file, state] = [path.join(home, 'ws/c.ts'), workspaceStateFolder(path.join(home, 'ws'))];
    const [before, after] = [readFileSync(file), Buffer.from('changed\n')];
    const step = { runId: 'r1', kind: 'apply' as const, takesBack: [] };
    writeFiles([{ file: 'c.ts', target: file, before, after, mode: 0o644, hunkIds: [] }], {
      ...{ stateFolder: state, step },
    });
    const files = [{ file: 'c.ts', change: 'restored' }];
    const undone = await weft('undo', '~/ws', '--json');
    expect(undone).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(undone.stdout)).toEqual({
      status: 'undone',
      runId: 'r1',
      title: '',
      steps: [1],
      files,
    });
    expect(readFileSync(file)).toEqual(before);
    expect((await weft('undo', '~/ws', '--run', 'r1', '--redo')).stdout).toContain('changed again');
    expect(readFileSync(file)).toEqual(after);
    expect((await weft('undo', '~/ws', 'r1:1')).stdout).toContain('byte for byte');
    expect(readFileSync(file)).toEqual(before);
  });
});

describe('fix', () => {
  const FIELDS = {
    ...{ status: text, patch: text, testsRun: number, failingBefore: [], failingAfter: [] },
    ...{ candidatesTried: 0, localisation: [], alternatives: [], seconds: number, report: text },
    cost: { usd: null, tokensIn: 0, tokensOut: 0 },
  };

  it.runIf(process.platform !== 'win32').each([
    { test: 'true', status: 1 as const, says: 'nothing fails: 1 test passes with "true"', json: 'unfixed' },
    { test: 'cat', status: 2 as const, says: '"cat" reads its input', json: 'error' },
    { test: 'no-such-program || exit $?', status: 2 as const, says: 'could not be started', json: 'error' },
    { test: 'sleep 60', status: 2 as const, says: 'gave no test result within 0.5 s', json: 'error' },
  ])('with "$test" ends in one line, and with all its fields', async ({ test, status, says, json }) => {
    const answer = await weft('fix', '~/ws', '--test', test, '--timeout', '1', '--json');
    expect(lines(answer.stderr)).toEqual([expect.stringContaining(says)]);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.stdout)).toMatchObject({
      ...FIELDS,
      status: json,
      error: expect.anything() as string,
    });
    expect(readFileSync(path.join(home, 'ws/a.ts'), 'utf8')).toContain('export class A');
  });

  it.runIf(process.platform !== 'win32')(
    'exits 1 where it can do nothing about a failing command',
    async () => {
      const answer = await weft('fix', '~/ws', '--test', 'false', '--json');
      expect(answer.status).toBe(1);
      const failing = { failingBefore: ['false'], failingAfter: ['false'] };
      expect(JSON.parse(answer.stdout)).toMatchObject({
        ...FIELDS,
        ...failing,
        status: 'unfixed',
        testsRun: 1,
      });
    },
  );
});
