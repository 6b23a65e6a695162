import type { NeighboursAnswer } from '../../protocol/graph.ts';
import { UserError } from '../../protocol/user-error.ts';
import { callers } from '../../services/callers.ts';
import { openGraph } from '../../services/index-workspace.ts';
import { parse, workspaceFolder } from '../arguments.ts';
import type { Command } from '../command.ts';
import { describeProgress } from './index-workspace.ts';

export const callersCommand: Command = {
  name: 'callers',
  usage: 'callers DIR NAME|FILE:LINE  who calls a symbol, and what could not be resolved',
  async run({ args, signal, progress }) {
    const { positionals } = parse('callers', args, {}, 2);
    const symbol = positionals[1];
    if (symbol === undefined)
      throw new UserError('badInput', 'weft callers: give a directory and a symbol (NAME or FILE:LINE)');
    const graph = await openGraph(workspaceFolder(positionals[0]), {
      signal,
      onProgress: (p) => progress.live(describeProgress(p)),
      onMessage: (text) => progress.line(text),
    });
    const answer = callers(graph, symbol);
    return { json: answer, text: describeNeighbours(answer), exitCode: 0 };
  },
};

/** Rows aligned, each place as `file:line` that a terminal can follow. */
function describeNeighbours(answer: NeighboursAnswer): string {
  const { symbol, results, unresolvedSites } = answer;
  const rows = results.flatMap(({ symbol: from, edge }) =>
    edge.sites.map((site) => ({
      place: `${site.file}:${site.line}`,
      name: from.qualifiedName,
      how: `${edge.tier} ${edge.confidence.toFixed(2)}`,
    })),
  );
  const wide = (pick: (row: (typeof rows)[number]) => string) =>
    Math.max(0, ...rows.map((r) => pick(r).length));
  const [places, names] = [wide((r) => r.place), wide((r) => r.name)];
  const lines = [
    `${symbol.qualifiedName}  ${symbol.file}:${symbol.line}`,
    ...rows.map((r) => `  ${r.place.padEnd(places)}  ${r.name.padEnd(names)}  ${r.how}`),
  ];
  if (rows.length === 0) lines.push('  no caller found');
  if (answer.lowerBound) {
    lines.push(
      `at least these: ${unresolvedSites.length} more call ${unresolvedSites.length === 1 ? 'site' : 'sites'} of this name could not be resolved`,
      ...unresolvedSites.slice(0, 5).map((s) => `  ${s.file}:${s.line}`),
    );
  }
  return lines.join('\n');
}
