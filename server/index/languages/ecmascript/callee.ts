import type { EcmascriptWalk } from './walk.ts';

/** The chain `a.b`, without the mention of its last link. */
export function memberTerm(w: EcmascriptWalk, n: number): number {
  const object = w.visit(w.field(n, 'object'));
  const property = w.field(n, 'property');
  if (object < 0 || property < 0) return -1;
  return w.facts.member(object, w.textOf(property));
}

/** A callee's term, its called name not counted as a mention, and where that name stands. */
export function calleeOf(w: EcmascriptWalk, node: number): { term: number; at: number } {
  let n = node;
  while (
    w.is(n, 'parenthesized_expression') ||
    w.is(n, 'non_null_expression') ||
    w.is(n, 'instantiation_expression')
  )
    n = w.firstChild(n);
  switch (w.kind(n)) {
    case 'identifier':
      return { term: w.facts.name(w.textOf(n)), at: w.start(n) };
    case 'member_expression': {
      const property = w.field(n, 'property');
      return { term: memberTerm(w, n), at: property < 0 ? w.start(n) : w.start(property) };
    }
    case 'super':
      return { term: w.receiver.superTerm, at: w.start(n) };
    case 'this':
      return { term: w.receiver.term, at: w.start(n) };
    default: {
      const term = w.visit(n);
      return { term, at: Math.max(w.start(n), w.end(n) - 1) };
    }
  }
}
