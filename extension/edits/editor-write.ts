import * as vscode from 'vscode';
import type { Encoding, FileChange, Hunk } from '../../server/protocol/changes.ts';
import { encode, hashOf } from './file-bytes.ts';
import { lineOf } from './hunks.ts';
import type { ReadFile } from './read-file.ts';

/** Accepted hunks of one file, about to be written. */
export interface FileWrite {
  change: FileChange;
  read: ReadFile;
  accepted: readonly Hunk[];
  /** The file's text afterwards. */
  next: string;
}

/** What VS Code calls an encoding, where it saves the same bytes as we do. */
const EDITOR_NAMES: Record<Encoding, string> = {
  utf8: 'utf8',
  utf8bom: 'utf8bom',
  utf16le: 'utf16le',
  utf16be: 'utf16be',
  latin1: 'iso88591',
};

/** Settings by which saving a document changes more than was edited. */
const SAVING_CHANGES: readonly [section: string, name: string][] = [
  ['files', 'trimTrailingWhitespace'],
  ['files', 'insertFinalNewline'],
  ['files', 'trimFinalNewlines'],
  ['editor', 'formatOnSave'],
];

/**
 * Whether writing through the editor leaves every byte outside the hunks as it is: the buffer must be what is on
 * disk, and saving it must give exactly those bytes back.
 */
export async function fitsEditor({ change, read }: FileWrite): Promise<boolean> {
  const { encoding, eol } = change.format;
  if (eol === 'mixed') return false;
  const document = await vscode.workspace.openTextDocument(read.uri);
  if (document.isDirty || document.encoding !== EDITOR_NAMES[encoding] || document.getText() !== read.text)
    return false;
  if (SAVING_CHANGES.some(([section, name]) => isOn(section, name, document))) return false;
  const actions = vscode.workspace
    .getConfiguration('editor', document)
    .get<Record<string, unknown>>('codeActionsOnSave');
  return !Object.values(actions ?? {}).some((when) => when !== 'never' && when !== false);
}

function isOn(section: string, name: string, document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration(section, document).get<boolean>(name) === true;
}

/**
 * Writes hunks as one edit of the documents, so that one undo takes them back, and saves.
 *
 * @returns false when VS Code refused the edit: nothing was written then.
 * @throws Error if a file could not be saved, or holds other bytes than intended afterwards.
 */
export async function writeThroughEditor(writes: readonly FileWrite[]): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  for (const { change, read, accepted } of writes) {
    const isIn = ({ id }: Hunk) => read.applied.includes(id);
    for (const hunk of accepted) {
      const line = lineOf(hunk, change.hunks, isIn);
      const range = new vscode.Range(line, 0, line + hunk.oldLines.length, 0);
      edit.replace(read.uri, range, hunk.newLines.join(''));
    }
  }
  if (!(await vscode.workspace.applyEdit(edit))) return false;
  for (const { change, read, next } of writes) {
    const document = await vscode.workspace.openTextDocument(read.uri);
    if (!(await isSaved(document))) throw new Error(`${change.file} could not be saved; save it yourself`);
    const bytes = await vscode.workspace.fs.readFile(read.uri);
    if (hashOf(bytes) !== hashOf(encode(next, change.format.encoding)))
      throw new Error(`Saving ${change.file} changed more than the hunk: another extension edits on save`);
  }
  return true;
}

/** Longest that an auto save may take that was under way already. */
const AUTO_SAVE_LIMIT_MS = 10_000;

/** Saves a document. While auto save writes it, `save` answers false at once, and only an event tells the end. */
async function isSaved(document: vscode.TextDocument): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  let listening: vscode.Disposable | undefined;
  try {
    const elsewhere = new Promise<boolean>((resolve) => {
      listening = vscode.workspace.onDidSaveTextDocument((saved) => {
        if (saved === document) resolve(true);
      });
    });
    if ((await document.save()) || !document.isDirty) return true;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), AUTO_SAVE_LIMIT_MS);
    });
    return await Promise.race([elsewhere, late]);
  } finally {
    clearTimeout(timer);
    listening?.dispose();
  }
}
