import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../protocol/user-error.ts';

/**
 * The user's state folder: everything Weft keeps lives here, never in the workspace.
 * `WEFT_STATE_FOLDER` overrides the platform's place.
 */
export function userStateFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.WEFT_STATE_FOLDER) return path.resolve(env.WEFT_STATE_FOLDER);
  if (process.platform === 'win32')
    return path.join(env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local'), 'Weft');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Application Support', 'Weft');
  return path.join(env.XDG_STATE_HOME ?? path.join(os.homedir(), '.local', 'state'), 'weft');
}

/** The folder of one workspace, named by a hash of its real path: the command line and the extension share it. */
export function workspaceStateFolder(root: string, env: NodeJS.ProcessEnv = process.env): string {
  const real = realpathSync(root);
  const hash = createHash('sha256').update(real).digest('hex').slice(0, 16);
  return path.join(userStateFolder(env), 'workspaces', `${path.basename(real).slice(0, 40)}-${hash}`);
}

/** Where the facts of the languages' built-in declarations are kept, for all workspaces. */
export function builtInsFolder(env: NodeJS.ProcessEnv = process.env): string {
  return path.join(userStateFolder(env), 'built-ins');
}

/**
 * Makes a folder of the state folder, with the folders above it. Throws `badInput` where that cannot be. Not
 * `mkdir -p` of Node, which never returns where the parent exists but takes no folders (seen under /proc).
 */
export function makeStateFolder(folder: string): void {
  const missing: string[] = [];
  for (let at = folder; !existsSync(at) && path.dirname(at) !== at; at = path.dirname(at))
    missing.unshift(at);
  for (const at of missing) {
    try {
      mkdirSync(at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw cannotWriteState(folder, error);
    }
  }
}

/** The one line for a state folder that cannot be written. */
export function cannotWriteState(at: string, error: unknown): UserError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return new UserError(
    'badInput',
    `${at}: cannot be written (${code}); set WEFT_STATE_FOLDER to a folder that you may write to`,
  );
}
