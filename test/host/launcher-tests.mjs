// Tests of the launcher itself, from outside.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pinnedNode, root } from '../../scripts/lib/places.mjs';
import { eventually, makePlace, processesOf } from '../faults/support/place.ts';

export const launcherTests = [
  {
    name: 'Ctrl-C ends the VS Code server and the browser',
    async run() {
      const place = makePlace({ 'a.txt': '' });
      try {
        const env = { ...place.env, WEFT_HOST_RESULTS: `${place.home}/results.json` };
        const args = ['test/host/vscode-in-browser.mjs', place.root, `--extensionDevelopmentPath=${root}`];
        const child = spawn(pinnedNode, args, { cwd: root, env, stdio: 'ignore' });
        const ended = new Promise((resolve) => child.once('exit', resolve));
        const commands = () => processesOf(place.env).map(commandOf);
        const runs = (program) => commands().some((command) => command.includes(program));
        await eventually('server and browser run', () => runs('server-main.js') && runs('chromium'));
        child.kill('SIGINT');
        assert.equal(await ended, 130);
        await eventually('all of it has ended', () => processesOf(place.env).length === 0);
      } finally {
        await place.dispose();
      }
    },
  },
];

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
