import { field, isFunction, isStatement, parts } from '../source.ts';
import { before, block } from './lines.ts';
import { weighted, type Template } from './template.ts';

/** Most variables that a guard is written for: those of the statement itself. */
const MOST_NAMES = 6;

/** An early exit for what the statement cannot take: `if x is None: return None`, `if not x: return []`, `continue`. */
export const exits: Template = {
  name: 'exit',
  prior: 0.2,
  *propose({ node, source, scope }) {
    if (!isStatement(node) || /^(import|function|class|export|decorated)/.test(node.type)) return;
    if (!inFunction(node)) return;
    const none = source.python ? 'None' : 'undefined';
    const names = [...new Set(usedNames(node, scope.variables))].slice(0, MOST_NAMES);
    const values = [...new Set([...scope.returned, ...names.slice(0, 2), none, '0', '[]', "''"])].slice(
      0,
      10,
    );
    const no = source.python ? 'not ' : '!';
    const end = source.python ? '' : ';';
    const leave = inLoop(node) ? [`continue${end}`, `break${end}`] : [];
    for (const name of names) {
      const absent = source.python ? `${name} is None` : `${name} == null`;
      for (const condition of [`${no}${name}`, absent]) {
        for (const value of values)
          yield weighted(scope.returned.includes(value) ? 1 : 0.7, [
            before(node, block(`if`, condition, `return ${value}${end}`, node, source), source),
          ]);
        for (const exit of leave) yield [before(node, block('if', condition, exit, node, source), source)];
      }
    }
    for (const condition of scope.conditions.slice(0, 12))
      for (const exit of leave)
        yield weighted(0.5, [before(node, block('if', condition, exit, node, source), source)]);
  },
};

function usedNames(node: Parameters<typeof isStatement>[0], variables: readonly string[]): string[] {
  const header = /_statement$/.test(node.type)
    ? (field(node, 'condition') ?? field(node, 'right') ?? node)
    : node;
  return header
    .descendantsOfType('identifier')
    .flatMap((name) => (name && variables.includes(name.text) ? [name.text] : []));
}

function inFunction(node: Parameters<typeof isStatement>[0]): boolean {
  for (let up = node.parent; up; up = up.parent) if (isFunction(up)) return true;
  return false;
}

function inLoop(node: Parameters<typeof isStatement>[0]): boolean {
  for (let up = node.parent; up && !isFunction(up); up = up.parent)
    if (/^(for|while|do)_?(in_)?statement$/.test(up.type)) return true;
  return false;
}

/** A statement runs only if what it uses is there, or if a condition of the function holds. */
export const wrappedStatements: Template = {
  name: 'only if',
  prior: 0.2,
  *propose({ node, source, scope }) {
    if (!isStatement(node) || !/^(expression_statement|assignment|return_statement)$/.test(node.type)) return;
    if (!inFunction(node)) return;
    const names = [...new Set(usedNames(node, scope.variables))].slice(0, MOST_NAMES);
    const none = source.python ? ' is not None' : ' != null';
    const conditions = [...names, ...names.map((name) => `${name}${none}`), ...scope.conditions.slice(0, 8)];
    for (const condition of conditions)
      if (!parts(node).some((part) => part.text === condition))
        yield [
          {
            start: node.startIndex,
            end: node.endIndex,
            text: block('if', condition, node.text, node, source),
          },
        ];
  },
};
