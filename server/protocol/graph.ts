import * as z from 'zod/mini';
import { lazy } from './lazy.ts';

/** Node labels of the graph; also the value of a symbol's `kind`. */
export const SYMBOL_KINDS = [
  'Module',
  'Class',
  'Interface',
  'Enum',
  'TypeAlias',
  'Function',
  'Method',
  'Field',
  'Variable',
  'Test',
  'File',
] as const;
export type SymbolKind = (typeof SYMBOL_KINDS)[number];

/** Relationship types of the graph; also the value of an edge's `kind`. */
export const EDGE_TYPES = [
  'CONTAINS',
  'HAS_METHOD',
  'HAS_FIELD',
  'INHERITS',
  'IMPLEMENTS',
  'OVERRIDES',
  'IMPORTS',
  'CALLS',
  'USES',
  'COVERS',
] as const;
export type EdgeType = (typeof EDGE_TYPES)[number];

/** How a CALLS edge is written in the source. */
export const CALL_FORMS = [
  'call',
  'new',
  'super',
  'jsx',
  'decorator',
  'tag',
  'accessor',
  'operator',
  'callback',
] as const;
export type CallForm = (typeof CALL_FORMS)[number];

/** How sure an edge is, best first. `name` is a candidate, never a fact. */
export const TIERS = ['compiler', 'scope', 'receiver', 'name'] as const;
export type Tier = (typeof TIERS)[number];

export const symbolNodeSchema = lazy(() =>
  z.object({
    /** file, qualified name, disambiguator; never a line. */
    id: z.string(),
    kind: z.enum(SYMBOL_KINDS),
    name: z.string(),
    qualifiedName: z.string(),
    /** Path relative to the workspace root, with forward slashes. */
    file: z.string(),
    /** 0-based. */
    startLine: z.int(),
    /** 0-based, inclusive. */
    endLine: z.int(),
    signature: z.string(),
    exported: z.boolean(),
    language: z.string(),
    doc: z.string(),
  }),
);
export type SymbolNode = z.infer<ReturnType<typeof symbolNodeSchema>>;

/** One place in the source that makes an edge. 0-based line, 0-based UTF-16 column. */
export const edgeSiteSchema = lazy(() => z.object({ line: z.int(), column: z.int() }));
export type EdgeSite = z.infer<ReturnType<typeof edgeSiteSchema>>;

export const edgeSchema = lazy(() =>
  z.object({
    kind: z.enum(EDGE_TYPES),
    from: z.string(),
    to: z.string(),
    form: z.optional(z.enum(CALL_FORMS)),
    /** Every site, in source order, in the file of `from`. */
    sites: z.array(edgeSiteSchema()),
    tier: z.enum(TIERS),
    /** 0 to 1. */
    confidence: z.number(),
    reason: z.string(),
  }),
);
export type Edge = z.infer<ReturnType<typeof edgeSchema>>;

/** A symbol as an answer shows it: 1-based lines, for people and for `--json`. */
export const symbolRefSchema = lazy(() =>
  z.object({
    id: z.string(),
    kind: z.enum(SYMBOL_KINDS),
    name: z.string(),
    qualifiedName: z.string(),
    file: z.string(),
    line: z.int(),
    endLine: z.int(),
    signature: z.string(),
  }),
);
export type SymbolRef = z.infer<ReturnType<typeof symbolRefSchema>>;

/** One edge of an answer, with 1-based site lines. */
export const edgeRefSchema = lazy(() =>
  z.object({
    kind: z.enum(EDGE_TYPES),
    form: z.optional(z.enum(CALL_FORMS)),
    tier: z.enum(TIERS),
    confidence: z.number(),
    reason: z.string(),
    sites: z.array(z.object({ file: z.string(), line: z.int(), column: z.int() })),
  }),
);
export type EdgeRef = z.infer<ReturnType<typeof edgeRefSchema>>;

export const unresolvedSiteSchema = lazy(() =>
  z.object({ file: z.string(), line: z.int(), column: z.int(), name: z.string() }),
);
export type UnresolvedSite = z.infer<ReturnType<typeof unresolvedSiteSchema>>;

/** The answer of `symbol`. */
export const symbolAnswerSchema = lazy(() =>
  z.object({
    symbol: z.extend(symbolRefSchema(), { exported: z.boolean(), language: z.string(), doc: z.string() }),
    parent: z.optional(symbolRefSchema()),
    members: z.array(symbolRefSchema()),
    /** Edges by type. */
    edgesIn: z.record(z.string(), z.int()),
    edgesOut: z.record(z.string(), z.int()),
  }),
);
export type SymbolAnswer = z.infer<ReturnType<typeof symbolAnswerSchema>>;

