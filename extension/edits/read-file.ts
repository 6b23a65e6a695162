import * as vscode from 'vscode';
import type { FileChange } from '../../server/protocol/changes.ts';
import { readHunks, type ReadHunks } from '../../server/protocol/read-hunks.ts';
import { UserError } from '../../server/protocol/user-error.ts';
import { uriOf } from '../workspace-root.ts';
import { decode, encode, hashOf } from './file-bytes.ts';

export interface ReadFile extends ReadHunks {
  uri: vscode.Uri;
  /** What is on disk now. */
  text: string;
}

/**
 * Reads a file that a run wants to change: its text now, its text when the run read it, and which hunks are in.
 *
 * @throws UserError `badInput` if the file is gone or was changed by anything but these hunks.
 */
export async function readFile({ file, hunks, format, baseHash }: FileChange): Promise<ReadFile> {
  const uri = uriOf(file);
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(uri);
  } catch {
    throw new UserError('badInput', `${file} can't be read; start the fix again`);
  }
  const text = decode(bytes, format.encoding);
  const exact = hashOf(encode(text, format.encoding)) === hashOf(bytes);
  const read = exact
    ? readHunks(text, hunks, (base) => hashOf(encode(base, format.encoding)) === baseHash)
    : undefined;
  if (!read)
    throw new UserError(
      'badInput',
      `${file} changed since the fix read it: nothing was written. Start again`,
    );
  return { ...read, uri, text };
}
