import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LanguageServer, Place } from '../protocol/language-server.ts';
import { workspaceStateFolder } from '../settings/state-folder.ts';
import { ConfirmedAnswers, type ConfirmLimits } from './confirmed-answers.ts';
import { callees, callers, impact } from './neighbours.ts';
import { WorkspaceIndex } from './workspace-index.ts';

const FILES = {
  'engine.py':
    'class Engine:\n    def ignite(self):\n        pass\n\nclass Oven:\n    def heat(self):\n        pass\n\nclass Hob:\n    def heat(self):\n        pass\n',
  'main.py': 'def start(x, y):\n    x.ignite()\n    y.ignite()\n\ndef cook(o):\n    o.heat()\n',
};
const IGNITE: Place = { file: 'engine.py', line: 1, column: 8 };
const HEAT_OF_OVEN: Place = { file: 'engine.py', line: 5, column: 8 };
const OUTSIDE: Place = { file: '/usr/lib/python3/threading.py', line: 1, column: 0 };

let folder: string;
let root: string;
beforeAll(async () => {
  folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'weft-')));
  root = path.join(folder, 'ws');
  await fs.mkdir(root);
  await fs.symlink(root, path.join(folder, 'link'));
  vi.stubEnv('WEFT_STATE_FOLDER', path.join(folder, 'state'));
});
beforeEach(async () => {
  await forget();
  for (const file of await fs.readdir(root)) if (!(file in FILES)) await fs.rm(path.join(root, file));
  for (const [file, text] of Object.entries(FILES)) {
    const at = path.join(root, file);
    // What is as it was is not parsed again.
    if ((await fs.readFile(at, 'utf8').catch(() => '')) !== text) await fs.writeFile(at, text);
  }
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await fs.rm(folder, { recursive: true, force: true });
});

async function forget(): Promise<void> {
  const folder = workspaceStateFolder(root);
  const names = await fs.readdir(folder).catch(() => []);
  for (const name of names) if (name.startsWith('confirmations-')) await fs.rm(path.join(folder, name));
}

type Said = Record<string, Place[] | null>;

/** A language server that says what it is told to, by FILE:LINE:COLUMN (0-based), and what it was asked. */
function fake(
  say: { definitions?: Said; implementations?: Said; incomingCalls?: Said },
  delay?: Promise<void>,
) {
  const asked: string[] = [];
  const from = (kind: keyof typeof say) => async (sites: readonly Place[]) => {
    const keys = sites.map(({ file, line, column }) => `${file}:${line}:${column}`);
    asked.push(...keys.map((key) => `${kind} ${key}`));
    await delay;
    return keys.map((key) => say[kind]?.[key] ?? null);
  };
  const language: LanguageServer = {
    definitions: from('definitions'),
    implementations: from('implementations'),
    incomingCalls: from('incomingCalls'),
  };
  return { language, asked };
}

function open(language?: LanguageServer, limits?: Partial<ConfirmLimits>) {
  const answers = new ConfirmedAnswers(new WorkspaceIndex(root), language, limits);
  const callersOf = async (name: string) => short(await answers.answer((graph) => callers(graph, name)));
  return { answers, callersOf };
}

const short = ({ results, lowerBound, unresolvedSites }: ReturnType<typeof callers>) => ({
  results: results.map(
    ({ symbol, edge }) => `${symbol.qualifiedName} ${edge.tier} ${edge.sites.map((s) => s.line).join(',')}`,
  ),
  lowerBound,
  open: unresolvedSites.length,
});

