import { EDGE_TYPES, SYMBOL_KINDS } from '../../protocol/graph.ts';
import { nearNames } from '../near-names.ts';
import type { Labels } from './ast.ts';
import { Refusal, type Span } from './refusal.ts';

export type Owner = 'node' | 'relationship';

/**
 * The labels (or types) that an expression of them allows, in the order of the schema. Each node has one label and each
 * relationship one type, so that `A&!B` is a set of names. Undefined: all are allowed.
 */
export function namesIn(labels: Labels, owner: Owner, span: Span): string[] | undefined {
  const all: readonly string[] = owner === 'node' ? SYMBOL_KINDS : EDGE_TYPES;
  const allowed = new Set(resolve(labels, owner));
  const names = all.filter((name) => allowed.has(name));
  if (names.length === 0)
    throw new Refusal(
      owner === 'node' ? 'a node has one label, and none fits' : 'a relationship has one type, and none fits',
      span,
      { hint: 'write A|B for one of several' },
    );
  return names.length === all.length ? undefined : names;
}

/** One of several names, as a pattern says it. */
export function oneOfLabels(names: readonly string[], span: Span): Labels {
  const labels = names.map((name): Labels => ({ kind: 'label', name, span }));
  return labels.length === 1 ? labels[0]! : { kind: 'orLabels', of: labels };
}

function resolve(labels: Labels, owner: Owner): string[] {
  const all: readonly string[] = owner === 'node' ? SYMBOL_KINDS : EDGE_TYPES;
  switch (labels.kind) {
    case 'label':
      if (!all.includes(labels.name)) throw unknownName(labels.name, labels.span, owner);
      return [labels.name];
    case 'anyLabel':
      return [...all];
    case 'notLabel': {
      const out = new Set(resolve(labels.of, owner));
      return all.filter((name) => !out.has(name));
    }
    case 'andLabels': {
      const sets = labels.of.map((one) => new Set(resolve(one, owner)));
      return all.filter((name) => sets.every((set) => set.has(name)));
    }
    case 'orLabels':
      return labels.of.flatMap((one) => resolve(one, owner));
  }
}

function unknownName(name: string, span: Span, owner: Owner): Refusal {
  const [what, all]: [string, readonly string[]] =
    owner === 'node' ? ['label', SYMBOL_KINDS] : ['relationship type', EDGE_TYPES];
  return new Refusal(`there is no ${what} "${name}"`, span, {
    hint: `"${name}" is no ${what}; there are ${all.join(', ')}`,
    near: nearNames(name, all),
  });
}
