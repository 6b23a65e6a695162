import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let home: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'weft-watch-'));
  mkdirSync(path.join(home, 'work'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

const put = (file: string, text: string) => writeFileSync(path.join(home, 'work', file), text);

it(
  '`weft index --watch` follows what changes on the disk, and keeps it when it is ended',
  { timeout: 60_000 },
  async () => {
    put('lib.ts', 'export function settle() {}\n');
    const env = { ...process.env, WEFT_STATE_FOLDER: path.join(home, 'state') };
    const main = path.resolve('server/cli/main.ts');
    child = spawn(process.execPath, [main, 'index', path.join(home, 'work'), '--watch', '--json'], { env });
    let output = '';
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (output += text));
    await until(() => output.includes('"parsed":1'));
    put('use.ts', "import { settle } from './lib';\nexport function pay() { settle(); }\n");
    await until(() => /"files":2,"symbols":4,/.test(output));
    child.kill('SIGINT');
    await new Promise((resolve) => child!.once('exit', resolve));
    const again = await run([main, 'callers', path.join(home, 'work'), 'settle', '--json'], env);
    expect(JSON.parse(again)).toMatchObject({ results: [{ symbol: { qualifiedName: 'pay' } }] });
  },
);

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function run(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const started = spawn(process.execPath, args, { env });
  let output = '';
  started.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await new Promise((resolve) => started.once('exit', resolve));
  return output;
}
