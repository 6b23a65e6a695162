import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import * as vscode from 'vscode';
import type { FixReport } from '../../../server/protocol/run.ts';
import { activated } from './activation.ts';
import { eventually } from './eventually.ts';
import type { HostTest } from './host-test.ts';
import { bytesOf, inWorkspace, lensesOf, undoIn } from './workspace.ts';

const FILE = 'quick/prices.js';
const TEST = 'quick/prices.test.js';
const COMMAND = 'node --test quick/prices.test.js';

export const quickFixTests: readonly HostTest[] = [
  {
    name: 'CodeLens shows callers and tests of a tested function',
    async run() {
      const { weft } = await activated();
      cpSync(
        vscode.Uri.joinPath(weft.extensionUri, 'test', 'fixtures', 'two-bugs').fsPath,
        inWorkspace('quick').fsPath,
        { recursive: true },
      );
      assert.deepEqual(await lensesOf(inWorkspace(FILE)), [
        ['1 caller · 1 test', 0],
        ['2 callers · 2 tests', 6],
      ]);
    },
  },
  {
    name: 'problem → quick fix → diff → accept all → this problem is gone, the other stays → one undo restores the file',
    timeoutMs: 240_000,
    async run() {
      await activated();
      const settings = vscode.workspace.getConfiguration('weft');
      await settings.update('testCommand', COMMAND, vscode.ConfigurationTarget.Global);
      const before = bytesOf(FILE).toString();
      // The problem is there since a fix found the test failing.
      await vscode.commands.executeCommand<FixReport>('weft.fixFailingTest', { testCommand: COMMAND });
      const problems = () => vscode.languages.getDiagnostics(inWorkspace(TEST));
      await eventually('the failing tests are problems', () => problems().length === 2);

      const [problem] = problems();
      assert.ok(problem);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        inWorkspace(TEST),
        problem.range,
      );
      const { command } = actions.find(({ title }) => title === 'Fix with Weft') ?? {};
      assert.ok(command);
      const report = await vscode.commands.executeCommand<FixReport>(
        command.command,
        ...(command.arguments as unknown[]),
      );
      assert.equal(report.status, 'fixed', report.report);
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      assert.ok(tab?.input instanceof vscode.TabInputTextDiff, 'the native diff editor is in front');
      assert.equal(tab.input.original.fsPath, inWorkspace(FILE).fsPath);
      assert.equal(bytesOf(FILE).toString(), before);

      await vscode.commands.executeCommand('weft.acceptAll');
      assert.equal(bytesOf(FILE).toString(), before.replace('sum -= price', 'sum += price'));
      await eventually('the test that passes again is no problem', () => problems().length === 1);
      assert.notEqual(problems()[0]?.range.start.line, problem.range.start.line);

      await undoIn(FILE);
      assert.equal(bytesOf(FILE).toString(), before);
      await settings.update('testCommand', undefined, vscode.ConfigurationTarget.Global);
    },
  },
];
