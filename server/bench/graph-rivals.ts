import type { CallForm } from '../protocol/graph.ts';
import { keyOf, MAIN_FORMS, type AnswerEdge, type Truth } from './graph-compare.ts';
import type { TruthSite, TruthSymbol } from './graph-truth.ts';

/** Recall, precision and F1 in the unit that other indexers were measured in. */
export interface PairScore {
  truth: number;
  answered: number;
  recall: number;
  precision: number;
  f1: number;
}

/**
 * (caller file, name) → (callee file, name), as the rivals' figures are made: calls and constructions made by named
 * functions; `new C()` means the class or its constructor; a call in a nested named function may be booked on any
 * enclosing one; a function value counts where the oracle knows the function. Other forms (accessors, operators,
 * decorators, JSX) are left out on both sides, as are edges into files that appear in no edge of the truth; edges
 * drawn for external calls are wrong.
 */
export function pairScore(truth: Truth, edges: Iterable<AnswerEdge>, confidence: number): PairScore {
  const wanted = distinctEdges(truth);
  const files = new Set(
    truth.sites.filter(isCounted).flatMap((s) => [s.file, ...s.targets.map((t) => t.file)]),
  );
  const functions = new Set(truth.sites.flatMap((s) => namedCallers(s).map((c) => pairKey(c.file, c.name))));
  const byPair = new Map<string, Set<number>>();
  wanted.forEach(({ site }, i) => {
    for (const caller of namedCallers(site)) {
      for (const target of site.targets)
        for (const name of target.kind
          ? [target.name, target.owner ?? target.name, 'constructor']
          : [target.name]) {
          const key = `${pairKey(caller.file, caller.name)}>${pairKey(target.file, name)}`;
          byPair.set(key, (byPair.get(key) ?? new Set()).add(i));
        }
    }
  });

  const seen = new Map<string, boolean>();
  const found = new Set<number>();
  for (const { from, to, site, confidence: given } of edges) {
    if (!from || !to || given < confidence || !files.has(from.file) || !files.has(to.file)) continue;
    if (!isCall(site.form)) continue;
    // Modules, fields and variables call too, but the unit is function to function.
    if (!functions.has(pairKey(from.file, from.name))) continue;
    const key = `${pairKey(from.file, from.name)}>${pairKey(to.file, to.name)}`;
    const hits = byPair.get(key);
    seen.set(`${key}:${from.line}:${to.line}`, hits !== undefined);
    for (const hit of hits ?? []) found.add(hit);
  }
  const right = [...seen.values()].filter(Boolean).length;
  const recall = wanted.length === 0 ? 0 : found.size / wanted.length;
  const precision = seen.size === 0 ? 0 : right / seen.size;
  const f1 = recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
  return { truth: wanted.length, answered: seen.size, recall, precision, f1 };
}

function distinctEdges(truth: Truth): { site: TruthSite }[] {
  const edges = new Map<string, { site: TruthSite }>();
  for (const site of truth.sites) {
    const caller = site.callers[0];
    if (!isCounted(site) || !caller || caller.kind === 'class') continue;
    const key = `${keyOf(caller)}>${site.targets.map(keyOf).sort().join('|')}`;
    if (!edges.has(key)) edges.set(key, { site });
  }
  return [...edges.values()];
}

/** A function that a parameter, field or variable holds is called by a site whose form the truth says is `call`. */
function isCall(form: CallForm | null): boolean {
  return form === null || form === 'callback' || MAIN_FORMS.includes(form);
}

function isCounted({ targets, form }: TruthSite): boolean {
  return targets.length > 0 && MAIN_FORMS.includes(form);
}

function namedCallers(site: TruthSite): TruthSymbol[] {
  return site.callers.filter((caller) => caller.kind !== 'class');
}

function pairKey(file: string, name: string): string {
  return `${file}\0${name}`;
}
