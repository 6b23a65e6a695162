import * as z from 'zod/mini';
import { lazy } from './lazy.ts';

export const undoneFileSchema = lazy(() =>
  z.object({
    file: z.string(),
    /**
     * `restored`: it has the bytes of before; `merged`: edits made since are kept; `unchanged`: it held nothing to
     * take back any more.
     */
    change: z.enum(['restored', 'merged', 'removed', 'made', 'unchanged']),
  }),
);
export type UndoneFile = z.infer<ReturnType<typeof undoneFileSchema>>;

/** The JSON of `weft undo`. */
export const undoReportSchema = lazy(() =>
  z.object({
    status: z.enum(['undone', 'redone']),
    runId: z.string(),
    /** What the run was asked for; "" where its log is gone. */
    title: z.string(),
    /** Which writes of the run, counted from 1. */
    steps: z.array(z.int()),
    files: z.array(undoneFileSchema()),
  }),
);
export type UndoReport = z.infer<ReturnType<typeof undoReportSchema>>;
