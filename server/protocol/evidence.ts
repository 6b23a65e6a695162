import * as z from 'zod/mini';
import { lazy } from './lazy.ts';

/** A time-out is a failure, and a test that did not run is not a pass. */
export const TEST_STATUSES = ['passed', 'failed', 'error', 'skipped', 'timedOut', 'didNotRun'] as const;
export type TestStatus = (typeof TEST_STATUSES)[number];

export const testResultSchema = lazy(() =>
  z.object({
    /** The runner's own id, such as `tests/test_a.py::test_b[1]`. */
    id: z.string(),
    name: z.string(),
    /** Relative to the workspace where it lies inside, else absolute. Absent when unknown. */
    file: z.optional(z.string()),
    /** 0-based. */
    line: z.optional(z.int()),
    status: z.enum(TEST_STATUSES),
    seconds: z.number(),
    message: z.optional(z.string()),
    expected: z.optional(z.string()),
    actual: z.optional(z.string()),
    /** Frames inside the workspace, innermost first; 0-based lines. */
    stack: z.optional(z.array(z.object({ file: z.string(), line: z.int() }))),
  }),
);
export type TestResult = z.infer<ReturnType<typeof testResultSchema>>;

/** A command that ran and what came of it. */
export const evidenceSchema = lazy(() =>
  z.object({
    phase: z.enum(['before', 'candidate', 'after']),
    command: z.string(),
    runner: z.string(),
    passed: z.int(),
    failed: z.int(),
    skipped: z.int(),
    /** Tests that the baseline ran and this run did not. */
    didNotRun: z.int(),
    seconds: z.number(),
    failing: z.array(
      z.object({
        id: z.string(),
        message: z.optional(z.string()),
        /** Where the runner says that the test is declared, as in `TestResult`. */
        file: z.optional(z.string()),
        line: z.optional(z.int()),
      }),
    ),
    /** Where it ran: the user's tree or a shadow of it. */
    where: z.enum(['shadow', 'workspace']),
    /** True when coverage shows the changed files ran from the shadow; null when it was not measured. */
    changedFilesRan: z.nullable(z.boolean()),
  }),
);
export type Evidence = z.infer<ReturnType<typeof evidenceSchema>>;
