import { OP } from '../../facts.ts';
import type { JavaVisitor, JavaWalk } from './walk.ts';

const primitive: JavaVisitor = (w, n) => w.primitive(w.textOf(n));
const last: JavaVisitor = (w, n) => w.type(w.children(n).at(-1) ?? -1);

/** Types as written → terms. A wildcard is its bound, `?` alone says nothing. */
export const typeVisitors: Record<string, JavaVisitor> = {
  type_identifier: (w, n) => w.facts.typeName(w.textOf(n)),
  identifier: (w, n) => w.facts.typeName(w.textOf(n)),
  scoped_type_identifier: scoped,
  scoped_identifier: scoped,
  integral_type: primitive,
  floating_point_type: primitive,
  boolean_type: primitive,
  void_type: () => -1,
  generic_type: (w, n) => {
    const base = w.type(w.firstChild(n));
    const args = w.children(w.childOf(n, 'type_arguments')).filter((c) => !isComment(w, c));
    if (base < 0 || args.length === 0) return base;
    return w.facts.term(OP.apply, base, w.facts.list(args.map((a) => w.type(a))));
  },
  array_type: (w, n) => w.dimensioned(w.type(w.field(n, 'element')), w.field(n, 'dimensions')),
  annotated_type: last,
  wildcard: (w, n) => {
    const bound = w.children(n).at(-1) ?? -1;
    return w.is(bound, 'super') ? -1 : w.type(bound);
  },
  catch_type: (w, n) => {
    const types = w.children(n).map((c) => w.type(c));
    return w.facts.union(types, OP.unionType);
  },
};

export function isComment(w: JavaWalk, node: number): boolean {
  return w.is(node, 'line_comment') || w.is(node, 'block_comment');
}

/** `Outer.Inner`, `java.util.List`. */
function scoped(w: JavaWalk, n: number): number {
  const nodes = w.children(n);
  const name = nodes.at(-1) ?? -1;
  const base = w.type(nodes[0] ?? -1);
  return base < 0 ? -1 : w.facts.member(base, w.textOf(name));
}

/** The type of a declaration; -1 where it is `var`. */
export function declaredType(w: JavaWalk, node: number): number {
  return w.is(node, 'type_identifier') && w.textOf(node) === 'var' ? -1 : w.type(node);
}
