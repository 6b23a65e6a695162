import { diffArrays } from 'diff';
import { splitLines, type Hunk } from '../protocol/changes.ts';

/**
 * The hunks that turn `base` into `next` (see `applyHunks`), in file order, named `h1`, `h2`, …
 * At least one unchanged line lies between two hunks, so that each can be accepted alone.
 */
export function diffToHunks(base: string, next: string): Hunk[] {
  const oldLines = splitLines(base);
  const newLines = splitLines(next);
  return changedBlocks(oldLines, newLines).map((block, i) => ({
    id: `h${i + 1}`,
    startLine: block.oldStart,
    oldLines: oldLines.slice(block.oldStart, block.oldEnd),
    newLines: newLines.slice(block.newStart, block.newEnd),
    decision: 'pending',
  }));
}

/** Half-open, 0-based line ranges: `oldStart…oldEnd` became `newStart…newEnd`. */
interface ChangedBlock {
  oldStart: number;
  oldEnd: number;
  newStart: number;
  newEnd: number;
}

function changedBlocks(oldLines: string[], newLines: string[]): ChangedBlock[] {
  const blocks: ChangedBlock[] = [];
  let oldAt = 0;
  let newAt = 0;
  let open: ChangedBlock | undefined;
  for (const { added, removed, value } of diffArrays(oldLines, newLines)) {
    if (!added && !removed) {
      oldAt += value.length;
      newAt += value.length;
      open = undefined;
      continue;
    }
    if (!open) {
      open = { oldStart: oldAt, oldEnd: oldAt, newStart: newAt, newEnd: newAt };
      blocks.push(open);
    }
    if (removed) open.oldEnd = oldAt += value.length;
    else open.newEnd = newAt += value.length;
  }
  return blocks;
}

const CONTEXT_LINES = 3;

/**
 * A patch that `git apply` accepts in the folder the file names are relative to; `''` when nothing changed.
 * Every file has to exist already, if only empty. The patch is to be written as UTF-8: it fits files that are
 * UTF-8 on disk, and for those with a byte order mark `base` and `next` have to begin with U+FEFF.
 */
export function unifiedPatch(files: readonly { file: string; base: string; next: string }[]): string {
  return files.map(({ file, base, next }) => (base === next ? '' : filePatch(file, base, next))).join('');
}

function filePatch(file: string, base: string, next: string): string {
  const oldLines = gitLines(base);
  const newLines = gitLines(next);
  const [from, to] = [quotedPath(`a/${file}`), quotedPath(`b/${file}`)];
  // git ends a name at the first blank unless a tab follows it.
  const end = file.includes(' ') ? '\t' : '';
  const sections = withSharedContext(changedBlocks(oldLines, newLines));
  return [
    `diff --git ${from} ${to}\n--- ${from}${end}\n+++ ${to}${end}\n`,
    ...sections.map((blocks) => section(blocks, oldLines, newLines)),
  ].join('');
}

/** For git only `\n` ends a line; a lone `\r` is a character like any other. */
function gitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Blocks whose context would touch share one `@@` section. */
function withSharedContext(blocks: readonly ChangedBlock[]): ChangedBlock[][] {
  const sections: ChangedBlock[][] = [];
  for (const block of blocks) {
    const previous = sections.at(-1)?.at(-1);
    if (previous && block.oldStart - previous.oldEnd <= 2 * CONTEXT_LINES) sections.at(-1)?.push(block);
    else sections.push([block]);
  }
  return sections;
}

function section(blocks: readonly ChangedBlock[], oldLines: string[], newLines: string[]): string {
  const first = blocks[0];
  const last = blocks.at(-1);
  if (!first || !last) return '';
  const before = Math.min(CONTEXT_LINES, first.oldStart);
  const after = Math.min(CONTEXT_LINES, oldLines.length - last.oldEnd);
  const body: string[] = [];
  let at = first.oldStart - before;
  for (const block of blocks) {
    body.push(...oldLines.slice(at, block.oldStart).map((line) => patchLine(' ', line)));
    body.push(...oldLines.slice(block.oldStart, block.oldEnd).map((line) => patchLine('-', line)));
    body.push(...newLines.slice(block.newStart, block.newEnd).map((line) => patchLine('+', line)));
    at = block.oldEnd;
  }
  body.push(...oldLines.slice(at, at + after).map((line) => patchLine(' ', line)));
  const oldRange = range(first.oldStart - before, last.oldEnd + after);
  const newRange = range(first.newStart - before, last.newEnd + after);
  return `@@ -${oldRange} +${newRange} @@\n${body.join('')}`;
}

/** 1-based start and length; an empty range is named by the line before it. */
function range(start: number, end: number): string {
  const length = end - start;
  return `${length === 0 ? start : start + 1},${length}`;
}

function patchLine(sign: ' ' | '-' | '+', line: string): string {
  return line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`;
}

const ESCAPES: Record<string, string> = {
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '"': '"',
  '\\': '\\',
};

/** A path as git spells it in a patch with its default `core.quotePath`. */
function quotedPath(name: string): string {
  const quoted = Array.from(Buffer.from(name, 'utf8'), (byte) => {
    const character = String.fromCharCode(byte);
    const escape = ESCAPES[character];
    if (escape !== undefined) return `\\${escape}`;
    return byte < 0x20 || byte >= 0x7f ? `\\${byte.toString(8).padStart(3, '0')}` : character;
  }).join('');
  return quoted === name ? name : `"${quoted}"`;
}
