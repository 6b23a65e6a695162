import { EDGE_TYPES, type EdgeType } from '../../protocol/graph.ts';
import { UserError } from '../../protocol/user-error.ts';
import { exportRows } from '../../services/export.ts';
import { openGraph } from '../../services/index-workspace.ts';
import { parse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { openWorkspace } from '../workspace.ts';
import { describeProgress } from './index-workspace.ts';

export const exportCommand: Command = {
  name: 'export',
  usage: 'export DIR --nodes|--edges TYPE  the graph as JSON lines, one row a node or call site',
  async run({ args, signal, progress }) {
    const options = {
      nodes: { type: 'boolean' },
      edges: { type: 'string' },
      format: { type: 'string' },
    } as const;
    const { values, positionals } = parse('export', args, options, 1);
    if (values.format !== undefined && values.format !== 'jsonl')
      throw new UserError('badInput', `weft export --format ${values.format}: only "jsonl" is known`);
    const type = EDGE_TYPES.find((t) => t === values.edges?.toUpperCase());
    if ((values.nodes ?? false) === (values.edges !== undefined))
      throw new UserError('badInput', 'weft export: give either --nodes or --edges TYPE');
    if (values.edges !== undefined && !type)
      throw new UserError(
        'badInput',
        `weft export --edges ${values.edges}: give one of ${EDGE_TYPES.join(', ')}`,
      );
    const graph = await openGraph(openWorkspace(positionals[0], { progress }), {
      signal,
      onProgress: (p) => progress.live(describeProgress(p)),
      onMessage: (text) => progress.line(text),
    });
    return jsonLines(
      exportRows(graph, type === undefined ? { nodes: true } : { edges: type satisfies EdgeType }),
    );
  },
};

async function* jsonLines(rows: Iterable<unknown>): AsyncIterable<string> {
  for (const row of rows) yield JSON.stringify(row);
}
