import type {
  Expression,
  Group,
  Labels,
  Match,
  NodePattern,
  Path,
  PathElement,
  RelationshipPattern,
} from './ast.ts';
import { allOf, at, binary, call, compare, list, literal, not, property, variable } from './build.ts';
import { nodeNames, relationshipNames } from './fresh-names.ts';
import { Refusal } from './refusal.ts';

interface Names {
  node: () => string;
  relationship: () => string;
}

/**
 * A MATCH for LadybugDB. It reads no WHERE inside a pattern, so that these move behind it; it repeats by `*1..3` only; and
 * it may find one relationship twice, within a path (`TRAIL` forbids that) and between the relationships of a MATCH,
 * which a condition for each pair forbids.
 */
export const ladybugMatch = {
  names: (): Names => ({ node: nodeNames(), relationship: relationshipNames() }),

  of(match: Match, names: Names): Match {
    const conditions: Expression[] = [];
    const paths = match.paths.map((path) => plainPath(path, names, conditions));
    const singles = paths.flatMap((path) =>
      path.shortest ? [] : path.elements.filter((element) => element.kind === 'relationship'),
    );
    const different = pairs(singles).filter(([a, b]) => mayBeOne(a, b));
    for (const [a, b] of different) {
      a.variable ??= names.relationship();
      b.variable ??= names.relationship();
      conditions.push(differ(a, b));
    }
    return {
      ...match,
      paths: paths.map((path) => ({ ...path, shortest: undefined })),
      where: allOf([match.where, ...conditions]),
    };
  },
};

function plainPath(path: Path, names: Names, conditions: Expression[]): Path {
  const elements = path.elements.flatMap((element) =>
    element.kind === 'group' ? ungrouped(element) : [element],
  );
  const whole = elements.flatMap((element, i): PathElement[] => {
    const [before, after] = [elements[i - 1], elements[i + 1]];
    if (element.kind !== 'relationship') return [element];
    return [
      ...(before?.kind === 'node' ? [] : [anonymous(element)]),
      element,
      ...(after === undefined ? [anonymous(element)] : []),
    ];
  });
  return {
    ...path,
    elements: whole.map((element) => {
      const { where } = element;
      const name = element.kind === 'node' ? names.node : names.relationship;
      const isTest = element.kind === 'node' && element.isBound === true;
      if (isTest) conditions.push(...testsOf(element));
      const named =
        where && element.kind !== 'group'
          ? { ...element, variable: element.variable ?? name() }
          : { ...element };
      if (where) conditions.push(where);
      const plain = {
        ...named,
        where: undefined,
        ...(isTest ? { labels: undefined, properties: undefined } : {}),
      };
      return plain.kind === 'relationship' ? repeated(plain, path.shortest) : plain;
    }),
  };
}

/** A label on a node that is bound would narrow it from where it was bound, also where this MATCH is optional. */
function testsOf(node: NodePattern): Expression[] {
  const own = (name: string) => property(variable(node.variable ?? '', at(node), 'node'), name);
  const kinds = namesOf(node.labels)?.map((name) => literal(name, node));
  return [
    ...(kinds ? [binary('IN', own('kind'), list(kinds, node))] : []),
    ...(node.properties?.entries ?? []).map(({ key, value }) => compare(own(key), '=', value)),
  ];
}

function anonymous(element: RelationshipPattern): PathElement {
  return { kind: 'node', ...at(element) };
}

function repeated(element: RelationshipPattern, shortest: Path['shortest']): RelationshipPattern {
  if (!element.repeats) return element;
  const marks = { one: ' SHORTEST ', all: ' ALL SHORTEST ' } as const;
  return {
    ...element,
    repeats: { ...element.repeats, star: true },
    engineMark: shortest ? marks[shortest] : ' TRAIL ',
  };
}

/** `((a)-[:X]->(b)){1,3}` as `-[:X*1..3]->`, where nothing else is said of what repeats. */
function ungrouped(group: Group): PathElement[] {
  const [from, relationship, to, ...others] = group.path.elements;
  const isBare = (node: PathElement | undefined) =>
    node?.kind === 'node' && !node.labels && !node.properties && !node.where && node.variable === undefined;
  if (
    relationship?.kind !== 'relationship' ||
    relationship.repeats ||
    others.length > 0 ||
    group.where ||
    group.path.variable !== undefined ||
    !isBare(from) ||
    !isBare(to)
  )
    throw new Refusal('the embedded store reads no group that repeats', group, {
      hint: 'write -[:CALLS*1..3]-> and say the rest by WHERE all(x IN nodes(p) WHERE …)',
    });
  return [{ ...relationship, repeats: group.repeats }];
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));
}

function mayBeOne(a: RelationshipPattern, b: RelationshipPattern): boolean {
  const [some, others] = [namesOf(a.types), namesOf(b.types)];
  return !some || !others || some.some((type) => others.includes(type));
}

/** The labels or types of a bridged pattern: one, or one of several. */
function namesOf(labels: Labels | undefined): string[] | undefined {
  if (!labels) return undefined;
  const all = labels.kind === 'orLabels' ? labels.of : [labels];
  return all.flatMap((one) => (one.kind === 'label' ? [one.name] : []));
}

function differ(a: RelationshipPattern, b: RelationshipPattern): Expression {
  const [one, other] = [a, b].map((relationship) => variable(relationship.variable ?? '', at(relationship)));
  const [left, right] = [one!, other!];
  const id = (of: Expression) => call('id', [of], of);
  const all = (of: Expression) => call('relationships', [of], of);
  if (!a.repeats && !b.repeats) return compare(id(left), '<>', id(right));
  if (!a.repeats) return not(binary('IN', left, all(right)));
  if (!b.repeats) return not(binary('IN', right, all(left)));
  const where = binary('IN', variable('weft_each', left), all(right));
  return {
    kind: 'quantifier',
    which: 'none',
    variable: 'weft_each',
    list: all(left),
    where: where,
    ...at(left),
  };
}
