import * as z from 'zod/mini';
import { lazy } from './lazy.ts';

export const ENCODINGS = ['utf8', 'utf8bom', 'utf16le', 'utf16be', 'latin1'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** How a file's bytes spell its text; kept through every edit. */
export const textFormatSchema = lazy(() =>
  z.object({ encoding: z.enum(ENCODINGS), eol: z.enum(['lf', 'crlf', 'mixed', 'none']) }),
);
export type TextFormat = z.infer<ReturnType<typeof textFormatSchema>>;

/** A block of whole lines replaced by others. Lines carry their own line endings. */
export const hunkSchema = lazy(() =>
  z.object({
    id: z.string(),
    /** 0-based first line replaced in the base text; with `oldLines` empty, the line inserted before. */
    startLine: z.int(),
    oldLines: z.array(z.string()),
    newLines: z.array(z.string()),
    decision: z.enum(['pending', 'accepted', 'rejected']),
  }),
);
export type Hunk = z.infer<ReturnType<typeof hunkSchema>>;

export const fileChangeSchema = lazy(() =>
  z.object({
    /** Relative to the workspace root, forward slashes. */
    file: z.string(),
    /** SHA-256 (hex) of the bytes the change was made against: another hash stops the patch. */
    baseHash: z.string(),
    format: textFormatSchema(),
    hunks: z.array(hunkSchema()),
  }),
);
export type FileChange = z.infer<ReturnType<typeof fileChangeSchema>>;

/** The hunks a person said yes to, by file. */
export const acceptedHunksSchema = lazy(() =>
  z.array(z.object({ file: z.string(), hunkIds: z.array(z.string()) })),
);
export type AcceptedHunks = z.infer<ReturnType<typeof acceptedHunksSchema>>;

/** Applies hunks to the base text they were made from. Hunks may come in any order; they never overlap. */
export function applyHunks(base: string, hunks: readonly Hunk[]): string {
  const lines = splitLines(base);
  const out: string[] = [];
  let at = 0;
  for (const hunk of [...hunks].sort((a, b) => a.startLine - b.startLine)) {
    out.push(...lines.slice(at, hunk.startLine), ...hunk.newLines);
    at = hunk.startLine + hunk.oldLines.length;
  }
  out.push(...lines.slice(at));
  return out.join('');
}

/** Splits into lines that keep their endings (`\n`, `\r\n` or a lone `\r`); joins back to the same text. */
export function splitLines(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];
}
