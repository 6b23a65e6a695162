import { createServer, type Server } from 'node:http';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../../server/graph/graph.ts';
import { HOOK_LIMIT_MS, missingNeo4j } from './neo4j.ts';
import { UserError } from '../../server/protocol/user-error.ts';
import { openLadybug, openNeo4j, sampleGraph, SECRET, type CypherEngine } from './support/cypher-engines.ts';
import {
  ENDLESS_QUERIES,
  ESCAPING_QUERIES,
  refusedQueries,
  RUNAWAY_QUERIES,
  type Targets,
} from './support/hostile-queries.ts';

const ENGINES: {
  name: string;
  missing: () => string | undefined;
  open: (graph: Graph) => Promise<CypherEngine>;
}[] = [
  { name: 'LadybugDB', missing: () => undefined, open: openLadybug },
  { name: 'Neo4j', missing: missingNeo4j, open: openNeo4j },
];

const DEADLINE_MS = 1_500;

describe.each(ENGINES)('hostile queries on $name', ({ missing, open }) => {
  const why = missing();
  if (why !== undefined) {
    it(`end (${why})`, (context) => {
      if (process.env.WEFT_REQUIRE === 'all') throw new Error(why);
      context.skip(why);
    });
    return;
  }

  const home = mkdtempSync(path.join(os.tmpdir(), 'weft-'));
  const targets: Targets = {
    file: path.join(home, 'mark.csv'),
    free: path.join(home, 'stolen.csv'),
    url: '',
  };
  let engine: CypherEngine;
  let listening: Server;
  let visits = 0;
  let before: string;
  beforeAll(async () => {
    writeFileSync(targets.file, 'mark-of-a-file\n');
    listening = createServer((_, response) => {
      visits++;
      response.end('mark-of-the-network\n');
    });
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    targets.url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/x.csv`;
    engine = await open(await sampleGraph(home));
    before = await engine.everything();
  }, HOOK_LIMIT_MS);
  afterAll(async () => {
    await engine.close();
    listening.close();
    rmSync(home, { recursive: true, force: true });
  });

  it.each(
    refusedQueries({ file: targets.file, free: targets.free, url: 'http://127.0.0.1:1/' }).map(
      ([query], i) => [short(query), i],
    ),
  )('refuses %s in words that correct it', async (_, i) => {
    const [query, says] = refusedQueries(targets)[i]!;
    const refusal = await engine.ask(query).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UserError);
    expect(refusal).toMatchObject({ reason: 'badInput', message: expect.stringMatching(says) as string });
    expect((refusal as UserError).message).not.toContain('\n');
    expect((refusal as UserError).details.hint).toEqual(expect.any(String));
  });

  it.each(RUNAWAY_QUERIES)('ends %s', async (query) => {
    const end = await engine
      .ask(query, { deadlineMs: DEADLINE_MS, rowLimit: 100 })
      .catch((error: unknown) => (UserError.is(error, 'notAchieved') ? 'stopped' : error));
    // A quick engine may answer some of them in time.
    if (end !== 'stopped') expect((end as unknown[][]).length).toBeLessThanOrEqual(101);
    expect(await engine.ask('RETURN 1')).toEqual([[1]]);
    await expect.poll(() => engine.running(), { timeout: 20_000, interval: 250 }).toBe(0);
  });

  it.each(ENDLESS_QUERIES)('cuts the answer to %s', async (query) => {
    const rows = await engine.ask(query, { rowLimit: 100 });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThanOrEqual(202);
  });

  it.each(ESCAPING_QUERIES)('shows nothing of another workspace to %s', async (query) => {
    const answer = await engine
      .ask(query)
      .catch((error: unknown) => (UserError.is(error) ? error.message : error));
    if (typeof answer === 'string') expect(answer).not.toContain('stopped after');
    expect(JSON.stringify(answer).replaceAll(`\\"${SECRET}\\"`, '')).not.toContain(SECRET);
    if (Array.isArray(answer) && query.includes(SECRET)) expect(new Set(answer.flat())).toEqual(new Set([0]));
  });

  it('held what it holds, read no file, wrote none, and went nowhere', async () => {
    expect(await engine.everything()).toBe(before);
    expect(existsSync(targets.free)).toBe(false);
    expect(visits).toBe(0);
  });
});

function short(query: string): string {
  return query.length > 100 ? `${query.slice(0, 60)} … (${query.length} characters)` : query;
}
