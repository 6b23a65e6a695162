/** Wider cells push their own row only: one long name must not move all others off the screen. */
const WIDEST = 60;
const FITTING = 0.9;

/** Rows of cells under each other. A column is as wide as most of its cells, its last one as it comes. */
export function alignRows(rows: readonly (readonly string[])[]): string[] {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const widths = Array.from({ length: columns }, (_, i) => widthOf(rows.map((row) => (row[i] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i + 1 < row.length ? cell.padEnd(widths[i]!) : cell))
      .join('  ')
      .trimEnd(),
  );
}

function widthOf(lengths: number[]): number {
  const sorted = lengths.sort((a, b) => a - b);
  const widest = sorted.at(-1) ?? 0;
  return widest <= WIDEST ? widest : Math.min(WIDEST, sorted[Math.floor((sorted.length - 1) * FITTING)]!);
}
