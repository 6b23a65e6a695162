import { EdgeTable, type NewEdge, type PackedEdges } from '../../link/edges.ts';
import { GONE } from '../../link/growing-edges.ts';
import { TIERS, type Tier } from '../../protocol/graph.ts';

export interface EdgeChanges {
  /** Edges that are surer than they were. */
  raised: ReadonlyMap<number, { tier: Tier; confidence: number; reason: string }>;
  /** By edge, its sites (indices of `siteLine`) that make no edge after all; an edge without sites goes. */
  dropped: ReadonlyMap<number, ReadonlySet<number>>;
  /** Joined with an edge of the same ends, type and form where there is one. */
  added: readonly NewEdge[];
}

/** The same edges with changes; what was given stays as it is. */
export function editEdges(edges: PackedEdges, { raised, dropped, added }: EdgeChanges): PackedEdges {
  const table = new EdgeTable();
  for (const edge of added) table.add(edge);
  const more = table.finish();
  const reasons = [
    ...new Set([...edges.reasons, ...more.reasons, ...[...raised.values()].map((r) => r.reason)]),
  ];
  const reasonIds = new Map(reasons.map((reason, i) => [reason, i]));

  const joined = new Map<string, number>();
  for (let e = 0; e < more.count; e++) joined.set(keyOf(more, e), e);
  const froms = new Set(more.from);
  const joins = new Map<number, number>();
  if (froms.size > 0)
    for (let e = 0; e < edges.count; e++) {
      if (!froms.has(edges.from[e]!)) continue;
      const other = joined.get(keyOf(edges, e));
      if (other !== undefined) joins.set(e, other);
    }

  const out = new Columns(edges.count + more.count, edges.siteLine.length + more.siteLine.length);
  for (let e = 0; e < edges.count; e++) {
    if (edges.kind[e] === GONE) continue;
    const [gone, join] = [dropped.get(e), joins.get(e)];
    let sites = gone || join !== undefined ? sitesOf(edges, e).filter(({ at }) => !gone?.has(at)) : undefined;
    if (join !== undefined)
      sites = [...sites!, ...sitesOf(more, join)].sort((a, b) => a.line - b.line || a.column - b.column);
    if (sites?.length === 0) continue;
    const at = out.push(edges, e, sites);
    const better = raised.get(e);
    if (better) {
      const confidence = Math.round(better.confidence * 100);
      out.rate(at, TIERS.indexOf(better.tier), confidence, reasonIds.get(better.reason)!);
    } else if (join !== undefined && more.confidence[join]! > edges.confidence[e]!) {
      out.rate(at, more.tier[join]!, more.confidence[join]!, reasonOf(join));
    }
  }
  const taken = new Set(joins.values());
  for (let e = 0; e < more.count; e++) {
    if (taken.has(e)) continue;
    const at = out.push(more, e);
    out.rate(at, more.tier[e]!, more.confidence[e]!, reasonOf(e));
  }
  return out.finish(reasons);

  function reasonOf(e: number): number {
    return reasonIds.get(more.reasons[more.reason[e]!]!)!;
  }
}

interface Site {
  at: number;
  line: number;
  column: number;
}

function sitesOf({ firstSite, siteLine, siteColumn }: PackedEdges, e: number): Site[] {
  const sites: Site[] = [];
  for (let at = firstSite[e]!; at < firstSite[e + 1]!; at++)
    sites.push({ at, line: siteLine[at]!, column: siteColumn[at]! });
  return sites;
}

function keyOf({ from, to, kind, form }: PackedEdges, e: number): string {
  return `${from[e]} ${to[e]} ${kind[e]} ${form[e]}`;
}

class Columns {
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #kind: Uint8Array;
  readonly #form: Uint8Array;
  readonly #tier: Uint8Array;
  readonly #confidence: Uint8Array;
  readonly #reason: Uint16Array;
  readonly #firstSite: Int32Array;
  readonly #siteLine: Int32Array;
  readonly #siteColumn: Int32Array;
  #count = 0;
  #sites = 0;

  constructor(edges: number, sites: number) {
    [this.#from, this.#to] = [new Int32Array(edges), new Int32Array(edges)];
    [this.#kind, this.#form] = [new Uint8Array(edges), new Uint8Array(edges)];
    [this.#tier, this.#confidence] = [new Uint8Array(edges), new Uint8Array(edges)];
    this.#reason = new Uint16Array(edges);
    this.#firstSite = new Int32Array(edges + 1);
    [this.#siteLine, this.#siteColumn] = [new Int32Array(sites), new Int32Array(sites)];
  }

  /** Copies an edge, with its own sites or others. Returns its number here. */
  push(of: PackedEdges, e: number, sites?: readonly Site[]): number {
    const at = this.#count++;
    [this.#from[at], this.#to[at]] = [of.from[e]!, of.to[e]!];
    [this.#kind[at], this.#form[at]] = [of.kind[e]!, of.form[e]!];
    this.rate(at, of.tier[e]!, of.confidence[e]!, of.reason[e]!);
    this.#firstSite[at] = this.#sites;
    if (sites) for (const { line, column } of sites) this.#pushSite(line, column);
    else
      for (let s = of.firstSite[e]!; s < of.firstSite[e + 1]!; s++)
        this.#pushSite(of.siteLine[s]!, of.siteColumn[s]!);
    this.#firstSite[at + 1] = this.#sites;
    return at;
  }

  #pushSite(line: number, column: number): void {
    this.#siteLine[this.#sites] = line;
    this.#siteColumn[this.#sites++] = column;
  }

  rate(at: number, tier: number, confidence: number, reason: number): void {
    [this.#tier[at], this.#confidence[at], this.#reason[at]] = [tier, confidence, reason];
  }

  finish(reasons: readonly string[]): PackedEdges {
    const count = this.#count;
    return {
      count,
      from: this.#from.slice(0, count),
      to: this.#to.slice(0, count),
      kind: this.#kind.slice(0, count),
      form: this.#form.slice(0, count),
      tier: this.#tier.slice(0, count),
      confidence: this.#confidence.slice(0, count),
      reason: this.#reason.slice(0, count),
      reasons,
      firstSite: this.#firstSite.slice(0, count + 1),
      siteLine: this.#siteLine.slice(0, this.#sites),
      siteColumn: this.#siteColumn.slice(0, this.#sites),
    };
  }
}
