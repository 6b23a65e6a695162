import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { IndexReport, NeighboursAnswer } from '../../../server/protocol/graph.ts';
import { activated } from './activation.ts';
import type { HostTest } from './host-test.ts';
import { inWorkspace } from './workspace.ts';

/** In a window that opened the folder in Restricted Mode. */
export const restrictedTests: readonly HostTest[] = [
  {
    name: 'Restricted Mode: the graph works',
    async run() {
      await activated();
      assert.equal(vscode.workspace.isTrusted, false);
      const report = await vscode.commands.executeCommand<IndexReport>('weft.index');
      assert.deepEqual([report.files, report.edges.CALLS], [2, 1]);
      const answer = await vscode.commands.executeCommand<NeighboursAnswer>('weft.showCallers', 'hello.ts:1');
      assert.deepEqual(
        answer.results.map(({ symbol }) => symbol.qualifiedName),
        ['main'],
      );
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    },
  },
  {
    name: 'Restricted Mode: nothing of the workspace is executed, by no door',
    async run() {
      const { weft } = await activated();
      const ran = inWorkspace('ran').fsPath;
      const say = `require('fs').writeFileSync(${JSON.stringify(ran)}, '')`;
      writeFileSync(inWorkspace('says.js').fsPath, say);
      writeFileSync(
        inWorkspace('package.json').fsPath,
        JSON.stringify({ scripts: { test: 'node says.js', pretest: 'node says.js' } }),
      );
      writeFileSync(inWorkspace('conftest.py').fsPath, `open(${JSON.stringify(ran)}, "w")`);

      const given = { testCommand: 'node says.js' };
      assert.equal(await vscode.commands.executeCommand('weft.fixFailingTest', given), undefined);
      assert.equal(await vscode.commands.executeCommand('weft.fixFailingTest'), undefined);
      const refused = /^Restricted Mode: [^\n.]*\.?[^\n]*[Tt]rust/;
      await assert.rejects(weft.fixes.start(given), { message: refused });
      await assert.rejects(weft.server.request('runs/verify', { runId: 'any' }), { message: refused });
      await weft.server.request('tests/detect', {});
      await weft.server.request('doctor', {});
      assert.deepEqual((await weft.server.request('runs/list', {})).runs, []);
      assert.equal(existsSync(ran), false);
    },
  },
];
