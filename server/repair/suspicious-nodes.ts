import type { Node } from 'web-tree-sitter';
import type { Suspicion } from './localise.ts';
import { field, isFunction, isStatement, type Source } from './source.ts';

/** Of the greatest suspicion: lines below this share of it are left alone. */
const LEAST_SHARE = 0.2;
/** What stands outside of the executed lines has a part of their suspicion: a function's parameters, a constant they use. */
const USED = 0.7;

/**
 * The nodes of a file with the suspicion of their line, where it is worth a try. A node on a line that no coverage
 * names (inside a statement of several lines) has that of its statement's first line. `suspicions`: best first, of all files.
 */
export function* suspicionsOf(
  source: Source,
  suspicions: readonly Suspicion[],
): Iterable<{ node: Node; suspicion: number }> {
  const least = (suspicions[0]?.score ?? 0) * LEAST_SHARE;
  const scores = new Map(suspicions.filter((s) => s.file === source.file).map((s) => [s.line, s.score]));
  const words = wordScores(source.text, scores);
  const rows = [...scores.keys()].sort((a, b) => a - b);
  const pending = [{ node: source.tree.rootNode, inherited: 0, floor: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, inherited } = next;
    let floor = isFunction(node) ? 0 : next.floor;
    if (isHeader(node)) floor = USED * greatestIn(node.parent ?? node, scores);
    const name = definedOutside(node);
    if (name) floor = Math.max(floor, USED * (words.get(name) ?? 0));
    const own = scores.get(node.startPosition.row) ?? (isStatement(node) ? 0 : inherited);
    const suspicion = Math.max(own, floor);
    if (suspicion > least) yield { node, suspicion };
    else if (suspicion === 0 && !anyWithin(rows, node.startPosition.row, node.endPosition.row)) continue;
    for (const child of node.namedChildren) pending.push({ node: child, inherited: suspicion, floor });
  }
}

/** Whether one of the sorted numbers lies between two, which count. */
function anyWithin(sorted: readonly number[], first: number, last: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < first) low = middle + 1;
    else high = middle;
  }
  return (sorted[low] ?? Infinity) <= last;
}

const isHeader = (node: Node): boolean =>
  /^(parameters|formal_parameters)$/.test(node.type) && node.parent !== null && isFunction(node.parent);

function greatestIn(node: Node, scores: ReadonlyMap<number, number>): number {
  let greatest = 0;
  for (let line = node.startPosition.row; line <= node.endPosition.row; line++)
    greatest = Math.max(greatest, scores.get(line) ?? 0);
  return greatest;
}

/** The name that a statement outside of functions gives a value to. */
function definedOutside(node: Node): string | undefined {
  if (!/^(assignment|variable_declarator|public_field_definition|field_definition)$/.test(node.type))
    return undefined;
  for (let up = node.parent; up; up = up.parent) if (isFunction(up)) return undefined;
  const name = field(node, 'left') ?? field(node, 'name') ?? field(node, 'property');
  return name && /identifier$/.test(name.type) ? name.text : undefined;
}

/** The greatest suspicion of a line that holds the word. */
function wordScores(text: string, scores: ReadonlyMap<number, number>): Map<string, number> {
  const words = new Map<string, number>();
  for (const [row, line] of text.split('\n').entries()) {
    const score = scores.get(row) ?? 0;
    if (score === 0) continue;
    for (const [word] of line.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu))
      if ((words.get(word) ?? 0) < score) words.set(word, score);
  }
  return words;
}
