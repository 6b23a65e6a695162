import type { Graph } from '../graph/graph.ts';
import { holds, siteKey } from '../graph/overlays/confirmations.ts';
import type { NeighboursAnswer } from '../protocol/graph.ts';
import type { LanguageServer } from '../protocol/language-server.ts';
import type { Confirmation } from '../protocol/overlays.ts';
import { confirmSites, openSites, type ConfirmSites, type OpenSite } from './confirm-sites.ts';
import type { IndexOptions, WorkspaceIndex } from './workspace-index.ts';

export interface ConfirmLimits {
  /** An answer waits no longer for language servers. */
  budgetMs: number;
  /** The work for one question ends then; what came of it serves later questions. */
  deadlineMs: number;
  /** Sites asked about for one question; more are left for the next. */
  mostSites: number;
  /** A site that nobody answered is not asked about again before. */
  againAfterMs: number;
}

const LIMITS: ConfirmLimits = {
  ...{ budgetMs: 1_500, deadlineMs: 20_000, mostSites: 60, againAfterMs: 10_000 },
};
type Asked = Omit<ConfirmSites, 'root' | 'content' | 'keep'> & Pick<IndexOptions, 'onMessage'>;

/** What is confirmed may lead on to further candidates. */
const MOST_ROUNDS = 3;

/**
 * Answers whose candidates and unresolved sites are confirmed or refuted by language servers, where there are any: as
 * far as that is done within the budget. The rest goes on behind the answer, which says `lowerBound` as without.
 */
export class ConfirmedAnswers {
  readonly #index: WorkspaceIndex;
  readonly #language: LanguageServer | undefined;
  readonly #limits: ConfirmLimits;
  /** Sites that are being asked about, or were without an answer, and until when they are left alone. */
  readonly #leftAlone = new Map<string, number>();
  readonly #working = new Set<Promise<void>>();

  constructor(
    index: WorkspaceIndex,
    language: LanguageServer | undefined,
    limits: Partial<ConfirmLimits> = {},
  ) {
    this.#index = index;
    this.#language = language;
    this.#limits = { ...LIMITS, ...limits };
  }

  /** Resolves when nothing is asked any more. */
  async settled(): Promise<void> {
    while (this.#working.size > 0) await Promise.all(this.#working);
  }

  async answer(
    ask: (graph: Graph) => NeighboursAnswer,
    options: Pick<IndexOptions, 'signal' | 'onMessage'> = {},
  ): Promise<NeighboursAnswer> {
    let graph = await this.#index.graph(options);
    let answer = ask(graph);
    if (!this.#language) return answer;
    const started = performance.now();
    const end = started + this.#limits.deadlineMs;
    let left = this.#limits.mostSites;
    for (let round = 0; round < MOST_ROUNDS && left > 0; round++) {
      const budget = started + this.#limits.budgetMs - performance.now();
      if (budget <= 0 || options.signal?.aborted) break;
      const sites = this.#unasked(openSites(graph, answer));
      if (sites.length === 0) break;
      const about = graph.symbolOf(answer.symbol.id)!;
      const work = this.#confirm({
        language: this.#language,
        graph,
        about,
        sites,
        most: left,
        end,
        ...options,
      });
      left -= sites.length;
      const isDone = await within(budget, work);
      const next = await this.#index.graph(options);
      if (next === graph) break;
      graph = next;
      answer = ask(graph);
      if (!isDone) break;
    }
    return answer;
  }

  /** Leaves out what is being asked about, what nobody answered just now, and what was decided as far as it can be. */
  #unasked(sites: readonly OpenSite[]): OpenSite[] {
    if (sites.length === 0) return [];
    const now = performance.now();
    const { content, overlays } = this.#index;
    const said = new Set(
      overlays
        .read()
        .confirmations.filter((one) => !one.isPartial && holds(one, content!))
        .map(({ file, line, column }) => siteKey(file, line, column)),
    );
    return sites.filter(({ file, line, column }) => {
      const key = siteKey(file, line, column);
      return !said.has(key) && (this.#leftAlone.get(key) ?? 0) <= now;
    });
  }

  #confirm({ onMessage, ...asked }: Asked): Promise<void> {
    const { sites, most, end } = asked;
    const keys = sites.slice(0, most).map(({ file, line, column }) => siteKey(file, line, column));
    for (const key of keys) this.#leftAlone.set(key, end + this.#limits.againAfterMs);
    const keep = (said: readonly Confirmation[]) => this.#index.overlays.addConfirmations(said);
    const { root, content } = this.#index;
    const work = confirmSites({ ...asked, root, content: content!, keep })
      .catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        onMessage?.(`what language servers said was not kept: ${why}`);
      })
      .finally(() => {
        const again = performance.now() + this.#limits.againAfterMs;
        for (const key of keys) this.#leftAlone.set(key, again);
        this.#working.delete(work);
      });
    this.#working.add(work);
    return work;
  }
}

/** True where the work is done in time. */
async function within(milliseconds: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