describe('answers with a language server', () => {
  it('raise a confirmed candidate to compiler and drop a refuted site, also for other processes', async () => {
    const before = { results: ['start name 2,3'], lowerBound: false, open: 0 };
    const after = { results: ['start compiler 2'], lowerBound: false, open: 0 };
    expect(await open().callersOf('ignite')).toEqual(before);
    const { language, asked } = fake({
      definitions: { 'main.py:1:6': [IGNITE], 'main.py:2:6': [OUTSIDE] },
      implementations: { 'main.py:2:6': [] },
    });
    const { callersOf } = open(language);
    expect(await callersOf('ignite')).toEqual(after);
    expect(asked).toEqual([
      'definitions main.py:1:6',
      'definitions main.py:2:6',
      'implementations main.py:2:6',
    ]);
    expect(await open().callersOf('ignite')).toEqual(after);
    expect(await callersOf('ignite')).toEqual(after);
    expect(asked).toHaveLength(3);

    await fs.appendFile(path.join(root, 'main.py'), '\n');
    expect(await open().callersOf('ignite')).toEqual(before);
  });

  it('find the target of an unresolved site, or close it', async () => {
    expect(await open().callersOf('Oven.heat')).toEqual({ results: [], lowerBound: true, open: 1 });
    const closing = fake({ definitions: { 'main.py:5:6': [OUTSIDE] } });
    const found = fake({ definitions: { 'main.py:5:6': [HEAT_OF_OVEN] } });
    expect(await open(found.language).callersOf('Oven.heat')).toEqual({
      ...{ results: ['cook compiler 6'], lowerBound: false, open: 0 },
    });
    await forget();
    expect(await open(closing.language).callersOf('Oven.heat')).toEqual({
      ...{ results: [], lowerBound: false, open: 0 },
    });
  });

  it('keep a candidate that implements what is declared outside', async () => {
    const { language } = fake({
      definitions: { 'main.py:1:6': [OUTSIDE] },
      implementations: { 'main.py:1:6': [OUTSIDE, IGNITE] },
    });
    expect((await open(language).callersOf('ignite')).results).toEqual(['start compiler 2,3']);
  });

  it.each<[string, Place[] | null]>([
    ['has no answer', null],
    ['finds nothing', []],
    ['names a place that is no function', [{ file: 'main.py', line: 0, column: 10 }]],
    ['names a file inside the workspace that is not indexed', [{ file: 'build/x.pyi', line: 0, column: 0 }]],
  ])('are as without it where it %s', async (_, places) => {
    const { language, asked } = fake({ definitions: { 'main.py:5:6': places, 'main.py:1:6': places } });
    const { callersOf } = open(language);
    expect(await callersOf('Oven.heat')).toEqual({ results: [], lowerBound: true, open: 1 });
    expect((await callersOf('ignite')).results).toEqual(['start name 2,3']);
    await callersOf('Oven.heat');
    expect(asked.filter((one) => one.endsWith(':5:6'))).toHaveLength(1);
  });

  it('know the workspace by its real path and a link to it; packages inside it lie outside', async () => {
    const at = (file: string): Place[] => [{ ...HEAT_OF_OVEN, file }];
    for (const [file, open_, tier] of [
      [path.join(root, 'engine.py'), 'link', 'cook compiler 6'],
      ['.venv/lib/python3/site-packages/engine.py', 'ws', undefined],
    ] as const) {
      await forget();
      const { language } = fake({ definitions: { 'main.py:5:6': at(file) } });
      const answers = new ConfirmedAnswers(new WorkspaceIndex(path.join(folder, open_)), language);
      const answer = short(await answers.answer((graph) => callers(graph, 'Oven.heat')));
      expect(answer).toEqual({ results: tier ? [tier] : [], lowerBound: false, open: 0 });
    }
  });

  it('confirm callees and impact, and go on to what a confirmed caller leads to', async () => {
    await fs.writeFile(
      path.join(root, 'drive.py'),
      'class Car:\n    def set_off(self, e):\n        e.ignite()\n\ndef trip(c):\n    c.set_off(1)\n',
    );
    const { language } = fake({
      definitions: {
        'drive.py:2:10': [IGNITE],
        'drive.py:5:6': [{ file: 'drive.py', line: 1, column: 8 }],
      },
    });
    const { answers } = open(language);
    const reached = await answers.answer((graph) => impact(graph, 'ignite'));
    expect(short(reached).results).toEqual(['Car.set_off compiler 3', 'start name 2,3', 'trip compiler 6']);
    const called = await answers.answer((graph) => callees(graph, 'trip'));
    expect(short(called).results).toEqual(['Car.set_off compiler 6']);
  });

  it('ask once for the calls of a candidate that has many', async () => {
    const many = Array.from({ length: 6 }, (_, i) => `def f${i}(x):\n    x.ignite()\n`).join('');
    await fs.writeFile(path.join(root, 'main.py'), many);
    const { language, asked } = fake({
      incomingCalls: {
        'engine.py:1:8': [0, 1, 2, 3].map((i) => ({ file: 'main.py', line: i * 2 + 1, column: 6 })),
      },
      definitions: { 'main.py:9:6': [OUTSIDE] },
    });
    const { results } = await open(language).callersOf('ignite');
    expect(results).toEqual([...[0, 1, 2, 3].map((i) => `f${i} compiler ${i * 2 + 2}`), 'f5 name 12']);
    expect(asked.slice(0, 3)).toEqual([
      'incomingCalls engine.py:1:8',
      'definitions main.py:9:6',
      'definitions main.py:11:6',
    ]);
  });

  it('find the calls of one of several methods of a name, and leave open what else is called there', async () => {
    const many = Array.from({ length: 5 }, (_, i) => `def f${i}(o):\n    o.heat()\n`).join('');
    await fs.writeFile(path.join(root, 'main.py'), many);
    const at = (lines: number[]) => lines.map((line) => ({ file: 'main.py', line, column: 6 }));
    const { language } = fake({
      incomingCalls: { 'engine.py:5:8': at([1, 3]), 'engine.py:9:8': at([3, 5]) },
    });
    const { callersOf } = open(language, { mostSites: 1 });
    const ofOven = { results: ['f0 compiler 2', 'f1 compiler 4'], lowerBound: true, open: 3 };
    expect(await callersOf('Oven.heat')).toEqual(ofOven);
    const ofHob = { results: ['f1 compiler 4', 'f2 compiler 6'], lowerBound: true, open: 3 };
    expect(await callersOf('Hob.heat')).toEqual(ofHob);
    expect(await open().callersOf('Oven.heat')).toEqual(ofOven);
  });

  it('wait no longer than their budget; what comes later serves the next question', async () => {
    let hurry: () => void = () => undefined;
    const delay = new Promise<void>((resolve) => (hurry = resolve));
    const { language } = fake({ definitions: { 'main.py:5:6': [HEAT_OF_OVEN] } }, delay);
    const { answers, callersOf } = open(language, { budgetMs: 20 });
    expect(await callersOf('Oven.heat')).toEqual({ results: [], lowerBound: true, open: 1 });
    hurry();
    await answers.settled();
    expect((await callersOf('Oven.heat')).results).toEqual(['cook compiler 6']);
  });

  it('ask about no more sites than one question may', async () => {
    const { language, asked } = fake({});
    await open(language, { mostSites: 1 }).callersOf('ignite');
    expect(asked).toEqual(['definitions main.py:1:6']);
  });

  it('keep nothing that was said of a file that changed meanwhile', async () => {
    const { language } = fake({ definitions: { 'main.py:5:6': [HEAT_OF_OVEN] } });
    const changing: LanguageServer = {
      ...language,
      definitions: async (sites, ms) => {
        await fs.writeFile(path.join(root, 'engine.py'), `# new\n${FILES['engine.py']}`);
        return language.definitions(sites, ms);
      },
    };
    expect(await open(changing).callersOf('Oven.heat')).toEqual({ results: [], lowerBound: true, open: 1 });
  });
});
