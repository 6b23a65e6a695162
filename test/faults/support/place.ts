import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A workspace with a state folder and a temporary folder of its own, and a mark on every process started for it. */
export interface Place {
  home: string;
  root: string;
  state: string;
  temporary: string;
  env: NodeJS.ProcessEnv;
  dispose(): Promise<void>;
}

const MARK = 'WEFT_FAULTS_MARK';

export function makePlace(files: Record<string, string>): Place {
  const home = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'weft-')));
  const [root, state, temporary] = ['a wörkspace', 'state', 'tmp'].map((name) => path.join(home, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [root, temporary]) mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  const env = {
    ...process.env,
    ...{ WEFT_STATE_FOLDER: state, TMPDIR: temporary, [MARK]: randomUUID() },
    // What vitest sets for its own workers would tell a tested command that it is a test.
    ...{ NODE_OPTIONS: undefined, NODE_TEST_CONTEXT: undefined, VITEST: undefined, NODE_ENV: undefined },
  };
  return {
    ...{ home, root, state, temporary, env },
    async dispose() {
      for (const pid of processesOf(env)) process.kill(pid, 'SIGKILL');
      await eventually('the processes of the test are gone', () => processesOf(env).length === 0);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Every living process that inherited the environment's mark, whoever its parent is by now. */
export function processesOf(env: NodeJS.ProcessEnv): number[] {
  const mark = `${MARK}=${env[MARK]}\0`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** The folder that Weft keeps of the place's workspace. */
export function workspaceState(place: Place): string {
  const workspaces = path.join(place.state, 'workspaces');
  return path.join(workspaces, readdirSync(workspaces)[0] ?? '');
}

/** Every file of a folder with its bytes; folders end with a slash. */
export function bytesIn(folder: string): Record<string, string> {
  const all: Record<string, string> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const at = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, at);
    if (entry.isDirectory()) all[`${name}/`] = '';
    else all[name] = readFileSync(at, 'latin1');
  }
  return all;
}

/** For what tells nobody when it happens, such as the end of another's process: looks until it holds. */
export async function eventually(what: string, holds: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not within 30 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
