import type { MapEntry, NodePattern, Query } from './ast.ts';
import { at } from './build.ts';
import { parse } from './parse.ts';
import { Refusal } from './refusal.ts';
import { descendants, mapTree } from './walk.ts';

/** The property that says which workspace a node belongs to, where several share one store. */
export const WORKSPACE_PROPERTY = 'workspace';
/** The parameter that holds the workspace of who asks. */
export const WORKSPACE_PARAMETER = 'weft_workspace';

/**
 * A tree in which every node pattern wants the asker's workspace, wherever it stands: in subqueries, comprehensions,
 * pattern predicates, shortest paths and repeated groups. A variable that is bound already is only tested once more.
 *
 * Relationships need no such test. None joins two workspaces, and each pattern that binds one has a node pattern at both
 * ends (the grammar knows no other): so the ends are of the workspace, and by induction along a path, each node between
 * the hops of `*1..3` is, too. Nothing else yields a node: no function of the allow-list takes an id to a node, or a
 * relationship to its end, and procedures are not read.
 */
export function restrictToWorkspace(query: Query): Query {
  return mapTree(query, (node) => (node.kind === 'node' ? restricted(node) : node));
}

function restricted(node: NodePattern): NodePattern {
  const entries = node.properties?.entries ?? [];
  if (entries.some(({ key }) => key === WORKSPACE_PROPERTY))
    throw new Refusal(`"${WORKSPACE_PROPERTY}" is no property that can be asked for`, node);
  const entry: MapEntry = {
    ...{
      kind: 'entry',
      key: WORKSPACE_PROPERTY,
      value: { kind: 'parameter', name: WORKSPACE_PARAMETER, ...at(node) },
    },
    ...at(node),
  };
  return { ...node, properties: { kind: 'map', entries: [...entries, entry], ...at(node) } };
}

/**
 * Reads what an engine is about to be given, and refuses it unless every node pattern in it wants the workspace: whatever
 * is wrong in a rewriter or the printer ends here.
 */
export function requireWorkspace(text: string): void {
  for (const node of descendants(parse(text, { isOwn: true }))) {
    if (node.kind !== 'node') continue;
    const wanted = node.properties?.entries.filter(({ key }) => key === WORKSPACE_PROPERTY) ?? [];
    const [only] = wanted;
    if (wanted.length !== 1 || only?.value.kind !== 'parameter' || only.value.name !== WORKSPACE_PARAMETER)
      throw new Refusal('it could leave the workspace');
  }
}
