import { UserError } from '../protocol/user-error.ts';
import type { Command, CommandOutput } from './command.ts';
import { commands, laterCommands } from './commands/index.ts';
import type { Progress } from './progress.ts';

const VERSION = process.env.WEFT_VERSION ?? '0.0.0-source';
export const STOPPED_LINE = 'weft: stopped; nothing was written';

export interface CommandLineOptions {
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
  /** Where progress and messages go. */
  progress: Progress;
  /** Takes what belongs on stdout. */
  write: (text: string) => Promise<void>;
}

/** Runs the command line and returns its exit code: 0 done, 1 not achieved, 2 bad input or usage. */
export async function runCommandLine(
  argv: readonly string[],
  options: CommandLineOptions,
): Promise<0 | 1 | 2 | 'stopped'> {
  const json = argv.includes('--json');
  const [name, ...args] = argv.filter((word) => word !== '--json');
  const { write, progress } = options;
  try {
    if (name === 'help' || name === '--help' || name === '-h') return await say(help(commands));
    if (name === 'version' || name === '--version') return await say(VERSION);
    if (name === undefined) throw new UserError('badInput', 'no command given; see "weft help"');
    const command = commands.find((c) => c.name === name);
    if (!command) throw unknownCommand(name);
    if (asksForHelp(args)) return await say(help([command]));
    const output = await command.run({ args, json, ...options });
    progress.clear();
    if (isRows(output)) {
      await (json ? writeAsObject(output, write) : writeLines(output, write));
      return 0;
    }
    await write((json ? JSON.stringify(output.json) : output.text) + '\n');
    return output.exitCode;
  } catch (error) {
    return await fail(error, json, options);
  }

  async function say(text: string): Promise<0> {
    await write((json ? JSON.stringify({ text }) : text) + '\n');
    return 0;
  }
}

function isRows(output: CommandOutput | AsyncIterable<string>): output is AsyncIterable<string> {
  return Symbol.asyncIterator in output;
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((word) => word === '--help' || word === '-h');
}

async function writeLines(lines: AsyncIterable<string>, write: CommandLineOptions['write']): Promise<void> {
  for await (const line of lines) await write(line + '\n');
}

/** `{"rows":[…]}`, as it comes: the rows of a large graph are never all in memory. */
async function writeAsObject(rows: AsyncIterable<string>, write: CommandLineOptions['write']): Promise<void> {
  let before = '{"rows":[';
  for await (const row of rows) {
    await write(before + row);
    before = ',';
  }
  await write(`${before === ',' ? '' : before}]}\n`);
}

function unknownCommand(name: string): UserError {
  if (laterCommands.includes(name))
    return new UserError('badInput', `weft ${name}: not yet available in this version`);
  return new UserError('badInput', `weft ${name}: no such command; see "weft help"`);
}

async function fail(
  error: unknown,
  json: boolean,
  { signal, progress, write, env }: CommandLineOptions,
): Promise<1 | 2 | 'stopped'> {
  const known = UserError.is(error) ? error : undefined;
  const isStopped = signal.aborted;
  const said = `weft: ${error instanceof Error ? error.message : String(error)}`;
  const line = isStopped && known?.reason !== 'cancelled' ? STOPPED_LINE : said.replaceAll(/\s*\n\s*/g, ' ');
  progress.line(line);
  if (!known && env.WEFT_DEBUG && error instanceof Error) progress.line(String(error.stack));
  if (json) await write(JSON.stringify({ error: line.slice('weft: '.length), ...known?.details }) + '\n');
  if (isStopped) return 'stopped';
  return known && known.reason !== 'badInput' ? 1 : 2;
}

function help(shown: readonly Command[]): string {
  const width = Math.max(...shown.map((c) => (c.usage.split('  ')[0] ?? '').length));
  const rows = shown.map((c) => {
    const [usage = '', ...says] = c.usage.split('  ');
    return `  weft ${usage.padEnd(width)}  ${says.join('  ')}`;
  });
  return `Weft ${VERSION}: a failing test becomes a proven, reviewed diff.\n\n${rows.join('\n')}\n\nEvery command takes --json. DIR is "." by default.`;
}
