import type { SymbolAnswer } from '../../protocol/graph.ts';
import { symbolAnswer } from '../../services/neighbours.ts';
import { parse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { graphOf, wantedSymbol } from '../graph-command.ts';
import { alignRows } from '../table.ts';

export const symbolCommand: Command = {
  name: 'symbol',
  usage: 'symbol DIR NAME|FILE:LINE  what a symbol is, its members and its edges',
  async run(input) {
    const { positionals } = parse('symbol', input.args, {}, 2);
    const { folder, symbol } = wantedSymbol('symbol', positionals);
    const answer = symbolAnswer(await graphOf(folder, input), symbol);
    return { json: answer, text: describe(answer), exitCode: 0 };
  },
};

function describe({ symbol, parent, members, edgesIn, edgesOut }: SymbolAnswer): string {
  const counts = (edges: Record<string, number>) =>
    Object.entries(edges)
      .map(([type, count]) => `${type} ${count}`)
      .join(', ') || 'none';
  return [
    `${symbol.kind} ${symbol.qualifiedName}  ${symbol.file}:${symbol.line}`,
    ...(symbol.signature ? [`  ${symbol.signature}`] : []),
    ...(symbol.doc ? [`  ${symbol.doc.split('\n')[0]}`] : []),
    ...(parent ? [`in ${parent.kind} ${parent.qualifiedName}  ${parent.file}:${parent.line}`] : []),
    ...alignRows(members.map((m) => [`${m.file}:${m.line}`, `${m.kind} ${m.name}`])).map((row) => `  ${row}`),
    `edges in: ${counts(edgesIn)}`,
    `edges out: ${counts(edgesOut)}`,
  ].join('\n');
}
