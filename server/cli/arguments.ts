import { parseArgs, type ParseArgsConfig } from 'node:util';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../protocol/user-error.ts';

/**
 * Parses one command's arguments; what is unknown, given twice or more than `mostPositionals` is bad input, in one
 * line.
 */
export function parse<T extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: string[],
  options: T,
  mostPositionals: number,
) {
  const parsed = parseOrExplain(command, args, options);
  const seen = new Set<string>();
  for (const token of parsed.tokens) {
    if (token.kind !== 'option') continue;
    if (seen.has(token.name) && !options[token.name]?.multiple)
      throw new UserError('badInput', `weft ${command}: --${token.name} is given twice; give it once`);
    seen.add(token.name);
  }
  const tooMuch = parsed.positionals[mostPositionals];
  if (tooMuch !== undefined)
    throw new UserError(
      'badInput',
      `weft ${command}: "${tooMuch}" is one argument too many; put what has spaces in quotes, see "weft help"`,
    );
  return parsed;
}

function parseOrExplain<T extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: string[],
  options: T,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const dashed = /^Option '(--[\w-]+)' argument is ambiguous/.exec(said)?.[1];
    if (dashed !== undefined)
      throw new UserError(
        'badInput',
        `weft ${command}: ${dashed} needs a value; write one that begins with a dash as ${dashed}=-X`,
      );
    const what = said.split(/[.\n]/, 1)[0] ?? said;
    throw new UserError('badInput', `weft ${command}: ${what}; see "weft help"`);
  }
}

/** The workspace folder an argument names; `.` by default. */
export function workspaceFolder(argument: string | undefined, cwd: string = process.cwd()): string {
  const folder = path.resolve(cwd, argument ?? '.');
  if (!existsSync(folder))
    throw new UserError('badInput', `${folder}: no such directory; give the path of a workspace`);
  if (!statSync(folder).isDirectory())
    throw new UserError('badInput', `${folder}: not a directory; give the path of a workspace`);
  return folder;
}

/** A number of an option, within bounds. */
export function numberOption(name: string, value: string | undefined, min: number, max: number) {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isFinite(number) || number < min || number > max)
    throw new UserError('badInput', `--${name} ${value}: give a number from ${min} to ${max}`);
  return number;
}
