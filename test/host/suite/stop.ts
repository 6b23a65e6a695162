import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
      const { fixing, pid } = await startEndlessFix();
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
  {
    name: 'a server killed in the middle of a fix: the run is interrupted, nothing is written, and the next fix goes',
    timeoutMs: 120_000,
    async run() {
      const { weft } = await activated();
      const { fixing, pid } = await startEndlessFix();
      const { runId } = weft.runs.list().at(-1) ?? {};
      assert.ok(runId !== undefined && weft.server.pid !== undefined);
      const replaced = new Promise<void>((resolve) => weft.own(weft.runs.onReplaced(resolve)));
      process.kill(weft.server.pid, 'SIGKILL');
      assert.equal(await fixing, undefined);
      await replaced;
      await eventually('the test process has ended', () => !isAlive(pid));
      const interrupted = weft.runs.get(runId);
      assert.deepEqual([interrupted.status, interrupted.written], ['interrupted', []]);
      assert.equal(interrupted.steps.find(({ status }) => status === 'failed')?.detail, 'interrupted');

      await assert.rejects(weft.fixes.start({ testCommand: 'node --version' }), /nothing fails/);
    },
  },
];

/** A fix whose tests never end, once they run. */
async function startEndlessFix(): Promise<{ fixing: Thenable<unknown>; pid: number }> {
  // Outside the workspace: what a test writes inside it stays in the copy it runs in.
  const pidFile = path.join(mkdtempSync(path.join(tmpdir(), 'weft-host-')), 'pid');
  writeFileSync(
    inWorkspace('never.test.cjs').fsPath,
    `const { writeFileSync, renameSync } = require('node:fs');
     writeFileSync(${JSON.stringify(`${pidFile}.part`)}, String(process.pid));
     renameSync(${JSON.stringify(`${pidFile}.part`)}, ${JSON.stringify(pidFile)});
     require('node:test').test('never ends', () => new Promise(() => setInterval(() => {}, 1000)));`,
  );
  const fixing = vscode.commands.executeCommand('weft.fixFailingTest', {
    testCommand: 'node --test never.test.cjs',
  });
  await eventually('the test runs', () => existsSync(pidFile));
  const pid = Number(readFileSync(pidFile, 'utf8'));
  assert.ok(isAlive(pid));
  return { fixing, pid };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
