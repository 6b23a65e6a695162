import type { Node } from 'web-tree-sitter';
import { field, isCall, parts, type Edit } from '../source.ts';
import { nearness } from '../scope.ts';
import { weighted, type Template } from './template.ts';

/** `f(a)` → `f(a, b)`, and by name where the file's function has a parameter of a variable's name; `f(a, b)` → `f(a)`. */
export const argumentsOf: Template = {
  name: 'argument',
  prior: 0.4,
  mostWeight: 1.8,
  *propose({ node, source, scope, file }) {
    const list = isCall(node) ? field(node, 'arguments') : undefined;
    if (!list || !/^(argument_list|arguments)$/.test(list.type)) return;
    const given = parts(list);
    for (const each of given.slice(0, 6)) if (given.length > 1) yield weighted(0.7, [without(list, each)]);
    const callee = field(node, 'function');
    const name = callee && (field(callee, 'attribute') ?? field(callee, 'property') ?? callee).text;
    const known = (name !== undefined && file.parameters.get(name)) || [];
    const missing = known.slice(given.length).filter((each) => !list.text.includes(`${each}=`));
    const last = given.at(-1);
    const put = (text: string): Edit[] =>
      last
        ? [{ start: last.endIndex, end: last.endIndex, text: `, ${text}` }]
        : [{ start: list.startIndex + 1, end: list.startIndex + 1, text }];
    for (const each of missing) {
      const own = source.python ? `self.${each}` : `this.${each}`;
      const value = scope.variables.includes(each) ? each : file.ownMembers.has(each) ? own : undefined;
      if (value !== undefined) yield weighted(1.8, put(source.python ? `${each}=${value}` : value));
      if (source.python && value === undefined)
        for (const constant of ['True', 'False', 'None']) yield weighted(0.6, put(`${each}=${constant}`));
    }
    const taken = new Set(given.map((each) => each.text));
    for (const variable of scope.variables)
      if (!taken.has(variable))
        yield weighted(0.6 * nearness(scope, variable, node.startPosition.row), put(variable));
  },
};

/** A list of arguments without one of them, and without its comma. */
function without(list: Node, gone: Node): Edit {
  const given = parts(list);
  const at = given.findIndex((each) => each.id === gone.id);
  const next = given[at + 1];
  const previous = given[at - 1];
  if (next) return { start: gone.startIndex, end: next.startIndex, text: '' };
  return { start: previous?.endIndex ?? gone.startIndex, end: gone.endIndex, text: '' };
}
