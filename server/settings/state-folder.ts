import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

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
  const hash = createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 16);
  return path.join(userStateFolder(env), 'workspaces', `${path.basename(root).slice(0, 40)}-${hash}`);
}
