import type { PackedEdges } from './edges.ts';

/** The kind of an edge that is gone: no index of EDGE_TYPES. */
export const GONE = 255;

const GROWTH = 1.25;

type Column = Int32Array | Uint8Array | Uint16Array;

/** Edges in columns to which edges are added and in which others are marked as gone; numbers of the rest stay. */
export class GrowingEdges implements PackedEdges {
  from: Int32Array;
  to: Int32Array;
  kind: Uint8Array;
  form: Uint8Array;
  tier: Uint8Array;
  confidence: Uint8Array;
  reason: Uint16Array;
  firstSite: Int32Array;
  siteLine: Int32Array;
  siteColumn: Int32Array;
  readonly reasons: string[];
  count: number;
  gone = 0;
  readonly #reasonIds: Map<string, number>;

  constructor(edges: PackedEdges) {
    this.count = edges.count;
    this.from = edges.from.slice();
    this.to = edges.to.slice();
    this.kind = edges.kind.slice();
    this.form = edges.form.slice();
    this.tier = edges.tier.slice();
    this.confidence = edges.confidence.slice();
    this.reason = edges.reason.slice();
    this.firstSite = edges.firstSite.slice();
    this.siteLine = edges.siteLine.slice();
    this.siteColumn = edges.siteColumn.slice();
    this.reasons = [...edges.reasons];
    this.#reasonIds = new Map(this.reasons.map((reason, i) => [reason, i]));
  }

  /** Marks an edge as gone. */
  remove(edge: number): void {
    this.kind[edge] = GONE;
    this.gone++;
  }

  /** Adds edges whose ends are given by other numbers; gives the number of the first. */
  add(edges: PackedEdges, numberOf: (symbol: number) => number): number {
    const first = this.count;
    const sites = this.firstSite[first]!;
    this.#grow(first + edges.count, sites + edges.siteLine.length);
    for (let e = 0; e < edges.count; e++) {
      const at = first + e;
      this.from[at] = numberOf(edges.from[e]!);
      this.to[at] = numberOf(edges.to[e]!);
      this.kind[at] = edges.kind[e]!;
      this.form[at] = edges.form[e]!;
      this.tier[at] = edges.tier[e]!;
      this.confidence[at] = edges.confidence[e]!;
      this.reason[at] = this.#reasonId(edges.reasons[edges.reason[e]!]!);
      this.firstSite[at + 1] = sites + edges.firstSite[e + 1]!;
    }
    this.siteLine.set(edges.siteLine, sites);
    this.siteColumn.set(edges.siteColumn, sites);
    this.count = first + edges.count;
    return first;
  }

  #reasonId(reason: string): number {
    let id = this.#reasonIds.get(reason);
    if (id === undefined) this.#reasonIds.set(reason, (id = this.reasons.push(reason) - 1));
    return id;
  }

  #grow(edges: number, sites: number): void {
    if (edges > this.from.length) {
      const size = Math.ceil(edges * GROWTH);
      this.from = grown(this.from, size);
      this.to = grown(this.to, size);
      this.kind = grown(this.kind, size);
      this.form = grown(this.form, size);
      this.tier = grown(this.tier, size);
      this.confidence = grown(this.confidence, size);
      this.reason = grown(this.reason, size);
    }
    if (edges + 1 > this.firstSite.length)
      this.firstSite = grown(this.firstSite, Math.ceil((edges + 1) * GROWTH));
    if (sites > this.siteLine.length) {
      const size = Math.ceil(sites * GROWTH);
      this.siteLine = grown(this.siteLine, size);
      this.siteColumn = grown(this.siteColumn, size);
    }
  }

  /** The edges that are there, one after the other, with their ends by other numbers. */
  compact(numberOf: (symbol: number) => number): PackedEdges {
    const made = new GrowingEdges(NO_EDGES);
    made.#grow(this.count - this.gone, this.firstSite[this.count]!);
    made.reasons.push(...this.reasons);
    let sites = 0;
    for (let e = 0; e < this.count; e++) {
      if (this.kind[e] === GONE) continue;
      const at = made.count++;
      made.from[at] = numberOf(this.from[e]!);
      made.to[at] = numberOf(this.to[e]!);
      made.kind[at] = this.kind[e]!;
      made.form[at] = this.form[e]!;
      made.tier[at] = this.tier[e]!;
      made.confidence[at] = this.confidence[e]!;
      made.reason[at] = this.reason[e]!;
      for (let s = this.firstSite[e]!; s < this.firstSite[e + 1]!; s++, sites++) {
        made.siteLine[sites] = this.siteLine[s]!;
        made.siteColumn[sites] = this.siteColumn[s]!;
      }
      made.firstSite[at + 1] = sites;
    }
    const { count, reasons } = made;
    return {
      ...{ count, reasons, from: made.from.slice(0, count), to: made.to.slice(0, count) },
      ...{
        kind: made.kind.slice(0, count),
        form: made.form.slice(0, count),
        tier: made.tier.slice(0, count),
      },
      ...{ confidence: made.confidence.slice(0, count), reason: made.reason.slice(0, count) },
      firstSite: made.firstSite.slice(0, count + 1),
      siteLine: made.siteLine.slice(0, sites),
      siteColumn: made.siteColumn.slice(0, sites),
    };
  }
}

function grown<T extends Column>(column: T, size: number): T {
  const made = new (column.constructor as new (size: number) => T)(size);
  made.set(column);
  return made;
}

const NO_EDGES: PackedEdges = {
  ...{ count: 0, from: new Int32Array(0), to: new Int32Array(0), kind: new Uint8Array(0) },
  ...{ form: new Uint8Array(0), tier: new Uint8Array(0), confidence: new Uint8Array(0) },
  ...{ reason: new Uint16Array(0), reasons: [], firstSite: new Int32Array(1) },
  ...{ siteLine: new Int32Array(0), siteColumn: new Int32Array(0) },
};
