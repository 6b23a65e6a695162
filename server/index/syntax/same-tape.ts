import type { Tape } from './tape.ts';

const COLUMNS = ['kind', 'field', 'start', 'end', 'after', 'parent'] as const;

/** The first difference between two tapes of a text in words, or undefined. */
export function tapeDifference(a: Tape, b: Tape): string | undefined {
  if (a.count !== b.count) return `${a.count} nodes and ${b.count}`;
  if (a.hasError !== b.hasError) return `hasError ${a.hasError} and ${b.hasError}`;
  for (let node = 0; node < a.count; node++) {
    const column = COLUMNS.find((name) => a[name][node] !== b[name][node]);
    if (column) return `${column} of node ${node} is ${a[column][node]} and ${b[column][node]}`;
  }
  return undefined;
}
