import { afterAll, beforeAll } from 'vitest';
import { Neo4jServer, whyNoNeo4j } from '../../server/bench/neo4j-server.ts';

export { NEO4J_PASSWORD } from '../../server/bench/neo4j-server.ts';

/** So long may a hook take that starts a server: a busy machine was seen to need 55 s, and three may start at once. */
export const HOOK_LIMIT_MS = 150_000;

/** Why this suite has no Neo4j: a reason to skip, and a failure where everything is required. */
export function missingNeo4j(): string | undefined {
  const why = whyNoNeo4j();
  if (why !== undefined && process.env.WEFT_REQUIRE === 'all') throw new Error(why);
  return why;
}

/** One server for the tests of a suite, ended and taken away after them. */
export function neo4jForSuite(): { readonly server: Neo4jServer } {
  let server: Neo4jServer | undefined;
  beforeAll(async () => {
    server = await Neo4jServer.start();
  }, HOOK_LIMIT_MS);
  afterAll(() => server?.remove(), HOOK_LIMIT_MS);
  return {
    get server() {
      if (!server) throw new Error('the suite has not begun');
      return server;
    },
  };
}
