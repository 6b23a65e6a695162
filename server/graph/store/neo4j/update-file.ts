import type { GraphRows } from './graph-rows.ts';
import type { Neo4jConnection } from './connection.ts';
import { PushLost } from './push.ts';
import * as statements from './statements.ts';

export interface FileUpdate {
  owner: string;
  /** The generation that is seen. */
  key: string;
  file: string;
  /** Absent: the file is gone. */
  digest: string | undefined;
  /** Files that are to be updated after this one: what an edge needs of them is made with it. */
  later: ReadonlySet<string>;
  /** What the workspace is at after this file. */
  version: string;
}

/**
 * Writes one file's symbols and edges over those that are there, in one transaction. Edges of other files into symbols
 * that stay are left as they are. Throws the driver's errors, and `PushLost` where another version was switched to.
 */
export async function updateFile(
  connection: Neo4jConnection,
  rows: GraphRows,
  { owner, key, file, digest, later, version }: FileUpdate,
): Promise<void> {
  const symbols = rows.symbolsOf(file);
  const groups = rows.edgeGroups(symbols).map((group) => ({
    text: statements.createEdges(group.type, group.from, group.to),
    rows: group.edges.map((edge) => rows.edgeRow(edge)),
  }));
  const missing = new Set<number>();
  for (const group of later.size > 0 ? groups : [])
    for (const { b } of group.rows) {
      const target = rows.symbolOf(b);
      if (target !== undefined && later.has(rows.fileOf(target))) missing.add(target);
    }
  const keep = symbols.map((symbol) => `${rows.kindOf(symbol)} ${rows.idOf(symbol)}`);
  const toNodes = (texts: typeof statements.mergeNodes, some: Iterable<number>) =>
    [...rows.byKind(some)].map(([kind, own]) => ({
      text: texts[kind],
      rows: own.map((symbol) => rows.nodeRow(symbol)),
    }));
  const writes = [
    ...toNodes(statements.mergeNodes, symbols),
    ...toNodes(statements.ensureNodes, missing),
    ...groups,
  ];
  await connection.transact(async (tx) => {
    // All are sent at once; the server runs them in order, and the first that fails ends the transaction.
    const [locked] = await Promise.all([
      tx.run(statements.lockWorkspace, { owner }),
      tx.run(statements.clearFile, { key, file, keep }),
      ...writes.map((write) => tx.run(write.text, { key, rows: write.rows })),
      digest === undefined
        ? tx.run(statements.removeFile, { key, file })
        : tx.run(statements.setFile, { key, file, digest }),
      tx.run(statements.setVersion, { owner, version }),
    ]);
    if (locked.records[0]?.get('key') !== key) throw new PushLost();
  });
}
