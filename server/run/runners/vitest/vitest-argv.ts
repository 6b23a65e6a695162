import path from 'node:path';

/** Options that Weft sets itself, or that write files; with the values that follow them as words of their own. */
const REPLACED = /^--(reporter|reporters|outputFile|coverage|ui|open|allowOnly|bail)([.=]|$)/;
const TAKES_VALUE = /^--(reporter|reporters|outputFile(\.\w+)?|bail|coverage\.\w+(\.\w+)?)$/;
const COVERAGE_SWITCH =
  /^--coverage\.(enabled|clean|cleanOnRerun|all|skipFull|reportOnFailure|allowExternal|processingConcurrency|excludeAfterRemap|ignoreEmptyLines|thresholds\.(100|perFile|autoUpdate))$/;

/** Where the program stands in the words: `vitest`, or node's script `vitest.mjs`. */
export function vitestAt(words: readonly string[]): number {
  return words.findIndex((word) => /^vitest(@[^/]*|\.mjs|\.cmd|\.exe)?$/i.test(path.basename(word)));
}

/** The command with Weft's options, without those of its own that would write files or stand in their way. */
export function vitestArgv(argv: readonly string[], options: readonly string[]): string[] {
  const at = vitestAt(argv);
  const kept: string[] = [];
  for (let i = at + 1; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (word === '--') {
      kept.push(...argv.slice(i));
      break;
    }
    if (!REPLACED.test(word)) kept.push(word);
    else if (TAKES_VALUE.test(word) && !COVERAGE_SWITCH.test(word) && !argv[i + 1]?.startsWith('-')) i++;
  }
  const end = kept.indexOf('--');
  const before = end < 0 ? kept : kept.slice(0, end);
  return [...argv.slice(0, at + 1), ...before, ...options, ...(end < 0 ? [] : kept.slice(end))];
}
