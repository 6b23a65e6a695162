import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { UserError } from '../protocol/user-error.ts';
import { stampOf, type FileStamp } from './file-stamp.ts';
import { readRegularFile } from './read-file.ts';

/** Larger files are skipped and listed. */
export const MOST_BYTES = 2 * 1024 * 1024;
/** Never looked into, whatever the ignore files say. */
const NEVER = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '__pycache__',
  '.venv',
  'venv',
  '.tox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  'site-packages',
]);

export interface WorkspaceFile extends FileStamp {
  /** Relative to the root, forward slashes. */
  file: string;
}

export interface Skipped {
  file: string;
  reason: string;
}

export interface Discovered {
  files: WorkspaceFile[];
  skipped: Skipped[];
}

/**
 * Walks a workspace for the files that `wanted` says yes to, in a fixed order. Ignore files (`.gitignore`,
 * nested ones too) hold; links to folders are not followed, so a cycle of links ends nothing. Nothing of the
 * workspace is executed.
 */
export function discover(root: string, wanted: (file: string) => boolean): Discovered {
  checkDirectory(root);
  const found: Discovered = { files: [], skipped: [] };
  walk(realpathSync(root), '', [], wanted, found);
  return found;
}

/** Throws `badInput` unless there is a directory. */
export function checkDirectory(root: string): void {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new UserError('badInput', `${root}: no such directory; give the path of a workspace`);
}

interface Rules {
  /** Folder that the rules are relative to, with a trailing slash unless it is the root. */
  prefix: string;
  rules: Ignore;
}

function walk(
  root: string,
  folder: string,
  inherited: readonly Rules[],
  wanted: (file: string) => boolean,
  found: Discovered,
): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  } catch (error) {
    found.skipped.push({ file: folder || '.', reason: `cannot be read (${codeOf(error)})` });
    return;
  }
  const prefix = folder === '' ? '' : `${folder}/`;
  const rules = entries.some((e) => e.name === '.gitignore')
    ? withIgnoreFile(root, prefix, inherited)
    : inherited;
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const file = prefix + entry.name;
    if (entry.isDirectory()) {
      if (!NEVER.has(entry.name) && !isIgnored(`${file}/`, rules)) walk(root, file, rules, wanted, found);
    } else if (wanted(file) && !isIgnored(file, rules)) {
      look(root, file, entry.isSymbolicLink(), found);
    }
  }
}

/** Folders on the way are no links: only the file itself can be one. */
function look(root: string, file: string, isLink: boolean, found: Discovered): void {
  const absolute = `${root}${path.sep}${file}`;
  try {
    const beforeMs = Date.now();
    const stat = statSync(absolute);
    if (stat.isDirectory()) return;
    if (!stat.isFile()) found.skipped.push({ file, reason: 'neither a file nor a folder' });
    else if (stat.size > MOST_BYTES)
      found.skipped.push({ file, reason: `larger than 2 MB (${(stat.size / 1024 / 1024).toFixed(1)} MB)` });
    else if (isLink && !realpathSync(absolute).startsWith(root + path.sep))
      found.skipped.push({ file, reason: 'a link to a place outside the workspace' });
    else found.files.push({ file, ...stampOf(stat, beforeMs) });
  } catch (error) {
    const isText = !file.includes('\ufffd');
    const reason = isText ? `cannot be read (${codeOf(error)})` : 'its name is not valid UTF-8';
    found.skipped.push({ file, reason });
  }
}

function withIgnoreFile(root: string, prefix: string, inherited: readonly Rules[]): readonly Rules[] {
  try {
    const text = readRegularFile(path.join(root, prefix, '.gitignore'), MOST_BYTES).toString();
    return [...inherited, { prefix, rules: ignore({ allowRelativePaths: true }).add(text) }];
  } catch {
    return inherited;
  }
}

/** The innermost ignore file that has an opinion decides, as in git. */
function isIgnored(file: string, rules: readonly Rules[]): boolean {
  for (const { prefix, rules: own } of rules.toReversed()) {
    const { ignored, unignored } = own.test(file.slice(prefix.length));
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

/** Why a file's content is left out of the graph, if it is: binary or minified. */
export function unfitReason(bytes: Uint8Array): string | undefined {
  if (bytes.subarray(0, 8000).includes(0) && !hasUtf16Mark(bytes)) return 'binary';
  if (bytes.length > 20_000 && bytes.length / (countLines(bytes) + 1) > 1_000) return 'minified';
  return undefined;
}

function hasUtf16Mark(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (const byte of bytes) if (byte === 10) lines++;
  return lines;
}
