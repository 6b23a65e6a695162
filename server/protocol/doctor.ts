import * as z from 'zod/mini';
import { lazy } from './lazy.ts';

export const doctorReportSchema = lazy(() =>
  z.object({
    checks: z.array(
      z.object({
        name: z.string(),
        status: z.enum(['found', 'missing', 'warning']),
        detail: z.string(),
        /** What to type or do; absent when found. */
        remedy: z.optional(z.string()),
      }),
    ),
  }),
);
export type DoctorReport = z.infer<ReturnType<typeof doctorReportSchema>>;