/** The answer of `tests-for`, best first. */
export const testsAnswerSchema = lazy(() =>
  z.object({
    tests: z.array(
      z.object({
        file: z.string(),
        name: z.string(),
        line: z.int(),
        /** 0 to 1; above .5 only where the test was seen to execute the code. */
        score: z.number(),
        why: z.string(),
      }),
    ),
    /** What was asked about: symbols, with 1-based lines. */
    symbols: z.array(symbolRefSchema()),
    /** True while calls of these names remain that could not be resolved. */
    lowerBound: z.boolean(),
  }),
);
export type TestsAnswer = z.infer<ReturnType<typeof testsAnswerSchema>>;

/** The answer of `callers`, `callees` and `impact`. */
export const neighboursAnswerSchema = lazy(() =>
  z.object({
    symbol: symbolRefSchema(),
    results: z.array(z.object({ symbol: symbolRefSchema(), edge: edgeRefSchema(), distance: z.int() })),
    /** True while sites remain that could belong to this answer. */
    lowerBound: z.boolean(),
    unresolvedSites: z.array(unresolvedSiteSchema()),
    /** What is to be known of the whole answer, such as that its language is read by names alone. */
    note: z.optional(z.string()),
  }),
);
export type NeighboursAnswer = z.infer<ReturnType<typeof neighboursAnswerSchema>>;

export const indexReportSchema = lazy(() =>
  z.object({
    files: z.int(),
    /** Files whose text was parsed in this run; 0 when nothing changed. */
    parsed: z.int(),
    /** Physical lines. */
    linesOfCode: z.int(),
    symbols: z.int(),
    edges: z.record(z.string(), z.int()),
    skipped: z.array(z.object({ file: z.string(), reason: z.string() })),
    seconds: z.object({
      discover: z.number(),
      parse: z.number(),
      link: z.number(),
      store: z.number(),
      total: z.number(),
    }),
    /** Sum of the processes' proportional set sizes, in MiB, at its peak. */
    peakRssMb: z.number(),
    /** `ladybug`, or `none` with the reason it could not be used. */
    store: z.string(),
    storeMessage: z.optional(z.string()),
  }),
);
export type IndexReport = z.infer<ReturnType<typeof indexReportSchema>>;

export const indexProgressSchema = lazy(() =>
  z.object({
    phase: z.enum(['discover', 'parse', 'link', 'store', 'done']),
    files: z.int(),
    totalFiles: z.int(),
    linesPerSecond: z.number(),
    secondsLeft: z.nullable(z.number()),
  }),
);
export type IndexProgress = z.infer<ReturnType<typeof indexProgressSchema>>;

/** A symbol with its code as it stands in the file. 1-based lines. */
export const codeRecordSchema = lazy(() =>
  z.object({
    id: z.string(),
    file: z.string(),
    startLine: z.int(),
    endLine: z.int(),
    code: z.string(),
    /** Lines left out of `code`, where it says so. */
    folded: z.int(),
  }),
);
export type CodeRecord = z.infer<ReturnType<typeof codeRecordSchema>>;

export const queryAnswerSchema = lazy(() =>
  z.object({
    columns: z.array(z.string()),
    rows: z.array(z.array(z.unknown())),
    truncated: z.boolean(),
    stale: z.boolean(),
    /** How long ago the store that answered was made, where it is older than the index. */
    copySeconds: z.optional(z.number()),
    seconds: z.number(),
    /** The code of the symbols in the rows, where it was asked for. */
    code: z.optional(z.array(codeRecordSchema())),
    /** What may help where there are no rows. */
    hint: z.optional(z.string()),
  }),
);
export type QueryAnswer = z.infer<ReturnType<typeof queryAnswerSchema>>;

/** What CodeLens shows above a symbol. 0-based line. */
export const lensSchema = lazy(() =>
  z.object({
    line: z.int(),
    symbolId: z.string(),
    qualifiedName: z.string(),
    kind: z.enum(SYMBOL_KINDS),
    callers: z.int(),
    /** True while unresolved sites of this name remain. */
    callersLowerBound: z.boolean(),
    tests: z.int(),
    testsFailing: z.int(),
  }),
);
export type Lens = z.infer<ReturnType<typeof lensSchema>>;
