import { checkQuery } from '../graph/cypher/prepare.ts';
import { wantedNames } from '../graph/cypher/wanted-names.ts';
import type { Graph } from '../graph/graph.ts';
import { NAMED_QUERIES, namedQuery } from '../graph/named-queries.ts';
import type { Rows } from '../graph/store/graph-store.ts';
import { unavailableMessage } from '../graph/store/store.ts';
import type { QueryAnswer } from '../protocol/graph.ts';
import { UserError } from '../protocol/user-error.ts';
import { codeOf } from './query-code.ts';
import { WorkspaceIndex, type IndexOptions } from './workspace-index.ts';

const DEADLINE_MS = 10_000;
const ROW_LIMIT = 1_000;
/** How long a query waits for a store that is being brought up to date. */
const FRESHNESS_MS = 2_000;

export interface QueryOptions extends Pick<IndexOptions, 'signal' | 'onProgress' | 'onMessage'> {
  deadlineMs?: number;
  rowLimit?: number;
  parameters?: Record<string, string | number | boolean>;
  /** Adds the code of the symbols in the rows, folded to so many tokens. */
  codeTokens?: number | undefined;
}

/**
 * Runs a Cypher query that only reads, on the store of a workspace. Where an older store is there and the new one is
 * not ready in 2 s, the old one answers with `stale: true`. Lines in the store are 1-based.
 */
export async function runQuery(
  workspace: string | WorkspaceIndex,
  cypher: string,
  options: QueryOptions = {},
): Promise<QueryAnswer> {
  checkQuery(cypher, options.parameters ?? {});
  const index = typeof workspace === 'string' ? new WorkspaceIndex(workspace) : workspace;
  const { store } = index;
  const dismiss = (await store.currentVersion()) === undefined ? () => undefined : store.expectQuery();
  try {
    return await answerQuery(index, cypher, options);
  } finally {
    dismiss();
    if (index !== workspace) await store.close();
  }
}

async function answerQuery(
  index: WorkspaceIndex,
  cypher: string,
  options: QueryOptions,
): Promise<QueryAnswer> {
  const { deadlineMs = DEADLINE_MS, rowLimit = ROW_LIMIT, parameters = {}, codeTokens, ...rest } = options;
  const graph = await index.graph(rest);
  const { store } = index;

  const bringUpToDate = async (waitMs?: number) => {
    const written = await store.write(await index.saved(), { signal: options.signal, waitMs });
    if (typeof written === 'string') return;
    if ('unavailable' in written) throw new UserError('notAchieved', unavailableMessage(written.unavailable));
    if ((await store.currentVersion()) === undefined)
      throw new UserError('notAchieved', `the store could not be written: ${written.failed}`);
  };
  const held = await store.currentVersion();
  if (held !== index.savedVersion) await bringUpToDate(held === undefined ? undefined : FRESHNESS_MS);

  const started = performance.now();
  const ask = () => store.query(cypher, { signal: options.signal, deadlineMs, rowLimit, parameters });
  let stale = (await store.currentVersion()) !== index.savedVersion;
  const { madeMs } = store;
  let rows: Rows | undefined = await ask();
  if (!rows) {
    options.onMessage?.('the store could not be opened and is made anew');
    await bringUpToDate();
    stale = false;
    rows = await ask();
  }
  if (!rows)
    throw new UserError('notAchieved', 'the query ended the store process twice; write it differently');
  const seconds = (performance.now() - started) / 1000;
  const copySeconds = stale && madeMs !== undefined ? Math.max(0, (Date.now() - madeMs) / 1000) : undefined;
  const hint = rows.rows.length === 0 ? hintOfNone(graph, cypher, parameters) : undefined;
  return {
    ...{ ...rows, stale, seconds },
    ...(copySeconds === undefined ? {} : { copySeconds }),
    ...(codeTokens === undefined
      ? {}
      : { code: codeOf(index.root, graph, index.content!, rows.rows, codeTokens) }),
    ...(hint === undefined ? {} : { hint }),
  };
}

/** Names that the query wants and that no symbol has, with those that may have been meant. */
function hintOfNone(
  graph: Graph,
  cypher: string,
  parameters: Record<string, string | number | boolean>,
): string | undefined {
  const hints = wantedNames(cypher, parameters).flatMap((name) => {
    const near = graph.nearNames(name);
    return near.length > 0 ? [`no symbol is named "${name}"; did you mean ${near.join(' or ')}?`] : [];
  });
  return hints[0];
}

/** One of the named queries, answered from memory; throws `badInput` for another name. */
export function answerNamed(graph: Graph, name: string, rowLimit = ROW_LIMIT): QueryAnswer {
  const known = NAMED_QUERIES.find((own) => own === name);
  if (!known)
    throw new UserError('badInput', `query --name ${name}: give one of ${NAMED_QUERIES.join(', ')}`);
  const started = performance.now();
  const { columns, rows } = namedQuery(graph, known);
  return {
    columns,
    rows: rows.slice(0, rowLimit),
    truncated: rows.length > rowLimit,
    stale: false,
    seconds: (performance.now() - started) / 1000,
  };
}
