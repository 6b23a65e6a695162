import type { Suspicion } from './localise.ts';
import { fileScopeOf, scopeOf, scopeRoot, type Scope } from './scope.ts';
import { applyEdits, type Edit, type Source } from './source.ts';
import { suspicionsOf } from './suspicious-nodes.ts';
import { templates } from './templates/index.ts';

/** A patch of one file that is not yet proven. */
export interface Candidate {
  file: string;
  /** What is put in place of a part of the file's text. */
  edit: Edit;
  template: string;
  /** 0-based line of the change in the text before it. */
  line: number;
  /** Lines of the outermost function around the change; absent outside of functions. */
  within?: { first: number; last: number };
  /** Localisation × template's prior, less for large changes; greater is tried earlier. */
  score: number;
}

/** More are never tried in one search; the least promising are dropped. */
const MOST_CANDIDATES = 20_000;

/** Every change that a template makes at a suspicious line, the most promising first, each text once. */
export function propose(sources: readonly Source[], suspicions: readonly Suspicion[]): Candidate[] {
  const candidates: Candidate[] = [];
  for (const source of sources) {
    const scopes = new Map<number, Scope>();
    const file = fileScopeOf(source.tree.rootNode);
    const seen = new Set<string>();
    for (const { node, suspicion } of suspicionsOf(source, suspicions)) {
      const root = scopeRoot(node);
      let scope = scopes.get(root.id);
      if (!scope) scopes.set(root.id, (scope = scopeOf(root, source.python)));
      for (const template of templates) {
        for (const proposal of template.propose({ node, source, scope, file })) {
          const { edits, weight } = Array.isArray(proposal) ? { edits: proposal, weight: 1 } : proposal;
          const edit = asOne(source.text, edits);
          if (!edit) continue;
          const key = `${edit.start} ${edit.end} ${edit.text}`;
          if (seen.has(key)) continue;
          seen.add(key);
          candidates.push({
            ...{ file: source.file, edit, template: template.name, line: node.startPosition.row },
            ...(root.parent ? { within: { first: root.startPosition.row, last: root.endPosition.row } } : {}),
            score: suspicion * template.prior * weight * sizeFactor(source.text, edits),
          });
        }
      }
    }
  }
  return candidates.sort((a, b) => b.score - a.score).slice(0, MOST_CANDIDATES);
}

/** Edits that belong together as the smallest single one; undefined when they change nothing. */
function asOne(text: string, edits: readonly Edit[]): Edit | undefined {
  let start = Math.min(...edits.map((edit) => edit.start));
  let end = Math.max(...edits.map((edit) => edit.end));
  const before = text.slice(start, end);
  const moved = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  let after = applyEdits(before, moved);
  if (before === after) return undefined;
  let same = 0;
  while (same < Math.min(before.length, after.length) && before[same] === after[same]) same++;
  start += same;
  after = after.slice(same);
  while (after.length > 0 && end > start && text[end - 1] === after[after.length - 1]) {
    end--;
    after = after.slice(0, -1);
  }
  return { start, end, text: after };
}

/** 1 for a change of one character, falling slowly with what is put in and what is taken out. */
function sizeFactor(text: string, edits: readonly Edit[]): number {
  const size = edits.reduce(
    (sum, edit) => sum + edit.text.length + text.slice(edit.start, edit.end).length,
    0,
  );
  return 1 / (1 + size / 100);
}
