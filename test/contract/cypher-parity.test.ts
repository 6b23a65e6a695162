import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { someQuery } from '../../server/graph/cypher/some-query.ts';
import { HOOK_LIMIT_MS, missingNeo4j } from './neo4j.ts';
import { UserError } from '../../server/protocol/user-error.ts';
import { openLadybug, openNeo4j, sampleGraph, type CypherEngine } from './support/cypher-engines.ts';

/** Queries that both stores answer with the same rows: one a line. */
const QUERIES = readFileSync(path.join(import.meta.dirname, 'support/parity-queries.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

const PARAMETERS = { name: 'a', most: 2, empty: '' };

describe('one query on both stores', () => {
  const missing = missingNeo4j();
  if (missing !== undefined) {
    it(`gives the same rows (${missing})`, (context) => {
      if (process.env.WEFT_REQUIRE === 'all') throw new Error(missing);
      context.skip(missing);
    });
    return;
  }
  let home: string;
  let engines: CypherEngine[];
  beforeAll(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), 'weft-'));
    const graph = await sampleGraph(home);
    engines = [await openLadybug(graph), await openNeo4j(graph)];
  }, HOOK_LIMIT_MS);
  afterAll(async () => {
    for (const engine of engines) await engine.close();
    rmSync(home, { recursive: true, force: true });
  });

  it.each(QUERIES)('%s', async (query) => {
    const [embedded, server] = await Promise.all(
      engines.map((engine) => engine.ask(query, { parameters: PARAMETERS })),
    );
    expect(comparable(query, embedded!)).toEqual(comparable(query, server!));
  });

  it('holds for queries that are made, where both stores take them', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(someQuery, async ({ text: query }) => {
        const answers = await Promise.all(
          engines.map((engine) =>
            engine.ask(query, { parameters: { p: 'a' }, deadlineMs: 5_000 }).catch((error: unknown) => {
              if (UserError.is(error)) return undefined;
              throw error;
            }),
          ),
        );
        const [embedded, server] = answers;
        if (embedded && server) expect(comparable(query, embedded)).toEqual(comparable(query, server));
      }),
      // The same queries each time: an engine that answers one of them otherwise now and then is not ours to find here.
      { numRuns: 25, seed: 5 },
    );
  });
});

/** Rows in their order where the query gives one; what is null is left out of whole nodes, as Neo4j does. */
function comparable(query: string, rows: unknown[][]): unknown[] {
  const plain = rows.map((row) =>
    JSON.stringify(row, (_, value: unknown) => (isMap(value) ? withoutNulls(value) : value)),
  );
  return query.includes(' ORDER BY ') ? plain : plain.sort();
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutNulls(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
