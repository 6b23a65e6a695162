import * as z from 'zod/mini';
import { lazy } from './lazy.ts';

/**
 * What is known beside the files' own facts: kept in the workspace's state folder, tied to the contents it was seen
 * with, and left out as soon as those differ. Lines are 0-based, columns 0-based UTF-16.
 */

/** What a language server said of one call site. */
export const confirmationSchema = lazy(() =>
  z.object({
    file: z.string(),
    line: z.int(),
    column: z.int(),
    /** SHA-256 (hex) of the file of the site. */
    hash: z.string(),
    /** One digest of the other files that the answer may rest on. */
    restsOn: z.string(),
    /** What is called: none where it lies outside the workspace; absent where the answer decides nothing. */
    /** True where more may be called than `targets`. */
    isPartial: z.optional(z.boolean()),
    targets: z.optional(z.array(z.object({ id: z.string(), hash: z.string(), reason: z.string() }))),
  }),
);
export type Confirmation = z.infer<ReturnType<typeof confirmationSchema>>;

export const confirmationsFileSchema = lazy(() =>
  z.object({ version: z.literal(1), confirmations: z.array(confirmationSchema()) }),
);

/** Lines that one test executed in one file. */
export const coveredFileSchema = lazy(() =>
  z.object({
    file: z.string(),
    hash: z.string(),
    /** Pairs of first and last line, ascending. */
    lines: z.array(z.int()),
  }),
);

/** A test that ran, and what it executed. */
export const coveredTestSchema = lazy(() =>
  z.object({
    /** The runner's own id. */
    id: z.string(),
    name: z.string(),
    file: z.string(),
    line: z.optional(z.int()),
    /** SHA-256 (hex) of the test's file. */
    hash: z.string(),
    runner: z.string(),
    covered: z.array(coveredFileSchema()),
  }),
);
export type CoveredTest = z.infer<ReturnType<typeof coveredTestSchema>>;

export const coverageFileSchema = lazy(() =>
  z.object({ version: z.literal(1), tests: z.array(coveredTestSchema()) }),
);
