import type { Node } from 'web-tree-sitter';
import { field, isBinary, isCall, isMember, isVariableUse, parts, replace } from '../source.ts';
import { lastUse, nearness } from '../scope.ts';
import { weighted, type Template } from './template.ts';

export const variables: Template = {
  name: 'variable',
  prior: 0.6,
  mostWeight: 1.8,
  *propose({ node, scope }) {
    if (!isVariableUse(node)) return;
    for (const name of scope.variables)
      if (name !== node.text && !repeats(node, name))
        yield weighted(
          nearness(scope, name, node.startPosition.row) *
            likeness(name, node.text) *
            lastUse(scope, node.text),
          [replace(node, name)],
        );
  },
};

export const members: Template = {
  name: 'member',
  prior: 0.5,
  mostWeight: 1.2,
  *propose({ node, scope, file }) {
    if (!isMember(node)) return;
    const name = field(node, 'attribute') ?? field(node, 'property');
    if (!name) return;
    const own = /^(self|this)$/.test(field(node, 'object')?.text ?? '') ? file.ownMembers : [];
    // A call's own name is left to `callees`.
    const siblings =
      node.parent && isCall(node.parent) && field(node.parent, 'function')?.id === node.id
        ? []
        : siblingsOf(name.text);
    for (const other of new Set([...siblings, ...scope.members, ...own]))
      if (other !== name.text) yield weighted(likeness(other, name.text), [replace(name, other)]);
  },
};

/** Both sides of an operator, or both arguments, would be the same. */
function repeats(node: Node, name: string): boolean {
  const parent = node.parent;
  if (!parent || !(isBinary(parent) || /^(argument_list|arguments)$/.test(parent.type))) return false;
  return parts(parent).some((part) => part.id !== node.id && part.text === name);
}

/** 1.2 for names that share a word or differ in one letter, such as `start` and `end_start`, or `i` and `j`; else 1. */
function likeness(a: string, b: string): number {
  const words = (name: string): string[] => name.toLowerCase().match(/[a-z]+|\d+/g) ?? [];
  const shared = words(a).some((word) => words(b).includes(word));
  return shared || (a.length === 1 && b.length === 1) ? 1.2 : 1;
}

/** Functions of the languages that are easily taken for each other. */
const SIBLINGS = [
  ['any', 'all'],
  ['some', 'every'],
  ['min', 'max'],
  ['floor', 'ceil', 'round', 'trunc'],
  ['find', 'findLast'],
  ['indexOf', 'lastIndexOf'],
  ['index', 'rindex'],
  ['startswith', 'endswith'],
  ['startsWith', 'endsWith'],
  ['shift', 'pop'],
  ['popleft', 'pop'],
  ['append', 'extend'],
  ['push', 'unshift'],
  ['lower', 'upper'],
  ['toLowerCase', 'toUpperCase'],
  ['filter', 'map', 'flatMap'],
  ['keys', 'values', 'items', 'entries'],
  ['strip', 'lstrip', 'rstrip'],
  ['trim', 'trimStart', 'trimEnd'],
  ['ljust', 'rjust'],
  ['padStart', 'padEnd'],
  ['split', 'rsplit'],
  ['partition', 'rpartition'],
  ['match', 'search', 'fullmatch'],
  ['bisect_left', 'bisect_right'],
  ['union', 'intersection', 'difference', 'symmetric_difference'],
  ['isdigit', 'isalpha', 'isalnum'],
  ['islower', 'isupper'],
  ['is_', 'is_not'],
  ['lt', 'le', 'gt', 'ge'],
  ['and_', 'or_', 'xor'],
];

const siblingsOf = (name: string): string[] => SIBLINGS.filter((group) => group.includes(name)).flat();

export const callees: Template = {
  name: 'callee',
  prior: 0.6,
  *propose({ node, scope }) {
    const callee = isCall(node) ? field(node, 'function') : undefined;
    const name = callee && (field(callee, 'attribute') ?? field(callee, 'property') ?? callee);
    if (!name || !/identifier$/.test(name.type)) return;
    const siblings = siblingsOf(name.text);
    const others = name.id === callee.id ? [...siblings, ...scope.functions] : siblings;
    for (const other of new Set(others)) if (other !== name.text) yield [replace(name, other)];
  },
};
