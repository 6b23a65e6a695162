import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Evidence } from '../../../server/protocol/evidence.ts';
import type { FixReport } from '../../../server/protocol/run.ts';
import { activated } from './activation.ts';
import { eventually } from './eventually.ts';
import type { HostTest } from './host-test.ts';
import { bytesOf, inWorkspace, lensesOf, undoIn } from './workspace.ts';

const TESTS = 'node --test two-bugs/prices.test.js';
const FILE = 'two-bugs/prices.js';

/** Runs in this order: each test goes on where the one before it ended. */
export const mainJobTests: readonly HostTest[] = [
  {
    name: 'Fix Failing Test proposes a diff and writes nothing',
    timeoutMs: 180_000,
    async run() {
      const { weft } = await activated();
      const sample = vscode.Uri.joinPath(weft.extensionUri, 'test', 'fixtures', 'two-bugs').fsPath;
      cpSync(sample, inWorkspace('two-bugs').fsPath, { recursive: true });
      const before = bytesOf(FILE);
      const report = await vscode.commands.executeCommand<FixReport>('weft.fixFailingTest', {
        testCommand: TESTS,
      });
      assert.equal(report.status, 'fixed', report.report);
      assert.equal(report.failingBefore.length, 2);
      assert.deepEqual(bytesOf(FILE), before);

      const [change] = weft.runs.get(report.runId).changes;
      assert.equal(change?.file, FILE);
      assert.equal(change.hunks.length, 2);
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(input instanceof vscode.TabInputTextDiff, 'the native diff editor is in front');
      assert.equal(input.original.fsPath, inWorkspace(FILE).fsPath);
      const proposal = await vscode.workspace.openTextDocument(input.modified);
      assert.match(proposal.getText(), /sum \+= price/);
      assert.match(proposal.getText(), /amount >= 50/);
      assert.deepEqual(await lensesOf(input.modified), [
        ['✓ Accept hunk', 2],
        ['✗ Reject hunk', 2],
        ['✓ Accept hunk', 7],
        ['✗ Reject hunk', 7],
      ]);
    },
  },
  {
    name: 'the failing tests are problems, with "Fix with Weft" as their quick fix',
    async run() {
      const uri = inWorkspace('two-bugs/prices.test.js');
      await eventually('two problems are shown', () => vscode.languages.getDiagnostics(uri).length === 2);
      const [problem] = vscode.languages.getDiagnostics(uri);
      assert.equal(problem?.source, 'Weft');
      const document = await vscode.workspace.openTextDocument(uri);
      assert.match(document.lineAt(problem.range.start.line).text, /adds up all prices/);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        problem.range,
      );
      const action = actions.find(({ title }) => title === 'Fix with Weft');
      assert.equal(action?.command?.command, 'weft.fixFailingTest');
      assert.equal(action.isPreferred, true);
    },
  },
  {
    name: 'one hunk accepted and the other rejected: the file holds the first alone, and the tests run again',
    timeoutMs: 120_000,
    async run() {
      const { weft } = await activated();
      const run = weft.runs.list().at(-1);
      const before = bytesOf(FILE).toString();
      const [first, second] = run?.changes[0]?.hunks ?? [];
      assert.ok(run && first && second);

      await vscode.commands.executeCommand('weft.rejectHunk', {
        runId: run.runId,
        file: FILE,
        hunkId: second.id,
      });
      assert.equal(bytesOf(FILE).toString(), before, 'a rejection writes nothing');
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(input instanceof vscode.TabInputTextDiff);
      const proposal = await vscode.workspace.openTextDocument(input.modified);
      await eventually('the rejected hunk leaves the proposal', () => !proposal.getText().includes('>= 50'));

      await vscode.commands.executeCommand('weft.acceptHunk', {
        runId: run.runId,
        file: FILE,
        hunkId: first.id,
      });
      assert.equal(bytesOf(FILE).toString(), before.replace('sum -= price', 'sum += price'));
      const { changes, written, evidence } = weft.runs.get(run.runId);
      assert.deepEqual(
        changes[0]?.hunks.map(({ decision }) => decision),
        ['accepted', 'rejected'],
      );
      assert.deepEqual(written, [FILE]);
      const after: Evidence | undefined = evidence.find(({ phase }) => phase === 'after');
      assert.deepEqual([after?.passed, after?.failed], [2, 1], JSON.stringify(after));
    },
  },
  {
    name: 'one undo takes the accepted hunk back, byte for byte',
    async run() {
      const { weft } = await activated();
      const written = bytesOf(FILE).toString();
      await undoIn(FILE);
      const undone = bytesOf(FILE).toString();
      assert.equal(undone, written.replace('sum += price', 'sum -= price'));
      assert.notEqual(undone, written);
      await eventually('the undone hunk waits for a decision again', () => {
        const decisions = weft.runs
          .list()
          .at(-1)
          ?.changes[0]?.hunks.map(({ decision }) => decision);
        return decisions?.join() === 'pending,rejected';
      });
    },
  },
  {
    name: 'a file that changed since the fix read it stops an accept, and nothing is written',
    async run() {
      const { weft } = await activated();
      const run = weft.runs.list().at(-1);
      const [hunk] = run?.changes[0]?.hunks ?? [];
      assert.ok(run && hunk);
      const changed = `// mine\n${bytesOf(FILE).toString()}`;
      await vscode.workspace.fs.writeFile(inWorkspace(FILE), Buffer.from(changed));
      await assert.rejects(
        weft.review.decide(run.runId, [{ file: FILE, hunkId: hunk.id }], 'accepted'),
        /changed since the fix read it/,
      );
      assert.equal(bytesOf(FILE).toString(), changed);
    },
  },
];
