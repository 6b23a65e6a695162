import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Graph } from '../../../server/graph/graph.ts';
import { WorkspaceIndex } from '../../../server/services/workspace-index.ts';
import type { Place } from './place.ts';

/** Every symbol, edge and open site of a graph, in an order of their own. */
export function rowsOf(graph: Graph): string[] {
  const rows: string[] = [];
  for (const node of graph.nodes()) rows.push(JSON.stringify(node));
  for (const edge of graph.edges()) rows.push(JSON.stringify(edge));
  for (const symbol of graph.numbers())
    for (const site of graph.unresolvedIn(symbol)) rows.push(`open ${JSON.stringify(site)}`);
  return rows.sort();
}

/** Does something with the place's state folder as this process's own. */
export async function inPlace<T>(state: string, work: () => Promise<T>): Promise<T> {
  const saved = process.env.WEFT_STATE_FOLDER;
  process.env.WEFT_STATE_FOLDER = state;
  try {
    return await work();
  } finally {
    if (saved === undefined) delete process.env.WEFT_STATE_FOLDER;
    else process.env.WEFT_STATE_FOLDER = saved;
  }
}

/** What a clean build of the place's workspace gives, with nothing that was kept before. */
export async function cleanRows(place: Place): Promise<string[]> {
  try {
    return await inPlace(cleanState(), async () => rowsOf(await new WorkspaceIndex(place.root).graph()));
  } finally {
    rmSync(path.join(cleanState(), 'workspaces'), { recursive: true, force: true });
  }
}

let cleanFolder: string | undefined;

/** A state folder of this process that keeps what is known of the languages' own declarations, which takes a while. */
function cleanState(): string {
  if (cleanFolder === undefined) {
    const made = mkdtempSync(path.join(os.tmpdir(), 'weft-clean-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    cleanFolder = made;
  }
  return cleanFolder;
}

/** What an index that is opened now, as by the next command, gives. */
export function reopenedRows(place: Place): Promise<string[]> {
  return inPlace(place.state, async () => rowsOf(await new WorkspaceIndex(place.root).graph()));
}
