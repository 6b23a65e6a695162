import path from 'node:path';

/** Options of node that take the next word as their value. */
const VALUE_OPTION =
  /^(-r|-C|--(import|require|loader|experimental-loader|conditions|test-(reporter|reporter-destination|name-pattern|skip-pattern|concurrency|timeout|shard|isolation)|watch-path|input-type))$/;
const REPORTER = /^--test-reporter(-destination)?(=|$)/;

/** Whether node is asked to run tests; a `--test` behind a script's name is that script's own. */
export function runsNodeTests(words: readonly string[]): boolean {
  for (let i = 1; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--test') return true;
    if (!word.startsWith('-')) return false;
    if (VALUE_OPTION.test(word)) i++;
  }
  return false;
}

/**
 * The command with the options put right after `node`, without reporters of its own. `files`, when given, take
 * the place of the files and patterns that it names.
 */
export function nodeArgv(
  argv: readonly string[],
  options: readonly string[],
  files?: readonly string[],
): string[] {
  const node = nodeAt(argv);
  const kept: string[] = [];
  for (let i = node + 1; i < argv.length; i++) {
    const word = argv[i] ?? '';
    const group = VALUE_OPTION.test(word) ? [word, ...argv.slice(i + 1, ++i + 1)] : [word];
    if (REPORTER.test(word) || (files && !word.startsWith('-'))) continue;
    kept.push(...group);
  }
  return [...argv.slice(0, node + 1), ...options, ...kept, ...(files ?? [])];
}

export function nodeAt(argv: readonly string[]): number {
  return argv.findIndex((word) => /^node(\.exe)?$/i.test(path.basename(word)));
}
