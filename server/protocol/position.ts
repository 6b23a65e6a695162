import * as z from 'zod/mini';
import { lazy } from './lazy.ts';

/** LSP position: 0-based line, 0-based UTF-16 character. */
export const positionSchema = lazy(() => z.object({ line: z.int(), character: z.int() }));
export type Position = z.infer<ReturnType<typeof positionSchema>>;

export const rangeSchema = lazy(() => z.object({ start: positionSchema(), end: positionSchema() }));
export type Range = z.infer<ReturnType<typeof rangeSchema>>;
