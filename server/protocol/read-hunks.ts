import { splitLines, type Hunk } from './changes.ts';

export interface ReadHunks {
  /** The text that the hunks were made from. */
  base: string;
  /** Ids of the hunks that the text holds already. */
  applied: string[];
}

/** Bounds the search where old and new lines of many hunks both fit: lines copied and characters compared. */
const MOST_WORK = 2 ** 21;

/**
 * Reads which hunks a text holds, and the base it came from: each hunk's place shows either its old or its new
 * lines. Where both fit (a line inserted beside its equal), what was decided is looked at first, and `isBase`
 * decides. Undefined: the text is of no combination of these hunks, so the file changed in another way.
 */
export function readHunks(
  text: string,
  hunks: readonly Hunk[],
  isBase: (base: string) => boolean,
): ReadHunks | undefined {
  const lines = splitLines(text);
  const ordered = [...hunks].sort((a, b) => a.startLine - b.startLine);
  let left = MOST_WORK;
  const fits = (at: number, expected: readonly string[]) =>
    expected.every((line, i) => lines[at + i] === line);

  const search = (
    index: number,
    shift: number,
    base: string[],
    from: number,
    applied: string[],
  ): ReadHunks | undefined => {
    if (left <= 0) return undefined;
    left -= base.length + 1;
    const hunk = ordered[index];
    if (!hunk) {
      const whole = [...base, ...lines.slice(from)].join('');
      left -= whole.length;
      return isBase(whole) ? { base: whole, applied } : undefined;
    }
    const { oldLines, newLines, id } = hunk;
    const at = hunk.startLine + shift;
    const before = [...base, ...lines.slice(from, at), ...oldLines];
    const without = () =>
      fits(at, oldLines) ? search(index + 1, shift, before, at + oldLines.length, applied) : undefined;
    const within = () =>
      fits(at, newLines)
        ? search(index + 1, shift + newLines.length - oldLines.length, before, at + newLines.length, [
            ...applied,
            id,
          ])
        : undefined;
    return hunk.decision === 'accepted' ? (within() ?? without()) : (without() ?? within());
  };
  return search(0, 0, [], 0, []);
}
