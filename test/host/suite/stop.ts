import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { activated } from './activation.ts';
import { eventually } from './eventually.ts';
import type { HostTest } from './host-test.ts';
import { inWorkspace } from './workspace.ts';

export const stopTests: readonly HostTest[] = [
  {
    name: 'Stop Run ends a fix whose tests never end, with every process of it',
    async run() {
      const { weft } = await activated();
      const pidFile = inWorkspace('pid').fsPath;
      writeFileSync(
        inWorkspace('never.test.cjs').fsPath,
        `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
         require('node:test').test('never ends', () => new Promise(() => setInterval(() => {}, 1000)));`,
      );
      const fixing = vscode.commands.executeCommand('weft.fixFailingTest', {
        testCommand: 'node --test never.test.cjs',
      });
      await eventually('the test runs', () => existsSync(pidFile));
      const pid = Number(await vscode.workspace.fs.readFile(inWorkspace('pid')).then(String));
      assert.ok(isAlive(pid));
      await vscode.commands.executeCommand('weft.stopRun');
      assert.equal(await fixing, undefined);
      await eventually('the test process has ended', () => !isAlive(pid));
      const run = weft.runs.list().at(-1);
      assert.deepEqual([run?.status, run?.written], ['error', []]);
      assert.match(run?.report?.report ?? '', /stopped; nothing was written/);
      assert.equal(
        run?.steps.some(({ status }) => status === 'running'),
        false,
        'no step goes on in the view',
      );
    },
  },
];

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
