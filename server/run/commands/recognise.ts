import { globSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../protocol/user-error.ts';
import { runsNodeTests } from '../runners/node-test/node-argv.ts';
import type { RunnerName, TestCommand } from '../types.ts';
import { findProgram, pathFolders } from './find-program.ts';
import { readScripts } from './package-scripts.ts';
import { splitCommand, type Word } from './split-command.ts';

const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;
/** Scripts that call scripts that call scripts. */
const MOST_SCRIPTS = 5;
/**
 * What a command line runs, without running it. A command that needs a shell, or that no runner of Weft's fits,
 * is run as it is and judged by its exit code. Throws `badInput` for an empty command and for a program that is
 * not there.
 */
export function recogniseCommand(command: string, root: string): TestCommand {
  const text = command.trim();
  if (!text) throw new UserError('badInput', 'the test command is empty; give one, such as "pytest -q"');
  const found = recogniseLine(text, root, [], 0) ?? inShell(text);
  return { command: text, argv: found.argv, runner: found.runner, cwd: root, why: 'given' };
}

interface Found {
  argv: string[];
  runner: RunnerName;
}

/** Undefined when the line needs a shell. `extra`: words that follow the line, as `npm test -- …` adds them. */
function recogniseLine(line: string, root: string, extra: string[], depth: number): Found | undefined {
  const { words, needsShell } = splitCommand(line);
  if (needsShell) return undefined;
  const all = [...words, ...extra.map((text) => ({ text, glob: false }))];
  const first = all.findIndex(({ text }) => !ASSIGNMENT.test(text) && text !== 'cross-env');
  if (first < 0) return undefined;
  const assignments = all.slice(0, first).filter(({ text }) => text !== 'cross-env');
  const rest = all.slice(first);
  const typed = rest.map(({ text }) => text);
  const script = depth < MOST_SCRIPTS ? scriptOf(typed, root) : undefined;
  const inner = script && recogniseLine(script.line, root, script.args, depth + 1);
  if (inner && inner.runner !== 'command') return withEnv(assignments, inner);
  const plain = byRunner(typed);
  if (plain.runner === 'command' && rest.some(({ glob }) => glob)) return undefined;
  const argv = rest.some(({ glob }) => glob) ? byRunner(expand(rest, root)).argv : plain.argv;
  return withEnv(assignments, { ...plain, argv: withoutLauncher(withProgram(argv, root, depth > 0), root) });
}

function inShell(text: string): Found {
  const argv = process.platform === 'win32' ? ['cmd', '/d', '/s', '/c', text] : ['sh', '-c', text];
  return { argv, runner: 'command' };
}

function withEnv(assignments: readonly Word[], found: Found): Found {
  if (assignments.length === 0) return found;
  const rest = found.argv[0] === 'env' ? found.argv.slice(1) : found.argv;
  return { ...found, argv: ['env', ...assignments.map(({ text }) => text), ...rest] };
}

function byRunner(words: string[]): Found {
  const base = programName(words[0]);
  if (base === 'node') {
    const script = words.findIndex((word, i) => i > 0 && !word.startsWith('-'));
    if (path.basename(words[script] ?? '') === 'vitest.mjs') return vitest(words, script);
    return runsNodeTests(words)
      ? { runner: 'node:test', argv: words.filter((word) => word !== '--watch') }
      : { runner: 'command', argv: words };
  }
  const at = programAt(words, base);
  const program = programName(words[at]);
  if (/^py\.?test(-3)?$/.test(program)) return { runner: 'pytest', argv: words };
  if (/^(python[0-9.]*|pypy3?|py)$/.test(program)) {
    const module = pythonModule(words.slice(at + 1));
    if (/^py\.?test$/.test(module ?? '')) return { runner: 'pytest', argv: words };
    if (module === 'unittest') return { runner: 'unittest', argv: words };
  }
  if (/^vitest(@.*)?$/.test(program)) return vitest(words, at);
  return { runner: 'command', argv: words };
}

function programName(word = ''): string {
  return path.basename(word).replace(/\.(exe|cmd)$/i, '');
}

/** Where the program stands behind a launcher such as `npx`, `npm exec`, `uv run` or `poetry run`. */
function programAt(words: readonly string[], base: string): number {
  let at = 0;
  if (base === 'npx' || base === 'bunx') at = 1;
  else if (base === 'npm' && (words[1] === 'exec' || words[1] === 'x')) at = 2;
  else if ((base === 'pnpm' || base === 'yarn') && /^(exec|dlx|run)$/.test(words[1] ?? '')) at = 2;
  else if (base === 'pnpm' || base === 'yarn') at = 1;
  else if (/^(uv|poetry|pipenv|pdm|hatch)$/.test(base) && words[1] === 'run') at = 2;
  while (at > 0 && /^(--|--yes|-y|--no|--no-install)$/.test(words[at] ?? '')) at++;
  return at;
}

/** The module that Python's arguments run with `-m`. */
function pythonModule(words: readonly string[]): string | undefined {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '-m') return words[i + 1];
    if (!word.startsWith('-') || word.startsWith('-c')) return undefined;
    if (word === '-W' || word === '-X') i++;
  }
  return undefined;
}

