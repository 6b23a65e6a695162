import type { NeighboursAnswer } from '../protocol/graph.ts';
import { alignRows } from './table.ts';

const MOST_SITES_SHOWN = 5;

/** Rows aligned, each place as `file:line` that a terminal can follow; nearest first. */
export function describeNeighbours(answer: NeighboursAnswer, none: string): string {
  const { symbol, results, unresolvedSites } = answer;
  const rows = results.flatMap(({ symbol: other, edge, distance }) =>
    edge.sites.map((site) => [
      `${site.file}:${site.line}`,
      `${edge.kind === 'CALLS' ? (edge.form ?? 'call') : edge.kind.toLowerCase()}`,
      `${edge.tier} ${edge.confidence.toFixed(2)}`,
      `${other.qualifiedName}${distance > 1 ? `  (${distance} steps)` : ''}`,
    ]),
  );
  const lines = [
    `${symbol.qualifiedName}  ${symbol.file}:${symbol.line}`,
    ...alignRows(rows).map((row) => `  ${row}`),
  ];
  if (rows.length === 0) lines.push(`  ${none}`);
  if (answer.lowerBound) {
    const count = unresolvedSites.length;
    lines.push(
      `at least these: ${count} more call ${count === 1 ? 'site' : 'sites'} could not be resolved`,
      ...unresolvedSites.slice(0, MOST_SITES_SHOWN).map((s) => `  ${s.file}:${s.line}  ${s.name}`),
    );
  }
  if (answer.note !== undefined) lines.push(answer.note);
  return lines.join('\n');
}
