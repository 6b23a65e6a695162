import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { LanguageServer } from '../protocol/language-server.ts';
import { UserError } from '../protocol/user-error.ts';
import { makeHandlers } from './handlers.ts';
import { hostLanguageServer, type AskHost } from './host-language-server.ts';
import { serve, type Handlers, type Notify } from './serve.ts';

let open: MessageConnection[] = [];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'weft-'));
});
afterEach(() => {
  for (const connection of open) connection.dispose();
  open = [];
  rmSync(folder, { recursive: true, force: true });
});

type Made = ReturnType<Parameters<typeof serve>[1]>;

/** Serves handlers that have nothing to close. */
const plain =
  (made: (notify: Notify, ask: AskHost) => Handlers) =>
  (notify: Notify, ask: AskHost): Made => ({ handlers: made(notify, ask), close: () => Promise.resolve() });

function client(handlers: (notify: Notify, ask: AskHost) => Made): MessageConnection {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const server = createMessageConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  const asking = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  serve(server, handlers);
  server.listen();
  asking.listen();
  open.push(server, asking);
  return asking;
}

describe('serve', () => {
  it('refuses parameters that do not fit the schema', async () => {
    const asked = client(makeHandlers).sendRequest('initialize', { root: 7 });
    await expect(asked).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining('initialize') as string,
    });
  });

  it('hands a UserError over with its reason and details', async () => {
    const asked = client(
      plain(() => ({
        doctor: () => {
          throw new UserError('notAchieved', 'nothing fails', { hint: 1 });
        },
      })),
    ).sendRequest('doctor', {});
    await expect(asked).rejects.toMatchObject({ code: -32002, message: 'nothing fails', data: { hint: 1 } });
  });

  it('says which folder is missing', async () => {
    const asked = client(makeHandlers).sendRequest('initialize', {
      root: path.join(folder, 'gone'),
      trusted: true,
    });
    await expect(asked).rejects.toMatchObject({
      code: -32001,
      message: expect.stringContaining('gone') as string,
    });
  });

  it('ends a request when the caller cancels it', async () => {
    let ended = false;
    const connection = client(
      plain(() => ({
        doctor: ({ signal }) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              ended = true;
              reject(new UserError('cancelled', 'stopped'));
            });
          }),
      })),
    );
    const { CancellationTokenSource } = await import('vscode-jsonrpc/node');
    const source = new CancellationTokenSource();
    const asked = connection.sendRequest('doctor', {}, source.token);
    setImmediate(() => source.cancel());
    await expect(asked).rejects.toMatchObject({ code: -32003 });
    expect(ended).toBe(true);
  });

  it.each([
    ['as it says', { answers: [[{ file: 'a.ts', line: 1, column: 2 }]] }],
    ['with nothing where the answer does not fit the schema', { answers: [[{ file: 7 }]] }],
    ['with nothing where there are fewer answers than places', { answers: [] }],
    ['with nothing where it fails', undefined],
  ])('asks the language servers of the host, which answers %s', async (how, answer) => {
    let language: LanguageServer | undefined;
    const connection = client(
      plain((_notify, ask) => {
        language = hostLanguageServer(ask);
        return {};
      }),
    );
    const asked: unknown[] = [];
    connection.onRequest('language/definitions', (params: unknown): unknown => {
      asked.push(params);
      if (!answer) throw new Error('no');
      return answer;
    });
    const site = { file: 'b.ts', line: 3, column: 4 };
    const answers = await language?.definitions([site], 5_000);
    expect(asked).toEqual([{ sites: [site], milliseconds: 5_000 }]);
    expect(answers).toEqual(how === 'as it says' ? answer?.answers : [null]);
  });

  it('opens a workspace and lists no runs of it', async () => {
    const connection = client(makeHandlers);
    await connection.sendRequest('initialize', {
      root: folder,
      trusted: true,
      stateFolder: path.join(folder, 'state'),
    });
    expect(await connection.sendRequest('runs/list', {})).toEqual({ runs: [] });
  });
});
