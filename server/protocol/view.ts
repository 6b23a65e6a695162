import * as z from 'zod/mini';
import { lazy } from './lazy.ts';
import { runEventSchema, runStateSchema } from './run.ts';

export const workspaceStatusSchema = lazy(() =>
  z.object({
    name: z.string(),
    graph: z.enum(['none', 'indexing', 'live', 'failed']),
    files: z.int(),
    symbols: z.int(),
    /** One line for a person: progress, or why it failed and what to do. */
    detail: z.string(),
    trusted: z.boolean(),
    /** "No model" until one is set up. */
    model: z.string(),
    /** The command a fix would run, if one was detected. */
    testCommand: z.optional(z.string()),
    activeFile: z.optional(z.string()),
  }),
);
export type WorkspaceStatus = z.infer<ReturnType<typeof workspaceStatusSchema>>;

/** Host → view. `snapshot` alone is enough to rebuild the view; the others are deltas. */
export const toViewSchema = lazy(() =>
  z.discriminatedUnion('type', [
    z.object({
      type: z.literal('snapshot'),
      workspace: workspaceStatusSchema(),
      runs: z.array(runStateSchema()),
    }),
    z.object({ type: z.literal('workspace'), workspace: workspaceStatusSchema() }),
    z.object({ type: z.literal('runEvent'), runId: z.string(), event: runEventSchema() }),
    z.object({ type: z.literal('notice'), level: z.enum(['info', 'warning', 'error']), text: z.string() }),
    /** Brings a tab to the front. */
    z.object({ type: z.literal('show'), tab: z.enum(['chat', 'plan', 'changes', 'graph', 'runs']) }),
  ]),
);
export type ToView = z.infer<ReturnType<typeof toViewSchema>>;

/** View → host. One handler file a message, in extension/panel/handlers/. */
export const fromViewSchema = lazy(() =>
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('ready') }),
    /** What was typed in the chat box; without a model it is `/fix`, `/callers NAME`, `/index` or help. */
    z.object({ type: z.literal('submit'), text: z.string() }),
    z.object({ type: z.literal('fix'), testCommand: z.optional(z.string()) }),
    z.object({ type: z.literal('stop'), runId: z.string() }),
    z.object({ type: z.literal('openDiff'), runId: z.string(), file: z.string() }),
    z.object({
      type: z.literal('decide'),
      runId: z.string(),
      file: z.string(),
      /** Absent: every hunk of the file. */
      hunkId: z.optional(z.string()),
      decision: z.enum(['accepted', 'rejected']),
    }),
    z.object({ type: z.literal('acceptAll'), runId: z.string() }),
    z.object({ type: z.literal('rejectAll'), runId: z.string() }),
    /** 0-based line. */
    z.object({ type: z.literal('openFile'), file: z.string(), line: z.optional(z.int()) }),
    z.object({ type: z.literal('index') }),
    z.object({ type: z.literal('showLog') }),
    z.object({ type: z.literal('showReport'), runId: z.string() }),
  ]),
);
export type FromView = z.infer<ReturnType<typeof fromViewSchema>>;
