import { awaits, defaults, handlers, types } from './absence.ts';
import { argumentsOf } from './arguments.ts';
import { conditions, guards, outcomes, shorterChains } from './conditions.ts';
import { constants, offByOne } from './constants.ts';
import { conversions } from './conversions.ts';
import { exits, wrappedStatements } from './exits.ts';
import { combines, slices, unwraps, wraps } from './expressions.ts';
import { ingredients, literals } from './ingredients.ts';
import { callees, members, variables } from './names.ts';
import { assignments, bounds, operators } from './operators.ts';
import { swaps } from './order.ts';
import { deletions, insertions, moves, returns } from './statements.ts';
import type { Template } from './template.ts';

export const templates: readonly Template[] = [
  ...[operators, bounds, assignments, constants, offByOne],
  ...[variables, members, callees, swaps, argumentsOf],
  ...[unwraps, wraps, combines, slices, conversions],
  ...[ingredients, literals, defaults, handlers, types, awaits],
  ...[conditions, guards, shorterChains, outcomes],
  ...[moves, deletions, insertions, returns, exits, wrappedStatements],
];
