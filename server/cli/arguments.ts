import { parseArgs, type ParseArgsConfig } from 'node:util';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../protocol/user-error.ts';

/** Parses one command's arguments; anything unknown is bad input, in one line. */
export function parse<T extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: string[],
  options: T,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    const what = error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error);
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
