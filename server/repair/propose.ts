import type { Node } from 'web-tree-sitter';
import type { Suspicion } from './localise.ts';
import { scopeOf, scopeRoot, type Scope } from './scope.ts';
import { applyEdits, isStatement, type Edit, type Source } from './source.ts';
import { templates } from './templates/index.ts';

/** A patch of one file that is not yet proven. */
export interface Candidate {
  file: string;
  /** The whole text after the change. */
  text: string;
  template: string;
  /** 0-based line of the change in the text before it. */
  line: number;
  /** Localisation × template's prior, less for large changes; greater is tried earlier. */
  score: number;
}

/** More are never tried in one search; the least promising are dropped. */
const MOST_CANDIDATES = 20_000;
/** Of the greatest suspicion: lines below this share of it are left alone. */
const LEAST_SHARE = 0.2;

/** Every change that a template makes at a suspicious line, the most promising first, each text once. */
export function propose(sources: readonly Source[], suspicions: readonly Suspicion[]): Candidate[] {
  const least = (suspicions[0]?.score ?? 0) * LEAST_SHARE;
  const candidates: Candidate[] = [];
  for (const source of sources) {
    const scores = new Map(
      suspicions.filter((s) => s.file === source.file && s.score >= least).map((s) => [s.line, s.score]),
    );
    const scopes = new Map<number, Scope>();
    const seen = new Set([source.text]);
    for (const { node, suspicion } of suspiciousNodes(source.tree.rootNode, scores)) {
      const root = scopeRoot(node);
      let scope = scopes.get(root.id);
      if (!scope) scopes.set(root.id, (scope = scopeOf(root, source.python)));
      for (const template of templates) {
        for (const edits of template.propose({ node, source, scope })) {
          const text = applyEdits(source.text, edits);
          if (seen.has(text)) continue;
          seen.add(text);
          candidates.push({
            ...{ file: source.file, text, template: template.name, line: node.startPosition.row },
            score: suspicion * template.prior * sizeFactor(source.text, edits),
          });
        }
      }
    }
  }
  return candidates.sort((a, b) => b.score - a.score).slice(0, MOST_CANDIDATES);
}

/** 1 for a change of one character, falling slowly with what is put in and what is taken out. */
function sizeFactor(text: string, edits: readonly Edit[]): number {
  const size = edits.reduce(
    (sum, edit) => sum + edit.text.length + text.slice(edit.start, edit.end).length,
    0,
  );
  return 1 / (1 + size / 100);
}

/**
 * Nodes with the suspicion of their line. A node on a line that no coverage names (inside a statement of several lines)
 * has that of its statement's first line.
 */
function* suspiciousNodes(
  root: Node,
  scores: ReadonlyMap<number, number>,
): Iterable<{ node: Node; suspicion: number }> {
  const pending: { node: Node; inherited: number }[] = [{ node: root, inherited: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, inherited } = next;
    const own = scores.get(node.startPosition.row);
    const suspicion = own ?? (isStatement(node) ? 0 : inherited);
    if (suspicion > 0) yield { node, suspicion };
    for (const child of node.namedChildren) pending.push({ node: child, inherited: suspicion });
  }
}
