import { UserError } from '../../protocol/user-error.ts';
import { historyOfFile, historyOfSymbol, type HistoryAnswer } from '../../services/history.ts';
import { numberOption, parse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { graphOf } from '../graph-command.ts';
import { alignRows } from '../table.ts';
import { openWorkspace } from '../workspace.ts';

const MOST_SHOWN = 20;

export const historyCommand: Command = {
  name: 'history',
  usage:
    'history DIR --file F | --symbol NAME|FILE:LINE  what git’s log says: its last change, and what changes with it (--limit N)',
  async run(input) {
    const options = {
      file: { type: 'string' },
      symbol: { type: 'string' },
      limit: { type: 'string' },
    } as const;
    const { values, positionals } = parse('history', input.args, options, 1);
    const { file, symbol } = values;
    if ((file === undefined) === (symbol === undefined))
      throw new UserError('badInput', 'weft history: give --file F or --symbol NAME, and not both');
    const limit = numberOption('limit', values.limit, 1, 10_000) ?? MOST_SHOWN;
    const root = openWorkspace(positionals[0], input);
    const answer =
      symbol === undefined
        ? await historyOfFile(root, file!)
        : await historyOfSymbol(root, await graphOf(positionals[0], input), symbol);
    const shown = { ...answer, changesWith: answer.changesWith.slice(0, limit) };
    return { json: shown, text: describe(shown), exitCode: 0 };
  },
};

function describe({ file, symbol, lastChange, commits, changesWith }: HistoryAnswer): string {
  const what = symbol ? `${symbol.qualifiedName}  ${symbol.file}:${symbol.line}` : file;
  const last = lastChange
    ? `last changed ${lastChange.date.slice(0, 10)} in ${lastChange.commit.slice(0, 12)}${lastChange.subject === undefined ? '' : `  ${lastChange.subject}`}`
    : 'not committed yet';
  const rows = changesWith.map((other) => [
    `${other.commits} of ${commits}`,
    `likeness ${other.likeness.toFixed(2)}`,
    other.file,
  ]);
  return [
    ...[what, last],
    `${commits} ${commits === 1 ? 'commit' : 'commits'} of ${file}${rows.length > 0 ? '; changed with it:' : ''}`,
    ...alignRows(rows).map((row) => `  ${row}`),
  ].join('\n');
}
