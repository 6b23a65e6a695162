import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import readline from 'node:readline';
import { UserError } from '../../protocol/user-error.ts';
import type { TruthRow } from '../graph-truth.ts';
import { cacheFolder } from './cache.ts';

/** An oracle in another language: source in this folder, built into the cache. */
export interface Program {
  /** Folder of the source beside this file, and of the build in the cache. */
  name: string;
  /** The tool chain's command that must be there. */
  needs: string;
  build(source: string, target: string): readonly string[][];
  run(target: string, args: readonly string[]): readonly string[];
  /** Environment of building and running. */
  environment?(target: string): NodeJS.ProcessEnv;
}

const HERE = import.meta.dirname;
const STAMP = 'built-from';

export const java: Program = {
  name: 'java',
  needs: 'mvn',
  build: (source, target) => [
    ...[['mvn', '-q', '-B', '-f', path.join(source, 'pom.xml'), `-Doracle.build=${target}`, 'compile']],
    [
      'mvn',
      '-q',
      '-B',
      '-f',
      path.join(source, 'pom.xml'),
      `-Doracle.build=${target}`,
      'dependency:copy-dependencies',
    ],
  ],
  run: (target, args) => [
    ...['java', '-Xmx6g', '-cp', [`${target}/classes`, `${target}/lib/*`].join(path.delimiter)],
    ...['JavaOracle', ...args],
  ],
};

export const go: Program = {
  name: 'go',
  needs: 'go',
  build: (source, target) => [['go', 'build', '-C', source, '-o', path.join(target, 'oracle'), '.']],
  run: (target, args) => [path.join(target, 'oracle'), ...args],
};

export const rust: Program = {
  name: 'rust',
  needs: 'cargo',
  build: (source) => [
    ['cargo', 'build', '--release', '--locked', '--manifest-path', path.join(source, 'Cargo.toml')],
  ],
  run: (target, args) => [path.join(target, 'release', 'weft-rust-oracle'), ...args],
  environment: (target) => ({ CARGO_TARGET_DIR: target }),
};

/** True if the tool chain that builds a program is on this machine. */
export function canRun({ needs }: Program): boolean {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .some((folder) => existsSync(path.join(folder, needs)) || existsSync(path.join(folder, `${needs}.exe`)));
}

function isBuilt(program: Program): boolean {
  const stamp = path.join(cacheFolder(program.name), STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digest(path.join(HERE, program.name));
}

/** Builds a program unless its source is already built, runs it, and yields the rows that it writes. */
export async function* rowsOf(
  program: Program,
  checkout: string,
  folders: readonly string[],
): AsyncIterable<TruthRow> {
  if (!canRun(program))
    throw new UserError('badInput', `bench graph: ${program.needs} is not on PATH, and this oracle needs it`);
  const target = cacheFolder(program.name);
  const env = { ...process.env, ...program.environment?.(target) };
  build(program, target, env);
  const [command = '', ...args] = program.run(target, [checkout, ...folders]);
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  for await (const line of readline.createInterface({ input: child.stdout, crlfDelay: Infinity }))
    if (line !== '') yield JSON.parse(line) as TruthRow;
  const code = await ended;
  if (code !== 0) throw new UserError('badInput', `the ${program.name} oracle ended with ${code}: see above`);
}

function build(program: Program, target: string, env: NodeJS.ProcessEnv): void {
  if (isBuilt(program)) return;
  const source = path.join(HERE, program.name);
  mkdirSync(target, { recursive: true });
  process.stderr.write(`building the ${program.name} oracle in ${target}\n`);
  // What a tool prints while it builds is no row of truth.
  for (const [command = '', ...args] of program.build(source, target))
    execFileSync(command, args, { stdio: ['ignore', 2, 2], env });
  writeFileSync(path.join(target, STAMP), digest(source));
}

function digest(folder: string): string {
  const hash = createHash('sha256');
  for (const name of (readdirSync(folder, { recursive: true }) as string[]).sort()) {
    const file = path.join(folder, name);
    if (statSync(file).isFile()) hash.update(`${name}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}
