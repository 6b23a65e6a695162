import { formOf, type NewEdge } from '../../link/edges.ts';
import type { Linked } from '../../link/link.ts';
import { UNRESOLVED, type PackedSites } from '../../link/unresolved.ts';
import { CALL_FORMS, EDGE_TYPES, TIERS, type CallForm } from '../../protocol/graph.ts';
import type { Confirmation } from '../../protocol/overlays.ts';
import type { Content } from './content.ts';
import type { EdgeChanges } from './edit-edges.ts';

const CALLS = EDGE_TYPES.indexOf('CALLS');
const NAME_TIER = TIERS.indexOf('name');

/** Where a site is, as a key. */
export const siteKey = (file: string, line: number, column: number): string => `${file}:${line}:${column}`;

/** Whether what a language server said was said of these contents. */
export function holds({ file, hash, restsOn, targets }: Confirmation, content: Content): boolean {
  return (
    content.hashOf(file) === hash &&
    content.restsOn(file) === restsOn &&
    (targets ?? []).every(
      (target) =>
        content.symbolOf(target.id) !== undefined &&
        content.hashOf(target.id.split('#', 1)[0]!) === target.hash,
    )
  );
}

/** What two words on one site say together, the second being the later. */
export function joined(before: Confirmation | undefined, now: Confirmation): Confirmation {
  const isSame = before?.hash === now.hash && before.restsOn === now.restsOn;
  if (!isSame || !now.isPartial || !before.isPartial) return now;
  const known = new Set(now.targets?.map(({ id }) => id));
  const others = before.targets?.filter(({ id }) => !known.has(id)) ?? [];
  return { ...now, targets: [...others, ...(now.targets ?? [])] };
}

/**
 * What confirmations change: a confirmed candidate becomes a `compiler` edge, a refuted one goes, and an unresolved
 * site gets its target or is open no longer. Facts are never touched.
 */
export function confirmedChanges(
  { symbols, edges, unresolved }: Linked,
  confirmations: readonly Confirmation[],
  content: Content,
): EdgeChanges & { unresolved: PackedSites } {
  const raised = new Map<number, { tier: 'compiler'; confidence: number; reason: string }>();
  const dropped = new Map<number, Set<number>>();
  const added: NewEdge[] = [];
  const decided = new Map<string, { isPartial: boolean; called: { to: number; reason: string }[] }>();
  const files = new Set<number>();
  for (const confirmation of confirmations) {
    const { file, line, column, targets, isPartial = false } = confirmation;
    if (!targets || !holds(confirmation, content)) continue;
    files.add(symbols.fileIndex(file)!);
    const called = targets.map(({ id, reason }) => ({ to: content.symbolOf(id)!, reason }));
    decided.set(siteKey(file, line, column), { isPartial, called });
  }
  if (decided.size === 0) return { raised, dropped, added, unresolved };

  const calls = (from: number, form: CallForm, line: number, column: number, to: number, reason: string) =>
    added.push({
      ...{ kind: 'CALLS', from, to, form, line, column },
      ...{ tier: 'compiler', confidence: 1, reason },
    });
  for (let e = 0; e < edges.count; e++) {
    if (edges.kind[e] !== CALLS || edges.tier[e] !== NAME_TIER) continue;
    const file = symbols.fileOf(edges.from[e]!);
    if (!files.has(file)) continue;
    for (let s = edges.firstSite[e]!; s < edges.firstSite[e + 1]!; s++) {
      const [line, column] = [edges.siteLine[s]!, edges.siteColumn[s]!];
      const said = decided.get(siteKey(symbols.files[file]!, line, column));
      if (!said) continue;
      const own = said.called.find(({ to }) => to === edges.to[e]);
      if (own) raised.set(e, { tier: 'compiler', confidence: 1, reason: own.reason });
      else if (!said.isPartial) (dropped.get(e) ?? dropped.set(e, new Set<number>()).get(e)!).add(s);
      for (const { to, reason } of said.called)
        if (to !== edges.to[e]) calls(edges.from[e]!, formOf(edges, e) ?? 'call', line, column, to, reason);
    }
  }
  const open: number[] = [];
  const { rows } = unresolved;
  for (let row = 0; row < rows.length; row += UNRESOLVED.width) {
    const file = rows[row + UNRESOLVED.file]!;
    if (file < 0) continue;
    const [line, column] = [rows[row + UNRESOLVED.line]!, rows[row + UNRESOLVED.column]!];
    const said = files.has(file) ? decided.get(siteKey(symbols.files[file]!, line, column)) : undefined;
    if (!said || said.isPartial) open.push(...rows.subarray(row, row + UNRESOLVED.width));
    if (said)
      for (const { to, reason } of said.called)
        calls(
          rows[row + UNRESOLVED.from]!,
          CALL_FORMS[rows[row + UNRESOLVED.form]!]!,
          line,
          column,
          to,
          reason,
        );
  }
  return { raised, dropped, added, unresolved: { rows: Int32Array.from(open), names: unresolved.names } };
}
