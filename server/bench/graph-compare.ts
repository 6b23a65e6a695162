import type { CallForm, Tier } from '../protocol/graph.ts';
import type { SiteClass, TruthRow, TruthSite, TruthSymbol } from './graph-truth.ts';

/** A row of `weft export DIR --edges CALLS`. */
export interface AnswerEdge {
  from: AnswerSymbol | null;
  to: AnswerSymbol | null;
  site: { line: number; column: number; form: CallForm | null };
  tier: Tier;
  confidence: number;
}

export interface AnswerSymbol {
  file: string;
  name: string;
  qualifiedName: string;
  line: number;
}

/** What an oracle says, ready to be looked up by place. */
export interface Truth {
  files: ReadonlySet<string>;
  sites: readonly TruthSite[];
  /** Rows at `placeOf(file, line, column)`: a getter whose result is called has two. */
  at: ReadonlyMap<string, readonly TruthSite[]>;
  /** What overrides a declaration, directly or not, by `keyOf`. */
  overriddenBy: ReadonlyMap<string, readonly TruthSymbol[]>;
}

/** The forms that the accuracy table counts; the others have rows of their own. */
export const MAIN_FORMS: readonly CallForm[] = ['call', 'new', 'super'];

/** One site of the truth and the edges that were drawn there. */
export interface JudgedSite {
  site: TruthSite;
  edges: { edge: AnswerEdge; right: boolean }[];
  /** True if one of the edges is right. */
  found: boolean;
}

export interface Judged {
  sites: JudgedSite[];
  /** Edges at places where the truth has no call site, in files that it judged. */
  elsewhere: AnswerEdge[];
}

export interface Tally {
  sites: number;
  /** Sites with a right edge. */
  found: number;
  /** Sites with any edge. */
  answered: number;
  edges: number;
  right: number;
  /** Edges that name the very declaration, not an overload sibling, an override or the class of a constructor. */
  exact: number;
}

export async function loadTruth(rows: Iterable<TruthRow> | AsyncIterable<TruthRow>): Promise<Truth> {
  const files = new Set<string>();
  const sites: TruthSite[] = [];
  const at = new Map<string, TruthSite[]>();
  const overriddenBy = new Map<string, TruthSymbol[]>();
  for await (const row of rows) {
    if (row.row === 'file') files.add(row.file);
    else if (row.row === 'site') {
      sites.push(row);
      push(at, placeOf(row.file, row.line, row.column), row);
    } else if (row.row === 'override') push(overriddenBy, keyOf(row.base), row.by);
  }
  return { files, sites, at, overriddenBy };
}

/** Judges the edges of at least this confidence, site by site. */
export function judge(truth: Truth, edges: Iterable<AnswerEdge>, confidence: number): Judged {
  const judged = new Map<TruthSite, JudgedSite>();
  for (const site of truth.sites) judged.set(site, { site, edges: [], found: false });
  const elsewhere: AnswerEdge[] = [];
  for (const edge of edges) {
    const { from, to } = edge;
    if (!from || !to || edge.confidence < confidence || !truth.files.has(from.file)) continue;
    const sites = truth.at.get(placeOf(from.file, edge.site.line, edge.site.column)) ?? [];
    const accepting = sites.find((site) => accepts(truth, site, to));
    const site = accepting ?? sites.find((s) => s.form === edge.site.form) ?? sites[0];
    const entry = site && judged.get(site);
    if (!entry) elsewhere.push(edge);
    else {
      entry.edges.push({ edge, right: accepting !== undefined });
      entry.found ||= accepting !== undefined;
    }
  }
  return { sites: [...judged.values()], elsewhere };
}

export function tally(sites: Iterable<JudgedSite>): Tally {
  const sum: Tally = { sites: 0, found: 0, answered: 0, edges: 0, right: 0, exact: 0 };
  for (const { site, edges, found } of sites) {
    sum.sites += 1;
    sum.found += found ? 1 : 0;
    sum.answered += edges.length > 0 ? 1 : 0;
    sum.edges += edges.length;
    sum.right += edges.filter((e) => e.right).length;
    sum.exact += edges.filter(({ edge }) => isExact(site, edge)).length;
  }
  return sum;
}

function isExact({ targets: [first] }: TruthSite, { to }: AnswerEdge): boolean {
  return first !== undefined && to !== null && names(to, first);
}

export function isMain({ site }: JudgedSite): boolean {
  return MAIN_FORMS.includes(site.form);
}

export function ofClass(judged: Judged, wanted: SiteClass): JudgedSite[] {
  return judged.sites.filter((s) => isMain(s) && s.site.class === wanted);
}

/** True if the truth's own targets, or what overrides them, are what an edge names. */
export function accepts(truth: Truth, site: TruthSite, to: AnswerSymbol): boolean {
  return site.targets.some(
    (target) =>
      names(to, target) || (truth.overriddenBy.get(keyOf(target)) ?? []).some((by) => names(to, by)),
  );
}

/** True if a symbol of the graph is this declaration. */
export function names(symbol: AnswerSymbol, { file, name, startLine, line, kind }: TruthSymbol): boolean {
  if (symbol.file !== file || symbol.line < startLine || symbol.line > line) return false;
  // The runner of Rust tests reports them by the path of their module.
  return kind !== undefined || symbol.name === name || symbol.name.endsWith(`::${name}`);
}

/** Where the edge's caller stands in the truth's list of callers: 0 is right, -1 not at all. */
export function callerDepth(site: TruthSite, { from }: AnswerEdge): number {
  if (!from) return -1;
  const found = site.callers.findIndex((caller) => names(from, caller));
  if (found >= 0) return found;
  const isModule = from.file.replace(/\.[^./]+$/, '') === from.qualifiedName;
  return isModule ? site.callers.length : -1;
}

export function keyOf({ file, line, name }: TruthSymbol): string {
  return `${file}\0${line}\0${name}`;
}

export function placeOf(file: string, line: number, column: number): string {
  return `${file}\0${line}\0${column}`;
}

function push<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
