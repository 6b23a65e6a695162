#!/usr/bin/env node
import { UserError } from '../protocol/user-error.ts';
import { commands, laterCommands } from './commands/index.ts';
import { Progress } from './progress.ts';

const VERSION = process.env.WEFT_VERSION ?? '0.0.0-source';

/** Runs the command line and returns its exit code: 0 done, 1 not achieved, 2 bad input or usage. */
async function main(argv: string[]): Promise<number> {
  const json = argv.includes('--json');
  const [name, ...args] = argv.filter((a) => a !== '--json');
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    console.log(help());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === 'version') {
    console.log(VERSION);
    return 0;
  }

  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort());
  const progress = new Progress();
  try {
    const command = commands.find((c) => c.name === name);
    if (!command) throw unknownCommand(name);
    const output = await command.run({ args, json, signal: abort.signal, progress, env: process.env });
    progress.clear();
    if (Symbol.asyncIterator in output) {
      for await (const line of output) await write(line + '\n');
      return 0;
    }
    await write((json ? JSON.stringify(output.json) : output.text) + '\n');
    return output.exitCode;
  } catch (error) {
    progress.clear();
    return fail(error, json);
  }
}

function unknownCommand(name: string): UserError {
  if (laterCommands.includes(name))
    return new UserError('badInput', `weft ${name}: not yet available in this version`);
  return new UserError('badInput', `weft ${name}: no such command; see "weft help"`);
}

async function fail(error: unknown, json: boolean): Promise<number> {
  const known = UserError.is(error) ? error : undefined;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`weft: ${message}\n`);
  if (!known && process.env.WEFT_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  if (json) await write(JSON.stringify({ error: message, ...known?.details }) + '\n');
  return known && known.reason !== 'badInput' ? 1 : 2;
}

/** Waits until the line is handed over: `process.exit` would cut what a pipe has not taken yet. */
function write(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}

function help(): string {
  const width = Math.max(...commands.map((c) => (c.usage.split('  ')[0] ?? '').length));
  const rows = commands.map((c) => {
    const [usage = '', ...says] = c.usage.split('  ');
    return `  weft ${usage.padEnd(width)}  ${says.join('  ')}`;
  });
  return `Weft ${VERSION}: a failing test becomes a proven, reviewed diff.\n\n${rows.join('\n')}\n\nEvery command takes --json. DIR is "." by default.`;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});
process.exit(await main(process.argv.slice(2)));
