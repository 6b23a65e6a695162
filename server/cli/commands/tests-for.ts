import type { TestsAnswer } from '../../protocol/graph.ts';
import { UserError } from '../../protocol/user-error.ts';
import { symbolsChangedSince, testsFor } from '../../services/tests-for.ts';
import { parse, workspaceFolder } from '../arguments.ts';
import type { Command } from '../command.ts';
import { graphOf } from '../graph-command.ts';

export const testsForCommand: Command = {
  name: 'tests-for',
  usage:
    'tests-for DIR --symbol NAME|FILE:LINE | --diff REV  tests that reach it, best first (--safe: none left out)',
  async run(input) {
    const options = {
      symbol: { type: 'string', multiple: true },
      diff: { type: 'string' },
      safe: { type: 'boolean', default: false },
      budget: { type: 'string' },
    } as const;
    const { values, positionals } = parse('tests-for', input.args, options, 1);
    if (values.budget !== undefined)
      throw new UserError(
        'badInput',
        'weft tests-for: --budget needs the times of earlier runs, and none are kept yet',
      );
    if ((values.symbol === undefined) === (values.diff === undefined))
      throw new UserError('badInput', 'weft tests-for: give --symbol NAME|FILE:LINE or --diff REV');
    const folder = workspaceFolder(positionals[0]);
    const graph = await graphOf(folder, input);
    const symbols =
      values.diff === undefined
        ? (values.symbol ?? []).map((wanted) => graph.symbolOf(graph.find(wanted).id)!)
        : await symbolsChangedSince(graph, folder, values.diff);
    const answer = testsFor(graph, symbols, { safe: values.safe });
    return { json: answer, text: describe(answer), exitCode: 0 };
  },
};

function describe({ tests, symbols, lowerBound }: TestsAnswer): string {
  const wide = Math.max(0, ...tests.map((t) => `${t.file}:${t.line}`.length));
  const names = Math.max(0, ...tests.map((t) => t.name.length));
  return [
    `${tests.length} ${tests.length === 1 ? 'test' : 'tests'} for ${symbols.length} ${symbols.length === 1 ? 'symbol' : 'symbols'}`,
    ...tests.map(
      (t) =>
        `  ${`${t.file}:${t.line}`.padEnd(wide)}  ${t.name.padEnd(names)}  ${t.score.toFixed(2)}  ${t.why}`,
    ),
    ...(lowerBound ? ['at least these: some calls of these names could not be resolved'] : []),
  ].join('\n');
}
