import { diff3Merge } from 'node-diff3';
import { splitLines } from '../protocol/changes.ts';
import { decodeText, encodeText } from './text.ts';

type Region = { ok: string[] } | { conflict: unknown };

/**
 * Three-way merge by lines: what turned `base` into `theirs` is done to `ours`. Undefined where both changed the same
 * lines in different ways, or where the encodings differ. Bytes that neither changed stay as they are.
 */
export function mergeBytes(base: Uint8Array, ours: Uint8Array, theirs: Uint8Array): Uint8Array | undefined {
  const decoded = [base, ours, theirs].map((bytes) => decodeText(bytes));
  const wide = decoded.map(({ format }) => (format.encoding.startsWith('utf16') ? format : undefined));
  if (new Set(wide.map((format) => format?.encoding)).size > 1) return undefined;
  const [format] = wide;
  // Every encoding but UTF-16 spells line ends as ASCII does, so that its bytes can be merged as they are.
  const texts = format
    ? decoded.map(({ text }) => text)
    : [base, ours, theirs].map((bytes) => Buffer.from(bytes).toString('latin1'));
  const merged = mergeLines(texts.map(splitLines));
  if (merged === undefined) return undefined;
  return format ? encodeText(merged, format) : Buffer.from(merged, 'latin1');
}

function mergeLines([base = [], ours = [], theirs = []]: string[][]): string | undefined {
  // What all three share at both ends need not be compared line with line.
  const [head, tail] = sharedEnds(base, ours, theirs);
  const middle = (lines: string[]) => lines.slice(head, lines.length - tail);
  const regions = diff3Merge(middle(ours), middle(base), middle(theirs), {
    excludeFalseConflicts: true,
  }) as Region[];
  const merged: string[] = [];
  for (const region of regions) {
    if (!('ok' in region)) return undefined;
    merged.push(...region.ok);
  }
  return [...base.slice(0, head), ...merged, ...base.slice(base.length - tail)].join('');
}

function sharedEnds(base: string[], ours: string[], theirs: string[]): [number, number] {
  const shortest = Math.min(base.length, ours.length, theirs.length);
  let head = 0;
  while (head < shortest && base[head] === ours[head] && base[head] === theirs[head]) head++;
  let tail = 0;
  const last = (lines: string[]) => lines[lines.length - 1 - tail];
  while (tail < shortest - head && last(base) === last(ours) && last(base) === last(theirs)) tail++;
  return [head, tail];
}