/** vitest watches by default on a terminal; a run that never ends is no test run. */
function vitest(words: readonly string[], at: number): Found {
  const given = words.slice(at + 1).filter((word) => !/^(--watch|-w|--run)$/.test(word));
  const head = words.slice(0, at + 1);
  const [verb = '', ...rest] = given;
  if (/^(bench|list|init|doctor|complete)$/.test(verb)) return { runner: 'command', argv: [...words] };
  if (verb === 'related') return { runner: 'vitest', argv: [...head, ...given, '--run'] };
  const named = verb === 'run' || verb === 'watch' || verb === 'dev';
  return { runner: 'vitest', argv: [...head, 'run', ...(named ? rest : given)] };
}

/** The script that `npm test`, `npm t` or `npm run x` runs, when no other script runs before or after it. */
function scriptOf(words: readonly string[], root: string): { line: string; args: string[] } | undefined {
  const [manager = '', verb = '', ...rest] = words;
  if (!/^(npm|pnpm|yarn)$/.test(manager)) return undefined;
  const named = verb === 'run' || verb === 'run-script';
  if (!named && !/^(t|tst|test)$/.test(verb)) return undefined;
  const args = (named ? rest.slice(1) : rest).filter((word) => !/^(-s|--silent)$/.test(word));
  const own = args.indexOf('--');
  // npm keeps options that stand before `--` for itself.
  if (manager === 'npm' && args.slice(0, own < 0 ? args.length : own).some((word) => word.startsWith('-')))
    return undefined;
  const name = named ? (rest[0] ?? '') : 'test';
  const scripts = readScripts(root);
  const line = scripts[name];
  if (line === undefined || scripts[`pre${name}`] !== undefined || scripts[`post${name}`] !== undefined)
    return undefined;
  return { line, args: own < 0 ? args : [...args.slice(0, own), ...args.slice(own + 1)] };
}

/** As `sh` does it: `**` is `*`, and a pattern that fits nothing stays as it is. */
function expand(words: readonly Word[], root: string): string[] {
  return words.flatMap(({ text, glob }) => {
    if (!glob) return [text];
    const files = globSync(text.replaceAll(/\*{2,}/g, '*'), { cwd: root }).sort();
    return files.length > 0 ? files : [text];
  });
}

/** The programs of installed packages are on the path of a script only, and come first there. */
function withProgram(argv: string[], root: string, inScript: boolean): string[] {
  const [program = '', ...args] = argv;
  const folders = pathFolders();
  const onPath = findProgram(program, root, folders);
  const installed = findProgram(program, root, installedPrograms(root));
  if (installed !== undefined && (inScript || onPath === undefined)) return [installed, ...args];
  if (onPath !== undefined) return argv;
  const pythonTool = /^(py\.?test|python)$/.test(program) ? '; try "python3 -m pytest"' : '';
  throw new UserError(
    'badInput',
    `"${program}": no such command${pythonTool || '; install it, or give its path or another test command'}`,
  );
}

/** The installed vitest itself: starting it through npx takes a third of the time of a short run. */
function withoutLauncher(argv: string[], root: string): string[] {
  const at = programAt(argv, programName(argv[0]));
  if (at === 0 || argv[at] !== 'vitest' || process.platform === 'win32') return argv;
  const installed = findProgram('vitest', root, installedPrograms(root));
  return installed === undefined ? argv : [installed, ...argv.slice(at + 1)];
}

/** The folders of the programs of installed packages: those of the folders above count too. */
function installedPrograms(root: string): string[] {
  const folders: string[] = [];
  for (let folder = root; ; folder = path.dirname(folder)) {
    folders.push(path.join(folder, 'node_modules', '.bin'));
    if (folder === path.dirname(folder)) return folders;
  }
}
