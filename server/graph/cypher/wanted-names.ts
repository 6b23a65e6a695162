import type { AstNode, Expression } from './ast.ts';
import type { Parameters } from './check.ts';
import { parse } from './parse.ts';
import { descendants } from './walk.ts';

/** The names that a query compares the property `name` with, in the order they stand. */
export function wantedNames(source: string, parameters: Parameters): string[] {
  return [...descendants(parse(source))].flatMap((node) => {
    const value = wanted(node);
    const name =
      value?.kind === 'parameter'
        ? parameters[value.name]
        : value?.kind === 'literal'
          ? value.value
          : undefined;
    return typeof name === 'string' ? [name] : [];
  });
}

function wanted(node: AstNode): Expression | undefined {
  if (node.kind === 'entry' && node.key === 'name') return node.value;
  if (node.kind !== 'comparison' || node.operators.length !== 1 || node.operators[0] !== '=')
    return undefined;
  const isName = (one: Expression | undefined) => one?.kind === 'property' && one.name === 'name';
  const [left, right] = node.operands;
  return isName(left) ? right : isName(right) ? left : undefined;
}
