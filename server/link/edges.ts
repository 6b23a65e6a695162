import { CALL_FORMS, EDGE_TYPES, TIERS, type CallForm, type EdgeType, type Tier } from '../protocol/graph.ts';

const NO_FORM = CALL_FORMS.length;
const MOST_SYMBOLS = 1 << 24;

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
  readonly #edges = new Map<number, Map<number, number>>();
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #kind: number[] = [];
  readonly #form: number[] = [];
  readonly #tier: number[] = [];
  readonly #confidence: number[] = [];
  readonly #reason: number[] = [];
  readonly #sites: number[] = [];
  readonly #reasons = new Map<string, number>();
  readonly #siteEdge: number[] = [];
  readonly #siteLine: number[] = [];
  readonly #siteColumn: number[] = [];

  add({ kind, from, to, line, column, tier, confidence, reason, form }: NewEdge): void {
    const ownKind = EDGE_TYPES.indexOf(kind);
    const ownForm = form === undefined ? NO_FORM : CALL_FORMS.indexOf(form);
    const ownTier = TIERS.indexOf(tier);
    const ownConfidence = Math.round(confidence * 100);
    let known = this.#edges.get(from);
    if (!known) this.#edges.set(from, (known = new Map<number, number>()));
    const key = (ownKind * 16 + ownForm) * MOST_SYMBOLS + to;
    let edge = known.get(key);
    if (edge === undefined) {
      edge = this.#from.push(from) - 1;
      known.set(key, edge);
      this.#to.push(to);
      this.#kind.push(ownKind);
      this.#form.push(ownForm);
      this.#tier.push(ownTier);
      this.#confidence.push(ownConfidence);
      this.#reason.push(this.#reasonId(reason));
      this.#sites.push(0);
    } else if (ownConfidence > this.#confidence[edge]!) {
      this.#tier[edge] = ownTier;
      this.#confidence[edge] = ownConfidence;
      this.#reason[edge] = this.#reasonId(reason);
    }
    this.#sites[edge]!++;
    this.#siteEdge.push(edge);
    this.#siteLine.push(line);
    this.#siteColumn.push(column);
  }

  finish(): PackedEdges {
    const count = this.#from.length;
    const firstSite = new Int32Array(count + 1);
    for (let e = 0; e < count; e++) firstSite[e + 1] = firstSite[e]! + this.#sites[e]!;
    const next = firstSite.slice(0, count);
    const sites = this.#siteEdge.length;
    const siteLine = new Int32Array(sites);
    const siteColumn = new Int32Array(sites);
    for (let s = 0; s < sites; s++) {
      const at = next[this.#siteEdge[s]!]!++;
      siteLine[at] = this.#siteLine[s]!;
      siteColumn[at] = this.#siteColumn[s]!;
    }
    return {
      count,
      from: Int32Array.from(this.#from),
      to: Int32Array.from(this.#to),
      kind: Uint8Array.from(this.#kind),
      form: Uint8Array.from(this.#form),
      tier: Uint8Array.from(this.#tier),
      confidence: Uint8Array.from(this.#confidence),
      reason: Uint16Array.from(this.#reason),
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
