// Where things are: the checkout, the pinned Node, the cache of what is installed on demand.
import os from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export const pinnedNode = path.join(
  root,
  'node_modules',
  '.bin',
  process.platform === 'win32' ? 'node.cmd' : 'node',
);
export const cache =
  process.env.WEFT_CACHE ??
  path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'weft');

export const CODE_SERVER_VERSION = '4.139.1';
export const codeServer = path.join(cache, `code-server-${CODE_SERVER_VERSION}`);
export const vscodeServerMain = path.join(
  codeServer,
  'node_modules/code-server/lib/vscode/out/server-main.js',
);
/** Starts the Neo4j server that tests run against; keeps its jars in the cache folder. */
export const startNeo4j = path.join(root, 'scripts/neo4j/start-neo4j.sh');
export const pythonHome = path.join(cache, 'python');

/** The environment of child processes: the pinned Node and the tests' Python come first. */
export function environment(extra = {}) {
  const bin = path.join(pythonHome, process.platform === 'win32' ? 'Scripts' : 'bin');
  const first = [path.join(root, 'node_modules', '.bin'), bin];
  const env = { ...process.env, ...extra, PATH: [...first, process.env.PATH ?? ''].join(path.delimiter) };
  // An npm under ours would pass on the Node that ours was started by, and packages check it.
  delete env.npm_config_user_agent;
  return env;
}
