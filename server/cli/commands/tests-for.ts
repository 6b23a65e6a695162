import type { TestsAnswer } from '../../protocol/graph.ts';
import { UserError } from '../../protocol/user-error.ts';
import { changedTogether } from '../../services/history.ts';
import { symbolsChangedSince, testsFor } from '../../services/tests-for.ts';
import { parse, workspaceFolder } from '../arguments.ts';
import type { Command } from '../command.ts';
import { graphOf, wantedSymbol } from '../graph-command.ts';
import { alignRows } from '../table.ts';

export const testsForCommand: Command = {
  name: 'tests-for',
  usage: 'tests-for DIR NAME|FILE:LINE | --diff REV  tests that reach it, best first (--safe: none left out)',
  async run(input) {
    const options = {
      symbol: { type: 'string', multiple: true },
      diff: { type: 'string' },
      safe: { type: 'boolean', default: false },
      budget: { type: 'string' },
    } as const;
    const { values, positionals } = parse('tests-for', input.args, options, 2);
    const isAsked = values.symbol !== undefined || values.diff !== undefined || positionals.length === 0;
    const { folder: at, symbol } = isAsked
      ? { folder: positionals[0], symbol: positionals[1] }
      : wantedSymbol('tests-for', positionals);
    const named = [...(values.symbol ?? []), ...(symbol === undefined ? [] : [symbol])];
    if (values.budget !== undefined)
      throw new UserError(
        'badInput',
        'weft tests-for: --budget needs the times of earlier runs, and none are kept yet',
      );
    if ((named.length === 0) === (values.diff === undefined))
      throw new UserError('badInput', 'weft tests-for: give a symbol (NAME or FILE:LINE) or --diff REV');
    const folder = workspaceFolder(at);
    const graph = await graphOf(folder, input);
    const symbols =
      values.diff === undefined
        ? named.map((wanted) => graph.symbolOf(graph.find(wanted).id)!)
        : await symbolsChangedSince(graph, folder, values.diff);
    const files = symbols.map((symbol) => graph.nodeOf(symbol).file);
    const likeness = changedTogether(folder, files);
    const answer = testsFor(graph, symbols, { safe: values.safe, likeness });
    return { json: answer, text: describe(answer), exitCode: 0 };
  },
};

function describe({ tests, symbols, lowerBound }: TestsAnswer): string {
  return [
    `${tests.length} ${tests.length === 1 ? 'test' : 'tests'} for ${symbols.length} ${symbols.length === 1 ? 'symbol' : 'symbols'}`,
    ...alignRows(tests.map((t) => [`${t.file}:${t.line}`, t.score.toFixed(2), t.why, t.name])).map(
      (row) => `  ${row}`,
    ),
    ...(lowerBound ? ['at least these: some calls of these names could not be resolved'] : []),
  ].join('\n');
}
