import path from 'node:path';
import { foldCode, type Piece } from '../context/fold-code.ts';
import type { Graph } from '../graph/graph.ts';
import type { Content } from '../graph/overlays/content.ts';
import type { CodeRecord, SymbolNode } from '../protocol/graph.ts';
import { MOST_BYTES } from '../workspace/discover.ts';
import { readRegularFile } from '../workspace/read-file.ts';
import { contentHash, decodeText } from '../workspace/text.ts';

/** More symbols in an answer than anyone reads have no code. */
const MOST_RECORDS = 200;

/**
 * The code of the symbols whose ids (or whole nodes) stand in rows, each once, read from the files by range and folded to
 * a budget of tokens. A file that changed since the graph was made gives none: its ranges may be others.
 */
export function codeOf(
  root: string,
  graph: Graph,
  content: Content,
  rows: readonly (readonly unknown[])[],
  tokens: number,
): CodeRecord[] {
  const nodes = new Map<string, SymbolNode>();
  for (const cell of rows.flat(2)) {
    const id = idIn(cell);
    const node = id === undefined || nodes.has(id) ? undefined : graph.node(id);
    if (node && nodes.size < MOST_RECORDS) nodes.set(node.id, node);
  }
  const texts = new Map<string, string[] | undefined>();
  const pieces = [...nodes.values()].flatMap(({ id, file, startLine, endLine }): Piece[] => {
    if (!texts.has(file)) texts.set(file, linesOf(root, file, content));
    const lines = texts.get(file)?.slice(startLine, endLine + 1);
    return lines ? [{ id, file, startLine: startLine + 1, endLine: endLine + 1, lines }] : [];
  });
  return foldCode(pieces, tokens);
}

function idIn(cell: unknown): string | undefined {
  if (typeof cell === 'string') return cell;
  if (typeof cell !== 'object' || cell === null || !('id' in cell)) return undefined;
  return typeof cell.id === 'string' ? cell.id : undefined;
}

function linesOf(root: string, file: string, content: Content): string[] | undefined {
  try {
    const bytes = readRegularFile(path.join(root, file), MOST_BYTES);
    if (contentHash(bytes) !== content.hashOf(file)) return undefined;
    return decodeText(bytes).text.split(/\r\n|\r|\n/);
  } catch {
    return undefined;
  }
}
