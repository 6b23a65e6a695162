import type { Hunk } from '../../server/protocol/changes.ts';

/** 0-based first line of a hunk in the text that shows the new lines of the `shown` hunks. */
export function lineOf(hunk: Hunk, hunks: readonly Hunk[], shown: (hunk: Hunk) => boolean): number {
  return hunks
    .filter((other) => other.startLine < hunk.startLine && shown(other))
    .reduce((line, other) => line + other.newLines.length - other.oldLines.length, hunk.startLine);
}

/** The pending hunk that a line stands in, else the nearest one. */
export function hunkAt(
  line: number,
  hunks: readonly Hunk[],
  shown: (hunk: Hunk) => boolean,
): Hunk | undefined {
  const distance = (hunk: Hunk) => {
    const first = lineOf(hunk, hunks, shown);
    const height = shown(hunk) ? hunk.newLines.length : hunk.oldLines.length;
    const last = first + Math.max(height, 1) - 1;
    return line < first ? first - line : Math.max(0, line - last);
  };
  return hunks
    .filter(({ decision }) => decision === 'pending')
    .toSorted((a, b) => distance(a) - distance(b))[0];
}

export const isPending = ({ decision }: Hunk): boolean => decision === 'pending';
/** What the proposal's text shows: everything that was not refused. */
export const isProposed = ({ decision }: Hunk): boolean => decision !== 'rejected';
