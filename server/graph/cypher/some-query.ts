import fc from 'fast-check';

/** A query that can be read, and how many node patterns stand in it; for tests. */
export interface SomeQuery {
  text: string;
  nodes: number;
}

const none = (text: string): SomeQuery => ({ text, nodes: 0 });

const join = (...parts: (SomeQuery | string)[]): SomeQuery =>
  parts.reduce<SomeQuery>(
    (all, part) =>
      typeof part === 'string'
        ? { ...all, text: all.text + part }
        : { text: all.text + part.text, nodes: all.nodes + part.nodes },
    none(''),
  );

const labels = fc.constantFrom('', ':Function', ':Function|Method', ':!Test', ':%', ':(Class|Test)');
const types = fc.constantFrom('', ':CALLS', ':CALLS|COVERS', ':!USES');
const repeats = fc.constantFrom('', '', '', '*1..2', '*', '*..3');
const arrows = fc.constantFrom(['-', '->'], ['<-', '-'], ['-', '-']);
const oneName = fc.constantFrom('alpha', 'secret', "it's", 'a\\b', '`x`', '}) MATCH (z) RETURN z //');
const quoted = oneName.map((name) => `'${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`);

/** Names of items in lists: hardly ever the same inside each other, where it is refused. */
const itemName = fc.nat(1_000_000).map((i) => `x${i}`);

/** Everything, by how deep it may still go. `n` is a node that is bound. */
const { query } = fc.letrec<Record<'expression' | 'condition' | 'path' | 'query', SomeQuery>>((tie) => {
  const inside = fc.oneof(
    { weight: 6, arbitrary: fc.constant(none('')) },
    { weight: 2, arbitrary: quoted.map((text) => none(` {name: ${text}}`)) },
    { weight: 1, arbitrary: tie('expression').map((value) => join(' {name: ', value, '}')) },
    { weight: 1, arbitrary: tie('condition').map((condition) => join(' WHERE ', condition)) },
  );
  const node = fc
    .tuple(fc.constantFrom('', 'n'), labels, inside)
    .map(([name, label, what]): SomeQuery => join({ text: `(${name}${label}`, nodes: 1 }, what, ')'));
  const relationship = fc
    .tuple(arrows, types, repeats)
    .map(([[left, right], type, repeat]) => none(`${left}[${type}${repeat}]${right}`));
  return {
    path: fc
      .tuple(node, fc.array(fc.tuple(relationship, node), { minLength: 1, maxLength: 2 }))
      .map(([first, rest]) => join(first, ...rest.flat())),
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant(none('n.exported')),
      fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => join(a, ' = ', b)),
      tie('path').map((path) => join('NOT ', path)),
      tie('path').map((path) => join('EXISTS { ', path, ' }')),
      fc
        .tuple(tie('path'), tie('condition'))
        .map(([path, condition]) => join('EXISTS { MATCH ', path, ' WHERE ', condition, ' }')),
      fc.tuple(tie('condition'), tie('condition')).map(([a, b]) => join('(', a, ' OR ', b, ')')),
      fc
        .tuple(itemName, tie('condition'))
        .map(([item, condition]) => join(`any(${item} IN [1, 2] WHERE `, condition, ')')),
    ),
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      quoted.map(none),
      fc.constantFrom('n.name', '$p', 'labels(n)[0]', 'n.id', 'id(n)').map(none),
      tie('path').map((path) => join('size(', path, ')')),
      tie('path').map((path) => join('COUNT { ', path, ' }')),
      tie('path').map((path) => join('[', path, ' | 1]')),
      fc
        .tuple(tie('condition'), tie('expression'))
        .map(([condition, value]) => join('CASE WHEN ', condition, ' THEN ', value, ' END')),
      fc.tuple(itemName, tie('expression')).map(([item, value]) => join(`[${item} IN [1, 2] | `, value, ']')),
      tie('expression').map((value) => join('{k: [', value, ']}')),
    ),
    query: fc
      .tuple(
        fc.constantFrom('MATCH ', 'OPTIONAL MATCH '),
        tie('path'),
        fc.oneof(
          fc.constant(none('')),
          tie('condition').map((condition) => join(' WHERE ', condition)),
        ),
        fc.oneof(
          fc.constant(none('')),
          tie('expression').map((value) => join(' WITH *, ', value, ' AS y')),
          fc
            .tuple(tie('path'), tie('condition'))
            .map(([path, condition]) =>
              join(' CALL (n) { MATCH ', path, ' WHERE ', condition, ' RETURN 1 AS one }'),
            ),
        ),
        fc.array(tie('expression'), { maxLength: 2 }),
      )
      .map(([match, path, where, between, values]) =>
        join(
          { text: 'MATCH (n) ', nodes: 1 },
          match,
          ...[path, where, between, ' RETURN n'],
          ...values.flatMap((value, i) => [', ', value, ` AS v${i}`]),
        ),
      ),
  };
});

export const someQuery: fc.Arbitrary<SomeQuery> = query;
