import { impact } from '../../services/neighbours.ts';
import { numberOption, parse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { describeNeighbours } from '../describe-neighbours.ts';
import { graphOf, wantedSymbol } from '../graph-command.ts';

export const impactCommand: Command = {
  name: 'impact',
  usage: 'impact DIR NAME|FILE:LINE  who may break when a symbol changes (--depth N, 3 by default)',
  async run(input) {
    const { values, positionals } = parse('impact', input.args, { depth: { type: 'string' } }, 2);
    const { folder, symbol } = wantedSymbol('impact', positionals);
    const depth = numberOption('depth', values.depth, 1, 100);
    const answer = impact(await graphOf(folder, input), symbol, depth);
    return { json: answer, text: describeNeighbours(answer, 'nothing depends on it'), exitCode: 0 };
  },
};
