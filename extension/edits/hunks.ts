import { splitLines, type Hunk } from '../../server/protocol/changes.ts';

export interface ReadHunks {
  /** The text that the hunks were made from. */
  base: string;
  /** Ids of the hunks that the text holds already. */
  applied: string[];
}

/**
 * Reads which hunks a text holds, and the base it came from: each hunk's place shows either its old or its new
 * lines. Where both fit (a line inserted beside its equal), `isBase` decides. Undefined: the text is of no
 * combination of these hunks, so the file changed in another way.
 */
export function readHunks(
  text: string,
  hunks: readonly Hunk[],
  isBase: (base: string) => boolean,
): ReadHunks | undefined {
  const lines = splitLines(text);
  const ordered = [...hunks].sort((a, b) => a.startLine - b.startLine);
  const fits = (at: number, expected: readonly string[]) =>
    expected.every((line, i) => lines[at + i] === line);

  const search = (
    index: number,
    shift: number,
    base: string[],
    from: number,
    applied: string[],
  ): ReadHunks | undefined => {
    const hunk = ordered[index];
    if (!hunk) {
      const whole = [...base, ...lines.slice(from)].join('');
      return isBase(whole) ? { base: whole, applied } : undefined;
    }
    const at = hunk.startLine + shift;
    const before = [...base, ...lines.slice(from, at), ...hunk.oldLines];
    const { oldLines, newLines, id } = hunk;
    let found: ReadHunks | undefined;
    if (fits(at, oldLines)) found = search(index + 1, shift, before, at + oldLines.length, applied);
    if (!found && fits(at, newLines)) {
      const grown = shift + newLines.length - oldLines.length;
      found = search(index + 1, grown, before, at + newLines.length, [...applied, id]);
    }
    return found;
  };
  return search(0, 0, [], 0, []);
}

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
