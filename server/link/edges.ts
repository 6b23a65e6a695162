import { Rows } from '../index/rows.ts';
import { CALL_FORMS, EDGE_TYPES, TIERS, type CallForm, type EdgeType, type Tier } from '../protocol/graph.ts';
import { Tuples } from './tuples.ts';

const NO_FORM = CALL_FORMS.length;
/** Columns of the rows that are being collected; those of a site after them. */
const EDGE = {
  from: 0,
  to: 1,
  kind: 2,
  form: 3,
  tier: 4,
  confidence: 5,
  reason: 6,
  sites: 7,
  width: 8,
} as const;
const SITE = { edge: 0, line: 1, column: 2, width: 3 } as const;

/** Edges in columns: ends are the program's numbers of symbols, sites stand together in the order of the source. */
export interface PackedEdges {
  readonly count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Index in EDGE_TYPES. */
  readonly kind: Uint8Array;
  /** Index in CALL_FORMS; their number for none. */
  readonly form: Uint8Array;
  /** Index in TIERS. */
  readonly tier: Uint8Array;
  /** Hundredths. */
  readonly confidence: Uint8Array;
  readonly reason: Uint16Array;
  readonly reasons: readonly string[];
  /** Sites of edge e: from `firstSite[e]` to `firstSite[e + 1]`. */
  readonly firstSite: Int32Array;
  readonly siteLine: Int32Array;
  readonly siteColumn: Int32Array;
}

export function formOf(edges: PackedEdges, edge: number): CallForm | undefined {
  return CALL_FORMS[edges.form[edge]!];
}

export function kindOfEdge(edges: PackedEdges, edge: number): EdgeType {
  return EDGE_TYPES[edges.kind[edge]!]!;
}

export function tierOf(edges: PackedEdges, edge: number): Tier {
  return TIERS[edges.tier[edge]!]!;
}

export interface NewEdge {
  kind: EdgeType;
  from: number;
  to: number;
  line: number;
  column: number;
  tier: Tier;
  /** 0 to 1. */
  confidence: number;
  reason: string;
  form?: CallForm;
}

/** Collects edges, one for each (from, type, form, to), each with all its sites. */
export class EdgeTable {
  /** A number for each edge, by its ends, type and form. */
  readonly #edges = new Tuples();
  readonly #rows = new Rows(EDGE.width, 256);
  readonly #sites = new Rows(SITE.width, 256);
  readonly #reasons = new Map<string, number>();

  add({ kind, from, to, line, column, tier, confidence, reason, form }: NewEdge): void {
    const ownKind = EDGE_TYPES.indexOf(kind);
    const ownForm = form === undefined ? NO_FORM : CALL_FORMS.indexOf(form);
    const ownTier = TIERS.indexOf(tier);
    const ownConfidence = Math.round(confidence * 100);
    this.#edges.start();
    this.#edges.push(from);
    this.#edges.push(to);
    this.#edges.push(ownKind * 16 + ownForm);
    const edge = this.#edges.number();
    if (edge === this.#rows.count)
      this.#rows.push([from, to, ownKind, ownForm, ownTier, ownConfidence, this.#reasonId(reason), 0]);
    else if (ownConfidence > this.#rows.at(edge, EDGE.confidence)) {
      this.#rows.set(edge, EDGE.tier, ownTier);
      this.#rows.set(edge, EDGE.confidence, ownConfidence);
      this.#rows.set(edge, EDGE.reason, this.#reasonId(reason));
    }
    this.#rows.set(edge, EDGE.sites, this.#rows.at(edge, EDGE.sites) + 1);
    this.#sites.push3(edge, line, column);
  }

  finish(): PackedEdges {
    const { count } = this.#rows;
    const firstSite = new Int32Array(count + 1);
    for (let e = 0; e < count; e++) firstSite[e + 1] = firstSite[e]! + this.#rows.at(e, EDGE.sites);
    const next = firstSite.slice(0, count);
    const sites = this.#sites.count;
    const siteLine = new Int32Array(sites);
    const siteColumn = new Int32Array(sites);
    for (let s = 0; s < sites; s++) {
      const at = next[this.#sites.at(s, SITE.edge)]!++;
      siteLine[at] = this.#sites.at(s, SITE.line);
      siteColumn[at] = this.#sites.at(s, SITE.column);
    }
    const column = <A extends Int32Array | Uint8Array | Uint16Array>(into: A, which: number): A => {
      for (let e = 0; e < count; e++) into[e] = this.#rows.at(e, which);
      return into;
    };
    return {
      count,
      from: column(new Int32Array(count), EDGE.from),
      to: column(new Int32Array(count), EDGE.to),
      kind: column(new Uint8Array(count), EDGE.kind),
      form: column(new Uint8Array(count), EDGE.form),
      tier: column(new Uint8Array(count), EDGE.tier),
      confidence: column(new Uint8Array(count), EDGE.confidence),
      reason: column(new Uint16Array(count), EDGE.reason),
      reasons: [...this.#reasons.keys()],
      firstSite,
      siteLine,
      siteColumn,
    };
  }

  #reasonId(reason: string): number {
    let id = this.#reasons.get(reason);
    if (id === undefined) this.#reasons.set(reason, (id = this.#reasons.size));
    return id;
  }
}
