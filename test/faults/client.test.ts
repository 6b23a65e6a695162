import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LogOutputChannel } from 'vscode';
import { ServerClient } from '../../extension/server/client.ts';
import { makePlace, type Place } from './support/place.ts';
import { CODE } from './support/projects.ts';
import { serverEntry } from './support/weft-server.ts';
import { shown } from './support/vscode-stand-in.ts';

let place: Place;
let client: ServerClient;
let logged: string[];
const saved = process.env.WEFT_STATE_FOLDER;
beforeEach(() => {
  place = makePlace(CODE);
  process.env.WEFT_STATE_FOLDER = place.state;
  logged = [];
  shown.length = 0;
});
afterEach(async () => {
  client.dispose();
  if (saved === undefined) delete process.env.WEFT_STATE_FOLDER;
  else process.env.WEFT_STATE_FOLDER = saved;
  await place.dispose();
});

function connect(entry: string, around: { trusted?: () => boolean } = {}): ServerClient {
  const log = { info: (text: string) => logged.push(text), error: (text: string) => logged.push(text) };
  return new ServerClient({
    entry,
    log: log as unknown as LogOutputChannel,
    root: () => place.root,
    trusted: () => true,
    ...around,
  });
}

const restarted = () => new Promise<void>((resolve) => client.onRestarted(resolve));

it('notices a server that is killed, says so, and asks the next one', async () => {
  client = connect(serverEntry);
  expect((await client.request('index/refresh', {})).parsed).toBe(2);
  const first = client.pid;
  const again = restarted();
  process.kill(first ?? 0, 'SIGKILL');
  await again;
  expect(client.pid).not.toBe(first);
  expect(shown).toEqual(["Weft's server ended (SIGKILL) and is starting again; nothing was lost."]);
  expect(await client.request('index/refresh', {})).toMatchObject({ parsed: 0, edges: { CALLS: 2 } });
});

it('rejects what was asked of a server that is killed, and does not wait for it', async () => {
  client = connect(serverEntry);
  await client.request('runs/list', {});
  const again = restarted();
  const asked = client.request('doctor', {});
  process.kill(client.pid ?? 0, 'SIGKILL');
  await expect(asked).rejects.toMatchObject({
    reason: 'cancelled',
    message: "Weft's server ended before it answered",
  });
  await again;
});

it('does not remember a refused "initialize"', async () => {
  let refused = false;
  client = connect(serverEntry, {
    trusted: () => {
      if (refused) return true;
      refused = true;
      return 'perhaps' as unknown as boolean;
    },
  });
  await expect(client.request('runs/list', {})).rejects.toThrow(/initialize/);
  expect(await client.request('runs/list', {})).toEqual({ runs: [] });
  expect(shown).toEqual([]);
});

it('starts again after a server that ends before it can be asked', async () => {
  const entry = path.join(place.home, 'entry.mjs');
  const ended = path.join(place.home, 'ended');
  writeFileSync(
    entry,
    `import { existsSync, writeFileSync } from 'node:fs';
     if (!existsSync(${JSON.stringify(ended)})) {
       writeFileSync(${JSON.stringify(ended)}, '');
       process.exit(3);
     }
     await import(${JSON.stringify(serverEntry)});`,
  );
  client = connect(entry);
  const again = restarted();
  await expect(client.request('runs/list', {})).rejects.toThrow();
  await again;
  expect(existsSync(ended)).toBe(true);
  expect(await client.request('runs/list', {})).toEqual({ runs: [] });
  expect(shown).toEqual([expect.stringContaining('exit code 3')]);
});

it('gives a folder that comes back another chance', async () => {
  client = connect(serverEntry);
  const { root } = place;
  rmSync(root, { recursive: true });
  await expect(client.request('runs/list', {})).rejects.toThrow();
  const back = makePlace(CODE);
  place.root = back.root;
  try {
    expect(await client.request('runs/list', {})).toEqual({ runs: [] });
  } finally {
    client.dispose();
    await back.dispose();
    place.root = root;
  }
});
