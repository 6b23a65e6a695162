import * as z from 'zod/mini';
import { fileChangeSchema } from './changes.ts';
import { evidenceSchema } from './evidence.ts';
import { lazy } from './lazy.ts';

export const STEP_STATUSES = ['pending', 'running', 'done', 'failed', 'skipped'] as const;

export const planStepSchema = lazy(() =>
  z.object({
    id: z.string(),
    title: z.string(),
    status: z.enum(STEP_STATUSES),
    /** What came of it, in one line: "cart.ts:41 most suspicious (0.89)". */
    detail: z.optional(z.string()),
    seconds: z.optional(z.number()),
    /** Why the step is there, shown when it is unfolded. */
    why: z.optional(z.string()),
    commands: z.optional(z.array(z.string())),
  }),
);
export type PlanStep = z.infer<ReturnType<typeof planStepSchema>>;

export const costSchema = lazy(() =>
  z.object({ usd: z.nullable(z.number()), tokensIn: z.int(), tokensOut: z.int() }),
);
export type Cost = z.infer<ReturnType<typeof costSchema>>;

/** 1-based line, as every person-facing answer. */
export const suspectSchema = lazy(() => z.object({ file: z.string(), line: z.int(), score: z.number() }));
export type Suspect = z.infer<ReturnType<typeof suspectSchema>>;

export const alternativeSchema = lazy(() => z.object({ patch: z.string(), score: z.number() }));

export const FIX_STATUSES = ['fixed', 'partial', 'unfixed', 'error'] as const;

/** The JSON of `weft fix`. */
export const fixReportSchema = lazy(() =>
  z.object({
    status: z.enum(FIX_STATUSES),
    /** One unified diff with `a/` `b/` paths relative to the workspace; "" if there is none. */
    patch: z.string(),
    testsRun: z.int(),
    failingBefore: z.array(z.string()),
    failingAfter: z.array(z.string()),
    candidatesTried: z.int(),
    localisation: z.array(suspectSchema()),
    alternatives: z.array(alternativeSchema()),
    seconds: z.number(),
    cost: costSchema(),
    /** What changed, why, the evidence, what was tried and failed: Markdown. */
    report: z.string(),
    runId: z.string(),
    applied: z.boolean(),
  }),
);
export type FixReport = z.infer<ReturnType<typeof fixReportSchema>>;

/** What a run says while it goes on. The log of a run is the list of its events, nothing else. */
export const runEventSchema = lazy(() =>
  z.discriminatedUnion('type', [
    z.object({
      type: z.literal('started'),
      runId: z.string(),
      /** What was asked, in a person's words. */
      title: z.string(),
      command: z.string(),
      /** Milliseconds since the epoch. */
      at: z.number(),
    }),
    z.object({ type: z.literal('plan'), steps: z.array(planStepSchema()) }),
    z.object({
      type: z.literal('step'),
      id: z.string(),
      status: z.enum(STEP_STATUSES),
      detail: z.optional(z.string()),
      seconds: z.optional(z.number()),
      commands: z.optional(z.array(z.string())),
    }),
    z.object({ type: z.literal('localisation'), suspects: z.array(suspectSchema()) }),
    z.object({ type: z.literal('evidence'), evidence: evidenceSchema() }),
    z.object({ type: z.literal('changes'), changes: z.array(fileChangeSchema()) }),
    z.object({
      type: z.literal('decision'),
      file: z.string(),
      hunkId: z.string(),
      decision: z.enum(['pending', 'accepted', 'rejected']),
    }),
    z.object({ type: z.literal('written'), files: z.array(z.string()), by: z.enum(['editor', 'server']) }),
    z.object({ type: z.literal('message'), level: z.enum(['info', 'warning', 'error']), text: z.string() }),
    z.object({ type: z.literal('finished'), report: fixReportSchema() }),
  ]),
);
export type RunEvent = z.infer<ReturnType<typeof runEventSchema>>;

export const runStateSchema = lazy(() =>
  z.object({
    runId: z.string(),
    title: z.string(),
    command: z.string(),
    startedAt: z.number(),
    status: z.enum(['running', 'interrupted', ...FIX_STATUSES]),
    steps: z.array(planStepSchema()),
    suspects: z.array(suspectSchema()),
    evidence: z.array(evidenceSchema()),
    changes: z.array(fileChangeSchema()),
    /** Files written so far; empty means "nothing written yet". */
    written: z.array(z.string()),
    messages: z.array(z.object({ level: z.enum(['info', 'warning', 'error']), text: z.string() })),
    report: z.optional(fixReportSchema()),
  }),
);
export type RunState = z.infer<ReturnType<typeof runStateSchema>>;

const initialRun: RunState = {
  runId: '',
  title: '',
  command: '',
  startedAt: 0,
  status: 'running',
  steps: [],
  suspects: [],
  evidence: [],
  changes: [],
  written: [],
  messages: [],
};

/** The one reducer of a run: server, host and view all rebuild a run's state from its events with it. */
export function reduceRun(state: RunState = initialRun, event: RunEvent): RunState {
  switch (event.type) {
    case 'started':
      return {
        ...initialRun,
        runId: event.runId,
        title: event.title,
        command: event.command,
        startedAt: event.at,
      };
    case 'plan':
      return { ...state, steps: event.steps };
    case 'step': {
      const { type: _type, ...update } = event;
      const given = Object.fromEntries(Object.entries(update).filter(([, value]) => value !== undefined));
      return { ...state, steps: state.steps.map((s) => (s.id === event.id ? { ...s, ...given } : s)) };
    }
    case 'localisation':
      return { ...state, suspects: event.suspects };
    case 'evidence':
      return {
        ...state,
        evidence: [...state.evidence.filter((e) => e.phase !== event.evidence.phase), event.evidence],
      };
    case 'changes':
      return { ...state, changes: event.changes };
    case 'decision':
      return {
        ...state,
        changes: state.changes.map((change) =>
          change.file !== event.file
            ? change
            : {
                ...change,
                hunks: change.hunks.map((h) =>
                  h.id === event.hunkId ? { ...h, decision: event.decision } : h,
                ),
              },
        ),
      };
    case 'written':
      return { ...state, written: [...new Set([...state.written, ...event.files])] };
    case 'message':
      return { ...state, messages: [...state.messages, { level: event.level, text: event.text }] };
    case 'finished':
      return { ...state, status: event.report.status, report: event.report };
  }
}
