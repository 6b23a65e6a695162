import { OP } from '../../facts.ts';
import { pathOf } from './paths.ts';
import type { RustWalk } from './walk.ts';

/** Declares what a pattern binds, as parts of a value (-1: unknown). `type` is the declared type of all of it. */
export function bindPattern(w: RustWalk, n: number, value: number, type = -1): void {
  switch (w.kind(n)) {
    case 'identifier':
      bindName(w, n, value, type);
      return;
    case 'shorthand_field_identifier':
      w.declare(w.textOf(n), type, value);
      return;
    case 'mut_pattern':
    case 'ref_pattern':
    case 'reference_pattern':
    case 'parenthesized_pattern':
    case 'match_pattern':
      // `mut` is a node of its own.
      bindPattern(w, w.children(n).find((c) => !w.is(c, 'mutable_specifier')) ?? -1, value, type);
      return;
    case 'captured_pattern': {
      const [name = -1, inner = -1] = w.children(n);
      w.declare(w.textOf(name), type, value);
      bindPattern(w, inner, value, type);
      return;
    }
    case 'or_pattern':
      // Every alternative binds the same names.
      w.children(n).forEach((c, i) => {
        if (i === 0) bindPattern(w, c, value, type);
        else mentionPaths(w, c);
      });
      return;
    case 'tuple_pattern':
      bindItems(w, n, typed(w, value, type));
      return;
    case 'slice_pattern': {
      const whole = typed(w, value, type);
      for (const c of w.children(n)) {
        const isRest = w.is(c, 'captured_pattern') && w.has(c, 'remaining_field_pattern');
        bindPattern(w, c, isRest || whole < 0 ? whole : w.facts.term(OP.element, whole));
      }
      return;
    }
    case 'tuple_struct_pattern': {
      const whole = narrowed(w, w.field(n, 'type'), typed(w, value, type));
      const [, ...parts] = w.placesIn(n);
      const rest = restOf(w, parts);
      for (const { node, place } of parts)
        bindPattern(w, node, whole >= 0 && place < rest ? w.facts.member(whole, String(place)) : -1);
      return;
    }
    case 'struct_pattern': {
      const whole = narrowed(w, w.field(n, 'type'), typed(w, value, type));
      for (const field of w.children(n)) {
        if (!w.is(field, 'field_pattern')) continue;
        const name = w.field(field, 'name');
        const part = whole < 0 ? -1 : w.facts.member(whole, w.textOf(name));
        const inner = w.field(field, 'pattern');
        bindPattern(w, inner >= 0 ? inner : name, part);
      }
      return;
    }
    case 'scoped_identifier':
      mentionPaths(w, n);
      return;
    default:
  }
}

/** A capital says that a pattern names a constant or variant, as the compiler's own lint asks. */
function bindName(w: RustWalk, n: number, value: number, type: number): void {
  const name = w.textOf(n);
  if (/^[A-Z]/.test(name)) {
    const term = w.name(name);
    if (w.facts.opOf(term) !== OP.variable) w.facts.addMention(term, w.start(n));
  } else w.declare(name, type, value);
}

function typed(w: RustWalk, value: number, type: number): number {
  return type >= 0 ? w.facts.term(OP.cast, type, -1) : value;
}

function bindItems(w: RustWalk, n: number, whole: number): void {
  const parts = w.placesIn(n);
  const rest = restOf(w, parts);
  for (const { node, place } of parts)
    bindPattern(w, node, whole >= 0 && place < rest ? w.facts.term(OP.item, whole, place) : -1);
}

/** The place of `..`; behind it, places are not known. */
function restOf(w: RustWalk, parts: readonly { node: number; place: number }[]): number {
  return parts.find((p) => w.is(p.node, 'remaining_field_pattern'))?.place ?? Infinity;
}

/** A value that a pattern has found to be of a class or variant. */
function narrowed(w: RustWalk, pathNode: number, value: number): number {
  const { nameNode, term } = pathOf(w, pathNode);
  if (term < 0) return -1;
  w.facts.addMention(term, w.start(nameNode));
  return w.facts.term(OP.narrowed, value, term);
}

function mentionPaths(w: RustWalk, n: number): void {
  const isPath = w.is(n, 'scoped_identifier');
  const pathNode = isPath ? n : w.field(n, 'type');
  if (pathNode < 0) return;
  const { nameNode, term } = pathOf(w, pathNode);
  if (term >= 0) w.facts.addMention(term, w.start(nameNode));
}
