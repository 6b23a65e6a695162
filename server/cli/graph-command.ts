import { existsSync } from 'node:fs';
import type { Graph } from '../graph/graph.ts';
import type { NeighboursAnswer } from '../protocol/graph.ts';
import { UserError } from '../protocol/user-error.ts';
import { openGraph } from '../services/index-workspace.ts';
import type { Command, CommandInput, CommandOutput } from './command.ts';
import { parse } from './arguments.ts';
import { describeProgress } from './commands/index-workspace.ts';
import { openWorkspace } from './workspace.ts';
import { describeNeighbours } from './describe-neighbours.ts';

/** The graph of a workspace, brought up to date, with progress on a terminal. */
export function graphOf(folder: string | undefined, { signal, progress }: CommandInput): Promise<Graph> {
  return openGraph(openWorkspace(folder, { progress }), {
    signal,
    onProgress: (p) => progress.live(describeProgress(p)),
    onMessage: (text) => progress.line(text),
  });
}

/** Directory and symbol of `COMMAND [DIR] SYMBOL`: what alone is no directory is a symbol of the one we are in. */
export function wantedSymbol(
  command: string,
  positionals: readonly string[],
): { folder: string; symbol: string } {
  const [only] = positionals;
  const isSymbol = positionals.length === 1 && only !== undefined && !existsSync(only);
  const [folder, symbol] = isSymbol ? ['.', only] : positionals;
  if (folder === undefined || symbol === undefined)
    throw new UserError('badInput', `weft ${command}: give a directory and a symbol (NAME or FILE:LINE)`);
  return { folder, symbol };
}

/** A command that answers with the neighbours of one symbol. */
export function neighboursCommand(
  own: Pick<Command, 'name' | 'usage'> & { none: string },
  ask: (graph: Graph, symbol: string) => NeighboursAnswer,
): Command {
  return {
    name: own.name,
    usage: own.usage,
    async run(input): Promise<CommandOutput> {
      const { positionals } = parse(own.name, input.args, {}, 2);
      const { folder, symbol } = wantedSymbol(own.name, positionals);
      const answer = ask(await graphOf(folder, input), symbol);
      return { json: answer, text: describeNeighbours(answer, own.none), exitCode: 0 };
    },
  };
}
