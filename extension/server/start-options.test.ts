import { describe, expect, it } from 'vitest';
import { startOptions } from './start-options.ts';

describe('startOptions', () => {
  it('runs Electron as Node and hands down none of the editor’s own variables', () => {
    const { env, execArgv, silent } = startOptions(
      {
        PATH: '/bin',
        ELECTRON_NO_ATTACH_CONSOLE: '1',
        VSCODE_PID: '7',
        NODE_OPTIONS: '--inspect',
        NODE_CHANNEL_FD: '3',
      },
      '/ws',
    );
    expect(env).toEqual({ PATH: '/bin', ELECTRON_RUN_AS_NODE: '1' });
    expect(execArgv).toEqual([]);
    expect(silent).toBe(true);
  });

  it('starts in the workspace folder', () => {
    expect(startOptions({}, '/a b/ü').cwd).toBe('/a b/ü');
  });
});
