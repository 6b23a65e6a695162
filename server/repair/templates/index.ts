import { conditions, guards, outcomes, shorterChains } from './conditions.ts';
import { constants, offByOne } from './constants.ts';
import { combines, slices, unwraps, wraps } from './expressions.ts';
import { callees, members, variables } from './names.ts';
import { bounds, operators } from './operators.ts';
import { swaps } from './order.ts';
import { deletions, insertions, moves, returns } from './statements.ts';
import type { Template } from './template.ts';

export const templates: readonly Template[] = [
  ...[operators, bounds, constants, offByOne],
  ...[variables, members, callees, swaps],
  ...[unwraps, wraps, combines, slices],
  ...[conditions, guards, shorterChains, outcomes],
  ...[moves, deletions, insertions, returns],
];
