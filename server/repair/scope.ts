import type { Node } from 'web-tree-sitter';
import { field, isCall, isFunction, isMember } from './source.ts';

/** The names that a template may put at a place: those of the outermost function around it. */
export interface Scope {
  /** Variables and parameters, in order of appearance. */
  variables: readonly string[];
  /** Variables that are assigned, so another assignment of them makes sense. */
  assigned: ReadonlySet<string>;
  /** Variables that start as an empty or literal container, by what puts an element in: `append`, `add`, `push`. */
  containers: ReadonlyMap<string, string>;
  /** Functions that the file calls by name. */
  functions: readonly string[];
  /** Names after a dot, in order of appearance. */
  members: readonly string[];
}

/** The outermost function around a node, or the whole file. */
export function scopeRoot(node: Node): Node {
  let root: Node | undefined;
  let at: Node = node;
  for (let up: Node | null = node; up; up = up.parent) {
    if (isFunction(up)) root = up;
    at = up;
  }
  return root ?? at;
}

export function scopeOf(root: Node, python: boolean): Scope {
  const variables = new Set<string>();
  const assigned = new Set<string>();
  const containers = new Map<string, string>();
  const functions = new Set<string>();
  const members = new Set<string>();
  const callees = new Set<string>();

  const visit = (node: Node): void => {
    const parent = node.parent;
    if (isCall(node)) {
      const callee = field(node, 'function');
      if (callee?.type === 'identifier') callees.add(callee.text);
    } else if (isMember(node)) {
      const name = field(node, 'attribute') ?? field(node, 'property');
      if (name) members.add(name.text);
    } else if (node.type === 'identifier' && parent) {
      const callee = field(parent, 'function')?.id === node.id;
      const named = field(parent, 'name')?.id === node.id && parent.type !== 'variable_declarator';
      const member = isMember(parent) && field(parent, 'object')?.id !== node.id;
      const keyword = parent.type === 'keyword_argument' && field(parent, 'name')?.id === node.id;
      const defined = named && isFunction(parent);
      if (defined) functions.add(node.text);
      if (!callee && !named && !member && !keyword && !/type|import/.test(parent.type))
        variables.add(node.text);
    }
    const target = field(node, node.type === 'variable_declarator' ? 'name' : 'left');
    const value = field(node, node.type === 'variable_declarator' ? 'value' : 'right');
    if (target?.type === 'identifier' && /assignment|variable_declarator/.test(node.type)) {
      assigned.add(target.text);
      const put = value && putsInto(value.text, python);
      if (put) containers.set(target.text, put);
    }
    for (const child of node.namedChildren) visit(child);
  };
  visit(root);
  for (const name of callees) {
    functions.add(name);
    if (!assigned.has(name)) variables.delete(name);
  }
  return {
    variables: [...variables],
    ...{ assigned, containers },
    functions: [...functions],
    members: [...members],
  };
}

function putsInto(initial: string, python: boolean): string | undefined {
  if (/^(set\(|new Set\b)/.test(initial)) return 'add';
  if (/^(\[|list\(|deque\(|new Array\b)/.test(initial)) return python ? 'append' : 'push';
  return undefined;
}
