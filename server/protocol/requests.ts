import * as z from 'zod/mini';
import { acceptedHunksSchema } from './changes.ts';
import { doctorReportSchema } from './doctor.ts';
import { evidenceSchema } from './evidence.ts';
import {
  indexProgressSchema,
  indexReportSchema,
  lensSchema,
  neighboursAnswerSchema,
  queryAnswerSchema,
} from './graph.ts';
import { fixReportSchema, runEventSchema, runStateSchema } from './run.ts';

const nothing = () => z.object({});

/**
 * Every request the host may make of the server: name → schemas of its parameters, its result and,
 * where it has partial results, of one piece of progress. Requests can all be cancelled.
 */
export const requests = {
  initialize: {
    params: () =>
      z.object({
        root: z.string(),
        trusted: z.boolean(),
        /** True where the host answers the requests of `language-server.ts`. */
        languageServer: z.optional(z.boolean()),
        /** "ladybug" or the address of a Neo4j; absent: what was chosen last for the workspace. */
        store: z.optional(z.string()),
        /** Of the Neo4j; absent: the server's WEFT_NEO4J_PASSWORD. */
        storePassword: z.optional(z.string()),
        /** Overrides the user's state folder; tests use it. */
        stateFolder: z.optional(z.string()),
      }),
    /** `endings`: of the files that the graph is made from, with the dot. */
    result: () => z.object({ version: z.string(), pid: z.int(), endings: z.array(z.string()) }),
  },
  /**
   * Says that files are others now: with their text where it is not saved yet, else as the disk has them. A host that
   * says so of every change spares the server looking at all files before each answer.
   */
  'files/edited': {
    params: () => z.object({ edits: z.array(z.object({ file: z.string(), text: z.optional(z.string()) })) }),
    result: nothing,
  },
  'workspace/trust': { params: () => z.object({ trusted: z.boolean() }), result: nothing },
  'index/refresh': {
    /** `history`: reads git's log too; not in a workspace that is not trusted. */
    params: () => z.object({ rebuild: z.optional(z.boolean()), history: z.optional(z.boolean()) }),
    result: () => indexReportSchema(),
    progress: () => indexProgressSchema(),
  },
  'graph/callers': {
    /** A name, a qualified name, or FILE:LINE with a 1-based line. */
    params: () => z.object({ symbol: z.string() }),
    result: () => neighboursAnswerSchema(),
  },
  'graph/callees': { params: () => z.object({ symbol: z.string() }), result: () => neighboursAnswerSchema() },
  'graph/impact': {
    /** `depth`: most steps, at least 1. */
    params: () => z.object({ symbol: z.string(), depth: z.optional(z.int().check(z.minimum(1))) }),
    result: () => neighboursAnswerSchema(),
  },
  'graph/query': {
    params: () => z.object({ cypher: z.string() }),
    result: () => queryAnswerSchema(),
  },
  'graph/lenses': {
    params: () => z.object({ file: z.string() }),
    result: () => z.object({ lenses: z.array(lensSchema()) }),
  },
  'tests/detect': {
    params: nothing,
    /** Best first; `why` names the file that told. */
    result: () =>
      z.object({
        commands: z.array(z.object({ command: z.string(), runner: z.string(), why: z.string() })),
      }),
  },
  'fix/start': {
    params: () =>
      z.object({
        /** Absent: detected from the project's files. */
        testCommand: z.optional(z.string()),
        /** Absent: all failing tests. Relative path and 0-based line of the test to fix. */
        at: z.optional(z.object({ file: z.string(), line: z.int() })),
        title: z.optional(z.string()),
        /** Bounds the whole run. */
        timeoutSeconds: z.optional(z.number()),
      }),
    result: () => fixReportSchema(),
    progress: () => runEventSchema(),
  },
  'runs/list': { params: nothing, result: () => z.object({ runs: z.array(runStateSchema()) }) },
  'runs/decide': {
    params: () =>
      z.object({
        runId: z.string(),
        file: z.string(),
        hunkId: z.string(),
        decision: z.enum(['pending', 'accepted', 'rejected']),
      }),
    result: () => runStateSchema(),
  },
  /** Writes accepted hunks as one transaction, byte for byte; the originals are kept in Weft's storage. */
  'edits/apply': {
    params: () => z.object({ runId: z.string(), accepted: acceptedHunksSchema() }),
    result: () => z.object({ files: z.array(z.string()) }),
  },
  /** Tells the server that the editor wrote accepted hunks itself. */
  'edits/written': {
    params: () => z.object({ runId: z.string(), files: z.array(z.string()) }),
    result: nothing,
  },
  /** Runs the run's tests again on the user's tree, after something was written. */
  'runs/verify': {
    params: () => z.object({ runId: z.string() }),
    result: () => evidenceSchema(),
    progress: () => runEventSchema(),
  },
  doctor: { params: nothing, result: () => doctorReportSchema() },
} as const;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type ParamsOf<N extends RequestName> = z.infer<ReturnType<Requests[N]['params']>>;
export type ResultOf<N extends RequestName> = z.infer<ReturnType<Requests[N]['result']>>;
export type ProgressOf<N extends RequestName> = Requests[N] extends {
  progress: () => infer S extends z.ZodMiniType;
}
  ? z.infer<S>
  : never;

/** What the server says unasked. */
export const notifications = {
  log: () => z.object({ level: z.enum(['debug', 'info', 'warning', 'error']), text: z.string() }),
} as const;
export type NotificationName = keyof typeof notifications;
export type NotificationOf<N extends NotificationName> = z.infer<ReturnType<(typeof notifications)[N]>>;
