import type { Graph } from '../graph/graph.ts';
import type { TruthRow } from './graph-truth.ts';

/** How often Weft's IMPLEMENTS edges and an oracle agree; `undefined` where the oracle says nothing of them. */
export interface ImplementsAccuracy {
  wanted: number;
  drawn: number;
  right: number;
}

/** Compares pairs of type and interface, both declared in the project; a pair is the places of the two names. */
export async function compareImplements(
  rows: AsyncIterable<TruthRow>,
  graph: Graph,
): Promise<ImplementsAccuracy | undefined> {
  const wanted = new Set<string>();
  for await (const row of rows)
    if (row.row === 'implements')
      wanted.add([row.type, row.interface].map(({ file, name }) => `${file}#${name}`).join(' '));
  if (wanted.size === 0) return undefined;
  let [drawn, right] = [0, 0];
  for (const edge of graph.edges()) {
    const [from, to] = [graph.node(edge.from), graph.node(edge.to)];
    if (edge.kind !== 'IMPLEMENTS' || !from?.file.endsWith('.go') || !to) continue;
    drawn++;
    if (wanted.has(`${from.file}#${from.name} ${to.file}#${to.name}`)) right++;
  }
  return { wanted: wanted.size, drawn, right };
}
