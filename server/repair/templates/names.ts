import { field, isCall, isMember, isVariableUse, replace } from '../source.ts';
import type { Template } from './template.ts';

export const variables: Template = {
  name: 'variable',
  prior: 0.6,
  *propose({ node, scope }) {
    if (!isVariableUse(node)) return;
    for (const name of scope.variables) if (name !== node.text) yield [replace(node, name)];
  },
};

export const members: Template = {
  name: 'member',
  prior: 0.5,
  *propose({ node, scope }) {
    if (!isMember(node)) return;
    const name = field(node, 'attribute') ?? field(node, 'property');
    if (!name) return;
    for (const other of scope.members) if (other !== name.text) yield [replace(name, other)];
  },
};

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
];

export const callees: Template = {
  name: 'callee',
  prior: 0.6,
  *propose({ node, scope }) {
    const callee = isCall(node) ? field(node, 'function') : undefined;
    const name = callee && (field(callee, 'attribute') ?? field(callee, 'property') ?? callee);
    if (!name || !/identifier$/.test(name.type)) return;
    const siblings = SIBLINGS.filter((group) => group.includes(name.text)).flat();
    const others = name.id === callee.id ? [...siblings, ...scope.functions] : siblings;
    for (const other of new Set(others)) if (other !== name.text) yield [replace(name, other)];
  },
};
