import { EDGE_TYPES, SYMBOL_KINDS, type EdgeType, type SymbolKind } from '../../protocol/graph.ts';

/** Raised when tables, properties, macros or the pointer change: older stores are then made anew. */
export const SCHEMA_VERSION = 3;

const CODE = SYMBOL_KINDS.filter((kind) => kind !== 'File');
const MEMBERS: readonly SymbolKind[] = ['Method', 'Field', 'Function', 'Variable', 'Test', 'Class'];
const OWNERS: readonly SymbolKind[] = ['Class', 'Interface', 'Enum', 'TypeAlias'];

/** Which labels each type may join. Every pair costs each untyped query a little, so not all are there. */
const ENDS: Record<EdgeType, readonly [from: readonly SymbolKind[], to: readonly SymbolKind[]]> = {
  CONTAINS: [SYMBOL_KINDS, CODE],
  HAS_METHOD: [OWNERS, MEMBERS],
  HAS_FIELD: [OWNERS, MEMBERS],
  INHERITS: [['Class', 'Interface'], CODE],
  IMPLEMENTS: [['Class', 'Interface'], CODE],
  OVERRIDES: [MEMBERS, MEMBERS],
  IMPORTS: [
    ['Module', 'File'],
    ['Module', 'File'],
  ],
  CALLS: [CODE, CODE],
  USES: [CODE, CODE],
  COVERS: [['Test'], CODE],
};

/** The labels that a relationship of a type may join. */
export function endsOf(type: EdgeType): { from: readonly SymbolKind[]; to: readonly SymbolKind[] } {
  const [from, to] = ENDS[type];
  return { from, to };
}

/** True where the store has a table for such an edge. */
export function canStore(type: EdgeType, from: SymbolKind, to: SymbolKind): boolean {
  const [froms, tos] = ENDS[type];
  return froms.includes(from) && tos.includes(to);
}

/** Node columns in the order they are written. Lines are 1-based here: people read them in query answers. */
export const NODE_COLUMNS = [
  'id STRING',
  'kind STRING',
  'name STRING',
  'qualifiedName STRING',
  'file STRING',
  'startLine INT64',
  'endLine INT64',
  'signature STRING',
  'exported BOOL',
  'language STRING',
  'doc STRING',
] as const;

/**
 * The key of LadybugDB's tables, which no query sees: the symbol's number in the graph that the store was made from. Keys of
 * numbers load in half the time and a third of the space that those of ids take.
 */
export const KEY_COLUMN = 'number';

/** Relationship columns, after the two ends. `line` is 1-based, `column` 0-based UTF-16: the first site. */
export const EDGE_COLUMNS = [
  'kind STRING',
  'form STRING',
  '`line` INT64',
  '`column` INT64',
  '`count` INT64',
  'tier STRING',
  'confidence DOUBLE',
  'reason STRING',
] as const;

/** The names of a list of columns. */
export function namesOf(columns: readonly string[]): string[] {
  return columns.map((column) => column.split(' ', 1)[0]!.replaceAll('`', ''));
}

/** What the two stores spell differently, so that one text runs on both. */
const MACROS = [
  'type(x) AS label(x)',
  'toString(x) AS CAST(x AS STRING)',
  'toInteger(x) AS CAST(x AS INT64)',
  'split(s, d) AS string_split(s, d)',
  'head(l) AS list_extract(l, 1)',
];

/** The statements that make an empty store. */
export function schemaStatements(): string[] {
  return [
    ...SYMBOL_KINDS.map(
      (kind) =>
        `CREATE NODE TABLE ${kind}(${KEY_COLUMN} INT64, ${NODE_COLUMNS.join(', ')}, PRIMARY KEY(${KEY_COLUMN}))`,
    ),
    ...EDGE_TYPES.map((type) => {
      const [froms, tos] = ENDS[type];
      const pairs = froms.flatMap((from) => tos.map((to) => `FROM ${from} TO ${to}`));
      return `CREATE REL TABLE ${type}(${[...pairs, ...EDGE_COLUMNS].join(', ')})`;
    }),
    ...MACROS.map((macro) => `CREATE MACRO ${macro}`),
  ];
}
