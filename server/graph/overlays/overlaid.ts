import type { Linked } from '../../link/link.ts';
import type { Confirmation, CoveredTest } from '../../protocol/overlays.ts';
import { confirmedChanges } from './confirmations.ts';
import type { Content } from './content.ts';
import { coverEdges } from './coverage.ts';
import { editEdges } from './edit-edges.ts';

export interface Overlays {
  confirmations: readonly Confirmation[];
  coverage: readonly CoveredTest[];
}

/** Facts with what was seen beside them, as far as it was seen of these contents. The facts themselves stay. */
export function overlaid(linked: Linked, { confirmations, coverage }: Overlays, content: Content): Linked {
  if (confirmations.length === 0 && coverage.length === 0) return linked;
  const changes = confirmedChanges(linked, confirmations, content);
  const added = [...changes.added, ...coverEdges(linked.symbols, coverage, content.hashOf)];
  if (added.length === 0 && changes.raised.size === 0 && changes.dropped.size === 0)
    return { ...linked, unresolved: changes.unresolved };
  return {
    symbols: linked.symbols,
    edges: editEdges(linked.edges, { ...changes, added }),
    unresolved: changes.unresolved,
  };
}
