import type { ForkOptions } from 'node:child_process';

/** Set by VS Code and Electron for themselves; they would change how a plain Node behaves. */
const NOT_FOR_CHILDREN = /^(ELECTRON_|VSCODE_|NODE_OPTIONS$|NODE_CHANNEL_|NODE_REPL_)/;

/**
 * How the server process is forked: Electron told to be a plain Node, no debugger port inherited, stdin and
 * stdout for JSON-RPC, stderr for the log.
 */
export function startOptions(env: NodeJS.ProcessEnv, cwd: string | undefined): ForkOptions {
  const kept = Object.entries(env).filter(([name]) => !NOT_FOR_CHILDREN.test(name));
  return {
    cwd,
    env: { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [],
    silent: true,
    windowsHide: true,
  };
}
