import type { Node } from 'web-tree-sitter';
import type { Suspicion } from './localise.ts';
import { fileScopeOf, scopeOf, scopeRoot, type FileScope, type Scope } from './scope.ts';
import { applyEdits, type Edit, type Source } from './source.ts';
import { suspicionsOf } from './suspicious-nodes.ts';
import { templates } from './templates/index.ts';
import type { Template } from './templates/template.ts';

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

/** Of a template's proposals, where it does not say so itself. */
const MOST_WEIGHT = 1.5;

/**
 * Every change that a template makes at a suspicious node, in descending order of score, each text once. They are made
 * as they are asked for: most searches end early.
 */
export function* propose(
  sources: readonly Source[],
  suspicions: readonly Suspicion[],
): Generator<Candidate, void> {
  const files = new Map(sources.map((source) => [source, new FileProposals(source)]));
  const sites = sources.flatMap((source) =>
    [...suspicionsOf(source, suspicions)].flatMap(({ node, suspicion }) =>
      templates.map((template) => {
        const bound = suspicion * template.prior * (template.mostWeight ?? MOST_WEIGHT);
        return { source, node, suspicion, template, bound };
      }),
    ),
  );
  sites.sort((a, b) => b.bound - a.bound);
  const made = new Heap();
  for (const { source, node, suspicion, template, bound } of sites) {
    for (let best = made.peek(); best && best.score >= bound; best = made.peek()) yield made.pop() ?? best;
    for (const candidate of files.get(source)?.at(node, suspicion, template) ?? []) made.push(candidate);
  }
  for (let next = made.pop(); next; next = made.pop()) yield next;
}

class FileProposals {
  readonly #source: Source;
  readonly #file: FileScope;
  readonly #scopes = new Map<number, Scope>();
  readonly #seen = new Set<string>();

  constructor(source: Source) {
    this.#source = source;
    this.#file = fileScopeOf(source.tree.rootNode);
  }

  *at(node: Node, suspicion: number, template: Template): Iterable<Candidate> {
    const source = this.#source;
    const root = scopeRoot(node);
    let scope = this.#scopes.get(root.id);
    if (!scope) this.#scopes.set(root.id, (scope = scopeOf(root, source.python)));
    const place = { file: source.file, line: node.startPosition.row, ...extentOf(root) };
    for (const proposal of template.propose({ node, source, scope, file: this.#file })) {
      const { edits, weight } = Array.isArray(proposal) ? { edits: proposal, weight: 1 } : proposal;
      const edit = asOne(source.text, edits);
      if (!edit) continue;
      const key = `${edit.start} ${edit.end} ${edit.text}`;
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      const score = suspicion * template.prior * weight * sizeFactor(edits);
      yield { ...place, edit, template: template.name, score };
    }
  }
}

/** The candidate of the greatest score first. */
class Heap {
  readonly #items: Candidate[] = [];

  peek = (): Candidate | undefined => this.#items[0];

  push(candidate: Candidate): void {
    const items = this.#items;
    let at = items.push(candidate) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const above = items[up];
      if (!above || above.score >= candidate.score) break;
      items[at] = above;
      at = up;
    }
    items[at] = candidate;
  }

  pop(): Candidate | undefined {
    const items = this.#items;
    const [first] = items;
    const last = items.pop();
    if (!last || items.length === 0) return first;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      const right = items[down + 1];
      if (right && right.score > (items[down]?.score ?? 0)) down += 1;
      const below = items[down];
      if (!below || below.score <= last.score) break;
      items[at] = below;
      at = down;
    }
    items[at] = last;
    return first;
  }
}

/** Lines of the outermost function around a change. */
function extentOf(root: Node): Pick<Candidate, 'within'> {
  return root.parent ? { within: { first: root.startPosition.row, last: root.endPosition.row } } : {};
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
function sizeFactor(edits: readonly Edit[]): number {
  const size = edits.reduce((sum, edit) => sum + edit.text.length + edit.end - edit.start, 0);
  return 1 / (1 + size / 100);
}
